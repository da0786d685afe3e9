//! What stands on the pages, one after the other: lines, and tables, which may go on below and beside each other.

use super::geometry::Area;
use super::lines::PageLine;
use super::notes::listed;
use super::tables::across::{has_other_columns, has_rows_of, put_beside, repeated_names};
use super::tables::joining::{goes_on, join};
use super::tables::table::Table;
use crate::vocabulary::{Finding, Place, Severity};

/// Lines on two pages of one sheet that stand this close are one.
const SAME_HEIGHT: f64 = 1.5;

/// What stands on a page, from top to bottom.
pub enum Item {
    Line(PageLine),
    Table(Table),
}

impl Item {
    pub fn area(&self) -> Area {
        match self {
            Item::Line(line) => line.area,
            Item::Table(table) => table.area,
        }
    }

    fn line(&self) -> Option<&PageLine> {
        match self {
            Item::Line(line) => Some(line),
            Item::Table(_) => None,
        }
    }

    fn table(&self) -> Option<&Table> {
        match self {
            Item::Line(_) => None,
            Item::Table(table) => Some(table),
        }
    }
}

/// Tables that go on are one. Lines between them that only repeat what stands above the first are dropped.
pub fn joined(items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    for item in items {
        let Item::Table(table) = item else {
            out.push(item);
            continue;
        };
        match above(&out, &table) {
            Some(at) => {
                out.truncate(at + 1);
                if let Some(Item::Table(above)) = out.last_mut() {
                    join(above, table);
                }
            }
            None => out.push(Item::Table(table)),
        }
    }
    out
}

/// Where the table stands that this one goes on with.
fn above(out: &[Item], table: &Table) -> Option<usize> {
    let at = out.iter().rposition(|item| matches!(item, Item::Table(_)))?;
    let Item::Table(above) = &out[at] else { return None };
    let page = table.rows.first()?.page;
    if above.last_page() + 1 != page || !goes_on(above, table) {
        return None;
    }
    let text = |item: &Item| match item {
        Item::Line(line) => Some(line.text.clone()),
        Item::Table(_) => None,
    };
    let between: Vec<String> = out[at + 1..].iter().filter_map(text).collect();
    let before: Vec<String> = out[..at].iter().rev().map_while(text).take(between.len()).collect();
    let repeats = between.iter().rev().eq(before.iter());
    repeats.then_some(at)
}

/// Pages of one sheet printed several pages across are one table where that is certain; the others are named.
pub fn beside(items: Vec<Item>) -> (Vec<Item>, Option<Finding>) {
    let mut out: Vec<Item> = Vec::new();
    let mut named: Vec<u32> = Vec::new();
    for item in items {
        let at = out.iter().rposition(|item| item.table().is_some());
        let (Item::Table(right), Some(at)) = (&item, at) else {
            out.push(item);
            continue;
        };
        let page = right.rows.first().map_or(0, |row| row.page);
        let Some(left) = out[at].table().filter(|left| is_next(left, page) && has_rows_of(left, right)) else {
            out.push(item);
            continue;
        };
        let is_cut = |names: &usize| lines_go_on(&out, at, right, *names);
        let Some(names) = repeated_names(left, right).filter(is_cut) else {
            if has_other_columns(left, right) {
                named.push(right.last_page());
            }
            out.push(item);
            continue;
        };
        let lines = out.split_off(at + 1);
        let (above, after): (Vec<Item>, Vec<Item>) =
            lines.into_iter().partition(|item| matches!(item, Item::Line(line) if line.page == page));
        if let (Some(Item::Table(mut left)), Item::Table(right)) = (out.pop(), item) {
            put_beside(&mut left, right, names);
            above.into_iter().for_each(|line| put_above(&mut out, line));
            out.push(Item::Table(left));
        }
        out.extend(after);
    }
    (out, (!named.is_empty()).then(|| printed_across(&named)))
}

/// The last column of the table so far stands on the page before.
fn is_next(left: &Table, page: u32) -> bool {
    let last = left.rows.iter().flat_map(|row| row.cells.iter().flatten()).map(|cell| cell.page).max();
    last.is_some_and(|last| last + 1 == page)
}

/// The lines above the right part of a table are those above the left part, or go on with them where the paper ended, or
/// stand at the edge: none is a title of its own.
fn lines_go_on(out: &[Item], at: usize, right: &Table, names: usize) -> bool {
    let Some(left) = out[at].table() else { return false };
    let page = right.rows.first().map_or(0, |row| row.page);
    let lines = out[at + 1..].iter().filter_map(Item::line).filter(|line| line.page == page);
    lines.into_iter().all(|line| match level_above(out, at, line) {
        Some(above) => {
            let is_cut = above.area.right > left.area.right - line.size
                && (line.area.left - right.edges[names]).abs() < 2.0 * line.size;
            line.text.starts_with(&above.text) || is_cut
        }
        None => (line.area.middle().0 - right.area.middle().0).abs() > 2.0 * line.size,
    })
}

/// The line above a table at the height of one on a later page.
fn level_above<'i>(out: &'i [Item], at: usize, line: &PageLine) -> Option<&'i PageLine> {
    let mut above = out[..at].iter().rev().map_while(Item::line);
    above.find(|other| other.page < line.page && (other.baseline - line.baseline).abs() < SAME_HEIGHT)
}

/// A line above the right part of a table joins the one at its height above the left part, or stands below those.
fn put_above(out: &mut Vec<Item>, item: Item) {
    let Item::Line(line) = &item else { return };
    let lines = out.iter_mut().rev().map_while(|item| match item {
        Item::Line(line) => Some(line),
        Item::Table(_) => None,
    });
    let level =
        lines.into_iter().find(|other| other.page < line.page && (other.baseline - line.baseline).abs() < SAME_HEIGHT);
    match level {
        Some(left) => left.text = across(&left.text, &line.text),
        None => out.push(item),
    }
}

/// Two parts of a line, which the edge of the paper cut, through a character or between two.
fn across(left: &str, right: &str) -> String {
    if right.starts_with(left) {
        return right.to_owned();
    }
    let mut starts = left.char_indices().map(|(at, _)| at);
    let shared = starts.find(|at| right.starts_with(&left[*at..])).map_or("", |at| &left[at..]);
    format!("{left}{}", &right[shared.len()..])
}

fn printed_across(pages: &[u32]) -> Finding {
    Finding::extraction(
        "decode.printed_across",
        Severity::Warning,
        Place::File,
        format!(
            "{} pages hold the rows of the page before under other columns (page {}): a sheet may be printed several pages across, and each page is read by itself",
            pages.len(),
            listed(pages)
        ),
        "look for the publisher's Excel attachment, or compare these pages by eye".to_owned(),
    )
}

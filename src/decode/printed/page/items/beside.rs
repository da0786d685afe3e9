//! Sheets wider than the paper: pages of their columns beside each other.

use std::collections::VecDeque;

use super::item::Item;
use super::titles::{Part, SAME_HEIGHT, is_between_both, lines_go_on, stand_below_one_title};
use crate::decode::printed::page::lines::PageLine;
use crate::decode::printed::page::lines::writing::parts_digits;
use crate::decode::printed::page::notes::listed;
use crate::decode::printed::page::tables::across::{
    ENOUGH_ROWS, across, has_other_columns, names_no_row, names_same_rows, put_beside, repeated_names, share_a_cell,
    stand_like,
};
use crate::decode::printed::page::tables::aligned::aligned;
use crate::decode::printed::page::tables::table::Table;
use crate::vocabulary::{Finding, Place, Severity};

/// Edges that both pages must have where something else says that they are one sheet.
const FEWEST_EDGES: usize = 3;

/// Pages of one sheet printed several pages across are one table where that is certain; the others are named.
pub fn beside(items: Vec<Item>) -> (Vec<Item>, Option<Finding>) {
    let mut rest: VecDeque<Item> = items.into();
    let mut out: Vec<Item> = Vec::new();
    let mut named: Vec<(u32, usize)> = Vec::new();
    // So many tables to come stand beside the last one: a title stands over all of them.
    let mut titled = 0;
    while let Some(item) = rest.pop_front() {
        let at = out.iter().rposition(|item| item.table().is_some());
        let (right, at) = match (item, at) {
            (Item::Table(right), Some(at)) => (right, at),
            (item, _) => {
                out.push(item);
                continue;
            }
        };
        let pair = out[at].table().filter(|left| is_next(left, &right)).and_then(|left| {
            let rows = aligned(left, &right)?;
            let (left, right) = rows.spread(left, &right);
            Some((left, right, rows.shared))
        });
        let Some((left, spread, shared)) = pair else {
            titled = 0;
            out.push(Item::Table(right));
            continue;
        };
        if titled == 0 {
            titled = below_one_title(&out, at, &right, &rest);
        }
        let names = if titled > 0 { Some(0) } else { names_beside(&out, at, &left, &spread, shared) };
        titled = titled.saturating_sub(1);
        let Some(names) = names else {
            let is_table_of_its_own = || {
                let lines = lines_of(&out[at + 1..], right.first_page());
                names_same_rows(&left, &spread) && !is_between_both(&lines_above(&out, at), &lines, &left, &spread)
            };
            if shared > ENOUGH_ROWS && has_other_columns(&left, &spread) && !is_table_of_its_own() {
                named.push((right.first_page(), numbers(&right)));
            }
            out.push(Item::Table(right));
            continue;
        };
        put(&mut out, at, left, spread, names);
    }
    (out, (!named.is_empty()).then(|| printed_across(&named)))
}

/// How many columns of the right part repeat names, where something says that it stands beside the left one.
fn names_beside(out: &[Item], at: usize, left: &Table, right: &Table, shared: usize) -> Option<usize> {
    let lines = lines_of(&out[at + 1..], right.first_page());
    let above = lines_above(out, at);
    let is_enough = shared > ENOUGH_ROWS;
    if let Some(names) = repeated_names(left, right).filter(|_| is_enough) {
        return lines_go_on(&above, &lines, left, right, names).then_some(names);
    }
    let is_cut = shared >= FEWEST_EDGES && share_a_cell(left, right);
    let before = out[..at].iter().rev().find_map(Item::table).filter(|before| is_next(before, left));
    if before.is_some_and(|before| above.is_empty() && lines.is_empty() && stand_like(before, left, right)) {
        return Some(0);
    }
    let goes_on = is_cut || is_enough && names_no_row(left, right);
    (goes_on && is_between_both(&above, &lines, left, right)).then_some(0)
}

/// How many tables from the right one on stand, with the left one, below one title that is set over all of them.
fn below_one_title(out: &[Item], at: usize, right: &Table, rest: &VecDeque<Item>) -> usize {
    let Some(left) = out[at].table() else { return 0 };
    let mut parts = vec![
        Part { table: left, lines: lines_above(out, at) },
        Part { table: right, lines: lines_of(&out[at + 1..], right.first_page()) },
    ];
    let mut lines: Vec<&PageLine> = Vec::new();
    for item in rest {
        match item {
            Item::Line(line) => lines.push(line),
            Item::Table(next) => {
                let last = parts[parts.len() - 1].table;
                if !is_next(last, next) || aligned(left, next).is_none() {
                    break;
                }
                lines.retain(|line| line.page == next.first_page());
                parts.push(Part { table: next, lines: std::mem::take(&mut lines) });
            }
        }
    }
    let mut counts = (2..=parts.len()).rev();
    counts.find(|count| stand_below_one_title(&parts[..*count])).map_or(0, |count| count - 1)
}

/// The right part begins on the page after the last one of the left part.
fn is_next(left: &Table, right: &Table) -> bool {
    left.last_page + 1 == right.first_page()
}

fn lines_of(items: &[Item], page: u32) -> Vec<&PageLine> {
    items.iter().filter_map(Item::line).filter(|line| line.page == page).collect()
}

/// The lines above a table on its first page.
fn lines_above(out: &[Item], at: usize) -> Vec<&PageLine> {
    let page = out[at].table().map_or(0, Table::first_page);
    let lines = out[..at].iter().rev().map_while(Item::line);
    lines.filter(|line| line.page == page).collect()
}

/// Puts the right part beside the left one, and the lines above it to those above the left one.
fn put(out: &mut Vec<Item>, at: usize, mut left: Table, right: Table, names: usize) {
    let page = right.first_page();
    let edge = left.edges[left.columns()];
    let cut = Cut { edge, shift: edge - right.edges[names], repeats: names > 0 };
    put_beside(&mut left, right, names);
    let lines = out.split_off(at + 1);
    out.truncate(at);
    let (above, after): (Vec<Item>, Vec<Item>) =
        lines.into_iter().partition(|item| item.line().is_some_and(|line| line.page == page));
    above.into_iter().for_each(|line| put_above(out, line, cut));
    out.push(Item::Table(left));
    out.extend(after);
}

/// The edge between two parts, and how far the right one is moved to stand beside it.
#[derive(Clone, Copy)]
struct Cut {
    edge: f64,
    shift: f64,
    /// The right part begins with names that stand on the left one, too, and with what stands above those.
    repeats: bool,
}

/// A line above the right part of a table joins the one at its height above the left part, or stands below those.
fn put_above(out: &mut Vec<Item>, item: Item, cut: Cut) {
    let Item::Line(line) = &item else { return };
    let lines = out.iter_mut().rev().map_while(|item| match item {
        Item::Line(line) => Some(line),
        Item::Table(_) => None,
    });
    let level =
        lines.into_iter().find(|other| other.page < line.page && (other.baseline - line.baseline).abs() < SAME_HEIGHT);
    let Some(left) = level else {
        out.push(item);
        return;
    };
    let start = line.area.left + cut.shift;
    let is_cut = left.area.right > cut.edge - line.size && start < cut.edge + 2.0 * line.size;
    let both = left.text.chars().zip(line.text.chars()).take_while(|(one, other)| one == other);
    let repeated: usize = if cut.repeats { both.map(|(c, _)| c.len_utf8()).sum() } else { 0 };
    left.text = if line.text.starts_with(&left.text) {
        line.text.clone()
    } else if is_cut {
        across(&left.text, &line.text[repeated..])
    } else {
        format!("{}\t{}", left.text, line.text)
    };
    left.area.right = left.area.right.max(line.area.right + cut.shift);
}

/// The amounts of a table.
fn numbers(table: &Table) -> usize {
    let cells = table.rows.iter().flat_map(|row| row.cells.iter().flatten());
    cells.filter(|cell| cell.is_number && cell.text.contains(parts_digits)).count()
}

fn printed_across(pages: &[(u32, usize)]) -> Finding {
    let numbers: Vec<u32> = pages.iter().map(|(page, _)| *page).collect();
    let amounts: usize = pages.iter().map(|(_, amounts)| amounts).sum();
    Finding::extraction(
        "decode.printed_across",
        Severity::Warning,
        Place::File,
        format!(
            "{} pages hold the rows of the page before under other columns (page {}), {amounts} amounts: a sheet may be printed several pages across, and each page is read by itself",
            pages.len(),
            listed(&numbers)
        ),
        "look for the publisher's Excel attachment, or compare these pages by eye".to_owned(),
    )
}

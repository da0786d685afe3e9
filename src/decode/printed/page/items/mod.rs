//! What stands on the pages, one after the other: lines, and tables, which may go on below and beside each other.

mod beside;
mod titles;

use super::geometry::Area;
use super::lines::PageLine;
use super::tables::joining::{begins_anew, goes_on, join};
use super::tables::table::Table;
use crate::vocabulary::Finding;
use beside::beside;

/// Tables that go on are one: pages of a sheet that is wider than the paper, whichever way its pages are ordered, and pages
/// below each other.
pub fn whole(items: Vec<Item>) -> (Vec<Item>, Option<Finding>) {
    // Over, then down: the pages across come first. Down, then over: they come last.
    let (items, _) = beside(items);
    beside(joined(items))
}

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

/// Tables that go on below are one. Lines between them that only repeat what stands above the first are dropped.
fn joined(items: Vec<Item>) -> Vec<Item> {
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
    if above.last_page + 1 != table.first_page() || !goes_on(above, table) || begins_anew(above, table) {
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

//! Tables that go on at the top of the next page.

use super::item::Item;
use crate::decode::printed::page::tables::joining::{begins_anew, goes_on, join};
use crate::decode::printed::page::tables::table::Table;

/// Tables that go on below are one. Lines between them that only repeat what stands above the first are dropped.
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

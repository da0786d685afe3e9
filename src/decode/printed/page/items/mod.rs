//! What stands on the pages, one after the other: lines, and tables, which may go on below and beside each other.

mod below;
mod beside;
mod item;
mod titles;

pub use item::Item;

use crate::vocabulary::Finding;
use below::joined;
use beside::beside;

/// Tables that go on are one: pages of a sheet that is wider than the paper, whichever way its pages are ordered, and pages
/// below each other.
pub fn whole(items: Vec<Item>) -> (Vec<Item>, Option<Finding>) {
    // Over, then down: the pages across come first. Down, then over: they come last.
    let (items, _) = beside(items);
    beside(joined(items))
}

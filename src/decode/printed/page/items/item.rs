//! A line or a table of a page.

use crate::decode::printed::page::geometry::Area;
use crate::decode::printed::page::lines::PageLine;
use crate::decode::printed::page::tables::table::Table;

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

    pub fn line(&self) -> Option<&PageLine> {
        match self {
            Item::Line(line) => Some(line),
            Item::Table(_) => None,
        }
    }

    pub fn table(&self) -> Option<&Table> {
        match self {
            Item::Line(_) => None,
            Item::Table(table) => Some(table),
        }
    }
}

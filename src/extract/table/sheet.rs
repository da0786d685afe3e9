//! A grid with its merges at hand, and the few questions all steps ask of it.

use super::label::normal;
use crate::decode::{Cell, CellValue, Grid, Merge};
use crate::vocabulary::{CellReference, MoneyError, Unit, parse_printed};

/// Merges over several rows that are looked through for each cell; real headers have a few dozen.
const MOST_TALL_MERGES: usize = 2_000;

pub struct Sheet<'a> {
    pub grid: &'a Grid,
    tall: Vec<Merge>,
}

impl<'a> Sheet<'a> {
    pub fn new(grid: &'a Grid) -> Self {
        let tall = grid.merges.iter().filter(|merge| merge.last.row > merge.first.row);
        Self { grid, tall: tall.take(MOST_TALL_MERGES).copied().collect() }
    }

    pub fn row(&self, row: u32) -> &'a [Cell] {
        self.grid.row(row)
    }

    /// The merge that covers a cell.
    pub fn merge_at(&self, at: CellReference) -> Option<Merge> {
        let merges = &self.grid.merges;
        let end = merges.partition_point(|merge| merge.first <= at);
        let own = merges[..end].last().filter(|merge| merge.first.row == at.row && merge.last.column >= at.column);
        own.copied().or_else(|| {
            let covers = |merge: &&Merge| {
                (merge.first.row..=merge.last.row).contains(&at.row)
                    && (merge.first.column..=merge.last.column).contains(&at.column)
            };
            self.tall.iter().find(covers).copied()
        })
    }

    /// Whether a merge that starts in `rows` reaches into a later row.
    pub fn reaches(&self, rows: std::ops::Range<u32>, row: u32) -> bool {
        self.tall.iter().any(|merge| rows.contains(&merge.first.row) && merge.last.row >= row)
    }

    /// The text of the cell, or of the merge that covers it.
    pub fn text_at(&self, at: CellReference) -> Option<(&'a str, CellReference)> {
        let owner = match self.grid.value(at) {
            Some(_) => at,
            None => self.merge_at(at)?.first,
        };
        match self.grid.value(owner)? {
            CellValue::Text(text) => Some((text, owner)),
            CellValue::Number(number) => Some((&number.printed, owner)),
            _ => None,
        }
    }
}

/// A cell's text; `None` for numbers, dates and errors.
pub fn text(cell: &Cell) -> Option<&str> {
    match &cell.value {
        CellValue::Text(text) => Some(text),
        _ => None,
    }
}

/// A number, or a text that is one.
pub fn is_numeric(value: &CellValue) -> bool {
    match value {
        CellValue::Number(_) => true,
        CellValue::Text(text) => looks_numeric(text),
        _ => false,
    }
}

fn looks_numeric(text: &str) -> bool {
    // Digits grouped wrongly are still meant as a number; words joined by 、 are not.
    let is_number = |text: &str| match parse_printed(text) {
        Ok(_) => true,
        Err(MoneyError::MisplacedSeparator) => !text.chars().any(char::is_alphabetic),
        Err(_) => false,
    };
    if text.chars().count() > 40 || !text.chars().any(char::is_numeric) {
        return false;
    }
    is_number(text) || {
        // 5,462.67万元: the unit stands in the cell.
        let digits =
            text.trim_end_matches(|character: char| !character.is_numeric() && !matches!(character, ')' | '）'));
        let unit = Unit::from_printed(&text[digits.len()..]);
        (unit.is_money() || unit == Unit::Percent) && is_number(digits)
    }
}

/// The digits of a whole number in 1..=max, as column numbers and years are written.
pub fn small_integer(value: &CellValue) -> Option<u32> {
    let printed = match value {
        CellValue::Number(number) => number.printed.clone(),
        CellValue::Text(text) => {
            let label = normal(text);
            label.trim_start_matches('(').trim_end_matches(')').to_owned()
        }
        _ => return None,
    };
    printed.parse().ok()
}

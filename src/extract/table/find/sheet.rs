//! A grid with its merges at hand, and the few questions all steps ask of it.

use std::ops::{Deref, Range};

use crate::decode::{Cell, CellValue, Grid, Merge};
use crate::extract::table::rows::label::normal;
use crate::vocabulary::{CellReference, MoneyError, Unit, parse_printed};

/// Merges over several rows that are looked through for each cell; real headers have a few dozen.
const MOST_TALL_MERGES: usize = 2_000;

pub struct Sheet<'a> {
    pub grid: &'a Grid,
    pub cells: Vec<SheetCell<'a>>,
    tall: Vec<Merge>,
}

/// A cell, and what every step asks of it, worked out once.
pub struct SheetCell<'a> {
    cell: &'a Cell,
    /// The text in the form labels are compared in; `None` for numbers, dates and errors.
    pub label: Option<String>,
    /// A number, or a text that is one.
    pub is_numeric: bool,
}

impl<'a> SheetCell<'a> {
    fn new(cell: &'a Cell) -> Self {
        Self { cell, label: text(cell).map(normal), is_numeric: is_numeric(&cell.value) }
    }

    /// The text as printed; `None` for numbers, dates and errors.
    pub fn text(&self) -> Option<&'a str> {
        text(self.cell)
    }

    pub fn is_label(&self, known: impl FnOnce(&str) -> bool) -> bool {
        self.label.as_deref().is_some_and(known)
    }
}

impl Deref for SheetCell<'_> {
    type Target = Cell;

    fn deref(&self) -> &Cell {
        self.cell
    }
}

impl<'a> Sheet<'a> {
    pub fn new(grid: &'a Grid) -> Self {
        let tall = grid.merges.iter().filter(|merge| merge.last.row > merge.first.row);
        Self {
            grid,
            cells: grid.cells.iter().map(SheetCell::new).collect(),
            tall: tall.take(MOST_TALL_MERGES).copied().collect(),
        }
    }

    /// The cells of one row, left to right.
    pub fn row(&self, row: u32) -> &[SheetCell<'a>] {
        self.rows(row..row + 1)
    }

    /// The cells of several rows.
    pub fn rows(&self, rows: Range<u32>) -> &[SheetCell<'a>] {
        let start = self.cells.partition_point(|cell| cell.at.row < rows.start);
        let length = self.cells[start..].partition_point(|cell| cell.at.row < rows.end);
        &self.cells[start..start + length]
    }

    /// The rows that are not blank.
    pub fn by_row(&self, rows: Range<u32>) -> impl Iterator<Item = &[SheetCell<'a>]> {
        self.rows(rows).chunk_by(|one, next| one.at.row == next.at.row)
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

fn is_numeric(value: &CellValue) -> bool {
    match value {
        CellValue::Number(_) | CellValue::Formula(_) | CellValue::Struck(_) => true,
        CellValue::Text(text) => looks_numeric(text),
        CellValue::Date(_) | CellValue::Boolean(_) | CellValue::Error(_) => false,
    }
}

/// A numeric character. Han characters, which are none, are told apart without the tables of Unicode.
fn is_digit(character: char) -> bool {
    !('\u{4e00}'..='\u{9fff}').contains(&character) && character.is_numeric()
}

fn looks_numeric(text: &str) -> bool {
    // Digits grouped wrongly are still meant as a number; words joined by 、 are not.
    let is_number = |text: &str| match parse_printed(text) {
        Ok(_) => true,
        Err(MoneyError::MisplacedSeparator) => !text.chars().any(char::is_alphabetic),
        Err(_) => false,
    };
    if text.len() > 160 || !text.chars().any(is_digit) || text.chars().count() > 40 {
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
pub fn small_integer(cell: &SheetCell<'_>) -> Option<u32> {
    let printed = match &cell.value {
        CellValue::Number(number) => &number.printed,
        _ => cell.label.as_deref()?.trim_start_matches('(').trim_end_matches(')'),
    };
    printed.parse().ok()
}

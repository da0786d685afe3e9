//! Puts a grid together from whatever order a format stores its cells in.

use crate::decode::document::{Cell, CellValue, Grid, Merge};
use crate::decode::limits::Limits;
use crate::vocabulary::{CellReference, Finding, Place, Severity};

/// A sheet while it is being read.
pub struct GridBuilder {
    grid: Grid,
    is_sorted: bool,
}

impl GridBuilder {
    pub fn new(sheet: &str, sheet_number: usize, hidden: bool) -> Self {
        let grid = Grid {
            sheet: sheet.to_owned(),
            sheet_number: u32::try_from(sheet_number).unwrap_or(u32::MAX),
            hidden,
            rows: 0,
            columns: 0,
            cells: Vec::new(),
            merges: Vec::new(),
            after_line: None,
        };
        Self { grid, is_sorted: true }
    }

    /// Adds a cell; texts of nothing but white space are blank.
    pub fn add(&mut self, row: u32, column: u32, value: CellValue) {
        if matches!(&value, CellValue::Text(text) if text.trim().is_empty()) {
            return;
        }
        let at = CellReference::new(row, column);
        self.is_sorted &= self.grid.cells.last().is_none_or(|last| last.at < at);
        self.grid.cells.push(Cell { at, value });
    }

    pub fn merge(&mut self, first: (u32, u32), last: (u32, u32)) {
        if first.0 <= last.0 && first.1 <= last.1 && first != last {
            self.grid
                .merges
                .push(Merge { first: CellReference::new(first.0, first.1), last: CellReference::new(last.0, last.1) });
        }
    }

    pub fn cells(&self) -> usize {
        self.grid.cells.len()
    }

    /// The finished grid. Merges beyond the limit, and those that overlap an earlier one, are left out and reported:
    /// no spreadsheet program writes them.
    pub fn finish(mut self, limits: &Limits, findings: &mut Vec<Finding>) -> Grid {
        if !self.is_sorted {
            self.grid.cells.sort_by_key(|cell| cell.at);
            self.grid.cells.reverse();
            self.grid.cells.dedup_by_key(|cell| cell.at);
            self.grid.cells.reverse();
        }
        let found = self.grid.merges.len();
        self.grid.merges.truncate(limits.merges);
        self.grid.merges.sort_by_key(|merge| (merge.first, merge.last));
        drop_overlapping(&mut self.grid.merges);
        if self.grid.merges.len() < found {
            findings.push(Finding::disclosure(
                "decode.merges_left_out",
                Severity::Warning,
                Place::Sheet { sheet: self.grid.sheet.clone() },
                format!(
                    "{} of {found} merged ranges overlap others or exceed the limit",
                    found - self.grid.merges.len()
                ),
                "check the header cells of this sheet in a spreadsheet program".to_owned(),
            ));
        }
        self.grid.rows = self.grid.cells.last().map_or(0, |cell| cell.at.row + 1);
        self.grid.columns = self.grid.cells.iter().map(|cell| cell.at.column + 1).max().unwrap_or(0);
        self.grid
    }
}

/// Keeps the first of overlapping merges, sweeping down the rows.
fn drop_overlapping(merges: &mut Vec<Merge>) {
    let mut open: Vec<Merge> = Vec::new();
    merges.retain(|merge| {
        open.retain(|earlier| earlier.last.row >= merge.first.row);
        let overlaps = open
            .iter()
            .any(|earlier| earlier.first.column <= merge.last.column && merge.first.column <= earlier.last.column);
        if !overlaps {
            open.push(*merge);
        }
        !overlaps
    });
}

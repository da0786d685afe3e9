//! Puts a grid together from whatever order a format stores its cells in.

use std::collections::{BTreeMap, BTreeSet};

use crate::decode::document::{Cell, CellValue, Grid, Hidden, HiddenCell, Merge};
use crate::decode::limits::Limits;
use crate::decode::shown::value::ValueShown;
use crate::vocabulary::{CellReference, Finding, Place, Severity};

/// A sheet while it is being read.
pub struct GridBuilder {
    grid: Grid,
    is_sorted: bool,
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    hidden_cells: BTreeSet<CellReference>,
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
            hidden_cells: Vec::new(),
            merges: Vec::new(),
            after_line: None,
            packed_rows: 0,
        };
        Self {
            grid,
            is_sorted: true,
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            hidden_cells: BTreeSet::new(),
        }
    }

    pub fn set_hidden(&mut self) {
        self.grid.hidden = true;
    }

    /// Hides rows; the last one is among them.
    pub fn hide_rows(&mut self, first: u32, last: u32) {
        hide(&mut self.hidden_rows, first, last);
    }

    pub fn hide_columns(&mut self, first: u32, last: u32) {
        hide(&mut self.hidden_columns, first, last);
    }

    /// Hides one cell that its row and column leave visible.
    pub fn hide_cell(&mut self, row: u32, column: u32) {
        self.hidden_cells.insert(CellReference::new(row, column));
    }

    /// Adds a cell as it is shown; one whose number format shows nothing is put aside.
    pub fn put(&mut self, row: u32, column: u32, shown: ValueShown) {
        if shown.is_seen {
            self.add(row, column, shown.value);
        } else {
            let cell = Cell { at: CellReference::new(row, column), value: shown.value };
            self.grid.hidden_cells.push(HiddenCell { cell, why: Hidden::Format });
        }
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
        self.grid.cells.len() + self.grid.hidden_cells.len()
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
        self.put_hidden_cells_aside();
        self.grid.measure();
        self.grid
    }

    fn put_hidden_cells_aside(&mut self) {
        let (sheet, rows, columns, cells) =
            (self.grid.hidden, &self.hidden_rows, &self.hidden_columns, &self.hidden_cells);
        if self.grid.merges.is_empty() && !sheet && rows.is_empty() && columns.is_empty() && cells.is_empty() {
            return;
        }
        let merges = std::mem::take(&mut self.grid.merges);
        let mut sweep = Sweep::over(&merges);
        let mut why = |at: CellReference| {
            let merge = sweep.merge_at(at);
            if merge.is_some_and(|merge| merge.first != at) {
                return Some(Hidden::Merge);
            }
            // A merge is seen as long as one of its rows and one of its columns are.
            let last = merge.map_or(at, |merge| merge.last);
            if sheet {
                Some(Hidden::Sheet)
            } else if are_hidden(rows, at.row, last.row) || cells.contains(&at) {
                Some(Hidden::Row)
            } else if are_hidden(columns, at.column, last.column) {
                Some(Hidden::Column)
            } else {
                None
            }
        };
        for cell in std::mem::take(&mut self.grid.cells) {
            match why(cell.at) {
                Some(why) => self.grid.hidden_cells.push(HiddenCell { cell, why }),
                None => self.grid.cells.push(cell),
            }
        }
        self.grid.merges = merges;
    }
}

/// Adds a run, joined to the one before where they touch.
fn hide(runs: &mut Vec<(u32, u32)>, first: u32, last: u32) {
    match runs.last_mut() {
        Some(run) if first >= run.0 && first <= run.1.saturating_add(1) => run.1 = run.1.max(last),
        _ => runs.push((first, last)),
    }
}

/// Whether all of these rows (or columns) are hidden.
fn are_hidden(runs: &[(u32, u32)], first: u32, last: u32) -> bool {
    runs.iter().any(|(start, end)| *start <= first && last <= *end)
}

/// Merges while the cells are gone through in their order.
struct Sweep<'a> {
    ahead: std::slice::Iter<'a, Merge>,
    /// Those that have begun, by their first column. They do not overlap.
    open: BTreeMap<u32, &'a Merge>,
}

impl<'a> Sweep<'a> {
    fn over(merges: &'a [Merge]) -> Self {
        Self { ahead: merges.iter(), open: BTreeMap::new() }
    }

    fn merge_at(&mut self, at: CellReference) -> Option<&'a Merge> {
        while let Some(merge) = self.ahead.as_slice().first().filter(|merge| merge.first <= at) {
            self.open.insert(merge.first.column, merge);
            self.ahead.next();
        }
        loop {
            let (column, merge) = self.open.range(..=at.column).next_back()?;
            if merge.last.row >= at.row {
                return (merge.last.column >= at.column).then_some(*merge);
            }
            let column = *column;
            self.open.remove(&column);
        }
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

//! Paragraphs and tables in the order in which a word processor writes them → lines and grids.
//!
//! A table is a grid in place, and each paragraph of its cells is a line that knows its cell.

use crate::decode::document::{Cell, CellValue, Document, Format, Grid, Line, Merge, Pages, TableCell};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::decode::text::nested::Nesting;
use crate::decode::text::plain::kept;
use crate::vocabulary::{CellReference, Finding, Place, Severity};

/// Deeper tables are no layout anybody reads: their text is kept with the outer cell.
const DEEPEST_TABLE: usize = 8;
/// The most columns, or rows, that one cell takes or skips.
const WIDEST: u32 = 1000;

/// A table that is being read.
struct OpenTable {
    /// Index into the grids, or `None` where it is nested too deep.
    grid: Option<usize>,
    /// Only parts a cell of the table around it.
    is_part: bool,
    row: u32,
    column: u32,
    /// Columns and rows the current cell spans, and whether it continues the one above.
    span: u32,
    rows: u32,
    continues: bool,
    cell_text: String,
    /// Where a cell merged downwards starts, by column.
    starts: Vec<(u32, u32, u32)>,
}

pub struct Flow<'l> {
    limits: &'l Limits,
    /// What a merge covers is written as cells of its own: a cell takes one column, whatever it spans.
    writes_covered: bool,
    lines: Vec<Line>,
    grids: Vec<Grid>,
    findings: Vec<Finding>,
    tables: Vec<OpenTable>,
    nesting: Nesting,
    cells: usize,
}

impl<'l> Flow<'l> {
    pub fn new(limits: &'l Limits, writes_covered: bool) -> Self {
        Self {
            limits,
            writes_covered,
            lines: Vec::new(),
            grids: Vec::new(),
            findings: Vec::new(),
            tables: Vec::new(),
            nesting: Nesting::default(),
            cells: 0,
        }
    }

    /// The text of a paragraph; blank ones are left out.
    pub fn paragraph(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let number = self.lines.len() as u32 + 1;
        let text = kept(text, number, &mut self.findings);
        let cell = self.tables.last().and_then(|table| {
            let grid = table.grid?;
            (!table.continues).then_some(TableCell { grid, at: CellReference::new(table.row, table.column) })
        });
        if let Some(table) = self.tables.last_mut() {
            if !table.cell_text.is_empty() {
                table.cell_text.push('\n');
            }
            table.cell_text.push_str(&text);
        }
        self.lines.push(Line { number, text, cell });
    }

    pub fn tell(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    pub fn is_in_table(&self) -> bool {
        !self.tables.is_empty()
    }

    /// Whether what stands here is hidden by the cell above, which goes on over it.
    pub fn is_covered(&self) -> bool {
        self.tables.last().is_some_and(|table| table.continues)
    }

    /// `is_part`: its cells only part one cell of the table around it.
    pub fn open_table(&mut self, is_part: bool) {
        let grid = (self.tables.len() < DEEPEST_TABLE && self.grids.len() < self.limits.sheets).then(|| {
            let index = self.grids.len();
            self.nesting.open(self.tables.last().and_then(|table| table.grid));
            self.grids.push(Grid::of_text(index, self.lines.last().map(|line| line.number)));
            index
        });
        if grid.is_none() {
            self.findings.push(Finding::disclosure(
                "decode.table_left_out",
                Severity::Warning,
                Place::Line { line: self.lines.len() as u32 + 1 },
                "a table stands too deep inside other tables, or there are too many; its text is kept, its cells are not".to_owned(),
                "take the table out of the tables around it".to_owned(),
            ));
        }
        self.tables.push(OpenTable {
            grid,
            is_part,
            row: 0,
            column: 0,
            span: 1,
            rows: 1,
            continues: false,
            cell_text: String::new(),
            starts: Vec::new(),
        });
    }

    pub fn start_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.column = 0;
        }
    }

    /// The row ends, and says that it stands there so many times.
    pub fn end_row(&mut self, times: u32) -> Result<(), DecodeFailure> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let (row, times) = (table.row, times.clamp(1, WIDEST));
        table.row = row.saturating_add(times);
        let Some(grid) = table.grid.map(|grid| &mut self.grids[grid]) else { return Ok(()) };
        let last = grid.cells.iter().rev().take_while(|cell| cell.at.row == row && times > 1).count();
        let own = grid.cells[grid.cells.len() - last..].to_vec();
        for time in 1..times {
            for cell in &own {
                self.cells += 1;
                self.limits.check_cells(self.cells)?;
                let at = CellReference::new(row.saturating_add(time), cell.at.column);
                grid.cells.push(Cell { at, ..cell.clone() });
            }
            grid.rows = grid.rows.max(row.saturating_add(time + 1));
        }
        Ok(())
    }

    /// Columns in which the row has no cell.
    pub fn skip_columns(&mut self, columns: u32) {
        if let Some(table) = self.tables.last_mut() {
            table.column = table.column.saturating_add(columns.min(WIDEST));
        }
    }

    pub fn start_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            (table.span, table.rows, table.continues) = (1, 1, false);
            table.cell_text.clear();
        }
    }

    /// The current cell spans so many columns and rows.
    pub fn span(&mut self, columns: u32, rows: u32) {
        if let Some(table) = self.tables.last_mut() {
            (table.span, table.rows) = (columns.clamp(1, WIDEST), rows.clamp(1, WIDEST));
        }
    }

    /// The current cell goes on below, or goes on itself with the one above.
    pub fn merge_down(&mut self, restarts: bool) {
        if let Some(table) = self.tables.last_mut() {
            table.continues = !restarts;
            if restarts {
                table.starts.retain(|(column, _, _)| *column != table.column);
                table.starts.push((table.column, table.row, table.row));
            }
        }
    }

    /// The cell ends, and says that it stands there so many times.
    pub fn close_cell(&mut self, times: u32) -> Result<(), DecodeFailure> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let at = CellReference::new(table.row, table.column);
        let (span, rows, continues) = (table.span, table.rows, table.continues);
        let step = if self.writes_covered { 1 } else { span };
        let times = times.clamp(1, WIDEST / span);
        let text = std::mem::take(&mut table.cell_text);
        table.column = table.column.saturating_add(step * times);
        let mut down = None;
        if continues && let Some(start) = table.starts.iter_mut().find(|(column, _, _)| *column == at.column) {
            start.2 = at.row;
            down = Some(*start);
        }
        let Some(grid) = table.grid.map(|grid| &mut self.grids[grid]) else { return Ok(()) };
        grid.rows = grid.rows.max(at.row.saturating_add(rows));
        grid.columns = grid.columns.max(at.column.saturating_add(step * (times - 1) + span));
        let last_column = at.column.saturating_add(span - 1);
        match down {
            Some((column, first, last)) => {
                let first = CellReference::new(first, column);
                grid.merges.retain(|merge| merge.first != first);
                grid.merges.push(Merge { first, last: CellReference::new(last, last_column) });
            }
            None if span > 1 || rows > 1 => {
                let last = CellReference::new(at.row.saturating_add(rows - 1), last_column);
                grid.merges.push(Merge { first: at, last });
            }
            None => {}
        }
        if continues || text.trim().is_empty() {
            return Ok(());
        }
        for time in 0..times {
            self.cells += 1;
            self.limits.check_cells(self.cells)?;
            let at = CellReference::new(at.row, at.column.saturating_add(time * step));
            grid.cells.push(Cell { at, value: CellValue::Text(text.clone()) });
        }
        Ok(())
    }

    pub fn close_table(&mut self) -> Result<(), DecodeFailure> {
        let Some(closed) = self.tables.pop() else { return Ok(()) };
        let Some(inner) = closed.grid else { return Ok(()) };
        let grid = &mut self.grids[inner];
        let area = u64::from(grid.rows) * u64::from(grid.columns);
        if area > self.limits.area {
            return Err(DecodeFailure::TooLarge { reason: format!("a table spans {area} positions") });
        }
        grid.cells.sort_by_key(|cell| cell.at);
        grid.cells.dedup_by_key(|cell| cell.at);
        if let Some(table) = self.tables.last_mut().filter(|_| grid.rows < 2 || closed.is_part)
            && let Some(outer) = table.grid
        {
            let at = CellReference::new(table.row, table.column);
            self.nesting.fold(&mut self.lines, inner, TableCell { grid: outer, at }, &mut table.cell_text);
        }
        Ok(())
    }

    /// # Errors
    /// It holds no text.
    pub fn finish(mut self, format: Format) -> Result<Document, DecodeFailure> {
        while !self.tables.is_empty() {
            self.close_table()?;
        }
        if self.lines.is_empty() {
            return Err(DecodeFailure::Empty);
        }
        let mut document = Document {
            format,
            encoding: String::new(),
            grids: self.grids,
            lines: self.lines,
            findings: self.findings,
            pages: Pages::default(),
        };
        self.nesting.settle(&mut document);
        Ok(document)
    }
}

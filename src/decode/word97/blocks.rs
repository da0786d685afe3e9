//! Characters and properties → paragraphs in order, and tables in place.

use super::lists::Lists;
use super::properties::{Paragraph, Properties};
use super::rows::{Placed, RawRow, place};
use super::text::Body;
use crate::decode::document::{Document, Format, Grid, Line, Pages, TableCell};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::decode::lists::numbered;
use crate::decode::text::nested::Nesting;
use crate::decode::text::word::docx::is_dropped_field;
use crate::vocabulary::CellReference;

/// Deeper tables are read as text of the table around them.
const DEEPEST_TABLE: usize = 8;
pub const PARAGRAPH: char = '\r';
pub const CELL: char = '\u{7}';
const PAGE: char = '\u{c}';

/// A table that is being read. Its lines carry the number of their cell until the columns are known.
struct OpenTable {
    grid: usize,
    rows: Vec<RawRow>,
    cells: Vec<String>,
    cell: String,
    first_line: usize,
    after_line: Option<u32>,
    /// Lines that hold a number of a list and nothing else.
    numbers_alone: Vec<usize>,
}

/// Writes paragraph after paragraph, inside of tables and out.
pub struct Writer<'l> {
    limits: &'l Limits,
    document: Document,
    tables: Vec<OpenTable>,
    /// Closed or open tables so far: a table's number is given when it opens.
    grids: Vec<Option<Grid>>,
    nesting: Nesting,
    cells: usize,
}

/// The document of a body.
pub fn document(
    body: &Body,
    properties: &Properties,
    mut lists: Lists,
    limits: &Limits,
) -> Result<Document, DecodeFailure> {
    let mut writer = Writer::new(Format::Doc, limits);
    let mut text = Text::default();
    for (at, character) in body.characters.iter().enumerate() {
        match *character {
            PARAGRAPH | CELL | PAGE => {
                let paragraph = properties.at(body.places[at], &body.changes_at(at));
                let text = text.take();
                // Without text, a paragraph whose mark is deleted or hidden is none.
                let is_seen = !text.trim().is_empty() || !properties.is_hidden(body.places[at]);
                let is_counted = is_seen && !paragraph.ends_row;
                let number = if is_counted { lists.number(paragraph.listed) } else { String::new() };
                writer.paragraph(&number, &text, *character, &paragraph)?;
            }
            _ if properties.is_hidden(body.places[at]) => {}
            character => text.push(character),
        }
    }
    writer.paragraph("", &text.take(), PARAGRAPH, &Paragraph::default())?;
    writer.finish_open()
}

impl<'l> Writer<'l> {
    pub fn new(format: Format, limits: &'l Limits) -> Self {
        let document = Document {
            format,
            encoding: String::new(),
            grids: Vec::new(),
            lines: Vec::new(),
            findings: Vec::new(),
            pages: Pages::default(),
        };
        Self { limits, document, tables: Vec::new(), grids: Vec::new(), nesting: Nesting::default(), cells: 0 }
    }

    /// Takes the text before a mark, the number that its list gives it, and what holds for it.
    pub fn paragraph(
        &mut self,
        number: &str,
        text: &str,
        mark: char,
        properties: &Paragraph,
    ) -> Result<(), DecodeFailure> {
        let is_inside = properties.in_table || properties.depth > 0 || mark == CELL;
        let depth = if is_inside { (properties.depth.max(1) as usize).min(DEEPEST_TABLE) } else { 0 };
        while self.tables.len() > depth {
            self.close_table()?;
        }
        while self.tables.len() < depth {
            self.open_table()?;
        }
        if !properties.ends_row {
            let is_alone = text.trim().is_empty();
            let at = self.document.lines.len();
            self.line(&numbered(number, text, !self.tables.is_empty()));
            if let Some(table) = self.tables.last_mut().filter(|_| is_alone && self.document.lines.len() > at) {
                table.numbers_alone.push(at);
            }
        }
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        if properties.ends_row {
            let cells = std::mem::take(&mut table.cells);
            table.rows.push(RawRow { shape: properties.row.clone(), cells });
            table.cell.clear();
        } else if mark == CELL || properties.ends_inner_cell {
            table.cells.push(std::mem::take(&mut table.cell));
            self.cells += 1;
            self.limits.check_cells(self.cells)?;
        }
        Ok(())
    }

    fn line(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let number = self.document.lines.len() as u32 + 1;
        let cell = self.tables.last_mut().map(|table| {
            if !table.cell.is_empty() {
                table.cell.push('\n');
            }
            table.cell.push_str(text);
            let at = CellReference::new(table.rows.len() as u32, table.cells.len() as u32);
            TableCell { grid: table.grid, at }
        });
        self.document.lines.push(Line { number, text: text.to_owned(), cell });
    }

    fn open_table(&mut self) -> Result<(), DecodeFailure> {
        self.limits.check_sheets(self.grids.len() + 1)?;
        self.nesting.open(self.tables.last().map(|table| table.grid));
        self.tables.push(OpenTable {
            grid: self.grids.len(),
            rows: Vec::new(),
            cells: Vec::new(),
            cell: String::new(),
            first_line: self.document.lines.len(),
            after_line: self.document.lines.last().map(|line| line.number),
            numbers_alone: Vec::new(),
        });
        self.grids.push(None);
        Ok(())
    }

    fn close_table(&mut self) -> Result<(), DecodeFailure> {
        let Some(mut table) = self.tables.pop() else { return Ok(()) };
        // A row whose end mark is lost.
        if !table.cell.is_empty() {
            table.cells.push(std::mem::take(&mut table.cell));
        }
        if !table.cells.is_empty() {
            table.rows.push(RawRow { cells: table.cells, ..RawRow::default() });
        }
        let Placed { mut grid, columns } = place(table.grid, &table.rows, self.limits, &mut self.document.findings);
        grid.after_line = table.after_line;
        let area = u64::from(grid.rows) * u64::from(grid.columns);
        if area > self.limits.area {
            return Err(DecodeFailure::TooLarge { reason: format!("a table spans {area} positions") });
        }
        for line in &mut self.document.lines[table.first_line..] {
            let Some(cell) = line.cell.filter(|cell| cell.grid == table.grid) else { continue };
            let column = columns.get(cell.at.row as usize).and_then(|row| row.get(cell.at.column as usize).copied());
            line.cell =
                column.flatten().map(|column| TableCell { at: CellReference::new(cell.at.row, column), ..cell });
        }
        // Nobody sees the number of what a cell covers that goes on from above.
        for at in &table.numbers_alone {
            if let Some(line) = self.document.lines.get_mut(*at).filter(|line| line.cell.is_none()) {
                line.text.clear();
            }
        }
        if let Some(outer) = self.tables.last_mut().filter(|_| grid.rows < 2) {
            let at = CellReference::new(outer.rows.len() as u32, outer.cells.len() as u32);
            let cell = TableCell { grid: outer.grid, at };
            self.nesting.fold(&mut self.document.lines, table.grid, cell, &mut outer.cell);
        }
        self.grids[table.grid] = Some(grid);
        Ok(())
    }

    /// The document; tables that the text leaves open end with it.
    pub fn finish_open(mut self) -> Result<Document, DecodeFailure> {
        while !self.tables.is_empty() {
            self.close_table()?;
        }
        self.document.grids = self.grids.into_iter().flatten().collect();
        self.nesting.settle(&mut self.document);
        Ok(self.document)
    }
}

/// The text of a paragraph while fields and marks are taken out of it.
#[derive(Default)]
struct Text {
    text: String,
    /// For each open field: its instruction, and whether its result has begun.
    fields: Vec<(String, bool)>,
}

impl Text {
    fn push(&mut self, character: char) {
        match character {
            '\u{13}' => self.fields.push((String::new(), false)),
            '\u{14}' => {
                if let Some(field) = self.fields.last_mut() {
                    field.1 = true;
                }
            }
            '\u{15}' => drop(self.fields.pop()),
            character => self.written(character),
        }
    }

    fn written(&mut self, character: char) {
        if let Some((instruction, false)) = self.fields.last_mut() {
            instruction.push(character);
            return;
        }
        if self.fields.iter().any(|(instruction, shows)| !shows || is_dropped_field(instruction)) {
            return;
        }
        match character {
            '\u{b}' => self.text.push(' '),
            '\u{1e}' => self.text.push('-'),
            '\t' => self.text.push('\t'),
            character if character.is_control() => {}
            character => self.text.push(character),
        }
    }

    /// Fields may go on over paragraphs: only the text is taken.
    fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }
}

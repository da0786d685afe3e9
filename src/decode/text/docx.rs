//! Word documents → lines and grids.
//!
//! Paragraphs, list items and text boxes are lines in document order; a table is a grid in place, and each paragraph of
//! its cells is a line that knows its cell. Fields (page references, tables of contents) and deleted text are dropped.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::nested::Nesting;
use super::plain::kept;
use crate::decode::document::{Cell, CellValue, Document, Format, Grid, Line, Merge, Pages, TableCell};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::vocabulary::{CellReference, Finding, Place, Severity};

/// Deeper tables are no layout anybody reads: their text is kept with the outer cell.
const DEEPEST_TABLE: usize = 8;

/// Decodes a .docx.
///
/// # Errors
/// The container or its main part is broken, too large when unpacked, or holds no text.
pub fn decode_docx(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    limits.check_bytes(bytes.len())?;
    let xml = main_part(bytes, limits)?;
    let mut word = Word::new(limits);
    word.read(&xml)?;
    let document = word.finish();
    if document.lines.is_empty() {
        return Err(DecodeFailure::Empty);
    }
    Ok(document)
}

fn main_part(bytes: &[u8], limits: &Limits) -> Result<String, DecodeFailure> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(DecodeFailure::damaged)?;
    let part = archive
        .by_name("word/document.xml")
        .map_err(|error| DecodeFailure::damaged(format!("its main part cannot be read: {error}")))?;
    // A zip bomb lies about its size: count what really comes out.
    let mut unpacked = Vec::new();
    part.take(limits.unpacked_bytes + 1).read_to_end(&mut unpacked).map_err(DecodeFailure::damaged)?;
    if unpacked.len() as u64 > limits.unpacked_bytes {
        return Err(DecodeFailure::TooLarge { reason: format!("more than {} bytes unpacked", limits.unpacked_bytes) });
    }
    String::from_utf8(unpacked).map_err(|_| DecodeFailure::damaged("its main part is not UTF-8"))
}

/// A table that is being read.
struct OpenTable {
    /// Index into the grids, or `None` where it is nested too deep.
    grid: Option<usize>,
    row: u32,
    column: u32,
    /// Columns the current cell spans, and whether it continues the one above.
    span: u32,
    continues: bool,
    cell_text: String,
    /// Where a cell merged downwards starts, by column.
    starts: Vec<(u32, u32, u32)>,
}

struct Word<'l> {
    limits: &'l Limits,
    lines: Vec<Line>,
    grids: Vec<Grid>,
    findings: Vec<Finding>,
    tables: Vec<OpenTable>,
    nesting: Nesting,
    /// Paragraphs open at the same time: one inside a text box stands in another.
    paragraphs: Vec<String>,
    /// Field nesting: an open field is dropped up to its `separate` mark, and a contents field altogether.
    fields: Vec<Field>,
    /// Elements whose text is dropped (deleted text, field codes, fallback copies).
    dropped: usize,
    in_text: bool,
    is_contents: bool,
    cells: usize,
}

#[derive(Default)]
struct Field {
    instruction: String,
    shows_result: bool,
}

impl<'l> Word<'l> {
    fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            lines: Vec::new(),
            grids: Vec::new(),
            findings: Vec::new(),
            tables: Vec::new(),
            nesting: Nesting::default(),
            paragraphs: Vec::new(),
            fields: Vec::new(),
            dropped: 0,
            in_text: false,
            is_contents: false,
            cells: 0,
        }
    }

    fn read(&mut self, xml: &str) -> Result<(), DecodeFailure> {
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event().map_err(DecodeFailure::damaged)? {
                Event::Start(element) => self.start(&element)?,
                Event::Empty(element) => {
                    self.start(&element)?;
                    self.end(element.local_name().as_ref())?;
                }
                Event::End(element) => self.end(element.local_name().as_ref())?,
                Event::Text(text) => self.text(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let resolved =
                        reference.resolve_char_ref().ok().flatten().or(match reference.xml10_content().as_ref() {
                            "lt" => Some('<'),
                            "gt" => Some('>'),
                            "amp" => Some('&'),
                            "quot" => Some('"'),
                            "apos" => Some('\''),
                            _ => None,
                        });
                    if let Some(character) = resolved {
                        self.text(&character.to_string());
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), DecodeFailure> {
        let name = element.local_name();
        let name: &str = name.as_ref();
        match name {
            "del" | "moveFrom" | "Fallback" => self.dropped += 1,
            _ if self.dropped > 0 => {}
            "p" => {
                self.paragraphs.push(String::new());
                self.is_contents = false;
            }
            "pStyle" => {
                self.is_contents |=
                    attribute(element, "val").is_some_and(|style| style.to_uppercase().starts_with("TOC"))
            }
            "t" => self.in_text = true,
            "instrText" => {
                self.in_text = false;
            }
            "fldChar" => self.field_mark(attribute(element, "fldCharType").as_deref()),
            "tab" if !self.paragraphs.is_empty() => self.push("\t"),
            "br" | "cr" => self.push(" "),
            "noBreakHyphen" => self.push("-"),
            "tbl" => self.open_table(),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.column = 0;
                }
            }
            "gridBefore" => {
                let skipped = number(element, "val").unwrap_or(0);
                if let Some(table) = self.tables.last_mut() {
                    table.column += skipped.min(1000);
                }
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    (table.span, table.continues) = (1, false);
                    table.cell_text.clear();
                }
            }
            "gridSpan" => {
                let span = number(element, "val").unwrap_or(1).clamp(1, 1000);
                if let Some(table) = self.tables.last_mut() {
                    table.span = span;
                }
            }
            "vMerge" => {
                let restarts = attribute(element, "val").as_deref() == Some("restart");
                if let Some(table) = self.tables.last_mut() {
                    table.continues = !restarts;
                    if restarts {
                        table.starts.retain(|(column, _, _)| *column != table.column);
                        table.starts.push((table.column, table.row, table.row));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), DecodeFailure> {
        match name {
            "del" | "moveFrom" | "Fallback" => self.dropped = self.dropped.saturating_sub(1),
            _ if self.dropped > 0 => {}
            "t" => self.in_text = false,
            "p" => self.close_paragraph(),
            "tc" => self.close_cell()?,
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row += 1;
                }
            }
            "tbl" => self.close_table(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.dropped > 0 {
            return;
        }
        if self.in_text {
            self.push(text);
        } else if let Some(field) = self.fields.last_mut().filter(|field| !field.shows_result) {
            field.instruction.push_str(text);
        }
    }

    fn push(&mut self, text: &str) {
        let hides = |field: &Field| !field.shows_result || is_dropped_field(&field.instruction);
        if self.fields.iter().any(hides) {
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.push_str(text);
        }
    }

    fn field_mark(&mut self, mark: Option<&str>) {
        match mark {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows_result = true;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn close_paragraph(&mut self) {
        let Some(text) = self.paragraphs.pop() else { return };
        if text.trim().is_empty() || self.is_contents {
            self.is_contents = false;
            return;
        }
        let number = self.lines.len() as u32 + 1;
        let text = kept(&text, number, &mut self.findings);
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

    fn open_table(&mut self) {
        let grid = (self.tables.len() < DEEPEST_TABLE && self.grids.len() < self.limits.sheets).then(|| {
            let index = self.grids.len();
            self.nesting.open(self.tables.last().and_then(|table| table.grid));
            self.grids.push(Grid {
                sheet: format!("table {}", index + 1),
                sheet_number: index as u32 + 1,
                hidden: false,
                rows: 0,
                columns: 0,
                cells: Vec::new(),
                hidden_cells: Vec::new(),
                merges: Vec::new(),
                after_line: self.lines.last().map(|line| line.number),
                packed_rows: 0,
            });
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
            row: 0,
            column: 0,
            span: 1,
            continues: false,
            cell_text: String::new(),
            starts: Vec::new(),
        });
    }

    fn close_cell(&mut self) -> Result<(), DecodeFailure> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let at = CellReference::new(table.row, table.column);
        let (span, continues) = (table.span, table.continues);
        let text = std::mem::take(&mut table.cell_text);
        table.column += span;
        let mut down = None;
        if continues && let Some(start) = table.starts.iter_mut().find(|(column, _, _)| *column == at.column) {
            start.2 = at.row;
            down = Some(*start);
        }
        let Some(grid) = table.grid.map(|grid| &mut self.grids[grid]) else { return Ok(()) };
        grid.rows = grid.rows.max(at.row + 1);
        grid.columns = grid.columns.max(at.column + span);
        let last_column = at.column + span - 1;
        match down {
            Some((column, first, last)) => {
                let first = CellReference::new(first, column);
                grid.merges.retain(|merge| merge.first != first);
                grid.merges.push(Merge { first, last: CellReference::new(last, last_column) });
            }
            None if span > 1 => grid.merges.push(Merge { first: at, last: CellReference::new(at.row, last_column) }),
            None => {}
        }
        if !continues && !text.trim().is_empty() {
            self.cells += 1;
            self.limits.check_cells(self.cells)?;
            grid.cells.push(Cell { at, value: CellValue::Text(text) });
        }
        Ok(())
    }

    fn close_table(&mut self) {
        let Some(inner) = self.tables.pop().and_then(|table| table.grid) else { return };
        let grid = &mut self.grids[inner];
        grid.cells.sort_by_key(|cell| cell.at);
        grid.cells.dedup_by_key(|cell| cell.at);
        if let Some(table) = self.tables.last_mut().filter(|_| grid.rows < 2)
            && let Some(outer) = table.grid
        {
            let at = CellReference::new(table.row, table.column);
            self.nesting.fold(&mut self.lines, inner, TableCell { grid: outer, at }, &mut table.cell_text);
        }
    }

    fn finish(mut self) -> Document {
        while !self.tables.is_empty() {
            self.close_table();
        }
        let mut document = Document {
            format: Format::Docx,
            encoding: String::new(),
            grids: self.grids,
            lines: self.lines,
            findings: self.findings,
            pages: Pages::default(),
        };
        self.nesting.settle(&mut document);
        document
    }
}

/// Fields whose result is no text of the document.
pub fn is_dropped_field(instruction: &str) -> bool {
    let code = instruction.split_whitespace().next().unwrap_or("").to_uppercase();
    matches!(code.as_str(), "TOC" | "PAGEREF" | "PAGE" | "NUMPAGES" | "SECTIONPAGES")
}

fn attribute(element: &BytesStart<'_>, local: &str) -> Option<String> {
    element
        .attributes()
        .flatten()
        .find(|attribute| {
            let name: &str = attribute.key.local_name().into_inner();
            name == local
        })
        .map(|attribute| attribute.value.into_owned())
}

fn number(element: &BytesStart<'_>, local: &str) -> Option<u32> {
    attribute(element, local)?.parse().ok()
}

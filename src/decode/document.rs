//! What a file turns out to hold.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::printed::page::Area;
use crate::vocabulary::{CellReference, Finding};

/// The format found in the bytes. `Display` is what the warehouse stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Xls,
    Xlsx,
    Xlsb,
    Ods,
    /// .csv or .tsv
    Delimited,
    Html,
    /// A web page saved as one file.
    Mht,
    Docx,
    Text,
    Pdf,
    /// GB/T 33190
    Ofd,
    /// Word 97 to 2003
    Doc,
    Rtf,
    /// OpenDocument text, zipped or flat
    Odt,
    /// A picture of one page, read by a recogniser.
    Picture,
}

impl Format {
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Xls => "xls",
            Format::Xlsx => "xlsx",
            Format::Xlsb => "xlsb",
            Format::Ods => "ods",
            Format::Delimited => "delimited",
            Format::Html => "html",
            Format::Mht => "mht",
            Format::Docx => "docx",
            Format::Text => "text",
            Format::Pdf => "pdf",
            Format::Ofd => "ofd",
            Format::Doc => "doc",
            Format::Rtf => "rtf",
            Format::Odt => "odt",
            Format::Picture => "picture",
        }
    }
}

/// One decoded file. A workbook has grids only; a text has lines and, where tables stand in it, grids too.
#[derive(Debug, Clone)]
pub struct Document {
    pub format: Format,
    /// `utf-8`, `gb18030` ..; empty where the format carries its own.
    pub encoding: String,
    pub grids: Vec<Grid>,
    pub lines: Vec<Line>,
    /// What decoding had to guess or leave out.
    pub findings: Vec<Finding>,
    /// Where it stands on paper; empty for formats without pages.
    pub pages: Pages,
}

/// The pages a document is printed on, and what stands where.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    /// Zero for formats without pages.
    pub count: u32,
    /// Straight rules on all pages.
    pub rules: u32,
    /// For each of `Document::lines`.
    pub lines: Vec<PrintedLine>,
    /// For each of `Document::grids`: its non-blank cells in row-major order.
    pub cells: Vec<Vec<(CellReference, PrintedAt)>>,
}

/// A cell's place on paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PrintedAt {
    /// From 1.
    pub page: u32,
    /// Points (1/72 inch) from the page's top left, as the page is read.
    pub area: Area,
    /// How sure the program is that recognised it, in percent; none where the file says what it prints.
    pub score: Option<u8>,
}

/// A line's place on paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrintedLine {
    /// From which character (from 0) on it stands on which page (from 1).
    pub pages: Vec<(u32, u32)>,
    /// As of a cell: the least of its characters.
    pub score: Option<u8>,
}

impl Pages {
    /// The page on which a character (from 0) of a line (from 1) stands.
    pub fn of_line(&self, number: u32, character: u32) -> Option<u32> {
        let pages = &self.lines.get(number.checked_sub(1)? as usize)?.pages;
        pages.iter().rev().find(|(start, _)| *start <= character).map(|(_, page)| *page)
    }

    /// How sure a recogniser is of a line (from 1), in percent; none where none read it.
    pub fn score_of_line(&self, number: u32) -> Option<u8> {
        self.lines.get(number.checked_sub(1)? as usize)?.score
    }

    /// Where a cell of a sheet (from 1) is printed.
    pub fn of_cell(&self, sheet_number: u32, at: CellReference) -> Option<PrintedAt> {
        let cells = self.cells.get(sheet_number.checked_sub(1)? as usize)?;
        cells.binary_search_by_key(&at, |(cell, _)| *cell).ok().map(|found| cells[found].1)
    }
}

/// One line or paragraph. Offsets everywhere count characters of `text`, which is never altered after decoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// From 1, in document order; blank lines of a plain text count too.
    pub number: u32,
    pub text: String,
    /// Set where this paragraph stands in a table cell: the same text is in that grid.
    pub cell: Option<TableCell>,
}

/// A table cell inside a text document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableCell {
    /// Index into `Document::grids`.
    pub grid: usize,
    pub at: CellReference,
}

/// One sheet, or one table inside a text. Rows and columns count from zero at A1, even where the used range starts later.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// The sheet's name as stored; tables inside a text are named `table 1`, `table 2` ..
    pub sheet: String,
    /// Position in the file, from 1.
    pub sheet_number: u32,
    pub hidden: bool,
    pub rows: u32,
    pub columns: u32,
    /// Non-blank cells that a reader of the sheet sees, in row-major order.
    pub cells: Vec<Cell>,
    /// Non-blank cells that nobody sees: no figures, unless they are asked back.
    pub hidden_cells: Vec<HiddenCell>,
    pub merges: Vec<Merge>,
    /// The line after which the table stands, for tables inside a text.
    pub after_line: Option<u32>,
    /// How many of the first rows hold their cells in order, though maybe not in their columns: what a plain text keeps of
    /// a header with merged cells. One cell a row: not even the rows are known.
    pub packed_rows: u32,
}

impl Grid {
    /// The next table of a text, still without cells: `before` stand in the text already.
    pub fn of_text(before: usize, after_line: Option<u32>) -> Self {
        Self {
            sheet: format!("table {}", before + 1),
            sheet_number: before as u32 + 1,
            hidden: false,
            rows: 0,
            columns: 0,
            cells: Vec::new(),
            hidden_cells: Vec::new(),
            merges: Vec::new(),
            after_line,
            packed_rows: 0,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub at: CellReference,
    pub value: CellValue,
}

/// A cell that the sheet holds and does not show.
#[derive(Debug, Clone, PartialEq)]
pub struct HiddenCell {
    pub cell: Cell,
    pub why: Hidden,
}

/// What keeps a cell from being seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hidden {
    /// The sheet is hidden, or hidden so that only a program shows it again.
    Sheet,
    /// The row is hidden. Rows of a folded outline group are not: a reader unfolds them.
    Row,
    Column,
    /// It lies below a merge.
    Merge,
    /// Its number format shows nothing.
    Format,
}

impl Hidden {
    pub fn as_str(self) -> &'static str {
        match self {
            Hidden::Sheet => "hidden sheet",
            Hidden::Row => "hidden row",
            Hidden::Column => "hidden column",
            Hidden::Merge => "below a merge",
            Hidden::Format => "hidden by its number format",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// As stored, spaces and line breaks included.
    Text(String),
    Number(Number),
    /// A number that its format shows as a date.
    Date(DateShown),
    Boolean(bool),
    /// `#REF!`, `#DIV/0!` ..
    Error(String),
    /// A formula whose result the file does not hold, or only as a placeholder to be worked out on opening.
    Formula(String),
    /// A number that is struck out, alone or beside its replacement: the whole text.
    Struck(String),
}

/// A date, and the number behind it where there is one: a code under a date format keeps its digits.
#[derive(Debug, Clone, PartialEq)]
pub struct DateShown {
    /// ISO text
    pub shown: String,
    pub stored: Option<Decimal>,
}

/// A numeric cell, freed of binary-float noise (15 significant digits, as spreadsheets show them).
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// As stored.
    pub value: Decimal,
    /// The stored value in plain decimal notation.
    pub printed: String,
    /// What the cell's number format makes of it.
    pub shown: Shown,
}

/// How a number format shows a number. The default shows it as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// Tens by which the shown number is smaller than the stored one: 4 where 元 are shown as 万元, −2 for a percent.
    pub scale: i8,
    /// Digits after the point; `None` where the format leaves them open.
    pub decimals: Option<u8>,
    pub is_percent: bool,
    /// The words that follow the number: 万元
    pub words: Option<Arc<str>>,
}

/// An inclusive rectangle of merged cells; its text stands in the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    pub first: CellReference,
    pub last: CellReference,
}

impl Document {
    /// The document as if it held these sheets alone, with what decoding found on them.
    pub fn of_sheets(&self, is_wanted: impl Fn(u32) -> bool) -> Self {
        let grids: Vec<Grid> = self.grids.iter().filter(|grid| is_wanted(grid.sheet_number)).cloned().collect();
        let is_here =
            |finding: &&Finding| finding.place.sheet().is_none_or(|sheet| grids.iter().any(|grid| grid.sheet == sheet));
        let findings = self.findings.iter().filter(is_here).cloned().collect();
        Self { grids, findings, ..self.clone() }
    }

    /// Brings hidden cells back among the others. What lies below a merge stays away: it has no place of its own.
    pub fn show_hidden(&mut self) {
        for grid in &mut self.grids {
            let (below, hidden): (Vec<_>, Vec<_>) =
                std::mem::take(&mut grid.hidden_cells).into_iter().partition(|hidden| hidden.why == Hidden::Merge);
            grid.hidden_cells = below;
            grid.cells.extend(hidden.into_iter().map(|hidden| hidden.cell));
            grid.cells.sort_by_key(|cell| cell.at);
            grid.measure();
        }
    }
}

impl Grid {
    /// Sets the number of rows and columns from the cells a reader sees.
    pub(super) fn measure(&mut self) {
        self.rows = self.cells.last().map_or(0, |cell| cell.at.row + 1);
        self.columns = self.cells.iter().map(|cell| cell.at.column + 1).max().unwrap_or(0);
    }

    /// The cell's value; `None` where it is blank or covered by a merge.
    pub fn value(&self, at: CellReference) -> Option<&CellValue> {
        let found = self.cells.binary_search_by_key(&at, |cell| cell.at).ok()?;
        Some(&self.cells[found].value)
    }
}

impl CellValue {
    pub fn date(shown: &str) -> Self {
        CellValue::Date(DateShown { shown: shown.to_owned(), stored: None })
    }

    /// The text as stored, for labels and for provenance.
    pub fn printed(&self) -> String {
        match self {
            CellValue::Text(text)
            | CellValue::Error(text)
            | CellValue::Formula(text)
            | CellValue::Struck(text)
            | CellValue::Date(DateShown { shown: text, .. }) => text.clone(),
            CellValue::Number(number) => number.printed.clone(),
            CellValue::Boolean(true) => "TRUE".to_owned(),
            CellValue::Boolean(false) => "FALSE".to_owned(),
        }
    }
}

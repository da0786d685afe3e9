//! What a file turns out to hold.

use rust_decimal::Decimal;

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
    Docx,
    Text,
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
            Format::Docx => "docx",
            Format::Text => "text",
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
#[derive(Debug, Clone)]
pub struct Grid {
    /// The sheet's name as stored; tables inside a text are named `table 1`, `table 2` ..
    pub sheet: String,
    /// Position in the file, from 1.
    pub sheet_number: u32,
    pub hidden: bool,
    pub rows: u32,
    pub columns: u32,
    /// Non-blank cells in row-major order.
    pub cells: Vec<Cell>,
    pub merges: Vec<Merge>,
    /// The line after which the table stands, for tables inside a text.
    pub after_line: Option<u32>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub at: CellReference,
    pub value: CellValue,
}

#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// As stored, spaces and line breaks included.
    Text(String),
    Number(Number),
    /// A date where the format says so; ISO text.
    Date(String),
    Boolean(bool),
    /// `#REF!`, `#DIV/0!` ..
    Error(String),
}

/// A numeric cell, freed of binary-float noise (15 significant digits, as spreadsheets show them).
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    pub value: Decimal,
    /// The value in plain decimal notation: number formats are not available from every spreadsheet format.
    pub printed: String,
}

/// An inclusive rectangle of merged cells; its text stands in the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    pub first: CellReference,
    pub last: CellReference,
}

impl Grid {
    /// The cell's value; `None` where it is blank or covered by a merge.
    pub fn value(&self, at: CellReference) -> Option<&CellValue> {
        let found = self.cells.binary_search_by_key(&at, |cell| cell.at).ok()?;
        Some(&self.cells[found].value)
    }
}

impl CellValue {
    /// The text as shown, for labels and for provenance.
    pub fn printed(&self) -> String {
        match self {
            CellValue::Text(text) | CellValue::Date(text) | CellValue::Error(text) => text.clone(),
            CellValue::Number(number) => number.printed.clone(),
            CellValue::Boolean(true) => "TRUE".to_owned(),
            CellValue::Boolean(false) => "FALSE".to_owned(),
        }
    }
}

//! One table of a sheet, and what was made of it.

use std::ops::Range;

use crate::extract::table::find::bind::Binding;
use crate::extract::table::find::furniture::{Furniture, PrintedUnit};
use crate::extract::table::find::header::Header;
use crate::extract::table::find::titles::Title;
use crate::extract::table::rows::body::BodyReading;
use crate::extract::table::rows::figure::TableState;

/// One table, or what might be one.
#[derive(Debug)]
pub struct Examined {
    pub sheet_number: u32,
    pub sheet: String,
    pub hidden: bool,
    pub rows: Range<u32>,
    pub title: Option<Title>,
    pub title_source: TitleSource,
    pub header: Option<Header>,
    pub furniture: Furniture,
    pub verdict: Verdict,
    /// What each candidate lacked.
    pub lacks: Vec<(usize, Vec<String>)>,
    pub unit: PrintedUnit,
    pub body: BodyReading,
    pub state: TableState,
    /// Numeric cells in the region, headings and codes included.
    pub numbers: usize,
    /// Set for a table inside a text: the line it stands after.
    pub after_line: Option<u32>,
    /// Its header lost its columns (see `Grid::packed_rows`).
    pub is_packed: bool,
    /// The first text of the region: what an unknown table calls itself.
    pub first_text: Option<String>,
}

/// Where a title stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleSource {
    Row,
    /// A line of the text around the table.
    Caption,
    SheetName,
}

impl TitleSource {
    pub fn in_words(self) -> &'static str {
        match self {
            TitleSource::Row => "title row",
            TitleSource::Caption => "caption",
            TitleSource::SheetName => "sheet name",
        }
    }
}

/// By what a table was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    TitleAndColumns,
    Continues,
    ColumnsAlone,
}

impl Why {
    pub fn in_words(self) -> &'static str {
        match self {
            Why::TitleAndColumns => "title and columns",
            Why::Continues => "continues the table before it",
            Why::ColumnsAlone => "columns alone: no title is printed",
        }
    }
}

#[derive(Debug, Clone)]
pub enum Verdict {
    /// Figures are read.
    Matched {
        binding: Binding,
        why: Why,
    },
    /// Known, and without figures for final accounts (budget, performance), or declared empty without a grid.
    Recognised {
        layout: usize,
    },
    Ambiguous(Vec<usize>),
    /// A known title, but no layout with that title fits the header.
    Unfit,
    /// The labels of the header lost their places, and not one arrangement alone makes a known table.
    Unplaced,
    Unknown,
}

impl Examined {
    /// The first row below the title.
    pub fn below_title(&self) -> u32 {
        self.title.as_ref().and_then(|title| title.at).map_or(self.rows.start, |at| at.row + 1)
    }
}

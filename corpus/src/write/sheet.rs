//! The neutral model: what a sheet holds, whatever file it ends in.

use std::collections::BTreeMap;

/// Row and column, both from zero at A1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub row: u32,
    pub column: u32,
}

impl Position {
    pub fn new(row: u32, column: u32) -> Self {
        Position { row, column }
    }

    /// `A1`, `AB12` ..
    pub fn a1(self) -> String {
        let mut letters = Vec::new();
        let mut rest = self.column + 1;
        while rest > 0 {
            letters.push(b'A' + ((rest - 1) % 26) as u8);
            rest = (rest - 1) / 26;
        }
        letters.reverse();
        format!("{}{}", String::from_utf8_lossy(&letters), self.row + 1)
    }
}

/// The error values a spreadsheet cell may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellError {
    Reference,
    DivisionByZero,
    NotAvailable,
}

impl CellError {
    pub fn shown(self) -> &'static str {
        match self {
            CellError::Reference => "#REF!",
            CellError::DivisionByZero => "#DIV/0!",
            CellError::NotAvailable => "#N/A",
        }
    }

    /// The code BIFF files store.
    pub(crate) fn code(self) -> u8 {
        match self {
            CellError::Reference => 0x17,
            CellError::DivisionByZero => 0x07,
            CellError::NotAvailable => 0x2A,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    /// `shown` is what a reader sees and what text formats write.
    Number {
        value: f64,
        shown: String,
    },
    /// Days since 1899-12-30, and the ISO text shown.
    Date {
        serial: u32,
        shown: String,
    },
    Error(CellError),
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        Value::Text(text.into())
    }

    pub fn shown(&self) -> &str {
        match self {
            Value::Text(text) => text,
            Value::Number { shown, .. } | Value::Date { shown, .. } => shown,
            Value::Error(error) => error.shown(),
        }
    }
}

/// An inclusive rectangle; its value stands in the first cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    pub first: Position,
    pub last: Position,
}

impl Merge {
    pub fn covers(&self, at: Position) -> bool {
        (self.first.row..=self.last.row).contains(&at.row)
            && (self.first.column..=self.last.column).contains(&at.column)
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    pub name: String,
    pub hidden: bool,
    pub cells: BTreeMap<Position, Value>,
    pub merges: Vec<Merge>,
    /// Cells that do not look like what they store. Number formats are lost in HTML; delimited texts keep formulas only.
    pub looks: BTreeMap<Position, Look>,
    pub hidden_rows: Vec<u32>,
    pub hidden_columns: Vec<u32>,
}

/// What keeps a reader from seeing a number as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A number format of its own.
    Format(&'static str),
    /// A formula with a placeholder for its result.
    Formula,
    /// A line through all of it.
    Struck,
}

impl Sheet {
    pub fn new(name: impl Into<String>) -> Self {
        Sheet { name: name.into(), ..Sheet::default() }
    }

    pub fn put(&mut self, row: u32, column: u32, value: Value) {
        self.cells.insert(Position::new(row, column), value);
    }

    pub fn text(&mut self, row: u32, column: u32, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.put(row, column, Value::Text(text));
        }
    }

    /// Merges the rectangle; a single cell stays as it is.
    pub fn merge(&mut self, first: Position, last: Position) {
        if first != last {
            self.merges.push(Merge { first, last });
        }
    }

    /// Rows and columns from A1 to the last cell or merge.
    pub fn size(&self) -> (u32, u32) {
        let corners = self.cells.keys().copied().chain(self.merges.iter().map(|merge| merge.last));
        corners.fold((0, 0), |(rows, columns), at| (rows.max(at.row + 1), columns.max(at.column + 1)))
    }
}

impl Sheet {
    /// The row below the one that names the unit, where one of the first rows does: what stands above is no table.
    pub(crate) fn below_the_unit(&self) -> Option<u32> {
        let names_the_unit = |value: &Value| value.shown().contains("单位：");
        self.cells.iter().filter(|(at, value)| at.row < 6 && names_the_unit(value)).map(|(at, _)| at.row + 1).max()
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Workbook {
    pub sheets: Vec<Sheet>,
}

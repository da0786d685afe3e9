//! Report tables, first without a shape, then laid out on a sheet.
//!
//! A table is one or more sides (收入 | 支出, or the blocks of the basic expenditure table) printed next to each other,
//! whose rows have nothing to do with one another.

mod header;
mod number;
mod place;
mod shape;

pub use number::{NumberStyle, ZeroStyle};
pub(crate) use place::body_rows;
pub use place::{Place, place};
pub use shape::{CodeStyle, FormCode, Indent, Shape, TotalPlace, UnitPlace};

/// What a cell holds before it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Blank,
    Fen(i64),
    /// A number of things: vehicles, persons ..
    Count(i64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    Detail,
    /// 合计 of a tree or list: its place depends on the shape.
    Total,
    /// Stands on the last rows of its side, level with those of the other side (总计 beside 总计).
    Closing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub code: String,
    pub label: String,
    /// Depth in the tree: 1 for 类, 2 for 款, 3 for 项.
    pub level: u8,
    pub kind: RowKind,
    pub cells: Vec<Cell>,
    /// Texts of further label columns (目录级次, 承接主体 ..).
    pub more: Vec<String>,
    /// Unit of the counts in this row.
    pub unit: &'static str,
}

impl Row {
    pub fn new(code: &str, label: impl Into<String>, level: u8, cells: Vec<Cell>) -> Self {
        Row { code: code.into(), label: label.into(), level, kind: RowKind::Detail, cells, more: Vec::new(), unit: "" }
    }

    pub fn total(label: &str, cells: Vec<Cell>) -> Self {
        Row { kind: RowKind::Total, ..Row::new("", label, 0, cells) }
    }

    pub fn closing(label: &str, cells: Vec<Cell>) -> Self {
        Row { kind: RowKind::Closing, ..Row::new("", label, 0, cells) }
    }
}

/// How rows are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Labels {
    /// One wide row without names (the wide 三公 table).
    None,
    /// One column.
    Item { header: String },
    /// Code and name under one banner (空 where there is none).
    Coded { banner: String, code: String, name: String },
    /// 序号, name and further text columns.
    Listed { headers: Vec<String> },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Header labels from the top down.
    pub path: Vec<String>,
}

impl Column {
    pub fn new(path: &[&str]) -> Self {
        Column { path: path.iter().map(|label| (*label).to_owned()).collect() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// 收入, 支出 or empty.
    pub side: String,
    /// Header over the whole side (收入, 人员经费 ..), or empty.
    pub banner: String,
    pub labels: Labels,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Title in report_tables.csv.
    pub standard: String,
    /// Title as printed.
    pub title: String,
    /// Number in the set: 公开01表.
    pub number: usize,
    pub sides: Vec<Side>,
    /// Footnotes and declarations below the table.
    pub notes: Vec<String>,
}

impl Table {
    pub fn one_sided(standard: &str, number: usize, labels: Labels, columns: Vec<Column>, rows: Vec<Row>) -> Self {
        let side = Side { side: String::new(), banner: String::new(), labels, columns, rows };
        Table {
            standard: standard.to_owned(),
            title: standard.to_owned(),
            number,
            sides: vec![side],
            notes: Vec::new(),
        }
    }

    /// No cell holds a figure other than zero.
    pub fn is_empty(&self) -> bool {
        let mut cells = self.sides.iter().flat_map(|side| &side.rows).flat_map(|row| &row.cells);
        cells.all(|cell| matches!(cell, Cell::Blank | Cell::Fen(0) | Cell::Count(0)))
    }
}

//! What a file states, for scoring whoever reads it.

use serde::{Deserialize, Serialize};

/// One non-blank amount cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthRow {
    /// Standard Chinese title (report_tables.csv).
    pub table: String,
    /// 收入, 支出 or empty.
    pub side: String,
    /// Printed classification code, digits only; empty where none is printed.
    pub row_code: String,
    /// As printed, line breaks and indent removed.
    pub row_label: String,
    /// Header labels from the top down, joined by `/`.
    pub column_path: String,
    /// As printed, without separators; `-` where a dash stands for nil.
    pub value: String,
    /// 元, 万元, 个 ..
    pub unit: String,
    pub sheet: String,
    /// A1
    pub cell: String,
}

/// One number (or a wording that states one) in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TruthClaim {
    /// Heading the sentence stands under.
    pub section: String,
    /// Standard name.
    pub item: String,
    /// As printed, where it differs.
    pub item_printed: String,
    pub measure: String,
    /// 上年, 年初预算, 本年收入合计 ..
    pub basis: String,
    /// Signed, without separators.
    pub value: String,
    pub unit: String,
    /// Digits as printed.
    pub printed: String,
    /// From 1.
    pub line_no: usize,
    /// Characters from 0 in that line.
    pub char_start: usize,
    pub char_end: usize,
    /// figure, flat (持平) or none (无此项支出)
    pub kind: String,
    /// The same as `measure` where that is one of the nine core measures.
    pub measure_core: String,
    pub sentence: String,
}

/// The rows as CSV with a header.
pub fn to_csv<T: Serialize>(rows: &[T]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    for row in rows {
        writer.serialize(row)?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

//! Random workbooks (.xlsx, .xlsb, SpreadsheetML) that do not show what they store: scaled formats, hidden rows, columns and sheets, formulas
//! nobody worked out, prefixes of their own. The truth is what a reader of the sheet sees.

use std::collections::HashMap;

use super::{FileFormat, accounts, drawn};
use crate::random::Chance;
use crate::truth::TruthRow;
use crate::write::zipped::{pack, unpack};
use crate::write::{Look, Position, Sheet, Value, WriteError, write_spreadsheet_xml, write_xlsb, write_xlsx};

/// Formats that show 元 as 万元.
const TEN_THOUSANDS: [&str; 6] = ["0!.0000", "0\".\"0000", "0\\.0000", "#,##0.00,,\n%", "0!.0,", "0\".\"0,\"万元\""];

/// A workbook and what a reader of it sees.
#[derive(Debug, Clone)]
pub struct OddVariant {
    pub file_name: String,
    pub bytes: Vec<u8>,
    /// One row a non-blank amount cell that is seen and has a value.
    pub truth: Vec<TruthRow>,
    /// Numbers that are hidden.
    pub hidden: usize,
    /// Formulas without a value.
    pub formulas: usize,
}

/// What the workbook is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Xlsx,
    /// Without number formats.
    Xlsb,
    SpreadsheetXml,
}

impl Form {
    fn extension(self) -> &'static str {
        match self {
            Form::Xlsx => "xlsx",
            Form::Xlsb => "xlsb",
            Form::SpreadsheetXml => "xls",
        }
    }
}

/// The odd workbook of a seed.
///
/// # Errors
/// A model that .xlsx cannot hold; none is known to be drawn.
pub fn odd_variant(seed: u64) -> Result<OddVariant, WriteError> {
    let mut chance = Chance::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x0DD));
    let accounts = accounts(&mut chance);
    let stem = format!("odd_{seed:06}");
    let (_, mut workbook, mut truth) = drawn(&accounts, FileFormat::Xlsx, &stem, &mut chance);
    let form = *chance.pick(&[Form::Xlsx, Form::Xlsx, Form::Xlsb, Form::SpreadsheetXml]);
    let (mut hidden, mut formulas) = (0, 0);
    for sheet in workbook.sheets.iter_mut().filter(|sheet| !sheet.hidden) {
        if form != Form::Xlsb && chance.percent(40) {
            scale(sheet, &truth, chance.pick::<&str>(&TEN_THOUSANDS));
        }
        if chance.percent(30) {
            formulas += leave_uncalculated(sheet, &mut truth, &mut chance);
        }
        if chance.percent(30) {
            hidden += add_hidden_row(sheet);
        }
        if chance.percent(30) {
            hidden += add_hidden_column(sheet);
        }
    }
    let bytes = match form {
        Form::Xlsx if chance.percent(25) => prefixed(&write_xlsx(&workbook)?)?,
        Form::Xlsx => write_xlsx(&workbook)?,
        Form::Xlsb => write_xlsb(&workbook)?,
        Form::SpreadsheetXml => write_spreadsheet_xml(&workbook),
    };
    Ok(OddVariant { file_name: format!("{stem}.{}", form.extension()), bytes, truth, hidden, formulas })
}

/// Stores the sheet's 万元 in 元 and lets a format show them as before.
fn scale(sheet: &mut Sheet, truth: &[TruthRow], code: &'static str) {
    let units: HashMap<&str, &str> =
        truth.iter().filter(|row| row.sheet == sheet.name).map(|row| (row.cell.as_str(), row.unit.as_str())).collect();
    for (at, value) in &mut sheet.cells {
        if units.get(at.a1().as_str()) == Some(&"万元")
            && let Value::Number { value, .. } = value
        {
            *value = (*value * 1_000_000.0).round() / 100.0;
            sheet.looks.insert(*at, Look::Format(code));
        }
    }
}

/// Puts a formula in the place of one amount in twenty.
fn leave_uncalculated(sheet: &mut Sheet, truth: &mut Vec<TruthRow>, chance: &mut Chance) -> usize {
    let before = truth.len();
    let name = sheet.name.clone();
    truth.retain(|row| {
        let cell = sheet.cells.iter().find(|(at, _)| row.sheet == name && at.a1() == row.cell);
        match cell {
            Some((at, Value::Number { .. })) if chance.percent(5) => {
                sheet.looks.insert(*at, Look::Formula);
                false
            }
            _ => true,
        }
    });
    before - truth.len()
}

/// Repeats the last row below it, a tenth larger, where nobody sees it.
fn add_hidden_row(sheet: &mut Sheet) -> usize {
    let (rows, _) = sheet.size();
    let last = rows.saturating_sub(1);
    let stale = numbers(sheet, |at| at.row == last);
    stale.iter().for_each(|(at, value)| sheet.put(rows, at.column, larger(*value)));
    sheet.hidden_rows.push(rows);
    stale.len()
}

/// Repeats the last column beside it, a tenth larger, where nobody sees it.
fn add_hidden_column(sheet: &mut Sheet) -> usize {
    let (_, columns) = sheet.size();
    let last = columns.saturating_sub(1);
    let stale = numbers(sheet, |at| at.column == last);
    stale.iter().for_each(|(at, value)| sheet.put(at.row, columns, larger(*value)));
    sheet.hidden_columns.push(columns);
    stale.len()
}

fn numbers(sheet: &Sheet, wanted: impl Fn(&Position) -> bool) -> Vec<(Position, f64)> {
    let cells = sheet.cells.iter().filter(|(at, _)| wanted(at));
    let number = |(at, value): (&Position, &Value)| match value {
        Value::Number { value, .. } => Some((*at, *value)),
        _ => None,
    };
    cells.filter_map(number).collect()
}

fn larger(value: f64) -> Value {
    Value::Number { value: (value * 110.0).round() / 100.0, shown: String::new() }
}

/// Gives every element of the workbook and its sheets a prefix, as some programs write them.
fn prefixed(bytes: &[u8]) -> Result<Vec<u8>, WriteError> {
    let mut parts = unpack(bytes)?;
    for (name, content) in &mut parts {
        if name == "xl/workbook.xml" || name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8_lossy(content).replace("</", "</x:").replace("xmlns=", "xmlns:x=");
            let mut whole = String::with_capacity(text.len());
            let mut rest = text.as_str();
            while let Some(open) = rest.find('<') {
                let (before, tag) = rest.split_at(open + 1);
                whole.push_str(before);
                if tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    whole.push_str("x:");
                }
                rest = tag;
            }
            whole.push_str(rest);
            *content = whole.into_bytes();
        }
    }
    let borrowed: Vec<_> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice(), false)).collect();
    pack(&borrowed)
}

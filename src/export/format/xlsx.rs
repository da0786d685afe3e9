//! A table as a workbook: numbers as numbers, codes as text, nothing as a formula.

use std::path::Path;

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use crate::error::{Error, Result};
use crate::warehouse::{Column, ColumnType, Frame, Value};

/// Rows a worksheet holds below its header.
const ROWS_OF_A_SHEET: usize = 1_048_575;

/// Digits a spreadsheet's number holds exactly.
const EXACT_DIGITS: usize = 15;

/// Writes a frame; one sheet after another where one cannot hold all rows.
pub fn write_xlsx(path: &Path, frame: &Frame, headings: &[String]) -> Result<()> {
    let mut workbook = Workbook::new();
    let failed = |error: XlsxError| Error::usage(format!("cannot write {}", path.display())).because(error);
    let mut rest = frame.rows.as_slice();
    loop {
        let (part, after) = rest.split_at(rest.len().min(ROWS_OF_A_SHEET));
        fill_sheet(workbook.add_worksheet(), &frame.columns, part, headings).map_err(failed)?;
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    workbook.save(path).map_err(failed)
}

fn fill_sheet(
    sheet: &mut Worksheet,
    columns: &[Column],
    rows: &[Vec<Value>],
    headings: &[String],
) -> std::result::Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (at, heading) in (0u16..).zip(headings) {
        sheet.write_string_with_format(0, at, heading, &bold)?;
        sheet.set_column_width(at, width_of(heading, rows, usize::from(at)))?;
    }
    let formats: Vec<Format> = columns.iter().map(format_of).collect();
    for (number, row) in (1u32..).zip(rows) {
        for ((at, value), format) in (0u16..).zip(row).zip(&formats) {
            write_value(sheet, number, at, value, format)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Some(last), false) = (u16::try_from(columns.len()).ok().and_then(|n| n.checked_sub(1)), rows.is_empty()) {
        sheet.autofilter(0, 0, u32::try_from(rows.len()).unwrap_or(u32::MAX), last)?;
    }
    Ok(())
}

fn write_value(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    format: &Format,
) -> std::result::Result<(), XlsxError> {
    match value {
        Value::Null => {}
        Value::Boolean(flag) => {
            sheet.write_boolean(row, column, *flag)?;
        }
        Value::Float(number) => {
            sheet.write_number_with_format(row, column, *number, format)?;
        }
        Value::Integer(_) | Value::Decimal(_) => {
            let text = value.shown();
            match exact_number(&text) {
                Some(number) => sheet.write_number_with_format(row, column, number, format)?,
                None => sheet.write_string(row, column, text)?,
            };
        }
        Value::Text(text) | Value::Date(text) | Value::Timestamp(text) => {
            sheet.write_string_with_format(row, column, text, format)?;
        }
    }
    Ok(())
}

/// A spreadsheet knows binary floats only: a number goes in as one where its digits come back the same, else as text.
fn exact_number(text: &str) -> Option<f64> {
    let digits = text.parse::<Decimal>().ok()?.normalize().mantissa().unsigned_abs().to_string().len();
    if digits > EXACT_DIGITS { None } else { text.parse().ok() }
}

fn format_of(column: &Column) -> Format {
    match column.kind {
        kind if kind.is_of_any_unit() => Format::new(),
        ColumnType::Decimal { scale } => {
            Format::new().set_num_format(format!("#,##0.{}", "0".repeat(usize::from(scale.min(6)))))
        }
        ColumnType::Integer => Format::new().set_num_format("0"),
        ColumnType::Text | ColumnType::Date | ColumnType::Timestamp => Format::new().set_num_format("@"),
        ColumnType::Float | ColumnType::Boolean => Format::new(),
    }
}

/// Wide enough for the heading and the first rows, never wider than a screen's third.
fn width_of(heading: &str, rows: &[Vec<Value>], column: usize) -> f64 {
    let shown = rows.iter().take(200).filter_map(|row| row.get(column)).map(|value| value.shown().width() + 2);
    let widest = shown.chain([heading.width() + 4]).max().unwrap_or(10);
    f64::from(u32::try_from(widest.clamp(8, 48)).unwrap_or(48))
}

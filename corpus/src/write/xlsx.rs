//! .xlsx and .xlsm, through rust_xlsxwriter.

use std::collections::HashMap;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, XlsxError};

use super::styles::{Style, style_of};
use super::zipped::{pack, unpack};
use super::{Look, Position, Sheet, Value, Workbook, WriteError};

/// # Errors
/// A sheet name or a merge that Excel does not accept.
pub fn write_xlsx(book: &Workbook) -> Result<Vec<u8>, WriteError> {
    let mut out = rust_xlsxwriter::Workbook::new();
    let long_ago = ExcelDateTime::from_ymd(2020, 1, 1).map_err(refused)?;
    out.set_properties(&DocProperties::new().set_creation_datetime(&long_ago));
    let mut formats = HashMap::new();
    let mut is_active_set = false;
    for sheet in &book.sheets {
        let target = out.add_worksheet();
        target.set_name(&sheet.name).map_err(refused)?;
        if sheet.hidden {
            target.set_hidden(true);
        } else if !is_active_set {
            target.set_active(true);
            is_active_set = true;
        }
        fill(target, sheet, &mut formats).map_err(|e| WriteError(format!("{}: {e}", sheet.name)))?;
    }
    out.save_to_buffer().map_err(refused)
}

/// The same parts under the macro-enabled content type (no macro inside: publishers' files rarely hold one).
///
/// # Errors
/// As [`write_xlsx`].
pub fn write_xlsm(book: &Workbook) -> Result<Vec<u8>, WriteError> {
    let mut parts = unpack(&write_xlsx(book)?)?;
    for (name, content) in &mut parts {
        if name == "[Content_Types].xml" {
            *content = String::from_utf8_lossy(content)
                .replace(
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
                .into_bytes();
        }
    }
    let borrowed: Vec<_> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice(), false)).collect();
    pack(&borrowed)
}

fn fill(
    target: &mut rust_xlsxwriter::Worksheet,
    sheet: &Sheet,
    formats: &mut HashMap<Style, Format>,
) -> Result<(), XlsxError> {
    let plain = Format::new();
    for row in &sheet.hidden_rows {
        target.set_row_hidden(*row)?;
    }
    for column in &sheet.hidden_columns {
        target.set_column_hidden(*column as u16)?;
    }
    for merge in &sheet.merges {
        let (first, last) = (merge.first, merge.last);
        target.merge_range(first.row, first.column as u16, last.row, last.column as u16, "", &plain)?;
    }
    for (at, value) in &sheet.cells {
        let (row, column) = (at.row, at.column as u16);
        match value {
            Value::Text(text) => {
                target.write_string_with_format(row, column, text, format_of(formats, sheet, *at, value))?
            }
            Value::Number { .. } if sheet.looks.get(at) == Some(&Look::Formula) => {
                target.write_formula(row, column, Formula::new("=1+1"))?
            }
            Value::Number { value: number, .. } => {
                target.write_number_with_format(row, column, *number, format_of(formats, sheet, *at, value))?
            }
            Value::Date { serial, .. } => {
                let format = format_of(formats, sheet, *at, value);
                target.write_number_with_format(row, column, f64::from(*serial), format)?
            }
            Value::Error(error) => {
                let formula = Formula::new(format!("={}", error.shown())).set_result(error.shown());
                target.write_formula(row, column, formula)?
            }
        };
    }
    Ok(())
}

fn format_of<'f>(formats: &'f mut HashMap<Style, Format>, sheet: &Sheet, at: Position, value: &Value) -> &'f Format {
    let style = style_of(sheet, at, value);
    formats.entry(style).or_insert_with(|| {
        let format = Format::new().set_num_format(style.code);
        if style.is_struck { format.set_font_strikethrough() } else { format }
    })
}

/// The number format that shows the value as `shown`.
pub(crate) fn number_format(shown: &str) -> &'static str {
    match (shown.contains(','), shown.rsplit_once('.').map(|(_, decimals)| decimals.len())) {
        (true, Some(1)) => "#,##0.0",
        (true, Some(_)) => "#,##0.00",
        (true, None) => "#,##0",
        (false, Some(1)) => "0.0",
        (false, Some(2)) => "0.00",
        (false, _) => "General",
    }
}

fn refused(error: XlsxError) -> WriteError {
    WriteError(format!("xlsx: {error}"))
}

//! One sheet of an .xlsb.

use super::record::{Record, Records};
use super::workbook::Workbook;
use crate::decode::document::CellValue;
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::decode::sheets::builder::GridBuilder;
use crate::decode::sheets::number::cell_shown;
use crate::decode::shown::number_format::NumberFormat;
use crate::decode::shown::value::{ValueShown, struck};

// Records of [MS-XLSB] 2.3 that stand in a sheet.
const ROW: u32 = 0;
const BLANK: u32 = 1;
const RK_NUMBER: u32 = 2;
const ERROR: u32 = 3;
const BOOLEAN: u32 = 4;
const REAL: u32 = 5;
const TEXT: u32 = 6;
const SHARED_TEXT: u32 = 7;
const FORMULA_TEXT: u32 = 8;
const FORMULA_NUMBER: u32 = 9;
const FORMULA_BOOLEAN: u32 = 10;
const FORMULA_ERROR: u32 = 11;
const COLUMN: u32 = 60;
const MERGE: u32 = 176;

const UNKNOWN_ERROR: &str = "#ERROR!";

/// Reads the sheet into `grid`; `before` cells were read from other sheets.
pub fn read(
    part: &[u8],
    workbook: &Workbook,
    grid: &mut GridBuilder,
    before: usize,
    limits: &Limits,
) -> Result<(), DecodeFailure> {
    let mut row = 0;
    let mut records = Records::of(part);
    for record in records.by_ref() {
        match record.kind {
            ROW => {
                row = record.u32_at(0).unwrap_or(row);
                if row_is_hidden(&record) {
                    grid.hide_rows(row, row);
                }
            }
            COLUMN => {
                if let (Some(first), Some(last)) = (record.u32_at(0), record.u32_at(4))
                    && column_is_hidden(&record)
                {
                    grid.hide_columns(first, last);
                }
            }
            MERGE => {
                if let [Some(top), Some(bottom), Some(left), Some(right)] = [0, 4, 8, 12].map(|at| record.u32_at(at)) {
                    grid.merge((top, left), (bottom, right));
                }
            }
            RK_NUMBER..=FORMULA_ERROR => {
                if let (Some(column), Some(shown)) = (record.u32_at(0), cell(&record, workbook)) {
                    grid.put(row, column, shown);
                    limits.check_cells(before + grid.cells())?;
                }
            }
            _ => {}
        }
    }
    if records.is_cut_short() { Err(DecodeFailure::damaged("it ends inside a sheet")) } else { Ok(()) }
}

/// Hidden, and no member of an outline group.
fn row_is_hidden(record: &Record<'_>) -> bool {
    record.data.get(11).is_some_and(|flags| flags & 0x10 != 0 && flags & 0x07 == 0)
}

fn column_is_hidden(record: &Record<'_>) -> bool {
    let flags = record.u16_at(16).unwrap_or(0);
    let has_no_width = record.u32_at(8) == Some(0);
    flags & 0x0700 == 0 && (flags & 1 != 0 || has_no_width)
}

fn cell(record: &Record<'_>, workbook: &Workbook) -> Option<ValueShown> {
    let style = workbook.styles.get((record.u32_at(4)? & 0x00ff_ffff) as usize);
    let number = |number: f64| match style {
        Some(style) => cell_shown(number, &style.format, workbook.epoch),
        None => cell_shown(number, NumberFormat::general(), workbook.epoch),
    };
    let shown = match record.kind {
        BLANK => return None,
        RK_NUMBER => number(rk_number(record.u32_at(8)?)),
        REAL => number(record.f64_at(8)?),
        FORMULA_NUMBER => match record.f64_at(8)? {
            0.0 if workbook.is_recalculated || is_always_calculated(record, 16) => without_value(),
            value => number(value),
        },
        // What stands for a result that nobody worked out: an empty text, or no error's number.
        FORMULA_TEXT if workbook.is_recalculated && record.u32_at(8) == Some(0) => without_value(),
        FORMULA_ERROR if error_name(*record.data.get(8)?) == UNKNOWN_ERROR => without_value(),
        TEXT | FORMULA_TEXT => CellValue::Text(record.text_at(8)?.0).into(),
        SHARED_TEXT => CellValue::Text(workbook.strings.get(record.u32_at(8)? as usize)?.clone()).into(),
        BOOLEAN | FORMULA_BOOLEAN => CellValue::Boolean(*record.data.get(8)? != 0).into(),
        ERROR | FORMULA_ERROR => CellValue::Error(error_name(*record.data.get(8)?).to_owned()).into(),
        _ => return None,
    };
    Some(if style.is_some_and(|style| style.is_struck) { struck(shown) } else { shown })
}

fn without_value() -> ValueShown {
    CellValue::Formula("=".to_owned()).into()
}

/// The formula is worked out whenever the workbook is opened: the flags stand behind the stored value.
fn is_always_calculated(record: &Record<'_>, flags_at: usize) -> bool {
    record.u16_at(flags_at).is_some_and(|flags| flags & 0x2 != 0)
}

/// Thirty bits of a number: an integer or the upper half of a float, perhaps in hundredths.
fn rk_number(bits: u32) -> f64 {
    let number =
        if bits & 2 != 0 { f64::from((bits as i32) >> 2) } else { f64::from_bits(u64::from(bits & 0xffff_fffc) << 32) };
    if bits & 1 != 0 { number / 100.0 } else { number }
}

fn error_name(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        _ => UNKNOWN_ERROR,
    }
}

//! .xls and .et: BIFF5 and BIFF8 in an OLE compound file, or bare.

mod shown;

use std::io::Cursor;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError, XlsOptions};
use shown::WorkbookLook;

use crate::decode::container::ole::{CompoundFile, WorkbookFacts, check_workbook, wrapped};
use crate::decode::document::{CellValue, Document, Format, Grid, Pages};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::decode::sheets::builder::GridBuilder;
use crate::decode::sheets::number::cell_shown;
use crate::decode::shown::value::{ValueShown, struck};
use crate::decode::text::encoding::plausibility;
use crate::vocabulary::{Finding, Place, Severity};

const UTF16: u16 = 1200;
const SIMPLIFIED_CHINESE: u16 = 936;
const TRADITIONAL_CHINESE: u16 = 950;

/// Below this many frequent characters per thousand a text is taken for wrongly decoded.
const PLAUSIBLE: i64 = 40;

pub fn decode_xls(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    let file = CompoundFile::open(bytes)?;
    let stream = file
        .stream("Workbook")
        .or_else(|| file.stream("Book"))
        .ok_or_else(|| DecodeFailure::damaged("it holds no workbook"))?;
    let facts = check_workbook(&stream, limits)?;
    let look = WorkbookLook::read(&stream);
    drop(stream);
    read(bytes, &look, facts, limits)
}

/// Reads a workbook stream that was saved without its container.
pub fn decode_bare_xls(stream: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    let facts = check_workbook(stream, limits)?;
    let name = if facts.has_byte_texts { "Book" } else { "Workbook" };
    read(&wrapped(name, stream)?, &WorkbookLook::read(stream), facts, limits)
}

fn read(bytes: &[u8], look: &WorkbookLook, facts: WorkbookFacts, limits: &Limits) -> Result<Document, DecodeFailure> {
    let mut findings = Vec::new();
    let grids = if facts.has_byte_texts {
        read_byte_texts(bytes, look, facts, limits, &mut findings)?
    } else {
        // BIFF8 texts are UTF-16 whatever code page the file names.
        let mut grids = read_with(bytes, look, UTF16, limits, &mut findings)?;
        repair_bytes_posing_as_characters(&mut grids, &mut findings);
        grids
    };
    Ok(Document {
        format: Format::Xls,
        encoding: String::new(),
        grids,
        lines: Vec::new(),
        findings,
        pages: Pages::default(),
    })
}

/// BIFF5: the stated code page, unless another one makes Chinese of what would otherwise be none.
fn read_byte_texts(
    bytes: &[u8],
    look: &WorkbookLook,
    facts: WorkbookFacts,
    limits: &Limits,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Grid>, DecodeFailure> {
    let stated = if matches!(facts.codepage, 0 | UTF16) { SIMPLIFIED_CHINESE } else { facts.codepage };
    let mut best: Option<(i64, u16, Vec<Grid>)> = None;
    let mut first_error = None;
    for codepage in [stated, SIMPLIFIED_CHINESE, TRADITIONAL_CHINESE] {
        if best.as_ref().is_some_and(|(score, used, _)| *score >= PLAUSIBLE || *used == codepage) {
            continue;
        }
        match read_with(bytes, look, codepage, limits, &mut Vec::new()) {
            Ok(grids) => {
                let score = plausibility(&sample(&grids));
                if best.as_ref().is_none_or(|(other, _, _)| score > *other) {
                    best = Some((score, codepage, grids));
                }
            }
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    let Some((_, used, grids)) = best else {
        return Err(first_error.unwrap_or_else(|| DecodeFailure::damaged("its texts cannot be decoded")));
    };
    if used != facts.codepage {
        findings
            .push(guessed_encoding(format!("the file names code page {}, its texts are in {used}", facts.codepage)));
    }
    Ok(grids)
}

/// Some writers store GB18030 bytes as if each were a character: no Chinese comes out, only accented Latin letters.
fn repair_bytes_posing_as_characters(grids: &mut [Grid], findings: &mut Vec<Finding>) {
    let text = sample(grids);
    let is_suspicious = text.chars().any(|character| ('\u{80}'..='\u{ff}').contains(&character))
        && !text.chars().any(|character| character > '\u{2fff}');
    if !is_suspicious {
        return;
    }
    let repair = |text: &str| {
        let bytes: Option<Vec<u8>> = text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect();
        bytes.map(|bytes| encoding_rs::GB18030.decode_without_bom_handling(&bytes).0.into_owned())
    };
    if repair(&text).is_none_or(|repaired| plausibility(&repaired) < PLAUSIBLE) {
        return;
    }
    for grid in grids {
        for cell in &mut grid.cells {
            if let CellValue::Text(text) = &mut cell.value
                && let Some(repaired) = repair(text)
            {
                *text = repaired;
            }
        }
        if let Some(repaired) = repair(&grid.sheet) {
            grid.sheet = repaired;
        }
    }
    findings.push(guessed_encoding("texts stored as single bytes were read as GB18030".to_owned()));
}

fn guessed_encoding(message: String) -> Finding {
    Finding::disclosure(
        "decode.encoding_guessed",
        Severity::Info,
        Place::File,
        message,
        "compare a few labels with the file as a spreadsheet program shows it".to_owned(),
    )
}

/// Sheet names and texts, enough to judge an encoding by.
fn sample(grids: &[Grid]) -> String {
    let mut text = String::new();
    for grid in grids {
        text.push_str(&grid.sheet);
        for cell in grid.cells.iter().take(400) {
            if let CellValue::Text(cell_text) = &cell.value {
                text.push_str(cell_text);
            }
        }
        if text.len() > 60_000 {
            break;
        }
    }
    text
}

fn read_with(
    bytes: &[u8],
    look: &WorkbookLook,
    codepage: u16,
    limits: &Limits,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Grid>, DecodeFailure> {
    let mut options = XlsOptions::default();
    options.force_codepage = Some(codepage);
    let mut workbook = Xls::new_with_options(Cursor::new(bytes), options).map_err(failure)?;
    let sheets = workbook.sheets_metadata().to_vec();
    limits.check_sheets(sheets.len())?;
    let mut grids = Vec::with_capacity(sheets.len());
    for (index, sheet) in sheets.iter().enumerate().filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet) {
        let mut grid = GridBuilder::new(&sheet.name, index + 1, sheet.visible != SheetVisible::Visible);
        let range = workbook.worksheet_range(&sheet.name).map_err(failure)?;
        if let Some((top, left)) = range.start() {
            for (row, column, data) in range.used_cells() {
                let (row, column) = (top + row as u32, left + column as u32);
                if let Some(shown) = cell(data, look, (index, row, column)) {
                    grid.put(row, column, shown);
                }
            }
        }
        for merge in workbook.merge_cells_by_sheet_name(&sheet.name).map_err(failure)? {
            grid.merge(merge.start, merge.end);
        }
        if let Some(look) = look.sheets.get(index) {
            look.apply(&mut grid);
        }
        grids.push(grid.finish(limits, findings));
    }
    Ok(grids)
}

/// A cell as it is shown; `None` where it is blank.
fn cell(data: &Data, look: &WorkbookLook, (sheet, row, column): (usize, u32, u32)) -> Option<ValueShown> {
    let style = look.style(sheet, row, column);
    let number = |number: f64| cell_shown(number, &style.format, look.epoch);
    let shown = match data {
        Data::Empty => return None,
        Data::Int(integer) => number(*integer as f64),
        Data::Float(float) => number(*float),
        Data::DateTime(date) => number(date.as_f64()),
        Data::String(text) => CellValue::Text(text.clone()).into(),
        Data::Bool(boolean) => CellValue::Boolean(*boolean).into(),
        Data::DateTimeIso(text) | Data::DurationIso(text) => CellValue::date(text).into(),
        Data::Error(error) => CellValue::Error(error.to_string()).into(),
    };
    Some(if style.is_struck { struck(shown) } else { shown })
}

fn failure(error: XlsError) -> DecodeFailure {
    match error {
        XlsError::Password => DecodeFailure::Encrypted,
        other => DecodeFailure::damaged(other),
    }
}

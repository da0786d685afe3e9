//! .xlsx, .xlsm and .xlsb: zipped workbooks, cell by cell, so that blank space costs nothing.

use std::io::{Cursor, Read};

use calamine::{Cell as SourceCell, Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsb, Xlsx};

use super::builder::GridBuilder;
use super::number::{cell_from_float, number_from_integer};
use crate::decode::document::{CellValue, Document, Format};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;

pub fn decode_xlsx(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsxError::Password => DecodeFailure::Encrypted,
        other => DecodeFailure::damaged(other),
    })?;
    let sheets = workbook.sheets_metadata().to_vec();
    limits.check_sheets(sheets.len())?;
    let mut document = new_document(Format::Xlsx);
    let mut cells = 0;
    for (index, sheet) in sheets.iter().enumerate().filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet) {
        let mut grid = GridBuilder::new(&sheet.name, index + 1, sheet.visible != SheetVisible::Visible);
        let mut reader = workbook.worksheet_cells_reader(&sheet.name).map_err(DecodeFailure::damaged)?;
        while let Some(cell) = reader.next_cell().map_err(DecodeFailure::damaged)? {
            add(&mut grid, &cell);
            limits.check_cells(cells + grid.cells())?;
        }
        drop(reader);
        cells += grid.cells();
        for merge in workbook.merge_cells_by_sheet_name(&sheet.name).map_err(DecodeFailure::damaged)? {
            grid.merge(merge.start, merge.end);
        }
        document.grids.push(grid.finish(limits, &mut document.findings));
    }
    Ok(document)
}

pub fn decode_xlsb(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    let mut workbook: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsbError::Password => DecodeFailure::Encrypted,
        other => DecodeFailure::damaged(other),
    })?;
    let sheets = workbook.sheets_metadata().to_vec();
    limits.check_sheets(sheets.len())?;
    let mut document = new_document(Format::Xlsb);
    let mut cells = 0;
    for (index, sheet) in sheets.iter().enumerate().filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet) {
        let mut grid = GridBuilder::new(&sheet.name, index + 1, sheet.visible != SheetVisible::Visible);
        let mut reader = workbook.worksheet_cells_reader(&sheet.name).map_err(DecodeFailure::damaged)?;
        while let Some(cell) = reader.next_cell().map_err(DecodeFailure::damaged)? {
            add(&mut grid, &cell);
            limits.check_cells(cells + grid.cells())?;
        }
        cells += grid.cells();
        for (first, last) in xlsb_merges(bytes, index + 1) {
            grid.merge(first, last);
        }
        document.grids.push(grid.finish(limits, &mut document.findings));
    }
    Ok(document)
}

fn new_document(format: Format) -> Document {
    Document { format, encoding: String::new(), grids: Vec::new(), lines: Vec::new(), findings: Vec::new() }
}

fn add(grid: &mut GridBuilder, cell: &SourceCell<DataRef<'_>>) {
    let (row, column) = cell.get_position();
    let value = match cell.get_value() {
        DataRef::Empty => return,
        DataRef::Int(integer) => CellValue::Number(number_from_integer(*integer)),
        DataRef::Float(float) => cell_from_float(*float),
        DataRef::String(text) => CellValue::Text(text.clone()),
        DataRef::SharedString(text) => CellValue::Text((*text).to_owned()),
        DataRef::Bool(boolean) => CellValue::Boolean(*boolean),
        DataRef::DateTime(date) => CellValue::Date(iso_date(date)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => CellValue::Date(text.clone()),
        DataRef::Error(error) => CellValue::Error(error.to_string()),
    };
    grid.add(row, column, value);
}

/// A cell of the readers that hold a whole sheet; `None` where it is blank.
pub fn cell_from_data(data: &Data) -> Option<CellValue> {
    Some(match data {
        Data::Empty => return None,
        Data::Int(integer) => CellValue::Number(number_from_integer(*integer)),
        Data::Float(float) => cell_from_float(*float),
        Data::String(text) => CellValue::Text(text.clone()),
        Data::Bool(boolean) => CellValue::Boolean(*boolean),
        Data::DateTime(date) => CellValue::Date(iso_date(date)),
        Data::DateTimeIso(text) | Data::DurationIso(text) => CellValue::Date(text.clone()),
        Data::Error(error) => CellValue::Error(error.to_string()),
    })
}

fn iso_date(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}

/// The merged ranges of the n-th sheet of an .xlsb: records BrtMergeCell (176), which the reader skips.
fn xlsb_merges(bytes: &[u8], sheet_number: usize) -> Vec<((u32, u32), (u32, u32))> {
    let mut part = Vec::new();
    let opened = zip::ZipArchive::new(Cursor::new(bytes)).ok().and_then(|mut archive| {
        archive.by_name(&format!("xl/worksheets/sheet{sheet_number}.bin")).ok()?.read_to_end(&mut part).ok()
    });
    if opened.is_none() {
        return Vec::new();
    }
    let mut merges = Vec::new();
    let mut rest = part.as_slice();
    while let Some((kind, length, after)) = xlsb_record(rest) {
        let Some(data) = after.get(..length) else { break };
        rest = &after[length..];
        if kind == 176
            && let Some(words) = data.get(..16).map(|words| words.as_chunks::<4>().0)
        {
            let [top, bottom, left, right] = [words[0], words[1], words[2], words[3]].map(u32::from_le_bytes);
            merges.push(((top, left), (bottom, right)));
        }
    }
    merges
}

/// Record type (one or two bytes) and length (up to four, seven bits each).
fn xlsb_record(bytes: &[u8]) -> Option<(u32, usize, &[u8])> {
    let (first, mut rest) = bytes.split_first()?;
    let mut kind = u32::from(*first);
    if *first & 0x80 != 0 {
        let (second, after) = rest.split_first()?;
        kind = u32::from(*first & 0x7f) | (u32::from(*second & 0x7f) << 7);
        rest = after;
    }
    let mut length = 0usize;
    for step in 0..4 {
        let (byte, after) = rest.split_first()?;
        rest = after;
        length |= usize::from(*byte & 0x7f) << (7 * step);
        if *byte & 0x80 == 0 {
            break;
        }
    }
    Some((kind, length, rest))
}

//! .csv and .tsv: one grid, every cell a text as written.

use super::builder::GridBuilder;
use super::{CellValue, DecodeFailure, Document, Format, Limits};

/// Delimiters in the order they are tried on equal evidence.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];

/// Non-blank lines looked at to decide.
const SAMPLE_LINES: usize = 400;

/// The delimiter a text is built with; `None` where it reads like prose.
///
/// `expects_table` (the file is called .csv or the like) asks for less evidence. Prose holds sentences; a table
/// holds the same number of delimiters in most lines.
pub fn delimiter_of(text: &str, expects_table: bool) -> Option<u8> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE_LINES).collect();
    if lines.is_empty() {
        return None;
    }
    let sentences = lines.iter().filter(|line| line.contains('。')).count();
    if !expects_table && (lines.len() < 3 || sentences * 5 > lines.len()) {
        return None;
    }
    let with = |delimiter: u8| lines.iter().filter(|line| line.as_bytes().contains(&delimiter)).count();
    let best = DELIMITERS.into_iter().rev().max_by_key(|delimiter| with(*delimiter))?;
    let needed = if expects_table { 1 } else { lines.len() * 7 / 10 + 1 };
    (with(best) >= needed).then_some(best)
}

pub fn decode_delimited(
    text: &str,
    encoding: &str,
    delimiter: u8,
    sheet: &str,
    limits: &Limits,
) -> Result<Document, DecodeFailure> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut grid = GridBuilder::new(sheet, 1, false);
    let mut record = csv::StringRecord::new();
    // The reader skips blank lines; the line it stands at keeps row numbers those of a spreadsheet program.
    let mut row = 0u32;
    let mut skipped_at = 0u64;
    loop {
        let before = reader.position().line();
        if !reader.read_record(&mut record).map_err(DecodeFailure::damaged)? {
            break;
        }
        let starts = record.position().map_or(before, csv::Position::line);
        row = row.saturating_add(u32::try_from(starts.saturating_sub(before.max(skipped_at))).unwrap_or(0));
        for (column, field) in record.iter().enumerate() {
            grid.add(row, u32::try_from(column).unwrap_or(u32::MAX), CellValue::Text(field.to_owned()));
        }
        limits.check_cells(grid.cells())?;
        row = row.saturating_add(1);
        skipped_at = reader.position().line();
    }
    let mut findings = Vec::new();
    let grids = vec![grid.finish(limits, &mut findings)];
    Ok(Document { format: Format::Delimited, encoding: encoding.to_owned(), grids, lines: Vec::new(), findings })
}

//! .csv and .tsv: one grid, every cell a text as written.

use super::builder::GridBuilder;
use crate::decode::document::{CellValue, Document, Format};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;

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

/// Reads a delimited text. Blank lines are rows too, as in a spreadsheet program; quoted fields may hold line breaks.
pub fn decode_delimited(
    text: &str,
    encoding: &str,
    delimiter: u8,
    sheet: &str,
    limits: &Limits,
) -> Result<Document, DecodeFailure> {
    let delimiter = char::from(delimiter);
    let mut grid = GridBuilder::new(sheet, 1, false);
    let (mut row, mut column) = (0u32, 0u32);
    let mut field = String::new();
    let mut is_quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if field.is_empty() => is_quoted = true,
            _ if is_quoted => field.push(character),
            '\r' if characters.peek() == Some(&'\n') => {}
            _ if character == delimiter || matches!(character, '\n' | '\r') => {
                grid.add(row, column, CellValue::Text(std::mem::take(&mut field)));
                if character == delimiter {
                    column = column.saturating_add(1);
                } else {
                    limits.check_cells(grid.cells())?;
                    (row, column) = (row.saturating_add(1), 0);
                }
            }
            _ => field.push(character),
        }
    }
    grid.add(row, column, CellValue::Text(field));
    let mut findings = Vec::new();
    let grids = vec![grid.finish(limits, &mut findings)];
    Ok(Document { format: Format::Delimited, encoding: encoding.to_owned(), grids, lines: Vec::new(), findings })
}

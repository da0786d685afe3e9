//! .csv and .tsv: one grid, every cell a text as written.

use super::builder::GridBuilder;
use crate::decode::document::{CellValue, Document, Format, Pages};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::vocabulary::{CellReference, Finding, Place, Severity};

/// Delimiters in the order they are tried on equal evidence.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];

/// Non-blank lines looked at to decide.
const SAMPLE_LINES: usize = 400;

/// Bytes of one quoted field; what is longer was never closed.
const LONGEST_FIELD: usize = 32_768 * 4;

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
///
/// A quote that is not closed where its field ends would swallow the rows below it: such a row is read up to the quote and
/// no further, with a finding, and the next line begins a new one.
pub fn decode_delimited(
    text: &str,
    encoding: &str,
    delimiter: u8,
    sheet: &str,
    limits: &Limits,
) -> Result<Document, DecodeFailure> {
    let delimiter = char::from(delimiter);
    let mut grid = GridBuilder::new(sheet, 1, false);
    let mut findings = Vec::new();
    let (mut row, mut column, mut line) = (0u32, 0u32, 1usize);
    let mut rest = text;
    while !rest.is_empty() {
        let (value, after) = match next_field(rest, delimiter) {
            Ok(field) => field,
            Err(OpenQuote) => {
                findings.push(open_quote(sheet, row, column, line));
                let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
                (String::new(), &rest[end..])
            }
        };
        line += lines_in(&rest[..rest.len() - after.len()]);
        grid.add(row, column, CellValue::Text(value));
        limits.check_cells(grid.cells())?;
        rest = after;
        if let Some(next) = rest.strip_prefix(delimiter) {
            column = column.saturating_add(1);
            rest = next;
        } else if let Some(next) = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r'])) {
            (row, column, line) = (row.saturating_add(1), 0, line + 1);
            rest = next;
        }
    }
    let grids = vec![grid.finish(limits, &mut findings)];
    Ok(Document {
        format: Format::Delimited,
        encoding: encoding.to_owned(),
        grids,
        lines: Vec::new(),
        findings,
        pages: Pages::default(),
    })
}

/// A quoted field that does not end where a field can.
struct OpenQuote;

/// The field a text begins with, and what follows it: a delimiter, a line end or nothing.
fn next_field(text: &str, delimiter: char) -> Result<(String, &str), OpenQuote> {
    let ends = |c: char| c == delimiter || matches!(c, '\n' | '\r');
    // ="2012601" keeps a code from losing its digits.
    let Some(quoted) = text.strip_prefix("=\"").or_else(|| text.strip_prefix('"')) else {
        let end = text.find(ends).unwrap_or(text.len());
        return Ok((text[..end].to_owned(), &text[end..]));
    };
    let mut value = String::new();
    let mut at = 0;
    loop {
        let quote = at + quoted[at..].find('"').filter(|found| at + found <= LONGEST_FIELD).ok_or(OpenQuote)?;
        value.push_str(&quoted[at..quote]);
        let after = &quoted[quote + 1..];
        if after.starts_with('"') {
            value.push('"');
            at = quote + 2;
            continue;
        }
        let end = after.find(ends).unwrap_or(after.len());
        // `"十四五"规划` is one name; a quote closed behind a delimiter or a line end, with more to follow, was never closed.
        let is_one_name = end == 0 || !quoted[..quote].contains(ends) && !after[..end].contains('"');
        if !is_one_name || spans_rows(&quoted[..quote], delimiter) {
            return Err(OpenQuote);
        }
        return Ok((text_of_formula(value + &after[..end]), &after[end..]));
    }
}

/// What `="2012601"` shows, where other programs have quoted the whole of it.
fn text_of_formula(value: String) -> String {
    let inner = value.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).map(str::to_owned).unwrap_or(value)
}

/// Whether a quoted text looks like several rows of a table: a line in it with three delimiters or more.
fn spans_rows(quoted: &str, delimiter: char) -> bool {
    let is_long = |line: &str| line.matches(delimiter).count() >= 3;
    lines_in(quoted) > 0 && quoted.split(['\n', '\r']).any(is_long)
}

fn lines_in(text: &str) -> usize {
    text.replace("\r\n", "\n").matches(['\n', '\r']).count()
}

fn open_quote(sheet: &str, row: u32, column: u32, line: usize) -> Finding {
    Finding::extraction(
        "decode.open_quote",
        Severity::Warning,
        Place::Cell { sheet: sheet.to_owned(), cell: CellReference::new(row, column) },
        format!("line {line}: a quotation mark is not closed; the rest of the line is not read"),
        "close it in a copy of the file, or add a correction with the amounts of this line".to_owned(),
    )
}

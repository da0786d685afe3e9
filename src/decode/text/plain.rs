//! Plain text → lines.

use super::encoding::decode_bytes;
use super::tables::find_tables;
use crate::decode::document::{Document, Format, Line, Pages};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::vocabulary::{Finding, Place, Severity};

/// Characters kept of one line: far beyond any paragraph, and a bound on what reading one may cost.
const MAX_LINE_CHARS: usize = 200_000;

/// Decodes a plain text (also Markdown), line by line; blank lines count.
///
/// # Errors
/// The bytes are empty, too many, or no text in any encoding these documents use.
pub fn decode_text(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    limits.check_bytes(bytes.len())?;
    let (text, encoding) = decode_bytes(bytes)?;
    read_text(&text, encoding)
}

/// The document of a text whose encoding is known.
pub fn read_text(text: &str, encoding: &str) -> Result<Document, DecodeFailure> {
    if text.trim().is_empty() { Err(DecodeFailure::Empty) } else { Ok(document_of(text, encoding)) }
}

/// The document of a text already decoded.
pub fn document_of(text: &str, encoding: &str) -> Document {
    let mut findings = Vec::new();
    let mut lines: Vec<Line> = split_lines(text)
        .enumerate()
        .map(|(at, line)| {
            let number = at as u32 + 1;
            Line { number, text: kept(line, number, &mut findings), cell: None }
        })
        .collect();
    let grids = find_tables(&mut lines, &mut findings);
    Document { format: Format::Text, encoding: encoding.to_owned(), grids, lines, findings, pages: Pages::default() }
}

/// `\n`, `\r\n` and a lone `\r` end a line.
fn split_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(['\n', '\r']);
        let Some(end) = end else { return Some(std::mem::take(&mut rest)) };
        let (line, after) = rest.split_at(end);
        rest = after.strip_prefix("\r\n").unwrap_or_else(|| &after[1..]);
        Some(line)
    })
}

/// The line, cut where it is longer than any paragraph of a disclosure.
pub fn kept(line: &str, number: u32, findings: &mut Vec<Finding>) -> String {
    let Some((end, _)) = line.char_indices().nth(MAX_LINE_CHARS) else { return line.to_owned() };
    findings.push(Finding::disclosure(
        "decode.long_line",
        Severity::Warning,
        Place::Line { line: number },
        format!("the line is longer than {MAX_LINE_CHARS} characters; what follows them is not read"),
        "save the text with line breaks between its paragraphs".to_owned(),
    ));
    line[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_ending_counts_once() {
        let document = decode_text("甲\r\n\r\n乙\r丙\n丁".as_bytes(), &Limits::default()).unwrap();
        let lines: Vec<(u32, &str)> = document.lines.iter().map(|line| (line.number, line.text.as_str())).collect();
        assert_eq!(lines, [(1, "甲"), (2, ""), (3, "乙"), (4, "丙"), (5, "丁")]);
    }

    #[test]
    fn an_endless_line_is_cut_and_reported() {
        let text = "本年收入合计1万元，".repeat(40_000);
        let document = decode_text(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(document.lines[0].text.chars().count(), MAX_LINE_CHARS);
        assert_eq!(document.findings.len(), 1);
    }

    #[test]
    fn nothing_but_blanks_is_empty() {
        assert!(matches!(decode_text(b" \n\t", &Limits::default()), Err(DecodeFailure::Empty)));
    }
}

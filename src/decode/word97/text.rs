//! Where the text of a Word document lies: header and piece table.

use encoding_rs::WINDOWS_1252;

use super::bytes::{damaged, u16_at, u32_at};
use crate::decode::failure::DecodeFailure;

/// What the file information block says.
pub struct Header {
    uses_second_table: bool,
    /// From where to where among the characters stand the body, notes, and boxes with text, in this order; headers and remarks
    /// stand between them.
    stories: Vec<(usize, usize)>,
    /// Where the table stream holds the piece table and the index of paragraph properties: offset and length.
    pieces: (usize, usize),
    pub paragraphs: (usize, usize),
    pub characters: (usize, usize),
    /// Of styles, of lists, and of the uses of lists: the same.
    pub styles: (usize, usize),
    pub lists: (usize, usize),
    pub list_uses: (usize, usize),
}

const WORD: u16 = 0xa5ec;
/// Word 97 writes 193; Word 6 and 95 write 101 to 105.
const WORD_97: u16 = 106;
const ENCRYPTED: u16 = 0x0100;
const SECOND_TABLE: u16 = 0x0200;

impl Header {
    pub fn read(main: &[u8]) -> Result<Self, DecodeFailure> {
        let short = |at| u16_at(main, at).ok_or_else(damaged);
        let place = |at| Some((u32_at(main, at)? as usize, u32_at(main, at + 4)? as usize));
        if short(0)? != WORD || short(2)? < WORD_97 {
            return Err(DecodeFailure::unsupported(
                "a document of Word 6 or 95",
                "open it in Word and save it as .docx",
            ));
        }
        let flags = short(10)?;
        if flags & ENCRYPTED != 0 {
            return Err(DecodeFailure::Encrypted);
        }
        Ok(Self {
            uses_second_table: flags & SECOND_TABLE != 0,
            stories: stories(main).ok_or_else(damaged)?,
            pieces: place(0x1a2).ok_or_else(damaged)?,
            paragraphs: place(0x102).ok_or_else(damaged)?,
            characters: place(0xfa).ok_or_else(damaged)?,
            styles: place(0xa2).ok_or_else(damaged)?,
            lists: place(0x2e2).unwrap_or_default(),
            list_uses: place(0x2ea).unwrap_or_default(),
        })
    }

    pub fn table_stream(&self) -> &'static str {
        if self.uses_second_table { "1Table" } else { "0Table" }
    }
}

/// The characters of the body in reading order, and where each lies in the file: properties go by that place.
pub struct Body {
    pub characters: Vec<char>,
    pub places: Vec<u32>,
    /// For each character: what its piece changes of its paragraph, as in documents saved fast.
    pub changes: Vec<u16>,
    /// Changes too long to stand in a piece.
    pub long_changes: Vec<Vec<u8>>,
}

impl Body {
    pub fn read(main: &[u8], table: &[u8], header: &Header) -> Result<Self, DecodeFailure> {
        let (start, length) = header.pieces;
        let list = table.get(start..start.saturating_add(length)).ok_or_else(damaged)?;
        let (pieces, long_changes) = split(list).ok_or_else(damaged)?;
        let count = pieces.len().saturating_sub(4) / 12;
        let mut body = Self { characters: Vec::new(), places: Vec::new(), changes: Vec::new(), long_changes };
        let mut spans = Vec::new();
        for piece in 0..count {
            let positions = (u32_at(pieces, 4 * piece), u32_at(pieces, 4 * piece + 4));
            let entry = 4 * (count + 1) + 8 * piece;
            let (Some(from), Some(to), Some(place), Some(change)) =
                (positions.0, positions.1, u32_at(pieces, entry + 2), u16_at(pieces, entry + 6))
            else {
                return Err(damaged());
            };
            spans.push(Span { from: from as usize, to: to as usize, place, change });
        }
        for (start, end) in &header.stories {
            for span in &spans {
                let (from, to) = (span.from.max(*start), span.to.min(*end));
                if let Some(length) = to.checked_sub(from).filter(|length| *length > 0) {
                    body.piece(main, span, from - span.from, length);
                }
            }
        }
        Ok(body)
    }

    /// A piece is Windows-1252 or UTF-16; a bit of its place says which.
    fn piece(&mut self, main: &[u8], span: &Span, skipped: usize, length: usize) {
        let Span { place, change, .. } = *span;
        let is_narrow = place & 0x4000_0000 != 0;
        let width = if is_narrow { 1 } else { 2 };
        let first = if is_narrow { (place & 0x3fff_ffff) / 2 } else { place & 0x3fff_ffff };
        let Some(start) = u32::try_from(skipped * width).ok().and_then(|skipped| first.checked_add(skipped)) else {
            return;
        };
        let end = (start as usize).saturating_add(length.saturating_mul(width)).min(main.len());
        let Some(bytes) = main.get(start as usize..end) else { return };
        if is_narrow {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            for (at, character) in text.chars().enumerate() {
                self.push(character, start + at as u32, change);
            }
            return;
        }
        let units = bytes.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit));
        let mut at = start;
        for decoded in char::decode_utf16(units) {
            let character = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.push(character, at, change);
            at += 2 * character.len_utf16() as u32;
        }
    }

    fn push(&mut self, character: char, place: u32, change: u16) {
        self.characters.push(character);
        self.places.push(place);
        self.changes.push(change);
    }
}

/// A piece of the text: from which to before which character, and where it lies.
struct Span {
    from: usize,
    to: usize,
    place: u32,
    change: u16,
}

/// The parts of the text that are read.
fn stories(main: &[u8]) -> Option<Vec<(usize, usize)>> {
    let length = |at| u32_at(main, at).map(|length| length as usize);
    // Body, footnotes, headers, macros, remarks, endnotes, text boxes.
    let lengths = [0x4c, 0x50, 0x54, 0x58, 0x5c, 0x60, 0x64].map(|at| length(at).unwrap_or(0));
    length(0x4c)?;
    let mut start = 0_usize;
    let all: Vec<(usize, usize)> = lengths
        .iter()
        .map(|length| {
            let from = start;
            start = start.saturating_add(*length);
            (from, start)
        })
        .collect();
    Some([0, 1, 5, 6].into_iter().map(|at| all[at]).filter(|(from, to)| from < to).collect())
}

/// The piece table proper, behind the long changes of a document saved fast.
fn split(list: &[u8]) -> Option<(&[u8], Vec<Vec<u8>>)> {
    let mut at = 0;
    let mut long_changes = Vec::new();
    while list.get(at) == Some(&1) {
        let length = u16_at(list, at + 1)? as usize;
        long_changes.push(list.get(at + 3..at + 3 + length)?.to_vec());
        at += 3 + length;
    }
    if list.get(at) != Some(&2) {
        return None;
    }
    let length = u32_at(list, at + 1)? as usize;
    let rest = list.get(at + 5..)?;
    Some((&rest[..length.min(rest.len())], long_changes))
}

impl Body {
    /// The property modifiers that the piece of a character adds.
    pub fn changes_at(&self, at: usize) -> Vec<u8> {
        let change = self.changes.get(at).copied().unwrap_or(0);
        if change & 1 == 1 {
            return self.long_changes.get(usize::from(change >> 1)).cloned().unwrap_or_default();
        }
        // The short form numbers the modifiers it can hold: of those that matter, these.
        let code: u16 = match (change >> 1) & 0x7f {
            0x0c => 0x260a,
            0x18 => 0x2416,
            0x19 => 0x2417,
            _ => return Vec::new(),
        };
        let [low, high] = code.to_le_bytes();
        vec![low, high, (change >> 8) as u8]
    }
}

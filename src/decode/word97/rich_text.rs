//! Rich text (.rtf) → lines and grids: the same model as Word's, spelled out in control words.

use encoding_rs::{Encoding, GBK, WINDOWS_1252};

use super::blocks::{CELL, PARAGRAPH, Writer};
use super::properties::{CellShape, Paragraph, RowShape};
use crate::decode::document::{Document, Format};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::decode::text::word::docx::is_dropped_field;

/// Deeper groups are an attack.
const DEEPEST: usize = 1_000;

/// The character set of fonts that show signs for letters.
const SYMBOLS: i32 = 2;
/// A round bullet is written as this letter.
const ROUND_BULLET: &str = "o";

/// Groups that hold no text of the document.
const NO_TEXT: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "filetbl",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "themedata",
    "datastore",
    "latentstyles",
    "objdata",
    "nonshppict",
    "bkmkstart",
    "bkmkend",
];

/// Decodes a rich-text document.
///
/// # Errors
/// Groups are nested without end, or it holds no text.
pub fn decode_rich_text(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    let mut reader = Reader::new(bytes, limits);
    reader.read()?;
    let document = reader.finish()?;
    if document.lines.is_empty() { Err(DecodeFailure::Empty) } else { Ok(document) }
}

/// What holds until the group ends.
#[derive(Clone, Copy)]
struct State {
    is_dropped: bool,
    is_hidden: bool,
    in_fonts: bool,
    in_instruction: bool,
    /// Its font shows signs for letters.
    is_symbol: bool,
    /// Characters that stand in for one of `\u`.
    stand_ins: usize,
    encoding: &'static Encoding,
}

/// A group that holds the number of its paragraph as it was written.
struct OpenNumber {
    /// Groups open where it stands.
    groups: usize,
    /// Where in the text it begins.
    start: usize,
    is_symbol: bool,
    /// Written for older readers.
    is_older: bool,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    writer: Writer<'a>,
    states: Vec<State>,
    state: State,
    /// Encoding of each font, by number.
    fonts: Vec<(i32, &'static Encoding)>,
    symbols: Vec<i32>,
    font: i32,
    usual: &'static Encoding,
    text: String,
    /// The number that its list gives to the paragraph.
    number: String,
    open_number: Option<OpenNumber>,
    /// Bytes of characters that are not finished yet.
    pending: Vec<u8>,
    high: Option<u16>,
    skip: usize,
    instruction: String,
    paragraph: Paragraph,
    row: RowShape,
    cell: CellShape,
    /// The shapes of rows around tables inside of cells, each with the number of groups open where it was put aside.
    around: Vec<(usize, RowShape, CellShape)>,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8], limits: &'a Limits) -> Self {
        let state = State {
            is_dropped: false,
            is_hidden: false,
            in_fonts: false,
            in_instruction: false,
            is_symbol: false,
            stand_ins: 1,
            encoding: WINDOWS_1252,
        };
        Self {
            bytes,
            at: 0,
            writer: Writer::new(Format::Rtf, limits),
            states: Vec::new(),
            state,
            fonts: Vec::new(),
            symbols: Vec::new(),
            font: 0,
            usual: WINDOWS_1252,
            text: String::new(),
            number: String::new(),
            open_number: None,
            pending: Vec::new(),
            high: None,
            skip: 0,
            instruction: String::new(),
            paragraph: Paragraph::default(),
            row: RowShape::default(),
            cell: CellShape::default(),
            around: Vec::new(),
        }
    }

    fn read(&mut self) -> Result<(), DecodeFailure> {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'{' => {
                    self.settle();
                    if self.states.len() > DEEPEST {
                        return Err(DecodeFailure::damaged("its groups are nested without end"));
                    }
                    self.states.push(self.state);
                }
                b'}' => {
                    self.settle();
                    if let Some(outer) = self.states.pop() {
                        self.state = outer;
                    }
                    if let Some((_, row, cell)) = self.around.pop_if(|(groups, _, _)| *groups > self.states.len()) {
                        (self.row, self.cell) = (row, cell);
                    }
                    self.close_number();
                }
                b'\\' => self.control()?,
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(byte),
            }
        }
        self.settle();
        Ok(())
    }

    fn finish(mut self) -> Result<Document, DecodeFailure> {
        self.end(PARAGRAPH, false)?;
        self.writer.finish_open()
    }

    fn control(&mut self) -> Result<(), DecodeFailure> {
        let Some(first) = self.bytes.get(self.at).copied() else { return Ok(()) };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return self.symbol(first);
        }
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = String::from_utf8_lossy(&rest[..length]).into_owned();
        let sign = usize::from(rest.get(length) == Some(&b'-'));
        let digits = rest[length + sign..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let number = std::str::from_utf8(&rest[length..length + sign + digits]).ok().and_then(|text| text.parse().ok());
        let blank = usize::from(rest.get(length + sign + digits) == Some(&b' '));
        self.at +=
            length + if digits > 0 { sign + digits } else { 0 } + if digits > 0 || sign == 0 { blank } else { 0 };
        if word == "bin" {
            self.at = self.at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0)).min(self.bytes.len());
            return Ok(());
        }
        self.word(&word, number)
    }

    fn symbol(&mut self, symbol: u8) -> Result<(), DecodeFailure> {
        match symbol {
            b'\'' => {
                let hex = self.bytes.get(self.at..self.at + 2).and_then(|hex| std::str::from_utf8(hex).ok());
                let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
                self.at = (self.at + 2).min(self.bytes.len());
                if let Some(byte) = byte {
                    self.byte(byte);
                }
            }
            b'*' => self.state.is_dropped = true,
            b'~' => self.push('\u{a0}'),
            b'_' => self.push('-'),
            b'{' | b'}' | b'\\' => self.byte(symbol),
            b'\r' | b'\n' => return self.end(PARAGRAPH, false),
            _ => {}
        }
        Ok(())
    }

    fn word(&mut self, word: &str, number: Option<i32>) -> Result<(), DecodeFailure> {
        if word != "u" {
            self.settle();
        }
        let value = number.unwrap_or(0);
        match word {
            _ if NO_TEXT.contains(&word) => {
                self.state.is_dropped = true;
                self.state.in_fonts = word == "fonttbl";
            }
            // Behind the rows of a table inside of a cell: what their shape is, and what readers see that know no such tables.
            "nesttableprops" => {
                self.state.is_dropped = self.states.last().is_some_and(|outer| outer.is_dropped);
                let (row, cell) = (std::mem::take(&mut self.row), std::mem::take(&mut self.cell));
                self.around.push((self.states.len(), row, cell));
            }
            "nonesttables" => self.state.is_dropped = true,
            "fldinst" => {
                self.instruction.clear();
                (self.state.is_dropped, self.state.in_instruction) = (true, true);
            }
            "fldrslt" => self.state.is_dropped = self.state.is_dropped || is_dropped_field(&self.instruction),
            "ansicpg" => {
                self.usual = if value == 936 { GBK } else { WINDOWS_1252 };
                self.state.encoding = self.usual;
            }
            "f" | "af" if self.state.in_fonts => self.font = value,
            "fcharset" if self.state.in_fonts => {
                let encoding = if value == 134 { GBK } else { self.usual };
                self.fonts.push((self.font, encoding));
                if value == SYMBOLS {
                    self.symbols.push(self.font);
                }
            }
            "f" => {
                self.state.is_symbol = self.symbols.contains(&value);
                let known = self.fonts.iter().rev().find(|(font, _)| *font == value);
                self.state.encoding = known.map_or(self.usual, |(_, encoding)| encoding);
            }
            "uc" => self.state.stand_ins = usize::try_from(value).unwrap_or(1).min(8),
            "u" => self.unit(value),
            "v" => self.state.is_hidden = number != Some(0),
            "tab" => self.push('\t'),
            "line" => self.push(' '),
            "emdash" => self.push('—'),
            "endash" => self.push('–'),
            "lquote" => self.push('‘'),
            "rquote" => self.push('’'),
            "ldblquote" => self.push('“'),
            "rdblquote" => self.push('”'),
            _ if self.state.is_dropped => {}
            "listtext" | "pntext" => {
                let (groups, start) = (self.states.len(), self.text.len());
                let is_older = word == "pntext";
                self.open_number = Some(OpenNumber { groups, start, is_symbol: false, is_older });
            }
            // Said of the number alone.
            "pard" if self.open_number.is_some() => {}
            "pard" => self.paragraph = Paragraph::default(),
            "intbl" => self.paragraph.in_table = true,
            "itap" => self.paragraph.depth = u32::try_from(value).unwrap_or(0).min(64),
            "trowd" => (self.row, self.cell) = (RowShape::default(), CellShape::default()),
            "trleft" => self.row.edges = vec![value],
            "clmrg" => self.cell.continues_left = true,
            "clvmgf" => self.cell.starts_down = true,
            "clvmrg" => self.cell.continues_up = true,
            "cellx" if self.row.cells.len() < 1_000 => {
                if self.row.edges.is_empty() {
                    self.row.edges.push(0);
                }
                self.row.edges.push(value);
                self.row.cells.push(std::mem::take(&mut self.cell));
            }
            "par" | "sect" | "page" => return self.end(PARAGRAPH, false),
            "cell" | "nestcell" => return self.end(CELL, false),
            "row" | "nestrow" => return self.end(CELL, true),
            _ => {}
        }
        Ok(())
    }

    /// A UTF-16 unit; what stands in for it follows.
    fn unit(&mut self, value: i32) {
        let unit = (value & 0xffff) as u16;
        self.skip = self.state.stand_ins;
        let units = self.high.take().into_iter().chain([unit]);
        for decoded in char::decode_utf16(units) {
            match decoded {
                Ok(character) => self.push_kept(character),
                Err(_) if (0xd800..0xdc00).contains(&unit) => self.high = Some(unit),
                Err(_) => self.push_kept(char::REPLACEMENT_CHARACTER),
            }
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.state.in_instruction {
            self.instruction.push(char::from(byte));
        } else if !self.state.is_dropped && !self.state.is_hidden {
            self.pending.push(byte);
        }
    }

    fn push(&mut self, character: char) {
        self.settle();
        self.push_kept(character);
    }

    fn push_kept(&mut self, character: char) {
        if !self.state.is_dropped && !self.state.is_hidden {
            let bytes = std::mem::take(&mut self.pending);
            self.text.push_str(&self.state.encoding.decode_without_bom_handling(&bytes).0);
            self.text.push(character);
            self.mark_symbol();
        }
    }

    fn mark_symbol(&mut self) {
        if let Some(number) = self.open_number.as_mut().filter(|_| self.state.is_symbol) {
            number.is_symbol = true;
        }
    }

    /// What stands in the group that ended is the number of the paragraph, if it counts anything.
    fn close_number(&mut self) {
        let Some(closed) = self.open_number.take_if(|number| number.groups > self.states.len()) else { return };
        if !self.text.is_char_boundary(closed.start) {
            return;
        }
        let number = self.text.split_off(closed.start);
        let is_bullet = closed.is_symbol || number.trim() == ROUND_BULLET || !number.contains(char::is_alphanumeric);
        if !closed.is_older || self.number.is_empty() {
            self.number = if is_bullet { String::new() } else { number };
        }
    }

    /// Characters end where a control word or a group does.
    fn settle(&mut self) {
        self.skip = 0;
        if !self.pending.is_empty() {
            let bytes = std::mem::take(&mut self.pending);
            self.text.push_str(&self.state.encoding.decode_without_bom_handling(&bytes).0);
            self.mark_symbol();
        }
    }

    fn end(&mut self, mark: char, ends_row: bool) -> Result<(), DecodeFailure> {
        self.settle();
        let text = std::mem::take(&mut self.text);
        let number = std::mem::take(&mut self.number);
        self.open_number = None;
        let row = if ends_row { self.row.clone() } else { RowShape::default() };
        let ends_inner_cell = mark == CELL && !ends_row;
        let properties = Paragraph { ends_row, row, ends_inner_cell, ..self.paragraph.clone() };
        self.writer.paragraph(&number, &text, mark, &properties)
    }
}

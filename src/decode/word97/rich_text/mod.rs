//! Rich text (.rtf) → lines and grids: the same model as Word's, spelled out in control words.

mod asides;
mod numbers;
mod pictures;
mod state;
mod tables;
mod tokens;

use encoding_rs::{Encoding, GBK, WINDOWS_1252};

use numbers::Numbers;
use pictures::Pictures;
use state::{Aside, NO_TEXT, SYMBOLS, State};
use tokens::{control_word, hex};

use super::blocks::{CELL, PARAGRAPH, Writer};
use super::properties::{CellShape, Paragraph, RowShape};
use crate::decode::document::{Document, Format};
use crate::decode::failure::DecodeFailure;
use crate::decode::inside::pictures_inside;
use crate::decode::limits::Limits;
use crate::decode::text::word::docx::is_dropped_field;

/// Deeper groups are an attack.
const DEEPEST: usize = 1_000;

/// Decodes a rich-text document.
///
/// # Errors
/// Groups are nested without end, or it holds no text.
pub fn decode_rich_text(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    let mut reader = Reader::new(bytes, limits);
    reader.read()?;
    let pictures = pictures_inside(reader.pictures.large);
    let mut document = reader.finish()?;
    document.findings.extend(pictures);
    if document.lines.is_empty() { Err(DecodeFailure::Empty) } else { Ok(document) }
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
    numbers: Numbers,
    pictures: Pictures,
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
    /// Notes and boxes that are open.
    asides: Vec<Aside>,
    /// Lines that stand behind all others.
    later: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8], limits: &'a Limits) -> Self {
        Self {
            bytes,
            at: 0,
            writer: Writer::new(Format::Rtf, limits),
            states: Vec::new(),
            state: State::default(),
            fonts: Vec::new(),
            symbols: Vec::new(),
            font: 0,
            usual: WINDOWS_1252,
            text: String::new(),
            numbers: Numbers::default(),
            pictures: Pictures::default(),
            pending: Vec::new(),
            high: None,
            skip: 0,
            instruction: String::new(),
            paragraph: Paragraph::default(),
            row: RowShape::default(),
            cell: CellShape::default(),
            around: Vec::new(),
            asides: Vec::new(),
            later: Vec::new(),
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
                    self.numbers.close(self.states.len(), &mut self.text);
                    self.close_aside()?;
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
        self.close_asides()?;
        // Behind the last mark there is no paragraph.
        if !self.text.trim().is_empty() {
            self.end(PARAGRAPH, false)?;
        }
        for line in std::mem::take(&mut self.later) {
            self.writer.paragraph("", &line, PARAGRAPH, &Paragraph::default())?;
        }
        self.writer.finish_open()
    }

    fn control(&mut self) -> Result<(), DecodeFailure> {
        let Some(first) = self.bytes.get(self.at).copied() else { return Ok(()) };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return self.symbol(first);
        }
        let (word, number, length) = control_word(&self.bytes[self.at..]);
        self.at += length;
        if word == "bin" {
            self.at = self.at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0)).min(self.bytes.len());
            return Ok(());
        }
        self.word(&word, number)
    }

    fn symbol(&mut self, symbol: u8) -> Result<(), DecodeFailure> {
        match symbol {
            b'\'' => {
                let byte = hex(&self.bytes[self.at..]);
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
        if !self.state.is_apart {
            self.pictures.word(word, value);
        }
        match word {
            "listtable" | "listoverridetable" => {
                self.numbers.table(&self.bytes[self.at..], self.usual, self.state.stand_ins);
                self.state.is_dropped = true;
            }
            _ if NO_TEXT.contains(&word) => {
                self.state.is_dropped = true;
                self.state.in_fonts = word == "fonttbl";
                self.state.is_apart |= word != "pict";
            }
            // Behind the rows of a table inside of a cell: what their shape is, and what readers see that know no such tables.
            "nesttableprops" => {
                self.state.is_dropped = self.states.last().is_some_and(|outer| outer.is_dropped);
                let (row, cell) = (std::mem::take(&mut self.row), std::mem::take(&mut self.cell));
                self.around.push((self.states.len(), row, cell));
            }
            "shp" | "shpgrp" => self.state.shows_shapes |= !self.state.is_dropped,
            "shptxt" if self.state.shows_shapes => self.open_aside(false),
            "footnote" if self.states.last().is_none_or(|outer| !outer.is_dropped) => self.open_aside(true),
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
            // Deleted, and kept by who reviews it.
            "v" | "deleted" => self.state.is_hidden = number != Some(0),
            "plain" => self.state.is_hidden = false,
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
                self.numbers.open(self.states.len(), self.text.len(), word == "pntext");
            }
            // Said of the number alone.
            "pard" if self.numbers.is_open() => {}
            "pard" => self.paragraph = Paragraph::default(),
            "intbl" => self.paragraph.in_table = true,
            "ls" => self.paragraph.listed.list = u16::try_from(value).unwrap_or(0),
            "ilvl" => self.paragraph.listed.level = u8::try_from(value).unwrap_or(0),
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
            "par" => return self.end(PARAGRAPH, false),
            "sect" | "page" => return self.part(word == "sect"),
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
        if self.state.is_symbol {
            self.numbers.mark_symbol();
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

    /// A page or a section ends, within a paragraph or between two.
    fn part(&mut self, ends: bool) -> Result<(), DecodeFailure> {
        self.settle();
        if self.text.trim().is_empty() {
            let is_open = self.asides.is_empty();
            return if is_open { self.writer.paragraph("", "", PARAGRAPH, &self.paragraph) } else { Ok(()) };
        }
        self.end(PARAGRAPH, false)?;
        if !ends {
            self.numbers.goes_on();
        }
        Ok(())
    }

    fn end(&mut self, mark: char, ends_row: bool) -> Result<(), DecodeFailure> {
        self.settle();
        let text = std::mem::take(&mut self.text);
        // Without text, a paragraph whose mark is hidden is none.
        let is_seen = !text.trim().is_empty() || !self.state.is_hidden;
        let number = self.numbers.of(self.paragraph.listed, is_seen && !ends_row);
        if !self.asides.is_empty() {
            return self.line_aside(&number, &text);
        }
        let row = if ends_row { self.row.clone() } else { RowShape::default() };
        let ends_inner_cell = mark == CELL && !ends_row;
        let properties = Paragraph { ends_row, row, ends_inner_cell, ..self.paragraph.clone() };
        self.writer.paragraph(&number, &text, mark, &properties)
    }
}

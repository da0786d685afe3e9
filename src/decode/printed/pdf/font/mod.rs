//! Fonts as far as reading needs them: which character a code stands for, and how far the pen moves. What a font does not
//! say is not guessed from its shapes.

mod cmap;
mod names;
mod standard;

use std::collections::HashMap;

use cmap::CMap;
use encoding_rs::{BIG5, GBK, MACINTOSH, WINDOWS_1252};

use super::file::File;
use super::file::object::{Dict, Object};

/// The pen's way where nothing is said, in thousandths of an em.
const USUAL_WIDTH: f64 = 500.0;
pub const WHOLE_EM: f64 = 1000.0;

/// One code of a string.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// Empty where the font does not say which characters it is.
    pub text: String,
    /// In thousandths of an em.
    pub width: f64,
    /// The single byte 32, to which word spacing is added.
    pub is_space: bool,
}

/// How wide a character is in the fonts that readers choose themselves, in thousandths of an em.
pub fn plain_width(character: char) -> f64 {
    match character {
        '\0'..'\u{80}' => standard::width("Helvetica", character as u8).unwrap_or(0.0),
        '\u{80}'..'\u{2000}' => USUAL_WIDTH,
        _ => WHOLE_EM,
    }
}

pub struct Font {
    to_unicode: Option<CMap>,
    kind: Kind,
}

enum Kind {
    /// One byte a code.
    Simple {
        characters: Vec<Option<char>>,
        widths: Vec<f64>,
    },
    Composite {
        encoding: Encoding,
        widths: HashMap<u32, f64>,
        usual: f64,
    },
}

/// How the codes of a composite font are written.
enum Encoding {
    /// Two bytes that number glyphs.
    Identity,
    /// Two bytes of UTF-16.
    Unicode,
    /// One or two bytes of an older Chinese encoding; whether ASCII is half an em wide.
    Legacy { encoding: &'static encoding_rs::Encoding, half_width: bool },
    /// As a table in the file says.
    Own(CMap),
}

impl Font {
    pub fn load(file: &File<'_>, dict: &Dict) -> Self {
        let to_unicode = match file.entry(dict, "ToUnicode") {
            Object::Stream(stream) => Some(CMap::parse(&file.unpacked(&stream))),
            _ => None,
        };
        let descendant = match file.entry(dict, "DescendantFonts") {
            Object::List(list) => list.first().and_then(|font| file.resolved(font).dict().cloned()),
            _ => None,
        };
        let kind = match descendant {
            Some(descendant) => composite(file, dict, &descendant),
            None => simple(file, dict),
        };
        Self { to_unicode, kind }
    }

    /// The codes of a string.
    pub fn codes(&self, bytes: &[u8]) -> Vec<Code> {
        match &self.kind {
            Kind::Simple { characters, widths } => bytes
                .iter()
                .map(|byte| Code {
                    text: self
                        .stated(u32::from(*byte))
                        .or_else(|| characters[usize::from(*byte)].map(String::from))
                        .unwrap_or_default(),
                    width: widths[usize::from(*byte)],
                    is_space: *byte == b' ',
                })
                .collect(),
            Kind::Composite { encoding, widths, usual } => {
                let mut codes = Vec::with_capacity(bytes.len() / 2);
                let mut rest = bytes;
                while !rest.is_empty() {
                    let length = encoding.code_length(rest).clamp(1, rest.len());
                    let (code, after) = rest.split_at(length);
                    rest = after;
                    let value = code.iter().fold(0_u32, |value, byte| (value << 8) | u32::from(*byte));
                    let width = encoding.cid(value, code).and_then(|cid| widths.get(&cid)).copied().unwrap_or(*usual);
                    codes.push(Code {
                        text: self.stated(value).or_else(|| encoding.text(code)).unwrap_or_default(),
                        width,
                        is_space: code == b" ",
                    });
                }
                codes
            }
        }
    }

    fn stated(&self, code: u32) -> Option<String> {
        self.to_unicode.as_ref()?.text(code).map(str::to_owned)
    }
}

impl Encoding {
    fn named(name: &str) -> Self {
        let legacy = |encoding, half_width| Self::Legacy { encoding, half_width };
        match name {
            name if name.contains("UCS2") || name.contains("UTF16") => Self::Unicode,
            name if name.starts_with("GBKp") => legacy(GBK, false),
            name if name.starts_with("GB") => legacy(GBK, true),
            name if name.contains("B5") => legacy(BIG5, true),
            _ => Self::Identity,
        }
    }

    fn code_length(&self, bytes: &[u8]) -> usize {
        match self {
            Self::Identity => 2,
            Self::Unicode => {
                if matches!(bytes[0], 0xd8..=0xdb) {
                    4
                } else {
                    2
                }
            }
            Self::Legacy { .. } if bytes[0] <= 0x80 => 1,
            Self::Legacy { .. } => {
                if bytes.get(1).is_some_and(u8::is_ascii_digit) {
                    4
                } else {
                    2
                }
            }
            Self::Own(map) => map.code_length(bytes),
        }
    }

    /// The number under which the font lists the width. The Chinese collections number ASCII from 1, at half an em from 814.
    fn cid(&self, value: u32, code: &[u8]) -> Option<u32> {
        let ascii = |first: u32| (0x20..0x7f).contains(&value).then(|| value - 0x20 + first);
        match self {
            Self::Identity => Some(value),
            Self::Unicode => ascii(1),
            Self::Legacy { half_width, .. } if code.len() == 1 => ascii(if *half_width { 814 } else { 1 }),
            Self::Legacy { .. } => None,
            Self::Own(map) => map.cid(value),
        }
    }

    fn text(&self, code: &[u8]) -> Option<String> {
        match self {
            Self::Unicode => {
                let units: Vec<u16> = code.as_chunks::<2>().0.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
                String::from_utf16(&units).ok()
            }
            Self::Legacy { encoding, .. } => {
                let (text, failed) = encoding.decode_without_bom_handling(code);
                (!failed).then(|| text.into_owned())
            }
            Self::Identity | Self::Own(_) => None,
        }
    }
}

fn composite(file: &File<'_>, dict: &Dict, descendant: &Dict) -> Kind {
    let encoding = match file.entry(dict, "Encoding") {
        Object::Name(name) => Encoding::named(&name),
        Object::Stream(stream) => {
            let map = CMap::parse(&file.unpacked(&stream));
            if map.has_codes() { Encoding::Own(map) } else { Encoding::Identity }
        }
        _ => Encoding::Identity,
    };
    let usual = file.entry(descendant, "DW").number().unwrap_or(WHOLE_EM);
    let mut widths = HashMap::new();
    if let Object::List(list) = file.entry(descendant, "W") {
        let list: Vec<Object> = list.iter().map(|object| file.resolved(object)).collect();
        let mut at = 0;
        while let Some(first) = list.get(at).and_then(Object::number) {
            let first = first.max(0.0) as u32;
            match list.get(at + 1) {
                Some(Object::List(own)) => {
                    let own = own.iter().map(|width| file.resolved(width).number().unwrap_or(usual));
                    widths.extend((first..).zip(own));
                    at += 2;
                }
                Some(Object::Number(last)) => {
                    let width = list.get(at + 2).and_then(Object::number).unwrap_or(usual);
                    let last = (last.max(0.0) as u32).min(first.saturating_add(0xffff));
                    widths.extend((first..=last).map(|cid| (cid, width)));
                    at += 3;
                }
                _ => break,
            }
        }
    }
    Kind::Composite { encoding, widths, usual }
}

fn simple(file: &File<'_>, dict: &Dict) -> Kind {
    let descriptor = file.entry(dict, "FontDescriptor").dict().cloned().unwrap_or_default();
    let is_embedded = ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| descriptor.contains_key(*key));
    let is_symbolic = file.entry(&descriptor, "Flags").number().is_some_and(|flags| flags as u32 & 4 != 0);
    let encoding = file.entry(dict, "Encoding");
    let stated = match &encoding {
        Object::Name(name) => Some(name.clone()),
        Object::Dict(dict) => file.entry(dict, "BaseEncoding").name().map(str::to_owned),
        _ => None,
    };
    let is_type3 = file.entry(dict, "Subtype").name() == Some("Type3");
    let base = |byte: u8| -> Option<char> {
        let table = match stated.as_deref() {
            Some("MacRomanEncoding") => MACINTOSH,
            Some(_) => WINDOWS_1252,
            // A font of its own may number its shapes as it likes.
            None if is_type3 || (is_embedded && is_symbolic) => return None,
            None => WINDOWS_1252,
        };
        let character = table.decode_without_bom_handling(&[byte]).0.chars().next()?;
        (!character.is_control()).then_some(character)
    };
    let mut characters: Vec<Option<char>> = (0..=255).map(base).collect();
    if let Object::List(differences) = encoding.dict().map_or(Object::Null, |dict| file.entry(dict, "Differences")) {
        let mut code = 0;
        for entry in &differences {
            match file.resolved(entry) {
                Object::Number(number) => code = number.max(0.0) as usize,
                Object::Name(name) => {
                    if let Some(place) = characters.get_mut(code) {
                        *place = names::character(&name);
                    }
                    code += 1;
                }
                _ => {}
            }
        }
    }
    let scale = match file.entry(dict, "FontMatrix") {
        Object::List(matrix) if is_type3 => matrix.first().and_then(Object::number).unwrap_or(0.001) * WHOLE_EM,
        _ => 1.0,
    };
    let missing = file.entry(&descriptor, "MissingWidth").number().unwrap_or(USUAL_WIDTH);
    let name = file.entry(dict, "BaseFont").name().unwrap_or_default().to_owned();
    let mut widths: Vec<f64> = (0..=255).map(|code| standard::width(&name, code).unwrap_or(missing)).collect();
    if let Object::List(list) = file.entry(dict, "Widths") {
        let first = file.entry(dict, "FirstChar").number().unwrap_or(0.0).max(0.0) as usize;
        for (place, width) in widths.iter_mut().skip(first).zip(&list) {
            *place = file.resolved(width).number().unwrap_or(missing) * scale;
        }
    }
    Kind::Simple { characters, widths }
}

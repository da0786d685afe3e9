//! Tables from codes to characters, or to the numbers of a font's glyphs.

use std::collections::HashMap;

use crate::decode::printed::pdf::file::object::{Lexer, Object, Token};

/// No font has more characters.
const MOST_ENTRIES: usize = 200_000;

#[derive(Debug, Default)]
pub struct CMap {
    texts: HashMap<u32, String>,
    cids: Vec<(u32, u32, u32)>,
    /// Length of codes, first and last.
    spaces: Vec<(usize, u32, u32)>,
}

impl CMap {
    pub fn parse(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::new(bytes, 0);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(token) = lexer.token() {
            match token {
                Token::Object(object) => operands.push(object),
                Token::Word(word) => {
                    match word.as_str() {
                        "endbfchar" => operands.chunks_exact(2).for_each(|pair| map.character(&pair[0], &pair[1])),
                        "endbfrange" => operands.chunks_exact(3).for_each(|range| map.range(range)),
                        "endcidchar" => {
                            operands.chunks_exact(2).for_each(|pair| map.cid_range(&pair[0], &pair[0], &pair[1]))
                        }
                        "endcidrange" => {
                            operands.chunks_exact(3).for_each(|range| map.cid_range(&range[0], &range[1], &range[2]));
                        }
                        "endcodespacerange" => operands.chunks_exact(2).for_each(|pair| map.space(pair)),
                        _ => {}
                    }
                    operands.clear();
                }
            }
        }
        map
    }

    pub fn text(&self, code: u32) -> Option<&str> {
        self.texts.get(&code).map(String::as_str)
    }

    pub fn cid(&self, code: u32) -> Option<u32> {
        self.cids
            .iter()
            .find(|(first, last, _)| (first..=last).contains(&&code))
            .map(|(first, _, cid)| cid + code - first)
    }

    pub fn has_codes(&self) -> bool {
        !self.spaces.is_empty()
    }

    /// The length of the code at the front.
    pub fn code_length(&self, bytes: &[u8]) -> usize {
        let fits = |(length, first, last): &&(usize, u32, u32)| {
            bytes.get(..*length).is_some_and(|code| (*first..=*last).contains(&value(code)))
        };
        self.spaces.iter().find(fits).or(self.spaces.first()).map_or(2, |(length, _, _)| *length)
    }

    fn character(&mut self, code: &Object, text: &Object) {
        if let (Object::Text(code), Object::Text(text)) = (code, text) {
            self.insert(value(code), utf16(text));
        }
    }

    fn range(&mut self, range: &[Object]) {
        let (Object::Text(first), Object::Text(last)) = (&range[0], &range[1]) else { return };
        let codes = value(first)..=value(last).min(value(first).saturating_add(0xffff));
        match &range[2] {
            Object::Text(text) => {
                for (step, code) in codes.enumerate() {
                    let mut text = text.clone();
                    if let Some(end) = text.len().checked_sub(2) {
                        let unit = u16::from_be_bytes([text[end], text[end + 1]]).wrapping_add(step as u16);
                        text[end..].copy_from_slice(&unit.to_be_bytes());
                    } else if let Some(byte) = text.first_mut() {
                        *byte = byte.wrapping_add(step as u8);
                    }
                    self.insert(code, utf16(&text));
                }
            }
            Object::List(texts) => {
                for (code, text) in codes.zip(texts) {
                    if let Object::Text(text) = text {
                        self.insert(code, utf16(text));
                    }
                }
            }
            _ => {}
        }
    }

    /// Nothing and the marks for "no character" say nothing.
    fn insert(&mut self, code: u32, text: String) {
        if self.texts.len() < MOST_ENTRIES && !text.is_empty() && !text.contains(['\0', char::REPLACEMENT_CHARACTER]) {
            self.texts.insert(code, text);
        }
    }

    fn cid_range(&mut self, first: &Object, last: &Object, cid: &Object) {
        if let (Object::Text(first), Object::Text(last), Some(cid)) = (first, last, cid.number())
            && self.cids.len() < MOST_ENTRIES
        {
            self.cids.push((value(first), value(last), cid.max(0.0) as u32));
        }
    }

    fn space(&mut self, pair: &[Object]) {
        if let [Object::Text(first), Object::Text(last)] = pair
            && (1..=4).contains(&first.len())
        {
            self.spaces.push((first.len(), value(first), value(last)));
        }
    }
}

fn value(code: &[u8]) -> u32 {
    code.iter().fold(0, |value, byte| (value << 8) | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes.as_chunks::<2>().0.iter().map(|unit| u16::from_be_bytes(*unit));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

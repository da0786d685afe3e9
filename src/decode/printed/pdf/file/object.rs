//! The objects of a PDF and how they are written.

use std::collections::BTreeMap;
use std::rc::Rc;

/// Deeper arrays and dictionaries are an attack.
const DEEPEST: usize = 60;

pub type Dict = BTreeMap<String, Object>;

#[derive(Debug, Clone, PartialEq)]
pub enum Object {
    Null,
    Flag(bool),
    Number(f64),
    Text(Vec<u8>),
    Name(String),
    List(Vec<Object>),
    Dict(Dict),
    Stream(Rc<Stream>),
    Reference(u32),
}

/// A dictionary with the bytes it describes, still packed.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    pub dict: Dict,
    pub data: Vec<u8>,
}

impl Object {
    pub fn number(&self) -> Option<f64> {
        if let Object::Number(number) = self { Some(*number) } else { None }
    }

    /// A length that is stated in place, not by reference.
    pub fn number_as_length(&self) -> Option<usize> {
        self.number().map(|length| length.max(0.0) as usize)
    }

    pub fn name(&self) -> Option<&str> {
        if let Object::Name(name) = self { Some(name) } else { None }
    }

    /// Of a dictionary or of a stream.
    pub fn dict(&self) -> Option<&Dict> {
        match self {
            Object::Dict(dict) => Some(dict),
            Object::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    pub fn list(&self) -> Option<&[Object]> {
        if let Object::List(list) = self { Some(list) } else { None }
    }
}

/// What stands next in the bytes.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Object(Object),
    /// `obj`, `endobj`, `stream`, or an operator.
    Word(String),
}

/// Reads objects from bytes. Never fails: what is broken is passed over.
#[derive(Debug, Clone)]
pub struct Lexer<'a> {
    bytes: &'a [u8],
    pub at: usize,
}

impl<'a> Lexer<'a> {
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub fn skip_blanks(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| !matches!(byte, b'\r' | b'\n')) {
                    self.at += 1;
                }
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// The next token; `None` at the end.
    pub fn token(&mut self) -> Option<Token> {
        self.token_at(0)
    }

    /// The next object; references are put together.
    pub fn object(&mut self) -> Option<Object> {
        match self.token()? {
            Token::Object(object) => Some(object),
            Token::Word(_) => None,
        }
    }

    fn token_at(&mut self, depth: usize) -> Option<Token> {
        self.skip_blanks();
        let byte = self.peek()?;
        let object = match byte {
            b'/' => Object::Name(self.name()),
            b'(' => Object::Text(self.text()),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                Object::Dict(self.dict(depth + 1))
            }
            b'<' => Object::Text(self.hex()),
            b'[' => {
                self.at += 1;
                Object::List(self.list(depth + 1))
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => return self.number_or_reference(),
            b')' | b']' | b'>' | b'{' | b'}' => {
                self.at += 1;
                return Some(Token::Word(char::from(byte).to_string()));
            }
            _ => return Some(self.word()),
        };
        Some(Token::Object(object))
    }

    fn word(&mut self) -> Token {
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        self.at = self.at.max(start + 1);
        match &self.bytes[start..self.at] {
            b"true" => Token::Object(Object::Flag(true)),
            b"false" => Token::Object(Object::Flag(false)),
            b"null" => Token::Object(Object::Null),
            word => Token::Word(String::from_utf8_lossy(word).into_owned()),
        }
    }

    fn number_or_reference(&mut self) -> Option<Token> {
        let number = self.number();
        let is_whole = number >= 0.0 && number.fract() == 0.0 && number < 1e8;
        if is_whole {
            // `12 0 R`
            let mut ahead = self.clone();
            ahead.skip_blanks();
            if ahead.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                ahead.number();
                ahead.skip_blanks();
                if ahead.peek() == Some(b'R') && !ahead.bytes.get(ahead.at + 1).copied().is_some_and(is_regular) {
                    self.at = ahead.at + 1;
                    return Some(Token::Object(Object::Reference(number as u32)));
                }
            }
        }
        Some(Token::Object(Object::Number(number)))
    }

    fn number(&mut self) -> f64 {
        let start = self.at;
        while self.peek().is_some_and(|byte| matches!(byte, b'+' | b'-' | b'.' | b'0'..=b'9')) {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or("0");
        // `--5` and `5-3` occur; readers take what makes sense.
        let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
        let digits = text.trim_start_matches(['+', '-']);
        let digits = digits.split(['+', '-']).next().unwrap_or("0");
        sign * digits.parse::<f64>().unwrap_or(0.0)
    }

    fn name(&mut self) -> String {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let hex = self.bytes.get(self.at..self.at + 2).filter(|_| byte == b'#');
            let hex = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
            if hex.is_some() {
                self.at += 2;
            }
            name.push(hex.unwrap_or(byte));
        }
        String::from_utf8(name).unwrap_or_else(|error| encoding_rs::GBK.decode(error.as_bytes()).0.into_owned())
    }

    fn text(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut depth = 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escaped(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escaped(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => self.at += usize::from(self.peek() == Some(b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit) = self.peek().filter(|byte| matches!(byte, b'0'..=b'7')) else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push(code as u8);
            }
            byte => text.push(byte),
        }
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            digits.extend((byte as char).to_digit(16).map(|digit| digit as u8));
        }
        digits.chunks(2).map(|pair| pair[0] * 16 + pair.get(1).copied().unwrap_or(0)).collect()
    }

    fn list(&mut self, depth: usize) -> Vec<Object> {
        let mut list = Vec::new();
        if depth >= DEEPEST {
            return list;
        }
        loop {
            match self.token_at(depth) {
                Some(Token::Object(object)) => list.push(object),
                Some(Token::Word(word)) if word != "]" && !ends_an_object(&word) => {}
                _ => break,
            }
        }
        list
    }

    fn dict(&mut self, depth: usize) -> Dict {
        let mut dict = Dict::new();
        if depth >= DEEPEST {
            return dict;
        }
        loop {
            self.skip_blanks();
            if self.bytes[self.at.min(self.bytes.len())..].starts_with(b">>") {
                self.at += 2;
                break;
            }
            let Some(Token::Object(Object::Name(key))) = self.token_at(depth) else { break };
            let before = self.at;
            match self.token_at(depth) {
                Some(Token::Object(value)) => {
                    dict.insert(key, value);
                }
                Some(Token::Word(word)) if word == ">" || ends_an_object(&word) => self.at = before,
                Some(Token::Word(_)) => {}
                None => break,
            }
        }
        dict
    }
}

fn ends_an_object(word: &str) -> bool {
    matches!(word, "endobj" | "obj" | "stream" | "endstream" | "xref" | "trailer")
}

pub fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(byte: u8) -> bool {
    !is_blank(byte) && !b"()<>[]{}/%".contains(&byte)
}

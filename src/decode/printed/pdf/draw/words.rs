//! Operators with the operands before them.

use crate::decode::printed::pdf::file::object::{Lexer, Object, Token, is_blank};

/// No operator takes more.
const MOST_OPERANDS: usize = 64;

pub struct Words<'a> {
    lexer: Lexer<'a>,
}

impl<'a> Words<'a> {
    pub fn new(content: &'a [u8]) -> Self {
        Self { lexer: Lexer::new(content, 0) }
    }

    /// Passes over the data of a picture inside the instructions.
    fn skip_picture(&mut self) {
        let bytes = self.lexer.bytes();
        let is_end = |at: usize| {
            bytes[at..].starts_with(b"EI")
                && at.checked_sub(1).is_some_and(|before| is_blank(bytes[before]))
                && bytes.get(at + 2).is_none_or(|after| is_blank(*after))
        };
        self.lexer.at = (self.lexer.at..bytes.len()).find(|at| is_end(*at)).map_or(bytes.len(), |at| at + 2);
    }
}

impl Iterator for Words<'_> {
    type Item = (String, Vec<Object>);

    fn next(&mut self) -> Option<Self::Item> {
        let mut operands = Vec::new();
        loop {
            match self.lexer.token()? {
                Token::Object(object) => {
                    if operands.len() == MOST_OPERANDS {
                        operands.remove(0);
                    }
                    operands.push(object);
                }
                Token::Word(word) => {
                    if word == "BI" {
                        self.skip_picture();
                    }
                    return Some((word, operands));
                }
            }
        }
    }
}

//! Objects with numbers, in the file itself and packed in streams.

use std::rc::Rc;

use super::object::{Dict, Lexer, Object, Stream, Token, is_blank};

/// The objects of an object stream with their numbers.
pub fn objects_of(dict: &Dict, bytes: &[u8]) -> Vec<(u32, Object)> {
    let number = |key: &str| dict.get(key).and_then(Object::number).unwrap_or(0.0).max(0.0) as usize;
    let (count, first) = (number("N"), number("First"));
    let mut lexer = Lexer::new(bytes, 0);
    let mut heads = Vec::new();
    for _ in 0..count.min(bytes.len()) {
        let (Some(Object::Number(number)), Some(Object::Number(offset))) = (lexer.object(), lexer.object()) else {
            break;
        };
        heads.push((number as u32, first.saturating_add(offset as usize)));
    }
    heads.into_iter().filter_map(|(number, at)| Some((number, Lexer::new(bytes, at).object()?))).collect()
}

/// `12 0 obj ..`: number, generation, object.
pub fn indirect(bytes: &[u8], at: usize, length: impl Fn(&Object) -> Option<usize>) -> Option<(u32, u32, Object)> {
    let mut lexer = Lexer::new(bytes, at);
    let (Object::Number(number), Object::Number(generation)) = (lexer.object()?, lexer.object()?) else { return None };
    if lexer.token()? != Token::Word("obj".to_owned()) {
        return None;
    }
    let object = lexer.object()?;
    let (number, generation) = (number as u32, generation as u32);
    let Object::Dict(dict) = object else { return Some((number, generation, object)) };
    let mut ahead = lexer.clone();
    if ahead.token() != Some(Token::Word("stream".to_owned())) {
        return Some((number, generation, Object::Dict(dict)));
    }
    let mut start = ahead.at;
    if bytes.get(start) == Some(&b'\r') {
        start += 1;
    }
    if bytes.get(start) == Some(&b'\n') {
        start += 1;
    }
    let rest = bytes.get(start..)?;
    let stated = dict.get("Length").and_then(length).filter(|length| {
        rest.get(*length..).is_some_and(|after| {
            let blanks = after.iter().take_while(|byte| is_blank(**byte)).count();
            after[blanks..].starts_with(b"endstream")
        })
    });
    let length = stated.unwrap_or_else(|| {
        let end = rest.windows(9).position(|window| window == b"endstream").unwrap_or(rest.len());
        rest[..end].iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |last| last + 1)
    });
    Some((number, generation, Object::Stream(Rc::new(Stream { dict, data: rest[..length].to_vec() }))))
}

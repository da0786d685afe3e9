//! Where each object lies: as the file states it in tables and streams, or as a search finds it.

use std::collections::{HashMap, HashSet};

use super::filter::unpacked;
use super::indirect::{indirect, objects_of};
use super::object::{Dict, Lexer, Object, Token};

/// A list of places unpacks to no more than this.
const LONGEST_LIST: usize = 64 << 20;
/// No document has more objects.
const MOST_OBJECTS: usize = 2_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    At(usize),
    /// Packed in the object stream of this number.
    Inside(u32),
}

#[derive(Debug, Clone, Default)]
pub struct Places {
    pub places: HashMap<u32, Place>,
    pub trailer: Dict,
}

impl Places {
    /// What is stated first is newer.
    fn add(&mut self, number: u32, place: Place) {
        if self.places.len() < MOST_OBJECTS {
            self.places.entry(number).or_insert(place);
        }
    }
}

/// As the file states it. `None` where a link of the chain is broken.
pub fn stated(bytes: &[u8]) -> Option<Places> {
    let tail = bytes.len().saturating_sub(2048);
    let mark = bytes[tail..].windows(9).rposition(|window| window == b"startxref")?;
    let mut next = vec![Lexer::new(bytes, tail + mark + 9).object()?.number()? as usize];
    let mut places = Places::default();
    let mut seen = HashSet::new();
    while let Some(at) = next.pop() {
        if !seen.insert(at) {
            continue;
        }
        let trailer = section(bytes, at, &mut places)?;
        let link = |key: &str| trailer.get(key).and_then(Object::number).map(|at| at.max(0.0) as usize);
        // The hybrid's stream is newer than what came before.
        next.extend(link("Prev"));
        next.extend(link("XRefStm"));
        for (key, value) in trailer {
            places.trailer.entry(key).or_insert(value);
        }
    }
    (!places.places.is_empty()).then_some(places)
}

/// One table or stream of places, and its trailer.
fn section(bytes: &[u8], at: usize, places: &mut Places) -> Option<Dict> {
    let mut lexer = Lexer::new(bytes, at);
    match lexer.token()? {
        Token::Word(word) if word == "xref" => table(&mut lexer, places),
        Token::Object(Object::Number(_)) => {
            let (_, _, object) = indirect(bytes, at, Object::number_as_length)?;
            let Object::Stream(stream) = object else { return None };
            list(&stream.dict, &unpacked(&stream.dict, &stream.data, LONGEST_LIST)?, places);
            Some(stream.dict.clone())
        }
        _ => None,
    }
}

fn table(lexer: &mut Lexer<'_>, places: &mut Places) -> Option<Dict> {
    loop {
        let first = match lexer.token()? {
            Token::Word(word) if word == "trailer" => return lexer.object()?.dict().cloned(),
            Token::Object(Object::Number(first)) => first as u32,
            _ => return None,
        };
        let count = lexer.object()?.number()? as u32;
        for number in first..first.saturating_add(count) {
            let offset = lexer.object()?.number()?;
            lexer.object()?;
            match lexer.token()? {
                Token::Word(kind) if kind == "n" && offset > 0.0 => places.add(number, Place::At(offset as usize)),
                Token::Word(kind) if kind == "n" || kind == "f" => {}
                _ => return None,
            }
        }
    }
}

/// Entries of fixed width: kind, place, number within.
fn list(dict: &Dict, bytes: &[u8], places: &mut Places) {
    let numbers = |key: &str| -> Option<Vec<usize>> {
        Some(dict.get(key)?.list()?.iter().filter_map(Object::number).map(|number| number.max(0.0) as usize).collect())
    };
    let widths = numbers("W").unwrap_or_default();
    let [kind_width, place_width, last_width] = widths[..] else { return };
    let size = dict.get("Size").and_then(Object::number).unwrap_or(0.0) as usize;
    let ranges = numbers("Index").unwrap_or_else(|| vec![0, size]);
    let width = kind_width.saturating_add(place_width).saturating_add(last_width);
    if !(1..=32).contains(&width) {
        return;
    }
    let value = |bytes: &[u8]| bytes.iter().fold(0_u64, |value, byte| (value << 8) | u64::from(*byte));
    let mut entries = bytes.chunks_exact(width);
    for range in ranges.chunks_exact(2) {
        for number in range[0]..range[0].saturating_add(range[1]) {
            let Some(entry) = entries.next() else { return };
            let kind = if kind_width == 0 { 1 } else { value(&entry[..kind_width]) };
            let place = value(&entry[kind_width..kind_width + place_width]);
            match kind {
                1 => places.add(number as u32, Place::At(place as usize)),
                2 => places.add(number as u32, Place::Inside(place as u32)),
                _ => {}
            }
        }
    }
}

/// As a search of the whole file finds it: the last object of a number counts.
pub fn searched(bytes: &[u8]) -> Places {
    let mut places = Places::default();
    let mut streams = Vec::new();
    for at in word_starts(bytes, b"obj") {
        let Some(start) = head_of(bytes, at) else { continue };
        let Some((number, _, object)) = indirect(bytes, start, Object::number_as_length) else { continue };
        if places.places.len() >= MOST_OBJECTS {
            break;
        }
        places.places.insert(number, Place::At(start));
        let Some(dict) = object.dict() else { continue };
        match dict.get("Type").and_then(Object::name) {
            Some("Catalog") => {
                places.trailer.insert("Root".to_owned(), Object::Reference(number));
            }
            Some("ObjStm") => streams.push((number, object)),
            Some("XRef") => keep_trailer(dict, &mut places.trailer),
            _ => {}
        }
    }
    for at in word_starts(bytes, b"trailer") {
        if let Some(Object::Dict(dict)) = Lexer::new(bytes, at + 7).object() {
            keep_trailer(&dict, &mut places.trailer);
        }
    }
    if !places.trailer.contains_key("Encrypt") {
        for (number, object) in streams {
            let Object::Stream(stream) = object else { continue };
            let inside = unpacked(&stream.dict, &stream.data, LONGEST_LIST).unwrap_or_default();
            for (packed, object) in objects_of(&stream.dict, &inside) {
                places.add(packed, Place::Inside(number));
                if object.dict().and_then(|dict| dict.get("Type")?.name()) == Some("Catalog") {
                    places.trailer.insert("Root".to_owned(), Object::Reference(packed));
                }
            }
        }
    }
    places
}

fn keep_trailer(dict: &Dict, trailer: &mut Dict) {
    for key in ["Root", "Encrypt", "ID"] {
        if let Some(value) = dict.get(key) {
            trailer.insert(key.to_owned(), value.clone());
        }
    }
}

fn word_starts<'a>(bytes: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    (0..bytes.len().saturating_sub(word.len())).filter(move |at| {
        bytes[*at..].starts_with(word) && !is_letter(at.wrapping_sub(1)) && !is_letter(at + word.len())
    })
}

/// Back over `12 0 ` before `obj`.
fn head_of(bytes: &[u8], word: usize) -> Option<usize> {
    let back = |mut at: usize, kind: fn(&u8) -> bool| {
        while at > 0 && kind(&bytes[at - 1]) {
            at -= 1;
        }
        at
    };
    let generation = back(back(word, u8::is_ascii_whitespace), u8::is_ascii_digit);
    let start = back(back(generation, u8::is_ascii_whitespace), u8::is_ascii_digit);
    (start < generation).then_some(start)
}

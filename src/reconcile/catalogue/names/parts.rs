//! A term of a check taken apart as it is written, before any name in it is looked up.

use crate::error::{Error, Result};

/// The parts of a term as they are written.
pub struct Parts<'a> {
    pub head: &'a str,
    pub row: Option<&'a str>,
    pub dot: Option<&'a str>,
    pub at: Option<&'a str>,
    pub fund: Option<&'a str>,
    pub flow: Option<&'a str>,
}

impl<'a> Parts<'a> {
    pub fn split(text: &'a str, written: &str, place: &str) -> Result<Self> {
        let shape = "a term reads table[row].component@phase{fund}/flow or text:section[item].measure{fund}";
        let marks = |c: char| matches!(c, '[' | '.' | '@' | '{' | '/');
        let mut rest = text.trim();
        let end = rest.find(marks).unwrap_or(rest.len());
        let mut parts = Self { head: &rest[..end], row: None, dot: None, at: None, fund: None, flow: None };
        rest = &rest[end..];
        while let Some(mark) = rest.chars().next() {
            let closing = match mark {
                '[' => Some(']'),
                '{' => Some('}'),
                _ => None,
            };
            let body = &rest[1..];
            let end = match closing {
                Some(closing) => body.find(closing).ok_or_else(|| unreadable(written, place, shape))?,
                None => body.find(marks).unwrap_or(body.len()),
            };
            let slot = match mark {
                '[' => &mut parts.row,
                '.' => &mut parts.dot,
                '@' => &mut parts.at,
                '{' => &mut parts.fund,
                '/' => &mut parts.flow,
                _ => return Err(unreadable(written, place, shape)),
            };
            if slot.is_some() || body[..end].trim().is_empty() {
                return Err(unreadable(written, place, shape));
            }
            *slot = Some(body[..end].trim());
            rest = &body[end + usize::from(closing.is_some())..];
            if !rest.is_empty() && !rest.starts_with(marks) {
                return Err(unreadable(written, place, shape));
            }
        }
        Ok(parts)
    }
}

pub fn unreadable(written: &str, place: &str, hint: &str) -> Error {
    Error::usage(format!("{place}: cannot read the term `{written}`")).hint(hint)
}

//! One comparable form of the printed text, every byte of which still knows where it stands.
//!
//! Full-width forms become half-width, traditional characters simplified ones, blanks inside words and numbers go.
//! The decoded line itself is never altered: a span found here is translated back through `span`.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::vocabulary::LetterSet;

/// Character replacements: `pipelines/reference/traditional.csv` and squared units.
#[derive(Debug, Clone, Default)]
pub struct Script {
    map: HashMap<char, String>,
    /// The characters of `map`: almost every character of a text is asked for.
    replaced: LetterSet,
}

impl Script {
    pub fn new(map: HashMap<char, String>) -> Self {
        Self { replaced: map.keys().copied().collect(), map }
    }

    fn replacement(&self, letter: char) -> Option<&String> {
        if self.replaced.contains(letter) { self.map.get(&letter) } else { None }
    }
}

/// Where a byte of the comparable text stands in the decoded lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Origin {
    line: u32,
    at: u32,
}

/// A paragraph (one line, or several that a hard wrap had separated) in comparable form.
#[derive(Debug, Clone, Default)]
pub struct Normal {
    pub text: String,
    origin: Vec<Origin>,
}

/// A decoded line, or the part of it from one character on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed<'t> {
    pub number: u32,
    /// Characters of the line before `text`.
    pub start: u32,
    pub text: &'t str,
}

/// A place in the decoded lines: line, first character, character after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub line: u32,
    pub start: u32,
    pub end: u32,
}

impl Normal {
    /// Joins the lines, in order, into one comparable paragraph.
    pub fn of(lines: &[Printed<'_>], script: &Script) -> Self {
        let bytes = lines.iter().map(|line| line.text.len()).sum();
        let mut printed: Vec<(char, Origin)> = Vec::with_capacity(bytes / 2);
        for line in lines {
            for (at, c) in line.text.chars().enumerate() {
                let origin = Origin { line: line.number, at: line.start + at as u32 };
                push_comparable(c, origin, script, &mut printed);
            }
        }
        let printed = without_readings(printed);
        let mut normal = Normal { text: String::with_capacity(bytes), origin: Vec::with_capacity(bytes) };
        let mut at = 0;
        while at < printed.len() {
            let (c, origin) = printed[at];
            if c.is_whitespace() {
                let end = printed[at..].iter().position(|(c, _)| !c.is_whitespace()).map_or(printed.len(), |n| at + n);
                if let Some(kept) = kept_blank(&printed, at, end) {
                    normal.push(kept, origin);
                }
                at = end;
            } else {
                normal.push(c, origin);
                at += 1;
            }
        }
        normal
    }

    fn push(&mut self, c: char, origin: Origin) {
        self.text.push(c);
        self.origin.extend(std::iter::repeat_n(origin, c.len_utf8()));
    }

    /// The printed place of a byte range of `text`; a range over two lines ends with the first of them.
    pub fn span(&self, range: Range<usize>) -> Span {
        let Some(first) = self.origin.get(range.start) else { return Span { line: 0, start: 0, end: 0 } };
        let last = self.origin[range.start..range.end.max(range.start + 1).min(self.origin.len())]
            .iter()
            .rev()
            .find(|origin| origin.line == first.line)
            .unwrap_or(first);
        Span { line: first.line, start: first.at, end: last.at + 1 }
    }
}

/// Mirrors put the reading of a character behind it: 經(jīng)費(fèi). Letters in brackets after a Chinese character, one
/// syllable long, are that.
fn without_readings(printed: Vec<(char, Origin)>) -> Vec<(char, Origin)> {
    let is_syllable = |text: &[(char, Origin)]| {
        let letters = || text.iter().map(|(c, _)| *c).filter(|c| !c.is_whitespace());
        (1..=LONGEST_SYLLABLE).contains(&letters().count())
            && letters().all(|c| c.is_lowercase() && (c.is_ascii() || TONED.contains(c)))
            && letters().any(|c| "aeiou".contains(c) || TONED.contains(c))
    };
    let mut kept: Vec<(char, Origin)> = Vec::with_capacity(printed.len());
    let mut at = 0;
    while at < printed.len() {
        let after_han = kept.last().is_some_and(|(c, _)| matches!(c, '\u{4e00}'..='\u{9fff}'));
        if printed[at].0 == '(' && after_han {
            let rest = &printed[at + 1..printed.len().min(at + 3 + LONGEST_SYLLABLE)];
            let close = rest.iter().position(|(c, _)| *c == ')');
            if let Some(length) = close.filter(|length| is_syllable(&rest[..*length])) {
                at += length + 2;
                continue;
            }
        }
        kept.push(printed[at]);
        at += 1;
    }
    kept
}

/// zhuāng, chuáng, shuāng
const LONGEST_SYLLABLE: usize = 6;
const TONED: &str = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ";

fn push_comparable(c: char, origin: Origin, script: &Script, out: &mut Vec<(char, Origin)>) {
    if is_invisible(c) {
        return;
    }
    if let Some(replacement) = script.replacement(c) {
        out.extend(replacement.chars().map(|c| (c, origin)));
    } else if is_compatibility_form(c) {
        let start = out.len();
        out.extend(std::iter::once(c).nfkc().map(|c| (c, origin)));
        for (made, _) in &mut out[start..] {
            if let Some(simple) = script.replacement(*made).and_then(|text| text.chars().next()) {
                *made = simple;
            }
        }
    } else {
        out.push((c, origin));
    }
}

/// Forms whose compatibility equivalent is the same sign. Circled digits and squared units are not: they would turn
/// into digits.
fn is_compatibility_form(c: char) -> bool {
    matches!(c, '\u{3000}' | '\u{ff00}'..='\u{ffef}' | '\u{f900}'..='\u{faff}' | '\u{2e80}'..='\u{2fdf}' | '\u{a0}' | '\u{2002}'..='\u{200a}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
        || (c.is_control() && !c.is_whitespace())
}

/// What remains of a run of blanks: a tab stays a tab; a blank stays between Latin letters, and between digits unless
/// the digits are one number; between other characters nothing stays.
fn kept_blank(text: &[(char, Origin)], start: usize, end: usize) -> Option<char> {
    let before = text[..start].last().map(|(c, _)| *c)?;
    let after = text.get(end).map(|(c, _)| *c)?;
    if text[start..end].iter().any(|(c, _)| *c == '\t') {
        return Some('\t');
    }
    let is_numeric = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    if before.is_ascii_alphabetic() && after.is_ascii_alphabetic() {
        return Some(' ');
    }
    if is_numeric(before) && is_numeric(after) && !is_one_number(text, start, end) {
        return Some(' ');
    }
    None
}

/// Whether the digits on both sides of a blank belong together: `202 4年`, `1 234.50`, `2 9 4 6 . 2 5`.
fn is_one_number(text: &[(char, Origin)], start: usize, end: usize) -> bool {
    let numeric = |(c, _): &&(char, Origin)| c.is_ascii_digit() || *c == '.' || *c == ',';
    let left: Vec<char> = text[..start].iter().rev().take_while(numeric).map(|(c, _)| *c).collect();
    let right: Vec<char> = text[end..].iter().take_while(numeric).map(|(c, _)| *c).collect();
    let follows = text[end + right.len()..].iter().map(|(c, _)| *c).find(|c| !c.is_whitespace());
    let left_open = matches!(left.first(), Some('.' | ','));
    let right_open = matches!(right.first(), Some('.' | ','));
    let makes_a_year =
        follows == Some('年') && left.len() + right.len() == 4 && left.iter().chain(&right).all(char::is_ascii_digit);
    let makes_a_group = right.len() >= 3
        && right[..3].iter().all(char::is_ascii_digit)
        && right.get(3).is_none_or(|c| *c == '.' || *c == ',')
        && left.len() <= 3;
    let is_letterspaced = left.len() == 1 && right.len() == 1;
    left_open || right_open || makes_a_year || makes_a_group || is_letterspaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn script() -> Script {
        Script::new([('萬', "万".to_owned()), ('㎡', "平方米".to_owned())].into())
    }

    fn line(number: u32, text: &str) -> Printed<'_> {
        Printed { number, start: 0, text }
    }

    fn normal(text: &str) -> String {
        Normal::of(&[line(1, text)], &script()).text
    }

    #[test]
    fn blanks_inside_words_and_numbers_go() {
        for (printed, expected) in [
            ("本 年 收 入 合 计 2946.25 万 元", "本年收入合计2946.25万元"),
            ("202 4 年", "2024年"),
            ("增加 1 234.50 萬元", "增加1234.50万元"),
            ("2 9 4 6 . 2 5 元", "2946.25元"),
            ("共 25 36 项", "共25 36项"),
            ("１，２３４．５％", "1,234.5%"),
            ("①数量 330㎡", "①数量330平方米"),
            ("a\tb", "a\tb"),
            ("經(jīng)費(fèi)12萬(wàn)元，增長(cháng)（zhǎng）", "經費12万元,增長"),
            ("平台(APP)12万元(含税)", "平台(APP)12万元(含税)"),
        ] {
            assert_eq!(normal(printed), expected, "{printed}");
        }
    }

    #[test]
    fn spans_lead_back_to_the_printed_line() {
        let lines = [line(7, "增加 １２，"), line(8, "345．6 萬元")];
        let normal = Normal::of(&lines, &script());
        assert_eq!(normal.text, "增加12,345.6万元");
        let at = normal.text.find("12").unwrap();
        assert_eq!(normal.span(at..at + 8), Span { line: 7, start: 3, end: 6 });
        let unit = normal.text.find("万元").unwrap();
        assert_eq!(normal.span(unit..normal.text.len()), Span { line: 8, start: 6, end: 8 });
    }

    proptest! {
        #[test]
        fn every_byte_keeps_a_place_in_its_line(text in "\\PC{0,60}") {
            let normal = Normal::of(&[line(3, &text)], &script());
            let length = text.chars().count() as u32;
            for (at, c) in normal.text.char_indices() {
                let span = normal.span(at..at + c.len_utf8());
                prop_assert!(span.line == 3 && span.start < span.end && span.end <= length);
            }
        }
    }
}

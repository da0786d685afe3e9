//! The numbers that programs give to the paragraphs of lists by themselves: nowhere in the text, and in front of it for who
//! reads it. Readers of formats say which list and level a paragraph is of; here it is counted, and its number put in place.

mod writing;

use std::rc::Rc;

pub use writing::Writing;

/// The most levels that a list has.
pub const LEVELS: usize = 10;
/// Beyond this the pattern of a number is none.
const LONGEST_PATTERN: usize = 100;

/// One level of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Level {
    pub writing: Writing,
    pub start: u32,
    pub pattern: Vec<Part>,
    /// It starts anew behind a paragraph of any level before this one.
    pub restarts_after: usize,
    /// All numbers in it are written as digits.
    pub is_legal: bool,
}

/// A piece of what stands in front of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Text(String),
    /// The number of that level, from 0.
    Number(usize),
}

impl Level {
    /// The level of that index, from 0, as it is where nothing else is said.
    pub fn usual(at: usize) -> Self {
        Self { start: 1, restarts_after: at, ..Self::default() }
    }
}

/// Takes `第%1部分` apart.
pub fn pattern(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut characters = text.chars().take(LONGEST_PATTERN).peekable();
    while let Some(character) = characters.next() {
        let level = characters.peek().and_then(|next| next.to_digit(10)).filter(|level| *level > 0);
        match level.filter(|_| character == '%') {
            Some(level) => {
                characters.next();
                push_words(&mut words, &mut parts);
                parts.push(Part::Number(level as usize - 1));
            }
            None => words.push(character),
        }
    }
    push_words(&mut words, &mut parts);
    parts
}

pub fn push_words(words: &mut String, parts: &mut Vec<Part>) {
    if !words.is_empty() {
        parts.push(Part::Text(std::mem::take(words)));
    }
}

/// How far a list has been counted, by level.
#[derive(Debug, Clone, Default)]
pub struct Counts([Option<u32>; LEVELS]);

impl Counts {
    /// Counts the next paragraph of a level, from `start` where that is given, and says its number: empty where the list
    /// has no such level, or a sign that counts nothing. (A bullet says only that its paragraph is one of several, and the
    /// signs of its fonts are no characters of any text.)
    pub fn next(&mut self, at: usize, levels: &[Rc<Level>], start: Option<u32>) -> String {
        let (Some(level), Some(count)) = (levels.get(at), self.0.get_mut(at)) else { return String::new() };
        let next = count.map_or(level.start, |count| count.saturating_add(1));
        *count = Some(start.unwrap_or(next));
        for (below, count) in self.0.iter_mut().enumerate().skip(at + 1) {
            if levels.get(below).is_none_or(|level| at < level.restarts_after) {
                *count = None;
            }
        }
        if level.writing == Writing::Bullet {
            return String::new();
        }
        let mut number = String::new();
        for part in &level.pattern {
            match part {
                Part::Text(text) => number.push_str(text),
                Part::Number(of) => {
                    let Some(shown) = levels.get(*of) else { continue };
                    let count = self.0.get(*of).copied().flatten().unwrap_or(shown.start);
                    let is_shown = shown.writing != Writing::Nothing;
                    let writing = if level.is_legal && is_shown { Writing::Decimal } else { shown.writing };
                    number.push_str(&writing.write(count));
                }
            }
        }
        number
    }
}

/// The paragraph as who reads it sees it. A number never becomes a part of the digits behind it; in a cell that holds an
/// amount or a code it is left out.
pub fn numbered(number: &str, text: &str, is_in_cell: bool) -> String {
    let (number, words) = (number.trim(), text.trim_start());
    if number.is_empty() || is_in_cell && !words.is_empty() && !opens_with_words(words) {
        return text.to_owned();
    }
    let is_letter = |c: char| c.is_alphanumeric() && !matches!(c, '①'..='⑳' | '㊀'..='㊉' | '⑴'..='⒛');
    let before = number.chars().next_back();
    let gap = match words.chars().next() {
        None => "",
        // A blank between digits is taken for one inside of a number.
        Some(first)
            if first.is_numeric() && before.is_some_and(|c| c.is_numeric() || matches!(c, '.' | ',' | '．')) =>
        {
            "\t"
        }
        Some(first) if first.is_ascii_alphanumeric() || before.is_some_and(is_letter) => " ",
        Some(_) => "",
    };
    [number, gap, words].concat()
}

fn opens_with_words(text: &str) -> bool {
    let inner = text.trim_start_matches(['(', '（', '[', '【', '〔', '“', '"', '《', '〈', '「']);
    inner.chars().next().is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(levels: &[(&str, &str)]) -> Vec<Rc<Level>> {
        let level = |(at, (name, text)): (usize, &(&str, &str))| {
            Rc::new(Level { writing: Writing::of_name(name), pattern: pattern(text), ..Level::usual(at) })
        };
        levels.iter().enumerate().map(level).collect()
    }

    fn count(levels: &[Rc<Level>], paragraphs: &[usize]) -> Vec<String> {
        let mut counts = Counts::default();
        paragraphs.iter().map(|at| counts.next(*at, levels, None)).collect()
    }

    #[test]
    fn levels_are_counted_and_start_anew() {
        let mut levels = list(&[("chineseCountingThousand", "第%1章"), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")]);
        assert_eq!(
            count(&levels, &[0, 1, 1, 2, 0, 1, 2, 9, 200]),
            ["第一章", "一.1", "一.2", "(a)", "第二章", "二.1", "(a)", "", ""]
        );
        assert_eq!(count(&levels, &[2, 1, 0]), ["(a)", "一.1", "第一章"], "a level before its own");
        let second = Rc::make_mut(&mut levels[1]);
        (second.is_legal, second.restarts_after) = (true, 0);
        assert_eq!(count(&levels, &[0, 1, 0, 1]), ["第一章", "1.1", "第二章", "2.2"]);
        let first = Rc::make_mut(&mut levels[0]);
        first.start = u32::MAX;
        assert_eq!(count(&levels, &[0, 0]), ["第4294967295章"; 2]);
    }

    #[test]
    fn bullets_and_missing_levels_are_nothing() {
        let levels = list(&[("bullet", "\u{f0b7}"), ("none", "附件"), ("decimal", "%1%9%2%3")]);
        assert_eq!(count(&levels, &[0, 1, 2]), ["", "附件", "1"]);
        assert_eq!(pattern(&"%1".repeat(10_000)).len(), LONGEST_PATTERN / 2);
    }

    #[test]
    fn numbers_stand_in_front_and_apart_from_digits() {
        for (number, text, shown) in [
            ("一、", "收入情况", "一、收入情况"),
            (" 1. ", "  货物", "1.货物"),
            ("1.", "2024年收入", "1.\t2024年收入"),
            ("1", "000元", "1\t000元"),
            ("第一部分", "概况", "第一部分 概况"),
            ("（一）", "2024年", "（一） 2024年"),
            ("①", "货物", "①货物"),
            ("3", "", "3"),
            ("", "  货物", "  货物"),
        ] {
            assert_eq!(numbered(number, text, false), shown);
        }
        for (text, shown) in [
            ("12.50", "12.50"),
            ("(1,234.00)", "(1,234.00)"),
            ("2010301", "2010301"),
            ("-", "-"),
            ("", "1."),
            ("（一）货物", "1.（一）货物"),
            ("货物", "1.货物"),
        ] {
            assert_eq!(numbered("1.", text, true), shown);
        }
    }
}

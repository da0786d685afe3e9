//! Where the numbers stand in a comparable text, and which unit follows each.

use std::ops::Range;

use crate::extract::narrative::rules::lexicon::Lexicon;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::vocabulary::numeral;

/// One number as printed. Ranges are bytes of the comparable text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    pub digits: Range<usize>,
    /// Digits, approximation words and unit.
    pub whole: Range<usize>,
    /// Empty where none follows.
    pub unit: String,
    pub kind: UnitKind,
    pub is_approximate: bool,
    /// A minus sign stands before the digits.
    pub is_negative: bool,
    /// The value, where it is printed in Chinese numerals.
    pub chinese: Option<i64>,
}

/// The numbers of a text from left to right; ranges in `not_figures` are passed over.
pub fn numbers(text: &str, not_figures: &[Range<usize>], lexicon: &Lexicon) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut skip = not_figures.iter().peekable();
    while at < text.len() {
        while skip.peek().is_some_and(|range| range.end <= at) {
            skip.next();
        }
        if let Some(range) = skip.peek()
            && range.contains(&at)
        {
            at = range.end;
            continue;
        }
        let rest = &text[at..];
        let number = if rest.as_bytes()[0].is_ascii_digit() {
            arabic(text, at, lexicon)
        } else {
            chinese_numeral(text, at, lexicon)
        };
        match number {
            Some(number) => {
                at = number.whole.end;
                found.push(number);
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

fn arabic(text: &str, start: usize, lexicon: &Lexicon) -> Option<Number> {
    let end = start + printed_length(&text[start..]);
    let before = text[..start].chars().next_back();
    let is_negative = matches!(before, Some('-' | '−')) && !text[..start - 1].ends_with(|c: char| c.is_ascii_digit());
    let follows = unit_after(text, end, lexicon);
    // 488.8.万元: a stray point or comma before the unit of money.
    let behind = text[end..].strip_prefix(['.', ',']).filter(|_| follows.1 == UnitKind::None);
    let behind = behind.map(|_| unit_after(text, end + 1, lexicon)).filter(|unit| unit.1 == UnitKind::Money);
    let (unit, kind, unit_end, approximate_after) = behind.unwrap_or(follows);
    let ends_with = |words: &[String]| words.iter().any(|word| text[..start].ends_with(word));
    let is_approximate =
        approximate_after || (ends_with(&lexicon.approximate_before) && !ends_with(&lexicon.not_approximate));
    Some(Number { digits: start..end, whole: start..unit_end, unit, kind, is_approximate, is_negative, chinese: None })
}

/// Whether a line begins with a number and its unit: 18.46万元, but neither 2023年 nor the 3. of a list.
pub fn starts_with_figure(line: &str, lexicon: &Lexicon) -> bool {
    let length = printed_length(line);
    let after = line[length..].trim_start();
    let is_year = length == 4 && after.starts_with('年');
    length > 0 && !is_year && unit_after(after, 0, lexicon).1 != UnitKind::None
}

/// Digits with thousands separators every three digits and an optional fraction. A comma before any other group ends
/// the number: two numbers may share one unit (`4125.49,4143.91万元`).
fn printed_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = run(0);
    if end <= 3 {
        while bytes.get(end) == Some(&b',') && run(end + 1) == 3 {
            end += 4;
        }
    }
    if bytes.get(end) == Some(&b'.') {
        let fraction = run(end + 1);
        if fraction > 0 {
            end += 1 + fraction;
        }
    }
    end
}

/// The unit that follows, past words of approximation (`6万余份`, `1.8亿多元`).
fn unit_after(text: &str, end: usize, lexicon: &Lexicon) -> (String, UnitKind, usize, bool) {
    let rest = &text[end..];
    let (magnitude, after_magnitude) = take_one(rest, &lexicon.magnitudes);
    let (approximate, after) = take_one(after_magnitude, &lexicon.approximate_inside);
    let position = |rest: &str| text.len() - rest.len();
    if let Some((unit, length)) = lexicon.unit_at(after) {
        let end = position(after) + length;
        if magnitude.is_empty() {
            return (unit.name.clone(), unit.kind, end, !approximate.is_empty());
        }
        // 万+元 is a unit of money; 万+人 counts in ten-thousands.
        let name = format!("{magnitude}{}", unit.name);
        let kind = if unit.kind == UnitKind::Percent { UnitKind::Count } else { unit.kind };
        return (name, kind, end, !approximate.is_empty());
    }
    if !magnitude.is_empty() && lexicon.counted_by_magnitude.iter().any(|word| after.starts_with(word.as_str())) {
        let name = format!("{magnitude}{}", lexicon.unit_of_counted);
        return (name, UnitKind::Count, position(after), !approximate.is_empty());
    }
    if !magnitude.is_empty() {
        // `0.39万(含…`: the 元 is missing.
        let end = position(after_magnitude);
        return (format!("{magnitude}元"), UnitKind::Money, end, !approximate.is_empty());
    }
    (String::new(), UnitKind::None, end, false)
}

fn take_one<'a>(text: &'a str, words: &[String]) -> (String, &'a str) {
    words
        .iter()
        .find_map(|word| text.strip_prefix(word.as_str()).map(|rest| (word.clone(), rest)))
        .unwrap_or((String::new(), text))
}

/// A number in Chinese numerals counts only where a counted thing follows: `两期`, `五个科室`, `壹辆`.
fn chinese_numeral(text: &str, start: usize, lexicon: &Lexicon) -> Option<Number> {
    let is_digit = |c: &char| numeral::is_counting(*c);
    if !text[start..].starts_with(|c| is_digit(&c)) {
        return None;
    }
    let digits: String = text[start..].chars().take_while(is_digit).collect();
    if lexicon.chinese_not_after.iter().any(|word| text[..start].ends_with(word.as_str())) {
        return None;
    }
    let value = numeral::whole(&digits)?;
    let end = start + digits.len();
    let (unit, length) = lexicon.unit_at(&text[end..])?;
    if !unit.counts_in_chinese || (value < 2 && !lexicon.formal_digits.contains(&digits)) {
        return None;
    }
    let whole_end = end + length;
    if lexicon.chinese_not_before.iter().any(|word| text[whole_end..].starts_with(word.as_str())) {
        return None;
    }
    Some(Number {
        digits: start..end,
        whole: start..whole_end,
        unit: unit.name.clone(),
        kind: unit.kind,
        is_approximate: false,
        is_negative: false,
        chinese: Some(value),
    })
}

//! Labels as printed → labels as compared. Widths, spaces, quotes, numbering and units must not matter.

use std::borrow::Cow;

use crate::vocabulary::numbering::{Form, opening, without_of_which};
use crate::vocabulary::{compatible, numeral};

/// The form in which titles and labels are compared: NFKC, without white space, quotes and invisible characters.
pub fn normal(text: &str) -> String {
    let mut label = String::with_capacity(text.len());
    label.extend(compatible(text).chars().filter(|character| !is_noise(*character)));
    label
}

fn is_noise(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(
            character,
            '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉'
        )
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// The form in which titles are compared: also without the words that only join a list (、 和 及 与).
pub fn title_key(text: &str) -> String {
    title_key_of(&normal(text)).into_owned()
}

/// The same of a text that is already in the form in which labels are compared.
pub fn title_key_of(label: &str) -> Cow<'_, str> {
    let joins = |character| matches!(character, '、' | ',' | '和' | '及' | '与');
    if label.contains(joins) { Cow::Owned(label.replace(joins, "")) } else { Cow::Borrowed(label) }
}

/// The label as printed, line breaks, indent and spaces between Chinese characters removed.
pub fn shown(text: &str) -> String {
    let text = text.trim();
    let mut label = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        if !character.is_whitespace() {
            label.push(character);
            continue;
        }
        let before = label.chars().next_back();
        let after = text[at..].chars().find(|next| !next.is_whitespace());
        let is_between_words =
            before.is_some_and(|c| c.is_ascii_alphanumeric()) && after.is_some_and(|c| c.is_ascii_alphanumeric());
        if is_between_words {
            label.push(' ');
        }
    }
    label
}

/// How far a label is set in: spaces before its first character, wide ones counted twice.
pub fn indent(text: &str) -> usize {
    text.chars()
        .take_while(|character| character.is_whitespace())
        .map(|character| if character.is_ascii() { 1 } else { 2 })
        .sum()
}

/// Depth of a printed ordinal: `一、` 1, `（一）` 2, `1.` 3, `（1）` or `①` 4; 0 without one.
pub fn ordinal_level(normal_label: &str) -> u8 {
    let label = without_of_which(normal_label);
    match split_ordinal(label) {
        Some((level, _)) => level,
        None => 0,
    }
}

/// The name without 其中 and ordinals: `其中：（一）1.货物` → `货物`.
pub fn without_numbering(normal_label: &str) -> &str {
    let mut rest = normal_label;
    loop {
        let next = without_of_which(rest);
        let next = split_ordinal(next).map_or(next, |(_, name)| name);
        if next.len() == rest.len() || next.is_empty() {
            return rest;
        }
        rest = next;
    }
}

/// The name behind an ordinal that lost its mark, for each place where the ordinal may end: `一一般公共服务支出`, `十二农林水支出`.
pub fn without_glued_ordinals(normal_label: &str) -> impl Iterator<Item = &str> {
    let ordinals = normal_label.char_indices().take_while(|(_, character)| numeral::is_ordinal(*character));
    ordinals.map(|(at, character)| &normal_label[at + character.len_utf8()..]).filter(|name| !name.is_empty())
}

pub fn is_of_which(normal_label: &str) -> bool {
    let is_marked = |label: &str| without_of_which(label).len() < label.len();
    is_marked(normal_label) || split_ordinal(normal_label).is_some_and(|(_, name)| is_marked(name))
}

fn split_ordinal(label: &str) -> Option<(u8, &str)> {
    let number = opening(label)?;
    let level = match number.form {
        Form::Numeral => 1,
        Form::NumeralInBrackets => 2,
        Form::Digits => 3,
        Form::DigitsInBrackets | Form::Circled => 4,
        Form::Part | Form::Article => return None,
    };
    let name = &label[number.length..];
    Some((level, name.strip_prefix(['、', '.']).unwrap_or(name)))
}

/// Splits a trailing unit in brackets off: `公务用车保有量(辆)` → (`公务用车保有量`, `辆`).
pub fn split_unit<'a>(normal_label: &'a str, units: &[String]) -> (&'a str, Option<&'a str>) {
    let Some(open) = normal_label.rfind('(').filter(|_| normal_label.ends_with(')')) else {
        return (normal_label, None);
    };
    let inner = &normal_label[open + 1..normal_label.len() - 1];
    let unit = inner.strip_prefix("单位:").unwrap_or(inner);
    if units.iter().any(|known| known == unit) && open > 0 {
        (&normal_label[..open], Some(unit))
    } else {
        (normal_label, None)
    }
}

/// The name without a last remark in brackets; the same where there is none.
pub fn without_remark(normal_label: &str) -> &str {
    match normal_label.rfind('(') {
        Some(open) if open > 0 && normal_label.ends_with(')') => &normal_label[..open],
        _ => normal_label,
    }
}

/// Years printed as 2024年 or 二〇二四年.
pub fn years_in(normal_text: &str) -> Vec<i32> {
    years_at(normal_text).map(|(_, year)| year).collect()
}

/// The same with where each begins, in bytes.
pub fn years_at(normal_text: &str) -> impl Iterator<Item = (usize, i32)> {
    normal_text.match_indices('年').filter_map(|(end, _)| {
        let (start, _) = normal_text[..end].char_indices().rev().nth(3)?;
        let year = normal_text[start..end].chars().try_fold(0, |year, c| Some(year * 10 + year_digit(c)?))?;
        (1990..2100).contains(&year).then_some((start, year))
    })
}

fn year_digit(c: char) -> Option<i32> {
    let digit = match c {
        '○' | 'O' => 0,
        c => c.to_digit(10).or_else(|| numeral::digit(c))?,
    };
    i32::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lose_what_only_decorates_them() {
        assert_eq!(normal("财政拨款“三公”\n经 费（ 境 ）"), "财政拨款三公经费(境)");
        assert_eq!(shown("  一、一般公共\n服务支出 "), "一、一般公共服务支出");
        assert_eq!(shown("Office 365 续费"), "Office 365续费");
        assert_eq!(indent(" 　基本"), 3);
    }

    #[test]
    fn numbering_is_read_and_removed() {
        for (label, level, name) in [
            ("一、一般公共服务支出", 1, "一般公共服务支出"),
            ("二十一、其他支出", 1, "其他支出"),
            ("(一)支出合计", 2, "支出合计"),
            ("1.因公出国(境)费", 3, "因公出国(境)费"),
            ("(1)国内接待费", 4, "国内接待费"),
            ("其中:外事接待费", 0, "外事接待费"),
            ("其中:1.货物", 3, "货物"),
            ("一般公共服务支出", 0, "一般公共服务支出"),
            ("2080505", 0, "2080505"),
        ] {
            assert_eq!((ordinal_level(label), without_numbering(label)), (level, name), "{label}");
        }
        assert!(is_of_which("其中:外事接待费") && !is_of_which("外事接待费"));
    }

    #[test]
    fn units_in_brackets_are_split_off() {
        let units = ["辆".to_owned(), "万元".to_owned()];
        assert_eq!(split_unit("公务用车保有量(辆)", &units), ("公务用车保有量", Some("辆")));
        assert_eq!(split_unit("决算数(单位:万元)", &units), ("决算数", Some("万元")));
        assert_eq!(split_unit("因公出国(境)", &units), ("因公出国(境)", None));
    }

    #[test]
    fn years_are_found_in_both_scripts() {
        assert_eq!(years_in("某局2024年度决算"), [2024]);
        assert_eq!(years_in("二〇二三年度"), [2023]);
        assert_eq!(years_in("近三年"), [] as [i32; 0]);
    }
}

//! The lines of a page that may say whose accounts it states, in the form in which they are compared.

use regex::Captures;

use super::normal::{Normal, Printed};
use crate::decode::{CellValue, Document};
use crate::extract::narrative::rules::model::{Rules, Titles};
use crate::extract::pattern::Letters;
use crate::vocabulary::numeral;

/// Lines before the text proper; longer ones are sentences.
const FRONT_LINES: usize = 60;
pub const LONGEST_LINE: usize = 60;
/// Lines at the end of a page that say who publishes it.
const FOOT_LINES: usize = 12;

/// The first lines in comparable form, cut at the bars and blanks of a page's layout.
pub fn first_lines(document: &Document, rules: &Rules) -> Vec<String> {
    let lines = document.lines.iter().filter(|line| !line.text.trim().is_empty());
    lines
        .take(FRONT_LINES)
        .flat_map(|line| line.text.split(['|', '\t']))
        .filter_map(|part| if is_long(part) { first_word(part) } else { Some(part) })
        .map(|part| comparable(part, rules))
        .filter(|part| !part.is_empty())
        .collect()
}

/// The foot of a page, in comparable form.
pub fn last_lines(document: &Document, rules: &Rules) -> Vec<String> {
    let lines = document.lines.iter().rev().filter(|line| !line.text.trim().is_empty());
    let short = lines.take(FOOT_LINES).flat_map(|line| line.text.split(['|', '\t'])).filter(|part| !is_long(part));
    short.map(|part| comparable(part, rules)).collect()
}

/// What stands before the first blank of a long line: a title run into the text.
fn first_word(line: &str) -> Option<&str> {
    line.split_whitespace().next().filter(|word| !is_long(word))
}

pub fn is_sentence(line: &str) -> bool {
    line.trim_end_matches('。').contains([',', '。', ';'])
}

pub fn is_long(line: &str) -> bool {
    line.chars().nth(LONGEST_LINE).is_some()
}

/// What stands in the first rows of a workbook's sheets.
pub fn first_cells(document: &Document, rules: &Rules) -> Vec<String> {
    const SHEETS: usize = 4;
    const ROWS: u32 = 6;
    let first_rows = document.grids.iter().take(SHEETS).flat_map(|grid| {
        let top = grid.cells.first().map_or(0, |cell| cell.at.row);
        grid.cells.iter().take_while(move |cell| cell.at.row < top + ROWS)
    });
    first_rows
        .filter_map(|cell| match &cell.value {
            CellValue::Text(text) => Some(comparable(text, rules)),
            _ => None,
        })
        .filter(|text| !text.is_empty())
        .collect()
}

pub fn comparable(text: &str, rules: &Rules) -> String {
    let normal = Normal::of(&[Printed { number: 1, start: 0, text }], &rules.script).text;
    let bare = normal.chars().filter(|c| !"《》#*“”\"「」[]".contains(*c)).collect::<String>();
    with_digits_in_years(bare.trim(), &rules.titles)
}

/// 二〇二一年 → 2021年
fn with_digits_in_years(text: &str, words: &Titles) -> String {
    let Some(numeral_years) = words.numeral_years.within(&Letters::of(text)) else { return text.to_owned() };
    numeral_years
        .replace_all(text, |found: &Captures<'_>| {
            let digit = |c: char| match numeral::digit(c) {
                Some(digit) => digit.to_string(),
                None if c.is_numeric() || c == '○' => "0".to_owned(),
                None => c.to_string(),
            };
            found[0].chars().map(digit).collect::<String>()
        })
        .into_owned()
}

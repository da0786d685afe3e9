//! Digits that are no figures: years, dates, ordinals, document numbers, thresholds, names.

use std::ops::Range;

use crate::extract::narrative::rules::lexicon::Lexicon;
use crate::extract::pattern::Letters;
use crate::vocabulary::numeral;

/// The ranges of a text that hold no figures, in order, not overlapping.
pub fn not_figures(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    ranges(text, lexicon, |_| true)
}

/// The same in a table cell, where a bare number is no page or list number.
pub fn not_figures_in_cell(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    ranges(text, lexicon, |id| id == "date" || id == "name")
}

fn ranges(text: &str, lexicon: &Lexicon, applies: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    if !text.chars().any(|c| c.is_ascii_digit() || numeral::is_counting(c)) {
        return Vec::new();
    }
    let letters = Letters::of(text);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for rule in lexicon.not_figures.iter().filter(|rule| applies(&rule.id)) {
        let Some(pattern) = rule.pattern.within(&letters) else { continue };
        if rule.names_part {
            let parts = pattern.captures_iter(text).filter_map(|found| found.name("not").or_else(|| found.get(0)));
            ranges.extend(parts.map(|part| part.range()));
        } else {
            ranges.extend(pattern.find_iter(text).map(|found| found.range()));
        }
    }
    ranges.extend(codes_with_names(text, lexicon));
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Codes of the classifications that stand before their own names: 20132组织事务.
fn codes_with_names(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for run in text.split(|c: char| !c.is_ascii_digit()) {
        let range = at..at + run.len();
        at = range.end + text[range.end..].chars().next().map_or(0, char::len_utf8);
        if matches!(run.len(), 3 | 5 | 7) && lexicon.names.is_code_with_name(run, &text[range.end..]) {
            found.push(range);
        }
    }
    found
}

/// How many runs of digits the ranges hold.
pub fn digit_runs(text: &str, ranges: &[Range<usize>]) -> u32 {
    ranges.iter().map(|range| runs(&text[range.clone()])).sum()
}

fn runs(text: &str) -> u32 {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count() as u32
}

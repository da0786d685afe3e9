//! Where the reasons of a sentence stand.

use std::ops::Range;

use crate::extract::narrative::rules::lexicon::Lexicon;

/// Reasons of a sentence: from the wording that introduces one to the next semicolon or the sentence's end.
pub fn reasons(lexicon: &Lexicon, text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut reasons: Vec<Range<usize>> = Vec::new();
    for found in lexicon.reason.find_iter(&text[range.clone()]) {
        let start = range.start + found.end();
        let is_purpose =
            || lexicon.purpose.find(&text[range.start + found.start()..range.end]).is_some_and(|p| p.start() == 0);
        if reasons.last().is_some_and(|last| start < last.end) || is_purpose() {
            continue;
        }
        let end = end_of_reason(lexicon, text, start..range.end);
        let end = comparison_after_comma(lexicon, text, start..end).unwrap_or(end);
        reasons.push(start..end);
    }
    reasons
}

/// The next semicolon or the end of the sentence; numbered points of a reason go on behind a semicolon.
fn end_of_reason(lexicon: &Lexicon, text: &str, range: Range<usize>) -> usize {
    let stops = text[range.clone()].match_indices([';', '。']).map(|(at, stop)| (range.start + at, stop));
    let goes_on = |at: usize| lexicon.reason_goes_on.is_match(&text[at + 1..range.end]);
    stops.into_iter().find(|(at, stop)| *stop == "。" || !goes_on(*at)).map_or(range.end, |(at, _)| at)
}

/// Where a reason gives way to the next statement: 主要原因是厉行节约，与上年相比减少..
fn comparison_after_comma(lexicon: &Lexicon, text: &str, range: Range<usize>) -> Option<usize> {
    let commas = text[range.clone()].match_indices(',').map(|(at, _)| range.start + at);
    commas.into_iter().find(|comma| {
        let after = &text[comma + 1..range.end];
        lexicon.comparators.iter().any(|comparator| {
            comparator.pattern.find(after).is_some_and(|found| found.start() == 0 && found.end() < after.len())
        })
    })
}

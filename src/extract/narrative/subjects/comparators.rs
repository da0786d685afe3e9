//! What a number is compared with.

use std::ops::Range;

use regex::Regex;

use crate::extract::narrative::rules::lexicon::{Comparator, ComparedYears};
use crate::extract::narrative::subjects::setting::Setting;
use crate::extract::pattern::Letters;

impl Setting<'_> {
    /// The comparator nearest to the number.
    pub fn last_comparator(&self, text: &str) -> Option<(&Comparator, Range<usize>)> {
        let letters = Letters::of(text);
        let last = |pattern: &Regex| pattern.find_iter(text).last().map(|found| found.range());
        self.lexicon
            .comparators
            .iter()
            .filter_map(|comparator| Some((comparator, comparator.pattern.within(&letters).and_then(last)?)))
            .filter(|(comparator, range)| self.may_name(comparator.years, &text[range.clone()]))
            // Of two that end together the longer one says more (比年初预算 over 比预算).
            .max_by_key(|(_, range)| (range.end, std::cmp::Reverse(range.start)))
    }

    /// Whether a comparator that speaks of these years may be meant by words that name the ones they do.
    fn may_name(&self, years: ComparedYears, words: &str) -> bool {
        let named = words.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
        let mut named = named.filter_map(|run| run.parse::<i32>().ok()).peekable();
        match (years, self.year) {
            (ComparedYears::Any, _) => true,
            (ComparedYears::Own, own) => named.all(|year| Some(year) == own),
            (ComparedYears::Before, Some(own)) => named.peek().is_some() && named.all(|year| year < own),
            (ComparedYears::Before, None) => false,
        }
    }
}

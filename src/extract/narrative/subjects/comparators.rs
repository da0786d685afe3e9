//! What a number is compared with.

use std::ops::Range;

use regex::Regex;

use crate::extract::narrative::rules::lexicon::Comparator;
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
            // Of two that end together the longer one says more (比年初预算 over 比预算).
            .max_by_key(|(_, range)| (range.end, std::cmp::Reverse(range.start)))
    }
}

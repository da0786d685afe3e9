//! A sentence taken apart: its numbers, its reasons, the years it states, and what sentence rules say of it.

use std::collections::HashMap;
use std::ops::Range;

use crate::extract::narrative::meaning::rules::{Match, matches};
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::numbers::units::give_missing_units;
use crate::extract::narrative::numbers::years::StatedYears;
use crate::extract::narrative::paragraphs::structure::Block;
use crate::extract::narrative::reading::apart::reasons::reasons;
use crate::extract::narrative::reading::apart::tokens::{Token, tokens};
use crate::extract::narrative::reading::paragraph::Reader;
use crate::extract::narrative::subjects::setting::Setting;

/// A sentence taken apart.
pub struct Sentence<'s> {
    pub block: &'s Block<'s>,
    pub range: Range<usize>,
    pub words: &'s str,
    pub reasons: Vec<Range<usize>>,
    pub tokens: Vec<Token<'s>>,
    /// What sentence rules say of a number, by where its digits start.
    pub matches: HashMap<usize, Match>,
}

impl Reader<'_> {
    pub(in crate::extract::narrative::reading) fn taken_apart<'s>(
        &self,
        block: &'s Block<'s>,
        range: Range<usize>,
        found: &[Number],
        setting: &Setting<'_>,
    ) -> Sentence<'s> {
        let text = &block.text.text;
        let first = found.partition_point(|number| number.digits.start < range.start);
        let last = found.partition_point(|number| number.digits.start < range.end);
        let mut numbers = found[first..last].to_vec();
        give_missing_units(text, &mut numbers, setting);
        let reasons = reasons(&self.rules.lexicon, text, range.clone());
        let matches = matches(self.rules, self.region, text, range.clone(), &numbers, setting);
        let mut tokens = tokens(text, range.clone(), numbers, &reasons, &self.rules.lexicon);
        let starts: Vec<usize> = tokens.iter().map(|token| token.place.start).collect();
        let years = StatedYears::of(text, range.clone(), &reasons, &starts, setting);
        for token in &mut tokens {
            token.year = years.at(token.place.start);
        }
        Sentence { block, words: &text[range.clone()], range, reasons, tokens, matches }
    }
}

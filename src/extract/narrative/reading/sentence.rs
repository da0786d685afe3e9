//! One sentence: its numbers in order, each read with what the ones before it leave, then what it says in words.

use std::ops::Range;

use super::explained::keep_reasons;
use super::paragraph::Reader;
use super::record::{Gathered, claim, flat_claim};
use super::said::{Placed, mark_lists, mark_parts};
use super::taken_apart::{Sentence, Token};
use super::worded::{nothing_to_report, worded_claims};
use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::change::flat_verdict;
use crate::extract::narrative::meaning::grammar::verdict;
use crate::extract::narrative::meaning::verdict::{Around, Verdict};
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::paragraphs::structure::Block;
use crate::extract::narrative::subjects::subject::Setting;

impl Reader<'_> {
    pub(super) fn read_sentence(
        &self,
        block: &Block<'_>,
        range: Range<usize>,
        found: &[Number],
        setting: &Setting<'_>,
        carried: &mut Carried,
        out: &mut Gathered,
    ) {
        let lexicon = &self.rules.lexicon;
        let sentence = self.taken_apart(block, range.clone(), found, setting);
        let text = &block.text.text;
        let begins_with_parts = lexicon.parts.begins(sentence.words);
        carried.begin_sentence(lexicon.begins_with_comparison(sentence.words), begins_with_parts);
        if sentence.tokens.is_empty()
            && let Some(item) = setting.labelled(sentence.words, &mut carried.path)
        {
            carried.about(item);
        }
        let claims_before = out.claims.len();
        let placed = self.read_tokens(&sentence, setting, carried, out);
        mark_parts(text, range.clone(), &placed, lexicon, &mut out.claims);
        mark_lists(text, range.clone(), &placed, lexicon, &mut out.claims);
        carried.is_single_part = begins_with_parts && carried.figures.len() == 1;
        nothing_to_report(block, range.clone(), !sentence.tokens.is_empty(), setting, out);
        worded_claims(block, range, &sentence.reasons, setting, carried, out);
        keep_reasons(block, &sentence.reasons, claims_before, carried, out);
    }

    /// Makes a claim of each number and of each 持平; gives where they stand.
    fn read_tokens(
        &self,
        sentence: &Sentence<'_>,
        setting: &Setting<'_>,
        carried: &mut Carried,
        out: &mut Gathered,
    ) -> Vec<Placed> {
        let lexicon = &self.rules.lexicon;
        let block = sentence.block;
        let mut placed = Vec::new();
        let mut previous = sentence.range.start;
        for token in &sentence.tokens {
            let place = token.place.clone();
            let before = sentence.before(token, previous);
            let nearest = before.rsplit([',', ';', ':', '。']).next().unwrap_or(before);
            if lexicon.placeholder.is_match(nearest) {
                out.placeholders.push((block.text.span(place.clone()).line, nearest.to_owned()));
                previous = place.end;
                continue;
            }
            let claims_so_far = out.claims.len();
            match &token.number {
                Some(number) => {
                    previous = self.read_number(sentence, (token, number), before, setting, carried, out);
                }
                None => {
                    previous = place.end;
                    if let Some(verdict) = flat_verdict(before, setting, carried) {
                        out.claims.push(flat_claim(lexicon, block, place.clone(), verdict, &sentence.range));
                    }
                }
            }
            for (number, claim) in out.claims.iter_mut().enumerate().skip(claims_so_far) {
                sentence.years.date(claim, place.start, lexicon);
                placed.push(Placed { at: place.start, claim: number, kind: token.kind() });
            }
        }
        placed
    }

    /// One number: what a sentence rule says of it, else what the grammar makes of it. Gives where its words end.
    fn read_number(
        &self,
        sentence: &Sentence<'_>,
        (token, number): (&Token<'_>, &Number),
        before: &str,
        setting: &Setting<'_>,
        carried: &mut Carried,
        out: &mut Gathered,
    ) -> usize {
        let lexicon = &self.rules.lexicon;
        let text = &sentence.block.text.text;
        let around = Around {
            number,
            before,
            after: &text[token.place.end..token.next.max(token.place.end)],
            run: token.run,
            digits: &text[number.digits.clone()],
            percent: token.percent,
            in_reason: token.in_reason,
        };
        let matched = sentence.matches.get(&number.digits.start);
        let verdict = match matched {
            Some(matched) => matched.verdict(&around, setting, carried),
            None => verdict(&around, setting, carried),
        };
        for item in std::mem::take(&mut carried.sharers) {
            let shared = Verdict { item, ..verdict.clone() };
            claim(lexicon, sentence.block, number, &shared, &sentence.range, out);
        }
        claim(lexicon, sentence.block, number, &verdict, &sentence.range, out);
        let words_end = token.place.end + verdict.noun_length;
        let matched_end = matched.map_or(0, |matched| matched.end);
        if matched_end <= token.next { words_end.max(matched_end) } else { words_end }
    }
}

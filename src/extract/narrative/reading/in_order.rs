//! The numbers of a sentence in order, each read with what the ones before it leave.

use std::ops::Range;

use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::grammar::change::flat_verdict;
use crate::extract::narrative::meaning::grammar::verdict;
use crate::extract::narrative::meaning::verdict::{Around, Verdict};
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::reading::apart::taken::Sentence;
use crate::extract::narrative::reading::apart::tokens::Token;
use crate::extract::narrative::reading::paragraph::Reader;
use crate::extract::narrative::reading::record::{Gathered, claim, flat_claim};
use crate::extract::narrative::reading::said::Placed;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::setting::Setting;

impl Reader<'_> {
    /// Makes a claim of each number and of each 持平; gives where they stand.
    pub(super) fn read_tokens(
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
                        let verdict = verdict.dated(token.year, setting);
                        out.claims.push(flat_claim(lexicon, block, place.clone(), verdict, &sentence.range));
                    }
                }
            }
            let kind = token.number.as_ref().map_or(UnitKind::None, |number| number.kind);
            for (number, claim) in out.claims.iter_mut().enumerate().skip(claims_so_far) {
                claim.year = token.year;
                placed.push(Placed { at: place.start, claim: number, kind });
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
            change: token.change,
            in_reason: token.in_reason,
        };
        let matched = sentence.matches.get(&number.digits.start);
        let verdict = match matched {
            Some(matched) => matched.verdict(&around, setting, carried),
            None => verdict(&around, setting, carried),
        };
        for item in std::mem::take(&mut carried.sharers) {
            let shared = Verdict { item, ..verdict.clone() }.dated(token.year, setting);
            claim(lexicon, sentence.block, number, &shared, &sentence.range, out);
        }
        let words_end = token.place.end + verdict.noun_length;
        let said = verdict.dated(token.year, setting);
        if number.kind == UnitKind::Money && !token.in_reason {
            carried.keep_other_year(&said);
        }
        claim(lexicon, sentence.block, number, &said, &sentence.range, out);
        let matched_end = matched.map_or(0, |matched| matched.end);
        if matched_end <= token.next { words_end.max(matched_end) } else { words_end }
    }
}

impl Sentence<'_> {
    /// What stands between the last number and this one, reasons aside.
    fn before(&self, token: &Token<'_>, previous: usize) -> &str {
        let before = &self.block.text.text[previous..token.place.start];
        let before = outside_reasons(before, previous, &self.reasons, token.in_reason);
        match &token.number {
            Some(number) if number.is_negative => before.trim_end_matches(['-', '−']),
            _ => before,
        }
    }
}

/// The words before a number, without a reason that ended before it.
fn outside_reasons<'t>(before: &'t str, start: usize, reasons: &[Range<usize>], in_reason: bool) -> &'t str {
    let end = start + before.len();
    let cut = reasons
        .iter()
        .filter(|reason| if in_reason { reason.start <= end } else { reason.end <= end })
        .map(|reason| if in_reason { reason.start } else { reason.end })
        .filter(|cut| *cut > start)
        .max();
    cut.map_or(before, |cut| &before[cut - start..])
}

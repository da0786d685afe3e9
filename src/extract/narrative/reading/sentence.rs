//! One sentence: its numbers in order, each read with what the ones before it leave, then what it says in words.

use std::collections::HashMap;
use std::ops::Range;

use super::paragraph::Reader;
use super::record::{Gathered, claim, flat_claim};
use super::said::{Placed, mark_lists, mark_parts};
use super::statements::{
    begins_with_comparison, carry_label, flat_verdict, keep_reasons, nothing_to_report, outside_reasons, reasons,
};
use super::worded::worded_claims;
use crate::extract::narrative::claim::RawClaim;
use crate::extract::narrative::meaning::carried::{Around, Carried, FINAL_ACCOUNT, LONGEST_LIST, Verdict};
use crate::extract::narrative::meaning::clause::verdict;
use crate::extract::narrative::meaning::rules::{Match, matches};
use crate::extract::narrative::meaning::together::without_direction;
use crate::extract::narrative::meaning::units::give_missing_units;
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::numbers::years::StatedYears;
use crate::extract::narrative::paragraphs::structure::Block;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::subjects::subject::Setting;

/// Something in a sentence that states a value.
enum Token {
    Number(Number),
    /// 持平
    Flat(Range<usize>),
}

impl Token {
    fn range(&self) -> Range<usize> {
        match self {
            Token::Number(number) => number.whole.clone(),
            Token::Flat(range) => range.clone(),
        }
    }

    fn kind(&self) -> UnitKind {
        match self {
            Token::Number(number) => number.kind,
            Token::Flat(_) => UnitKind::None,
        }
    }
}

/// A sentence taken apart.
struct Sentence<'s> {
    block: &'s Block<'s>,
    range: Range<usize>,
    reasons: Vec<Range<usize>>,
    tokens: Vec<Token>,
    /// What sentence rules say of a number, by where its digits start.
    matches: HashMap<usize, Match>,
    years: StatedYears,
}

impl Sentence<'_> {
    fn words(&self) -> &str {
        &self.block.text.text[self.range.clone()]
    }

    /// What stands between the last number and this one, reasons aside.
    fn before(&self, token: &Token, previous: usize) -> &str {
        let start = token.range().start;
        let before = &self.block.text.text[previous..start];
        let before = outside_reasons(before, previous, &self.reasons, self.is_in_reason(token));
        match token {
            Token::Number(number) if number.is_negative => before.trim_end_matches(['-', '−']),
            _ => before,
        }
    }

    fn is_in_reason(&self, token: &Token) -> bool {
        let start = token.range().start;
        self.reasons.iter().any(|reason| reason.contains(&start))
    }

    /// Where the next number begins.
    fn next_after(&self, at: usize) -> usize {
        self.tokens.get(at + 1).map_or(self.range.end, |token| token.range().start)
    }
}

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
        let begins_with_parts = lexicon.parts.begins(sentence.words());
        carried.begin_sentence(begins_with_comparison(sentence.words(), lexicon), begins_with_parts);
        if sentence.tokens.is_empty() {
            carry_label(sentence.words(), setting, carried);
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

    fn taken_apart<'s>(
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
        let tokens = self.tokens(text, range.clone(), numbers, &reasons);
        let starts: Vec<usize> = tokens.iter().map(|token| token.range().start).collect();
        let years = StatedYears::of(text, range.clone(), &reasons, &starts, setting);
        Sentence { block, range, reasons, tokens, matches, years }
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
        for (at, token) in sentence.tokens.iter().enumerate() {
            let place = token.range();
            let before = sentence.before(token, previous);
            let nearest = before.rsplit([',', ';', ':', '。']).next().unwrap_or(before);
            if lexicon.placeholder.is_match(nearest) {
                out.placeholders.push((block.text.span(place.clone()).line, nearest.to_owned()));
                previous = place.end;
                continue;
            }
            let claims_so_far = out.claims.len();
            match token {
                Token::Number(number) => {
                    previous = self.read_number(sentence, (at, number), before, setting, carried, out);
                }
                Token::Flat(flat) => {
                    previous = flat.end;
                    if let Some(verdict) = flat_verdict(before, setting, carried) {
                        out.claims.push(flat_claim(lexicon, block, flat.clone(), verdict, &sentence.range));
                    }
                }
            }
            for (number, claim) in out.claims.iter_mut().enumerate().skip(claims_so_far) {
                claim.year = sentence.years.at(place.start);
                self.account_of_the_year_before(claim);
                placed.push(Placed { at: place.start, claim: number, kind: token.kind() });
            }
        }
        placed
    }

    /// One number: what a sentence rule says of it, else what the grammar makes of it. Gives where its words end.
    fn read_number(
        &self,
        sentence: &Sentence<'_>,
        (at, number): (usize, &Number),
        before: &str,
        setting: &Setting<'_>,
        carried: &mut Carried,
        out: &mut Gathered,
    ) -> usize {
        let text = &sentence.block.text.text;
        let place = number.whole.clone();
        let next = sentence.next_after(at);
        let around = Around {
            before,
            after: &text[place.end..next.max(place.end)],
            run: self.run(text, &sentence.tokens[at..]),
            digits: &text[number.digits.clone()],
            unit: number.unit.as_str(),
            percent: self.percent_after(text, &sentence.tokens[at..]),
            in_reason: sentence.is_in_reason(&sentence.tokens[at]),
        };
        let matched = sentence.matches.get(&number.digits.start);
        let verdict = match matched {
            Some(matched) => matched.verdict(number, &around, setting, carried),
            None => verdict(number, &around, setting, carried),
        };
        for item in std::mem::take(&mut carried.sharers) {
            let shared = Verdict { item, ..verdict.clone() };
            claim(&self.rules.lexicon, sentence.block, number, &shared, &sentence.range, out);
        }
        claim(&self.rules.lexicon, sentence.block, number, &verdict, &sentence.range, out);
        let words_end = place.end + verdict.noun_length;
        let matched_end = matched.map_or(0, |matched| matched.end);
        if matched_end <= next { words_end.max(matched_end) } else { words_end }
    }

    /// 2015年为38.7亿元 in the accounts of 2016 is the account of the year before.
    fn account_of_the_year_before(&self, claim: &mut RawClaim) {
        let is_before = self.year.is_some_and(|own| claim.year == Some(own - 1));
        let is_account = claim.measure == FINAL_ACCOUNT || (claim.measure == "amount" && claim.line_code.is_some());
        let first =
            self.rules.lexicon.comparators.first().filter(|first| is_before && is_account && !first.own.is_empty());
        if let Some(comparator) = first {
            claim.measure.clone_from(&comparator.own);
            claim.basis.clone_from(&comparator.own_basis);
        }
    }

    /// 减少A，下降x%: the digits of the percent right behind an amount.
    fn percent_after<'t>(&self, text: &'t str, tokens: &[Token]) -> Option<&'t str> {
        let [Token::Number(amount), Token::Number(percent), ..] = tokens else { return None };
        let between = text.get(amount.whole.end..percent.digits.start)?;
        let (separator, _) = without_direction(between, &self.rules.lexicon);
        let is_behind = percent.kind == UnitKind::Percent && self.rules.lexicon.separators.is_match(separator);
        is_behind.then(|| &text[percent.digits.clone()])
    }

    /// How many numbers like the first follow one another with nothing but separators between.
    fn run(&self, text: &str, tokens: &[Token]) -> usize {
        let follows = |pair: &&[Token]| match (&pair[0], &pair[1]) {
            (Token::Number(first), Token::Number(second)) if first.kind == second.kind => {
                let between = &text[first.whole.end..second.whole.start.max(first.whole.end)];
                let (separator, _) = without_direction(between, &self.rules.lexicon);
                !separator.is_empty() && self.rules.lexicon.separators.is_match(separator)
            }
            _ => false,
        };
        1 + tokens.windows(2).take(LONGEST_LIST).take_while(follows).count()
    }

    fn tokens(&self, text: &str, range: Range<usize>, numbers: Vec<Number>, reasons: &[Range<usize>]) -> Vec<Token> {
        let mut tokens: Vec<Token> = numbers.into_iter().map(Token::Number).collect();
        for found in self.rules.lexicon.flat.find_iter(&text[range.clone()]) {
            let flat = range.start + found.start()..range.start + found.end();
            if !reasons.iter().any(|reason| reason.contains(&flat.start)) {
                tokens.push(Token::Flat(flat));
            }
        }
        tokens.sort_by_key(|token| token.range().start);
        tokens
    }
}

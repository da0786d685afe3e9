//! One paragraph → claims, reasons and the numbers left over.

use std::ops::Range;

use super::carried::{Around, Carried, LONGEST_LIST};
use super::clause::{FINAL_ACCOUNT, verdict};
use super::path::ClassificationPath;
use super::record::{Gathered, claim, flat_claim};
use super::said::{Placed, mark_lists, mark_parts, mark_said};
use super::sentence;
use super::statements::{
    begins_with_comparison, carry_label, flat_verdict, keep_reasons, names_only_a_measure, nothing_to_report,
    outside_reasons, reasons, sentences, take_announced_reason,
};
use super::subject::{Item, Setting};
use super::together::without_direction;
use super::units::give_missing_units;
use super::worded::worded_claims;
use crate::extract::narrative::claim::RawClaim;
use crate::extract::narrative::numbers::masks;
use crate::extract::narrative::numbers::number::{Number, numbers};
use crate::extract::narrative::numbers::years;
use crate::extract::narrative::numbers::years::StatedYears;
use crate::extract::narrative::paragraphs::structure::Block;
use crate::extract::narrative::rules::lexicon::UnitKind;
use crate::extract::narrative::rules::model::{Reads, Rules};

/// What a paragraph is read with.
pub struct Reader<'a> {
    pub rules: &'a Rules,
    pub region: &'a str,
    pub year: Option<i32>,
    pub departments: &'a [String],
}

/// Something in a sentence that states a value.
pub enum Token {
    Number(Number),
    /// 持平
    Flat(Range<usize>),
}

impl Token {
    pub fn range(&self) -> Range<usize> {
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

/// What outlives a paragraph: the classification path and the project named above.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    pub section: String,
    pub path: ClassificationPath,
    pub project: String,
    pub subject: Item,
    /// The whole whose parts the paragraphs above list, a line each, and how many they are.
    listed: Option<(Item, usize)>,
}

impl Memory {
    /// 其中，甲费150万元⏎乙费210万元⏎比2017年减少..: what follows several parts, and names nothing, is about the whole.
    fn count_parts(&mut self, words: &str, begins_with_parts: bool, whole: Item) {
        let is_line = !words.contains('。');
        self.listed = match self.listed.take() {
            _ if begins_with_parts && is_line => Some((whole, 1)),
            Some((whole, parts)) if is_line => Some((whole, parts + 1)),
            _ => None,
        };
    }

    /// What a paragraph is about that only compares.
    fn compared(&self) -> Item {
        match &self.listed {
            Some((whole, 2..)) => whole.clone(),
            _ => self.subject.clone(),
        }
    }
}

impl Reader<'_> {
    pub fn read(&self, block: &Block<'_>, memory: &mut Memory, out: &mut Gathered) {
        let text = &block.text.text;
        take_announced_reason(block, out);
        let mut masked = masks::not_figures(text, &self.rules.lexicon);
        let glued = years::glued(text, &masked, self.year, &self.rules.lexicon);
        masked.extend(glued.iter().cloned());
        masked.sort_by_key(|range| range.start);
        out.not_figures += masks::digit_runs(text, &masked);
        let mut named =
            self.rules.titles.project_names.iter().filter_map(|pattern| pattern.captures(text)?.name("name"));
        if let Some(name) = named.next() {
            memory.project = name.as_str().trim().to_owned();
        }
        let section = block.section.map_or("", |section| section.code.as_str());
        if memory.section != section {
            memory.section = section.to_owned();
            memory.path = ClassificationPath::default();
            memory.subject = Item::default();
        }
        if block.section.is_some_and(|section| section.reads == Reads::Nothing) {
            let masked = masks::digit_runs(text, &masked);
            out.not_figures += runs_of_digits(text).saturating_sub(masked);
            return;
        }
        let project = memory.project.clone();
        let setting = Setting {
            lexicon: &self.rules.lexicon,
            section: block.section,
            year: self.year,
            departments: self.departments,
            project: &project,
            states_budgets: block.states_budgets,
        };
        let mut carried = Carried { path: memory.path.clone(), ..Carried::default() };
        let above = self.subject_above(block, &setting, memory, &mut carried.path);
        carried.about(above);
        let own = block.section.map_or("", |section| section.item.as_str());
        if !own.is_empty() {
            let item = setting.known(own, "", &mut ClassificationPath::default());
            carried.whole = Some(item.unwrap_or_else(|| Item { standard: own.to_owned(), ..Item::default() }));
        }
        if block.is_heading() {
            memory.subject = carried.subject.clone();
            setting.classified(text, &mut memory.path);
            carried.path = memory.path.clone();
        }
        let mut found = numbers(text, &masked, &self.rules.lexicon);
        for number in &mut found {
            if let Some(year) = glued.iter().find(|year| year.end == number.digits.start) {
                number.is_approximate = true;
                out.glued.push((block.text.span(year.clone()), text[year.start..number.whole.end].to_owned()));
            }
        }
        // 比2017年减少.., 年初预算为.. on a line of its own is about what the lines before state.
        let first = found.iter().find(|number| block.body.contains(&number.digits.start));
        let opening = first.and_then(|number| text.get(block.body.start..number.digits.start)).unwrap_or("");
        let lexicon = &self.rules.lexicon;
        if (begins_with_comparison(&text[block.body.clone()], lexicon) || names_only_a_measure(opening, lexicon))
            && !memory.subject.standard.is_empty()
            && block.subjects.is_empty()
        {
            carried.about(memory.compared());
        }
        let words = &text[block.body.clone()];
        let begins_with_parts = lexicon.parts.find(words).is_some_and(|found| found.start() == 0);
        memory.count_parts(words, begins_with_parts, memory.subject.clone());
        let first_claim = out.claims.len();
        for range in sentences(text, block.body.clone()) {
            self.read_sentence(block, range, &found, &setting, &mut carried, out);
        }
        mark_said(lexicon, &mut out.claims[first_claim..]);
        memory.path = carried.path;
        if block.is_heading() && block.body.is_empty() {
            return;
        }
        let ends_in_list = carried.is_in_parts && !carried.is_single_part;
        memory.subject = carried.whole.filter(|_| ends_in_list).unwrap_or(carried.subject);
    }

    /// The subject a paragraph starts with: a heading below the section's own, the section's, or the one before.
    fn subject_above(
        &self,
        block: &Block<'_>,
        setting: &Setting<'_>,
        memory: &Memory,
        path: &mut ClassificationPath,
    ) -> Item {
        for title in block.subjects.iter().rev() {
            if let Some(item) = setting.classified(title, path) {
                return item;
            }
            let clean = setting.clean(self.rules.titles.without_ending(title));
            if let Some(item) = setting.known(&clean, "", path) {
                return item;
            }
        }
        let own = block.section.map_or("", |section| section.item.as_str());
        if own.is_empty() && !block.is_heading() {
            return memory.subject.clone();
        }
        setting.known(own, "", path).unwrap_or_else(|| Item {
            standard: own.to_owned(),
            printed: own.to_owned(),
            ..Item::default()
        })
    }

    fn read_sentence(
        &self,
        block: &Block<'_>,
        range: Range<usize>,
        found: &[Number],
        setting: &Setting<'_>,
        carried: &mut Carried,
        out: &mut Gathered,
    ) {
        let text = &block.text.text;
        let lexicon = &self.rules.lexicon;
        let first = found.partition_point(|number| number.digits.start < range.start);
        let last = found.partition_point(|number| number.digits.start < range.end);
        let mut sentence_numbers = found[first..last].to_vec();
        give_missing_units(text, &mut sentence_numbers, setting);
        let reasons = reasons(lexicon, text, range.clone());
        carried.list_measure = None;
        carried.figures.clear();
        carried.budgeted = None;
        let follows_its_part = carried.is_single_part && begins_with_comparison(&text[range.clone()], lexicon);
        if std::mem::take(&mut carried.is_in_parts)
            && !follows_its_part
            && let Some(whole) = carried.whole.clone()
        {
            carried.about(whole);
        }
        let matches = sentence::matches(self.rules, self.region, text, range.clone(), &sentence_numbers, setting);
        let tokens = self.tokens(text, range.clone(), sentence_numbers, &reasons);
        if tokens.is_empty() {
            carry_label(&text[range.clone()], setting, carried);
        }
        let figures: Vec<usize> = tokens.iter().map(|token| token.range().start).collect();
        let stated_years = StatedYears::of(text, range.clone(), &reasons, &figures, setting);
        let begins_with_parts = lexicon.parts.find(&text[range.clone()]).is_some_and(|found| found.start() == 0);
        let mut previous = range.start;
        let claims_before = out.claims.len();
        let mut placed: Vec<Placed> = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let place = token.range();
            let in_reason = reasons.iter().any(|reason| reason.contains(&place.start));
            let before = &text[previous..place.start];
            let before = outside_reasons(before, previous, &reasons, in_reason);
            let before = match token {
                Token::Number(number) if number.is_negative => before.trim_end_matches(['-', '−']),
                _ => before,
            };
            let nearest = before.rsplit([',', ';', ':', '。']).next().unwrap_or(before);
            if lexicon.placeholder.is_match(nearest) {
                out.placeholders.push((block.text.span(place.clone()).line, nearest.to_owned()));
                previous = place.end;
                continue;
            }
            let claims_so_far = out.claims.len();
            match token {
                Token::Number(number) => {
                    let next = tokens.get(at + 1).map_or(range.end, |token| token.range().start);
                    let after = &text[place.end..next.max(place.end)];
                    let digits = &text[number.digits.clone()];
                    let (unit, run) = (number.unit.as_str(), self.run(text, &tokens[at..]));
                    let around = Around { before, after, run, digits, unit, in_reason };
                    previous = place.end;
                    let matched_to = matches.get(&number.digits.start).map_or(0, |matched| matched.end);
                    let verdict = match matches.get(&number.digits.start) {
                        Some(matched) => matched.verdict(number, &around, setting, carried),
                        None => verdict(number, &around, setting, carried),
                    };
                    previous += verdict.noun_length;
                    if matched_to > previous && matched_to <= next {
                        previous = matched_to;
                    }
                    claim(lexicon, block, number, &verdict, &range, out);
                }
                Token::Flat(flat) => {
                    previous = flat.end;
                    if let Some(verdict) = flat_verdict(before, setting, carried) {
                        out.claims.push(flat_claim(lexicon, block, flat.clone(), verdict, &range));
                    }
                }
            }
            for (number, claim) in out.claims.iter_mut().enumerate().skip(claims_so_far) {
                claim.year = stated_years.at(place.start);
                self.account_of_the_year_before(claim);
                placed.push(Placed { at: place.start, claim: number, kind: token.kind() });
            }
        }
        mark_parts(text, range.clone(), &placed, lexicon, &mut out.claims);
        mark_lists(text, range.clone(), &placed, lexicon, &mut out.claims);
        carried.is_single_part = begins_with_parts && carried.figures.len() == 1;
        nothing_to_report(block, range.clone(), !tokens.is_empty(), setting, out);
        worded_claims(block, range.clone(), &reasons, setting, carried, out);
        keep_reasons(block, &reasons, claims_before, carried, out);
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

fn runs_of_digits(text: &str) -> u32 {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count() as u32
}

//! One paragraph → claims, reasons and the numbers left over.

use std::ops::Range;

use super::claim::{RawClaim, RawReason};
use super::clause::{Against, Around, Carried, Verdict, last_comparator, verdict};
use super::lexicon::UnitKind;
use super::masks;
use super::normal::Normal;
use super::number::{Number, numbers};
use super::rules::{Reads, Rules};
use super::sentence;
use super::structure::Block;
use super::subject::{ClassificationPath, Item, Setting};

/// A number that no rule claimed.
#[derive(Debug, Clone)]
pub struct Unclaimed {
    pub line: u32,
    pub start: u32,
    pub printed: String,
    pub section_path: String,
    pub sentence: String,
}

/// What one paragraph gave.
#[derive(Debug, Default)]
pub struct Gathered {
    pub claims: Vec<RawClaim>,
    pub reasons: Vec<RawReason>,
    pub unclaimed: Vec<Unclaimed>,
    pub not_figures: u32,
    pub placeholders: Vec<(u32, String)>,
}

/// What a paragraph is read with.
pub struct Reader<'a> {
    pub rules: &'a Rules,
    pub region: &'a str,
    pub year: Option<i32>,
    pub departments: &'a [String],
}

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
}

/// What outlives a paragraph: the classification path and the project named above.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    pub section: String,
    pub path: ClassificationPath,
    pub project: String,
    pub subject: Item,
}

impl Reader<'_> {
    pub fn read(&self, block: &Block<'_>, memory: &mut Memory, out: &mut Gathered) {
        let text = &block.text.text;
        let masked = masks::not_figures(text, &self.rules.lexicon);
        out.not_figures += masks::digit_runs(text, &masked);
        if let Some(found) = self.rules.titles.project_name.captures(text).and_then(|found| found.name("name")) {
            memory.project = found.as_str().trim().to_owned();
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
        };
        let mut carried = Carried { path: memory.path.clone(), ..Carried::default() };
        let above = self.subject_above(block, &setting, memory, &mut carried.path);
        carried.about(above);
        let own = block.section.map_or("", |section| section.item.as_str());
        if !own.is_empty() {
            let item = setting.known(own, "", &mut ClassificationPath::default());
            carried.whole = Some(item.unwrap_or_else(|| Item { standard: own.to_owned(), ..Item::default() }));
        }
        if block.is_heading {
            memory.subject = carried.subject.clone();
            setting.classified(text, &mut memory.path);
            carried.path = memory.path.clone();
        }
        let found = numbers(text, &masked, &self.rules.lexicon);
        for range in sentences(text, block.body.clone()) {
            self.read_sentence(block, range, &found, &setting, &mut carried, out);
        }
        memory.path = carried.path;
        if block.is_heading && block.body.is_empty() {
            return;
        }
        memory.subject = carried.subject;
    }

    /// The subject a paragraph starts with: a heading below the section's own, the section's, or the one before.
    fn subject_above(&self, block: &Block<'_>, setting: &Setting<'_>, memory: &Memory, path: &mut ClassificationPath) -> Item {
        for title in block.subjects.iter().rev() {
            if let Some(item) = setting.classified(title, path) {
                return item;
            }
            let clean = setting.clean(title);
            if let Some(item) = setting.known(&clean, "", path) {
                return item;
            }
        }
        let own = block.section.map_or("", |section| section.item.as_str());
        if own.is_empty() && !block.is_heading {
            return memory.subject.clone();
        }
        setting
            .known(own, "", path)
            .unwrap_or_else(|| Item { standard: own.to_owned(), printed: own.to_owned(), ..Item::default() })
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
        let reasons = self.reasons(text, range.clone());
        carried.list_measure = None;
        let matches = sentence::matches(self, text, range.clone(), &sentence_numbers, setting);
        let tokens = self.tokens(text, range.clone(), sentence_numbers, &reasons);
        if tokens.is_empty() {
            carry_label(&text[range.clone()], setting, carried);
        }
        let mut previous = range.start;
        let claims_before = out.claims.len();
        for (at, token) in tokens.iter().enumerate() {
            let place = token.range();
            let in_reason = reasons.iter().any(|reason| reason.contains(&place.start));
            let before = &text[previous..place.start];
            let before = self.outside_reasons(before, previous, &reasons, in_reason);
            if lexicon.placeholder.is_match(clause_of(before)) {
                out.placeholders.push((block.text.span(place.clone()).line, clause_of(before).to_owned()));
                previous = place.end;
                continue;
            }
            match token {
                Token::Number(number) => {
                    let next = tokens.get(at + 1).map_or(range.end, |token| token.range().start);
                    let precedes_alike = tokens[at + 1..].first().is_some_and(|token| match token {
                        Token::Number(other) => other.kind == number.kind,
                        Token::Flat(_) => false,
                    });
                    let after = &text[place.end..next.max(place.end)];
                    let around = Around { before, after, precedes_alike, in_reason };
                    previous = place.end;
                    let verdict = match matches.get(&number.digits.start) {
                        Some(matched) => matched.verdict(number, in_reason, setting, carried),
                        None => verdict(number, &around, setting, carried),
                    };
                    previous += verdict.noun_length;
                    self.claim(block, number, &verdict, &range, out);
                }
                Token::Flat(flat) => {
                    previous = flat.end;
                    let verdict = flat_verdict(before, setting, carried);
                    out.claims.push(self.flat_claim(block, flat.clone(), verdict, &range));
                }
            }
        }
        self.nothing_to_report(block, range.clone(), &tokens, setting, out);
        self.keep_reasons(block, &reasons, claims_before, carried, out);
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

    /// Reasons of a sentence: from the wording that introduces one to the next semicolon or the sentence's end.
    fn reasons(&self, text: &str, range: Range<usize>) -> Vec<Range<usize>> {
        let mut reasons: Vec<Range<usize>> = Vec::new();
        for found in self.rules.lexicon.reason.find_iter(&text[range.clone()]) {
            let start = range.start + found.end();
            if reasons.last().is_some_and(|last| start < last.end) {
                continue;
            }
            let end = text[start..range.end].find([';', '。']).map_or(range.end, |at| start + at);
            let end = self.comparison_after_comma(text, start..end).unwrap_or(end);
            reasons.push(start..end);
        }
        reasons
    }

    /// Where a reason gives way to the next statement: 主要原因是厉行节约，与上年相比减少..
    fn comparison_after_comma(&self, text: &str, range: Range<usize>) -> Option<usize> {
        let commas = text[range.clone()].match_indices(',').map(|(at, _)| range.start + at);
        commas.into_iter().find(|comma| {
            let after = &text[comma + 1..range.end];
            self.rules.lexicon.comparators.iter().any(|comparator| {
                comparator.pattern.find(after).is_some_and(|found| found.start() == 0 && found.end() < after.len())
            })
        })
    }

    /// The words before a number, without a reason that ended before it.
    fn outside_reasons<'t>(&self, before: &'t str, start: usize, reasons: &[Range<usize>], in_reason: bool) -> &'t str {
        let end = start + before.len();
        let cut = reasons
            .iter()
            .filter(|reason| if in_reason { reason.start <= end } else { reason.end <= end })
            .map(|reason| if in_reason { reason.start } else { reason.end })
            .filter(|cut| *cut > start)
            .max();
        cut.map_or(before, |cut| &before[cut - start..])
    }

    fn claim(&self, block: &Block<'_>, number: &Number, verdict: &Verdict, sentence: &Range<usize>, out: &mut Gathered) {
        let span = block.text.span(number.digits.clone());
        let has_no_meaning = number.unit.is_empty() && (verdict.rule == "default" || verdict.item.standard.is_empty());
        if has_no_meaning {
            out.unclaimed.push(Unclaimed {
                line: span.line,
                start: span.start,
                printed: block.text.text[number.digits.clone()].to_owned(),
                section_path: block.path.clone(),
                sentence: block.text.text[sentence.clone()].to_owned(),
            });
            return;
        }
        let is_zero = !block.text.text[number.digits.clone()].bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        let kind = match number {
            _ if number.chinese.is_some() => "chinese_numeral",
            _ if verdict.is_remnant => "template_remnant",
            _ if number.is_approximate => "approximate",
            _ => "number",
        };
        let sign = if is_zero {
            0
        } else if number.is_negative {
            -1
        } else {
            verdict.sign
        };
        let printed = match number.chinese {
            Some(value) => value.to_string(),
            None => block.text.text[number.digits.clone()].to_owned(),
        };
        out.claims.push(self.raw(block, number.digits.clone(), verdict, sentence, (printed, sign, number.unit.clone(), kind)));
    }

    /// A number in a table cell under `above`.
    pub fn table_claim(
        &self,
        above: Option<&Block<'_>>,
        text: &Normal,
        number: &Number,
        verdict: &Verdict,
        sentence: &str,
    ) -> RawClaim {
        let block = Block {
            text: text.clone(),
            body: 0..text.text.len(),
            section: above.and_then(|block| block.section),
            path: above.map_or_else(String::new, |block| block.path.clone()),
            subjects: Vec::new(),
            is_heading: false,
            first_line: 0,
        };
        let mut out = Gathered::default();
        self.claim(&block, number, verdict, &(0..0), &mut out);
        let mut claim = out.claims.pop().unwrap_or_else(|| {
            let printed = text.text[number.digits.clone()].to_owned();
            self.raw(&block, number.digits.clone(), verdict, &(0..0), (printed, 1, String::new(), "number"))
        });
        sentence.clone_into(&mut claim.sentence);
        claim
    }

    fn flat_claim(&self, block: &Block<'_>, range: Range<usize>, verdict: Verdict, sentence: &Range<usize>) -> RawClaim {
        let printed = block.text.text[range.clone()].to_owned();
        self.raw(block, range, &verdict, sentence, (printed, 0, String::new(), "flat"))
    }

    fn raw(
        &self,
        block: &Block<'_>,
        range: Range<usize>,
        verdict: &Verdict,
        sentence: &Range<usize>,
        (printed, sign, unit, kind): (String, i8, String, &str),
    ) -> RawClaim {
        let span = block.text.span(range);
        let lexicon = &self.rules.lexicon;
        let section_fund = block.section.map_or("", |section| section.fund.as_str());
        let fund = lexicon
            .funds
            .iter()
            .find(|(pattern, _)| pattern.is_match(&verdict.item.standard))
            .map_or(section_fund, |(_, fund)| fund.as_str());
        RawClaim {
            line: span.line,
            start: span.start,
            end: span.end,
            printed,
            sign,
            unit,
            section: block.section.map_or_else(String::new, |section| section.code.clone()),
            section_path: block.path.clone(),
            item: verdict.item.standard.clone(),
            item_printed: verdict.item.printed.clone(),
            line_code: verdict.item.line.clone(),
            function_code: verdict.item.function.clone(),
            economic_code: verdict.item.economic.clone(),
            item_path: verdict.item.path.clone(),
            measure: verdict.measure.clone(),
            basis: verdict.basis.clone(),
            fund: fund.to_owned(),
            year: None,
            kind: kind.to_owned(),
            sentence: block.text.text[sentence.clone()].to_owned(),
            reason: String::new(),
            rule: verdict.rule.clone(),
        }
    }

    /// 本年度无此项支出 and its kin declare zeros for the section's subjects.
    fn nothing_to_report(
        &self,
        block: &Block<'_>,
        range: Range<usize>,
        tokens: &[Token],
        setting: &Setting<'_>,
        out: &mut Gathered,
    ) {
        let Some(section) = block.section else { return };
        let words = &block.text.text[range.clone()];
        if !tokens.is_empty() || section.nil_items.is_empty() || self.rules.lexicon.reason.is_match(words) {
            return;
        }
        let Some(found) = self.rules.lexicon.nil.iter().find_map(|pattern| pattern.captures(words)) else { return };
        let Some(place) = found.name("nil").or_else(|| found.get(0)) else { return };
        let place = range.start + place.start()..range.start + place.end();
        let said = setting.known(&setting.clean(found.name("what").map_or("", |what| what.as_str())), "", &mut ClassificationPath::default());
        let items: Vec<Item> = match said {
            Some(item) if item.line.is_some() => vec![item],
            _ => section
                .nil_items
                .iter()
                .map(|name| setting.known(name, "", &mut ClassificationPath::default()).unwrap_or_else(|| Item { standard: name.clone(), ..Item::default() }))
                .collect(),
        };
        for item in items {
            let measure = if section.nil_measure.is_empty() { "final_account" } else { &section.nil_measure };
            let verdict = Verdict { item, measure: measure.to_owned(), basis: String::new(), sign: 0, is_remnant: false, rule: "nil".to_owned(), noun_length: 0 };
            let printed = block.text.text[place.clone()].to_owned();
            out.claims.push(self.raw(block, place.clone(), &verdict, &range, (printed, 0, String::new(), "nil")));
        }
    }

    /// A reason goes to the change it explains, else to the last claim of the paragraph, else it stands alone.
    fn keep_reasons(&self, block: &Block<'_>, reasons: &[Range<usize>], first: usize, carried: &Carried, out: &mut Gathered) {
        for reason in reasons {
            let text = block.text.text[reason.clone()].trim_matches([':', ',', ' ', '。', ';']).to_owned();
            if text.is_empty() {
                continue;
            }
            let span = block.text.span(reason.clone());
            let is_before = |claim: &RawClaim| (claim.line, claim.start) < (span.line, span.start) && claim.line >= block.first_line;
            let of_change = out.claims.iter().rposition(|claim| is_before(claim) && claim.measure.starts_with("change_vs"));
            let nearest = out.claims.iter().rposition(is_before);
            let target = of_change.filter(|at| *at >= first).or(nearest);
            match target.map(|at| &mut out.claims[at]) {
                Some(claim) if claim.reason.is_empty() => claim.reason = text,
                _ => out.reasons.push(RawReason {
                    line: span.line,
                    section_path: block.path.clone(),
                    item: carried.subject.standard.clone(),
                    text,
                }),
            }
        }
    }
}

/// A sentence without numbers may only name what the next ones are about: `1.财政事务（款）行政运行（项）。`
fn carry_label(sentence: &str, setting: &Setting<'_>, carried: &mut Carried) {
    let words = sentence.trim_end_matches(['。', ':', '!', '?']);
    let item = setting.classified(words, &mut carried.path).or_else(|| {
        let clean = setting.clean(words);
        if clean.chars().count() > 30 { None } else { setting.known(&clean, "", &mut carried.path) }
    });
    if let Some(item) = item {
        carried.about(item);
    }
}

/// 与上年持平: a change of nothing.
fn flat_verdict(before: &str, setting: &Setting<'_>, carried: &mut Carried) -> Verdict {
    let words = clause_of(before);
    let head = match last_comparator(words, setting) {
        Some((comparator, range)) => {
            carried.against = Some(Against::to(comparator));
            let tail = &words[range.end..];
            if setting.clean(tail).is_empty() { &words[..range.start] } else { tail }
        }
        None => words,
    };
    if let Some(item) = setting.named(head, "", UnitKind::Money, &mut carried.path) {
        carried.subject = item;
    }
    let against = carried.against.clone();
    Verdict {
        item: carried.subject.clone(),
        measure: against.as_ref().map_or_else(|| "change_vs_prior_year".to_owned(), |against| against.change.clone()),
        basis: against.map_or_else(|| "上年".to_owned(), |against| against.basis),
        sign: 0,
        is_remnant: false,
        rule: "flat".to_owned(),
        noun_length: 0,
    }
}

/// The last part of the words, after a semicolon.
fn clause_of(words: &str) -> &str {
    words.rsplit([';', '。']).next().unwrap_or(words)
}

/// Sentence ranges within a paragraph.
pub fn sentences(text: &str, body: Range<usize>) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = body.start;
    for (at, c) in text[body.clone()].char_indices() {
        if matches!(c, '。' | '!' | '?') {
            let end = body.start + at + c.len_utf8();
            ranges.push(start..end);
            start = end;
        }
    }
    if start < body.end {
        ranges.push(start..body.end);
    }
    ranges
}

/// A number without a unit takes the one of its partner (`4125.49,4143.91万元`), or of the money beside it where its
/// words call for money.
fn give_missing_units(text: &str, numbers: &mut [Number], setting: &Setting<'_>) {
    for at in (0..numbers.len()).rev() {
        if numbers[at].kind != UnitKind::None {
            continue;
        }
        let start = if at == 0 { text[..numbers[at].whole.start].rfind('。').map_or(0, |p| p + '。'.len_utf8()) } else { numbers[at - 1].whole.end };
        let before = clause_of(&text[start..numbers[at].digits.start]);
        let next = numbers.get(at + 1).cloned();
        if let Some(next) = next.filter(|next| next.kind != UnitKind::None) {
            let between = &text[numbers[at].whole.end..next.digits.start];
            if setting.lexicon.separators.is_match(between) && !between.is_empty() {
                (numbers[at].unit, numbers[at].kind) = (next.unit, next.kind);
                continue;
            }
        }
        let is_growth = setting.lexicon.direction.is_match(before);
        let follows_money = at > 0 && numbers[at - 1].kind == UnitKind::Money;
        if is_growth && follows_money {
            (numbers[at].unit, numbers[at].kind) = ("%".to_owned(), UnitKind::Percent);
            continue;
        }
        let wants_money = last_comparator(before, setting).is_some()
            || setting.lexicon.roles.iter().any(|role| {
                role.units.contains(&UnitKind::Money) && role.units.len() == 1 && role.pattern.is_match(before)
            });
        // 计划233，现已检查233家: a bare number that ends its clause counts what the next one counts.
        let ends_clause = text[numbers[at].whole.end..].starts_with([',', ';', '、']);
        let next_count = numbers.get(at + 1).filter(|next| matches!(next.kind, UnitKind::Count)).cloned();
        if !wants_money
            && ends_clause
            && !setting.clean(before).is_empty()
            && let Some(next) = next_count
        {
            (numbers[at].unit, numbers[at].kind) = (next.unit, next.kind);
            continue;
        }
        let money = numbers[at..].iter().chain(numbers[..at].iter().rev()).find(|number| number.kind == UnitKind::Money);
        if wants_money && let Some(money) = money {
            (numbers[at].unit, numbers[at].kind) = (money.unit.clone(), UnitKind::Money);
        }
    }
}

fn runs_of_digits(text: &str) -> u32 {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count() as u32
}

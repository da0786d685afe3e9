//! A verdict about a number → the claim that is handed on.

use std::ops::Range;

use crate::extract::narrative::claim::{RawClaim, RawReason};
use crate::extract::narrative::meaning::verdict::Verdict;
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::paragraphs::normal::{Normal, Span};
use crate::extract::narrative::paragraphs::structure::Block;
use crate::extract::narrative::rules::lexicon::Lexicon;
use crate::vocabulary::ClaimKind;

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
    /// The claim whose reason a paragraph's end only announces (..主要原因：): it stands in the next paragraph.
    pub announced_reason: Option<usize>,
    /// Amounts cut off a year that lacks its 年.
    pub glued: Vec<(Span, String)>,
}

impl Gathered {
    /// A number of this sentence means nothing that anyone knows.
    pub fn leave_unclaimed(&mut self, block: &Block<'_>, number: &Number, sentence: &Range<usize>) {
        let span = block.text.span(number.digits.clone());
        self.unclaimed.push(Unclaimed {
            line: span.line,
            start: span.start,
            printed: block.text.text[number.digits.clone()].to_owned(),
            section_path: block.path.clone(),
            sentence: block.text.text[excerpt(&block.text.text, sentence, &number.digits)].to_owned(),
        });
    }
}

pub fn claim(
    lexicon: &Lexicon,
    block: &Block<'_>,
    number: &Number,
    verdict: &Verdict,
    sentence: &Range<usize>,
    out: &mut Gathered,
) {
    let has_no_meaning = number.unit.is_empty() && (verdict.rule == "default" || verdict.item.standard.is_empty());
    if has_no_meaning {
        out.leave_unclaimed(block, number, sentence);
        return;
    }
    let is_zero = !block.text.text[number.digits.clone()].bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    let kind = match number {
        _ if number.chinese.is_some() => ClaimKind::ChineseNumeral,
        _ if verdict.is_remnant => ClaimKind::TemplateRemnant,
        _ if number.is_approximate => ClaimKind::Approximate,
        _ => ClaimKind::Number,
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
    out.claims.push(raw(
        lexicon,
        block,
        number.digits.clone(),
        verdict,
        sentence,
        (printed, sign, number.unit.clone(), kind),
    ));
}

/// A number in a table cell under `above`.
pub fn table_claim(
    lexicon: &Lexicon,
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
        ..Block::default()
    };
    let mut out = Gathered::default();
    claim(lexicon, &block, number, verdict, &(0..0), &mut out);
    let mut claim = out.claims.pop().unwrap_or_else(|| {
        let printed = text.text[number.digits.clone()].to_owned();
        raw(lexicon, &block, number.digits.clone(), verdict, &(0..0), (printed, 1, String::new(), ClaimKind::Number))
    });
    sentence.clone_into(&mut claim.sentence);
    claim
}

pub fn flat_claim(
    lexicon: &Lexicon,
    block: &Block<'_>,
    range: Range<usize>,
    verdict: Verdict,
    sentence: &Range<usize>,
) -> RawClaim {
    let printed = block.text.text[range.clone()].to_owned();
    raw(lexicon, block, range, &verdict, sentence, (printed, 0, String::new(), ClaimKind::Flat))
}

pub fn raw(
    lexicon: &Lexicon,
    block: &Block<'_>,
    range: Range<usize>,
    verdict: &Verdict,
    sentence: &Range<usize>,
    (printed, sign, unit, kind): (String, i8, String, ClaimKind),
) -> RawClaim {
    let said = excerpt(&block.text.text, sentence, &range);
    let before = block.text.text.get(said.start..range.start).unwrap_or_default();
    let sentence_offset = before.chars().count() as u32;
    let section_fund = match verdict.item.fund.as_str() {
        "" => block.section.map_or("", |section| section.fund.as_str()),
        own => own,
    };
    let fund = lexicon
        .funds
        .iter()
        .find(|(pattern, _)| pattern.is_match(&verdict.item.standard))
        .map_or(section_fund, |(_, fund)| fund.as_str());
    let [item, item_printed] = [&verdict.item.standard, &verdict.item.printed].map(|name| full_width_brackets(name));
    let span = block.text.span(range);
    RawClaim {
        line: span.line,
        start: span.start,
        end: span.end,
        printed,
        sign,
        unit,
        section: block.section.map_or_else(String::new, |section| section.code.clone()),
        section_path: block.path.clone(),
        item,
        item_printed,
        line_code: verdict.item.line.clone(),
        function_code: verdict.item.function.clone(),
        economic_code: verdict.item.economic.clone(),
        item_path: verdict.item.path.clone(),
        measure: verdict.measure.clone(),
        basis: verdict.basis.clone(),
        fund: fund.to_owned(),
        year: None,
        kind,
        sentence: block.text.text[said].to_owned(),
        sentence_offset,
        item_code: String::new(),
        basis_code: String::new(),
        basis_fund: String::new(),
        section_group: String::new(),
        paragraph: if block.first_line == 0 { span.line } else { block.first_line },
        part_of: None,
        said: String::new(),
        listed: String::new(),
        reason: String::new(),
        reason_opening: String::new(),
        rule: verdict.rule.clone(),
        word_code: String::new(),
    }
}

/// The sentence around a number; of one longer than any author writes, the part near the number.
fn excerpt(text: &str, sentence: &Range<usize>, number: &Range<usize>) -> Range<usize> {
    const LONGEST: usize = 3_000;
    if sentence.len() <= LONGEST {
        return sentence.clone();
    }
    let mut start = number.start.saturating_sub(LONGEST / 2).max(sentence.start);
    let mut end = (number.end + LONGEST / 2).min(sentence.end);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    start..end
}

/// Brackets as the documents and the code lists print them.
fn full_width_brackets(name: &str) -> String {
    name.replace('(', "（").replace(')', "）")
}

//! One raw claim → one claim, or the finding that says why not.

use rust_decimal::Decimal;

use super::facts::Claim;
use super::numbers::units::Units;
use crate::extract::narrative::RawClaim;
use crate::vocabulary::{
    ClaimKind, Finding, Place, Printed, Severity, Unit, half_unit, numeral, parse_printed, yuan_from_printed,
};

const NO_VALUE: Printed = Printed { value: Decimal::ZERO, decimals: 0 };

/// Gives a raw claim its signed value and yuan. Wordings without a number (持平, 无) state zero.
pub fn normalise_claim(document_key: &str, raw: RawClaim, units: &Units) -> Result<Claim, Box<Finding>> {
    // What is stated in words only has a code, no value.
    let is_worded = raw.kind == ClaimKind::Worded;
    let printed = if is_worded { NO_VALUE } else { read(&raw).ok_or_else(|| not_read(&raw))? };
    let unit = Unit::from_printed(&raw.unit);
    let value = if raw.sign < 0 { -printed.value.abs() } else { printed.value };
    let amount_yuan = yuan_from_printed(value, &unit).map(|(amount, _)| amount).filter(|_| !is_worded);
    if unit.is_money() && amount_yuan.is_none() {
        return Err(not_read(&raw));
    }
    let half = half_unit(printed.decimals);
    let factor = unit.yuan_factor().unwrap_or(Decimal::ONE);
    Ok(Claim {
        document_key: document_key.to_owned(),
        line: raw.line,
        char_start: raw.start,
        char_end: raw.end,
        printed: raw.printed,
        value,
        value_kind: units.kind(&unit),
        amount_yuan,
        half_unit: half.checked_mul(factor).unwrap_or(half),
        word_code: raw.word_code,
        unit: unit.as_str().to_owned(),
        section: raw.section,
        section_path: raw.section_path,
        item: raw.item,
        item_printed: raw.item_printed,
        line_code: raw.line_code,
        function_code: raw.function_code,
        economic_code: raw.economic_code,
        item_path: raw.item_path,
        measure: raw.measure,
        basis: raw.basis,
        fund: raw.fund,
        stated_year: raw.year,
        item_code: raw.item_code,
        basis_code: raw.basis_code,
        basis_fund: raw.basis_fund,
        section_group: raw.section_group,
        paragraph: raw.paragraph,
        sentence_offset: raw.sentence_offset,
        part_of: raw.part_of.map_or_else(String::new, |(line, start)| format!("{line}:{start}")),
        said: raw.said,
        listed: raw.listed,
        kind: raw.kind,
        sentence: raw.sentence,
        reason: raw.reason,
        reason_opening: raw.reason_opening,
        rule: raw.rule,
        meaning: 0,
        page: None,
        reading_score: None,
    })
}

/// Puts the claims of one text in reading order and numbers the meanings of each number, from 0: where one number states
/// two totals, its claims differ in nothing else that could tell them apart.
pub fn number_meanings(claims: &mut [Claim]) {
    fn place(claim: &Claim) -> (u32, u32) {
        (claim.line, claim.char_start)
    }
    fn words(claim: &Claim) -> [&str; 6] {
        [&claim.item, &claim.measure, &claim.basis, &claim.fund, &claim.section_path, &claim.rule]
    }
    claims.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| words(a).cmp(&words(b))));
    for at in 1..claims.len() {
        if place(&claims[at]) == place(&claims[at - 1]) {
            claims[at].meaning = claims[at - 1].meaning + 1;
        }
    }
}

fn read(raw: &RawClaim) -> Option<Printed> {
    if matches!(raw.kind, ClaimKind::Flat | ClaimKind::Nil) {
        return Some(Printed { value: Decimal::ZERO, decimals: 0 });
    }
    let in_numerals = || Some(Printed { value: Decimal::from(numeral::whole(&raw.printed)?), decimals: 0 });
    parse_printed(&raw.printed).ok().or_else(in_numerals)
}

fn not_read(raw: &RawClaim) -> Box<Finding> {
    Box::new(Finding::extraction(
        "claim.not_a_number",
        Severity::Warning,
        Place::Span { line: raw.line, start: raw.start, end: raw.end },
        format!("“{}” was claimed by rule {} and is not a number", raw.printed, raw.rule),
        "look at the sentence with `juesuan inspect FILE` and narrow the rule".to_owned(),
    ))
}

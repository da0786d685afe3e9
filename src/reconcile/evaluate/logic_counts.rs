//! Rules about counts, weights and how finely numbers are printed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::context::Context;
use super::prose::{subject_of, value_of};
use crate::normalise::ValueKind;
use crate::reconcile::evaluation::{Evaluation, Operand, Role, Shape, Source};
use crate::reconcile::facts::text::is_among;
use crate::reconcile::relation::Measured;

/// How many spaces a sentence may have lost before a number.
const SHIFT: i64 = 6;

/// A sentence with its usable claims: the byte where each number stands, and its position among the claims.
type PlacedSentence<'a> = (&'a str, Vec<(usize, usize)>);

/// Counts after 其中 add up to at most the count before it; with `all`, to that count.
/// `words`: the word that opens the parts, and the characters that end them.
pub fn of_which(context: &Context, check: usize, words: &[String], all: bool) -> Vec<Evaluation> {
    let [word, ends] = words else { return Vec::new() };
    let mut evaluations = Vec::new();
    for (sentence, claims) in placed_in_sentences(context) {
        for (opening, _) in sentence.match_indices(word.as_str()) {
            let after = opening + word.len();
            let rest = sentence.get(after..).unwrap_or_default();
            let next = rest.find(word.as_str()).unwrap_or(rest.len());
            let stop = after + rest.find(|c| ends.contains(c)).unwrap_or(rest.len()).min(next);
            let is_count = |at: &usize| context.own.facts.claims[*at].value_kind == ValueKind::Count;
            let whole = claims.iter().rev().find(|(position, at)| *position < opening && is_count(at));
            let Some((_, whole)) = whole else { continue };
            let whole_claim = &context.own.facts.claims[*whole];
            let parts: Vec<usize> = claims
                .iter()
                .filter(|(position, at)| (after..stop).contains(position) && is_count(at))
                .map(|(_, at)| *at)
                .filter(|at| context.own.facts.claims[*at].unit == whole_claim.unit)
                .collect();
            let some_part = parts.iter().any(|at| !context.own.facts.claims[*at].value.is_zero());
            if parts.len() < 2 || (all && !some_part) {
                continue;
            }
            let mut operands: Vec<Operand> = parts.iter().map(|at| context.claim_operand(*at, Role::Left)).collect();
            operands.push(context.claim_operand(*whole, Role::Right));
            let shape = if all { Shape::EQUAL } else { Shape::AT_MOST };
            evaluations.push(Evaluation::of_numbers(check, subject_of(whole_claim), operands, shape));
        }
    }
    evaluations
}

/// Every sentence with its usable claims, each at the byte where its number stands.
fn placed_in_sentences<'a>(context: &Context<'a>) -> Vec<PlacedSentence<'a>> {
    let mut grouped: BTreeMap<(usize, u32, &str), Vec<usize>> = BTreeMap::new();
    for (at, claim, _) in context.own.claims().filter(|(_, _, view)| view.is_usable) {
        grouped.entry((claim.document, claim.line, claim.sentence.as_str())).or_default().push(at);
    }
    grouped
        .into_iter()
        .map(|((_, _, sentence), mut claims)| {
            claims.sort_by_key(|at| context.own.facts.claims[*at].char_start);
            (sentence, placed(context, sentence, &claims))
        })
        .collect()
}

/// A claim says where its number stands in the line; where the sentence begins in the line is what fits most of them.
fn placed(context: &Context, sentence: &str, claims: &[usize]) -> Vec<(usize, usize)> {
    let claim = |at: &usize| &context.own.facts.claims[*at];
    let bytes: Vec<usize> = sentence.char_indices().map(|(byte, _)| byte).collect();
    let at_start = |start: i64| -> Vec<(usize, usize)> {
        let found = claims.iter().filter_map(|at| {
            let position = i64::from(claim(at).char_start) - start;
            // Spaces the reading took out move the numbers behind them a little.
            (position - SHIFT..=position).rev().find_map(|position| {
                let byte = *bytes.get(usize::try_from(position).ok()?)?;
                sentence[byte..].starts_with(claim(at).printed.as_str()).then_some((byte, *at))
            })
        });
        found.collect()
    };
    let Some(first) = claims.first() else { return Vec::new() };
    let number_starts = sentence.match_indices(claim(first).printed.as_str()).filter_map(|(byte, _)| {
        let position = bytes.iter().position(|start| *start == byte)?;
        Some(i64::from(claim(first).char_start) - i64::try_from(position).ok()?)
    });
    number_starts.map(at_start).max_by_key(Vec::len).unwrap_or_default()
}

/// A count that several statements agree on, and one does not.
pub fn outvoted(context: &Context, check: usize) -> Vec<Evaluation> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, claim, view) in context.own.claims() {
        if view.is_usable && view.year == 0 && claim.measure == "count" {
            groups.entry(&claim.item).or_default().push(at);
        }
    }
    let mut evaluations = Vec::new();
    for statements in groups.values() {
        let mut votes: BTreeMap<Decimal, Vec<usize>> = BTreeMap::new();
        for at in statements {
            votes.entry(value_of(context, *at)).or_default().push(*at);
        }
        let majority = votes.values().filter(|agreed| agreed.len() >= 3).max_by_key(|agreed| agreed.len());
        let Some(majority) = majority.filter(|agreed| agreed.len() + 1 == statements.len()) else { continue };
        let Some(lone) = statements.iter().find(|at| !majority.contains(at)) else { continue };
        let claim = &context.own.facts.claims[*lone];
        let operands = vec![context.claim_operand(*lone, Role::Left), context.claim_operand(majority[0], Role::Right)];
        evaluations.push(Evaluation::of_numbers(check, subject_of(claim), operands, Shape::EQUAL));
    }
    evaluations
}

/// Printed less finely than the document mostly prints this unit: one contradiction for each unit.
pub fn number_style(context: &Context, check: usize) -> Vec<Evaluation> {
    let mut units: BTreeMap<(usize, &str), BTreeMap<Decimal, Vec<usize>>> = BTreeMap::new();
    for (at, claim, view) in context.own.claims() {
        if view.is_usable && claim.kind == "number" && claim.value_kind == ValueKind::Money && !claim.value.is_zero() {
            units.entry((claim.document, &claim.unit)).or_default().entry(claim.half_unit).or_default().push(at);
        }
    }
    let judge = |((_, unit), halves): ((usize, &str), BTreeMap<Decimal, Vec<usize>>)| {
        let usual = halves.iter().max_by_key(|(half, stated)| (stated.len(), std::cmp::Reverse(**half)))?.0;
        let coarser: Vec<usize> =
            halves.iter().filter(|(half, _)| *half > usual).flat_map(|(_, at)| at).copied().collect();
        let operands = coarser.iter().map(|at| context.claim_operand(*at, Role::Left)).collect();
        if coarser.is_empty() {
            return Some(Evaluation::holds(check, unit.to_owned(), operands));
        }
        let shown: Vec<&str> =
            coarser.iter().take(5).map(|at| context.own.facts.claims[*at].printed.as_str()).collect();
        let zh = format!("{}处以{unit}为单位的数字，小数位少于本文的通常位数：{}", coarser.len(), shown.join("、"));
        let en = format!(
            "{} amounts in {unit} have fewer decimals than this text mostly prints: {}",
            coarser.len(),
            shown.join("; ")
        );
        Some(Evaluation::contradiction(check, unit.to_owned(), operands, zh, en))
    };
    units.into_iter().filter_map(judge).collect()
}

/// Stated weights add up to 100 in each section that has any.
pub fn weights(context: &Context, check: usize, measures: &[String]) -> Vec<Evaluation> {
    let mut sections: BTreeMap<(usize, &str), Vec<Operand>> = BTreeMap::new();
    for (at, claim, view) in context.own.claims() {
        if view.is_usable && is_among(&claim.measure, measures) {
            sections
                .entry((claim.document, &claim.section_path))
                .or_default()
                .push(context.claim_operand(at, Role::Left));
        }
    }
    sections
        .into_iter()
        .filter(|(_, operands)| operands.len() > 1)
        .map(|((_, section), mut operands)| {
            let number = Measured { value: Decimal::ONE_HUNDRED, half: Decimal::ZERO };
            operands.push(Operand { source: Source::Constant, role: Role::Right, sign: 1, number });
            Evaluation::of_numbers(check, section.to_owned(), operands, Shape::EQUAL)
        })
        .collect()
}

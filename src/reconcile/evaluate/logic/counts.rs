//! Rules about counts and weights.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::reconcile::evaluate::context::Context;
use crate::reconcile::evaluate::prose::{subject_of, value_of};
use crate::reconcile::evaluation::{Evaluation, Operand, Role, Shape, Source};
use crate::reconcile::facts::operands::ClaimFact;
use crate::reconcile::facts::text::is_among;
use crate::reconcile::relation::Measured;

/// Counts after 其中 add up to at most the count before it; with `all`, to that count.
pub fn of_which(context: &Context, check: usize, all: bool) -> Vec<Evaluation> {
    let mut parts_of: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (at, claim) in context.own.claims().filter(|(_, claim)| claim.is_usable() && !claim.part_of.is_empty()) {
        parts_of.entry((claim.document, claim.part_of.as_str())).or_default().push(at);
    }
    let claim = |at: &usize| &context.own.facts.claims[*at];
    let is_at = |claim: &ClaimFact, place: &str| format!("{}:{}", claim.line, claim.char_start) == place;
    let mut evaluations = Vec::new();
    for ((document, place), mut parts) in parts_of {
        let mut claims = context.own.claims();
        let whole = claims.find(|(_, claim)| claim.document == document && is_at(claim, place) && claim.is_usable());
        let Some((whole, whole_claim)) = whole else { continue };
        parts.retain(|at| claim(at).unit == whole_claim.unit);
        let some_part = parts.iter().any(|at| !claim(at).value.is_zero());
        // One part alone is no list that could leave something out.
        if parts.is_empty() || all && (parts.len() < 2 || !some_part) {
            continue;
        }
        let mut operands: Vec<Operand> = parts.iter().map(|at| context.claim_operand(*at, Role::Left)).collect();
        operands.push(context.claim_operand(whole, Role::Right));
        let shape = if all { Shape::EQUAL } else { Shape::AT_MOST };
        evaluations.push(Evaluation::of_numbers(check, subject_of(whole_claim), operands, shape));
    }
    evaluations
}

/// A count that several statements agree on, and one does not.
pub fn outvoted(context: &Context, check: usize) -> Vec<Evaluation> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, claim) in context.own.claims() {
        if claim.is_usable() && context.own.years_apart(claim) == 0 && claim.measure == "count" {
            groups.entry(&claim.item).or_default().push(at);
        }
    }
    let mut evaluations = Vec::new();
    for statements in groups.values() {
        let mut votes: BTreeMap<Decimal, Vec<usize>> = BTreeMap::new();
        for at in statements {
            votes.entry(value_of(context, *at)).or_default().push(*at);
        }
        if let [agreed] = votes.values().collect::<Vec<_>>().as_slice()
            && agreed.len() >= 3
        {
            let operands = agreed.iter().map(|at| context.claim_operand(*at, Role::Left)).collect();
            evaluations.push(Evaluation::holds(check, subject_of(&context.own.facts.claims[agreed[0]]), operands));
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

/// Stated weights add up to 100 in each section that has any.
pub fn weights(context: &Context, check: usize, measures: &[String]) -> Vec<Evaluation> {
    let mut sections: BTreeMap<(usize, &str), Vec<Operand>> = BTreeMap::new();
    for (at, claim) in context.own.claims() {
        if claim.is_usable() && is_among(&claim.measure, measures) {
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

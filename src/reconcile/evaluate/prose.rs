//! Identities among the numbers stated in prose.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::context::Context;
use crate::normalise::ValueKind;
use crate::reconcile::catalogue::check::RateRule;
use crate::reconcile::catalogue::term::Term;
use crate::reconcile::evaluation::{Evaluation, Role, Shape};
use crate::reconcile::facts::lookup::Binding;
use crate::reconcile::facts::operands::ClaimFact;
use crate::reconcile::facts::text::{Text, is_among};
use crate::reconcile::relation::Comparison;
use crate::vocabulary::{ClaimKind, Outcome};

pub fn in_sections(sections: &[String], claim: &ClaimFact) -> bool {
    sections.is_empty() || is_among(&claim.section_group, sections)
}

/// What an evaluation about a claim is named after.
pub fn subject_of(claim: &ClaimFact) -> Text {
    claim.item.clone()
}

/// A stated change, growth or completion against the amounts it speaks of, found nearest to it.
pub fn statements(context: &Context, check: usize, sections: &[String], rule: &RateRule) -> Vec<Evaluation> {
    let anchors = context.own.claims().filter(|(_, claim)| {
        claim.is_usable()
            && claim.measure == rule.anchor
            && claim.kind != ClaimKind::Flat
            && in_sections(sections, claim)
            && (rule.basis.is_empty() || is_among(&claim.basis, &rule.basis))
            && (claim.value_kind == ValueKind::Percent) == rule.anchor.ends_with("_percent")
            // 百分点 is a difference of percents, not a growth.
            && !claim.unit.contains('点')
    });
    anchors
        .map(|(at, _)| {
            let stated = statement(context, check, at, rule, &rule.left);
            let fits =
                |evaluation: &Evaluation| evaluation.verdict().is_some() && evaluation.outcome() != Outcome::Broken;
            if rule.or_left.is_empty() || stated.outcome() != Outcome::Broken {
                return stated;
            }
            Some(statement(context, check, at, rule, &rule.or_left)).filter(fits).unwrap_or(stated)
        })
        .collect()
}

fn statement(context: &Context, check: usize, at: usize, rule: &RateRule, left: &[Term]) -> Evaluation {
    let claim = &context.own.facts.claims[at];
    let bound = Binding { near: Some(at), ..Binding::default() };
    let mut operands = Vec::new();
    let gathered = context
        .gather(left, Role::Left, &bound, &mut operands)
        .and_then(|_| context.gather(&rule.right, Role::Right, &bound, &mut operands));
    if let Err(reason) = gathered {
        return Evaluation::not_evaluable(check, subject_of(claim), reason);
    }
    let factor = if rule.is_rate {
        operands.push(context.claim_operand(at, Role::Rate));
        if rule.anchor.ends_with("_percent") { 100 } else { 1 }
    } else {
        100
    };
    Evaluation::of_numbers(check, subject_of(claim), operands, Shape { comparison: Comparison::Equal, factor })
}

/// The same quantity stated more than once: each against the one most of them agree with, the most precise first.
pub fn repeats(
    context: &Context,
    check: usize,
    measures: &[String],
    cross_unit: bool,
    apart: &[Term],
    narrowing: &[String],
) -> Vec<Evaluation> {
    let is_apart = |claim: &ClaimFact| {
        let mut terms = apart.iter().flat_map(Term::claims);
        terms.any(|term| {
            term.section.as_deref() == Some(claim.section_group.as_str()) && is_among(&claim.item_code, &term.items)
        })
    };
    let mut groups: BTreeMap<(&str, &str, &str, i32), Vec<usize>> = BTreeMap::new();
    for (at, claim) in context.own.claims() {
        let is_comparable = claim.is_usable()
            && is_among(&claim.measure, measures)
            && claim.amount_yuan.is_some()
            && claim.economic_code.is_empty()
            && is_named(context, claim)
            && !is_apart(claim);
        if is_comparable {
            groups
                .entry((claim.item_code.as_str(), claim.money(), &claim.measure, context.own.years_apart(claim)))
                .or_default()
                .push(at);
        }
    }
    let mut evaluations = Vec::new();
    for statements in groups.values().filter(|statements| statements.len() > 1) {
        let number = |at: &usize| context.own.claim_number(*at).1;
        let agrees = |a: &usize, b: &usize| {
            let (a, b) = (number(a), number(b));
            (a.value - b.value).abs() <= a.half + b.half
        };
        // What most statements say is taken as meant: the odd one is told once.
        let votes = |at: &usize| statements.iter().filter(|other| agrees(at, other)).count();
        let pivot = statements.iter().copied().min_by_key(|at| (std::cmp::Reverse(votes(at)), number(at).half, *at));
        let Some(pivot) = pivot else { continue };
        let pivot_claim = &context.own.facts.claims[pivot];
        for other in statements.iter().copied().filter(|other| *other != pivot) {
            let claim = &context.own.facts.claims[other];
            if (claim.unit != pivot_claim.unit) != cross_unit || are_told_apart(claim, pivot_claim, narrowing) {
                continue;
            }
            let operands = vec![context.claim_operand(pivot, Role::Left), context.claim_operand(other, Role::Right)];
            evaluations.push(Evaluation::of_numbers(check, subject_of(claim), operands, Shape::EQUAL));
        }
    }
    evaluations
}

/// 财政拨款支出14万元，其中一般公共预算财政拨款支出13万元: two names in one sentence are two things there, whatever the
/// lists call them; in one paragraph the narrower name may be of a part.
fn are_told_apart(one: &ClaimFact, other: &ClaimFact, narrowing: &[String]) -> bool {
    let is_part = |part: &ClaimFact, whole: &ClaimFact| {
        let is_narrower = |word: &String| part.item_printed.strip_prefix(word.as_str()) == Some(&*whole.item_printed);
        part.base_value() < whole.base_value() && narrowing.iter().any(is_narrower)
    };
    one.document == other.document
        && one.paragraph == other.paragraph
        && (one.sentence == other.sentence && one.item_printed != other.item_printed
            || is_part(one, other)
            || is_part(other, one))
}

/// Only quantities a list knows by name are the same wherever they are stated.
fn is_named(context: &Context, claim: &ClaimFact) -> bool {
    !claim.function_code.is_empty() || context.catalogue.names.items.contains(claim.item_code.as_str())
}

/// Value of a claim in its base unit.
pub fn value_of(context: &Context, at: usize) -> Decimal {
    context.own.facts.claims[at].base_value()
}

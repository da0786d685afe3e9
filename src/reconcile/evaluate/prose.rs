//! Identities among the numbers stated in prose.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::context::Context;
use crate::normalise::ValueKind;
use crate::reconcile::catalogue::check::RateRule;
use crate::reconcile::evaluation::{Evaluation, Reason, Role, Shape};
use crate::reconcile::facts::claim_view::ClaimView;
use crate::reconcile::facts::lookup::Binding;
use crate::reconcile::facts::operands::ClaimFact;
use crate::reconcile::facts::text::{Text, is_among};
use crate::reconcile::relation::Comparison;
use crate::vocabulary::Outcome;

pub fn in_sections(sections: &[String], view: &ClaimView) -> bool {
    sections.is_empty() || is_among(view.section, sections)
}

/// What an evaluation about a claim is named after.
pub fn subject_of(claim: &ClaimFact) -> Text {
    claim.item.clone()
}

/// A stated change, growth or completion against the amounts it speaks of, found nearest to it.
pub fn statements(context: &Context, check: usize, sections: &[String], rule: &RateRule) -> Vec<Evaluation> {
    let anchors = context.own.claims().filter(|(_, claim, view)| {
        view.is_usable
            && claim.measure == rule.anchor
            && claim.kind != "flat"
            && in_sections(sections, view)
            && (rule.basis.is_empty() || is_among(&claim.basis, &rule.basis))
            && (claim.value_kind == ValueKind::Percent) == rule.anchor.ends_with("_percent")
            // 百分点 is a difference of percents, not a growth.
            && !claim.unit.contains('点')
    });
    anchors
        .map(|(at, claim, _)| {
            let bound = Binding { near: Some(at), ..Binding::default() };
            let mut operands = Vec::new();
            let gathered = context
                .gather(&rule.left, Role::Left, &bound, &mut operands)
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
            let shape = Shape { comparison: Comparison::Equal, factor };
            Evaluation::of_numbers(check, subject_of(claim), operands, shape)
        })
        .collect()
}

/// A stated share: the item's own amount in the amount its basis names.
pub fn shares(
    context: &Context,
    check: usize,
    sections: &[String],
    basis: &[String],
    wholes: &[String],
) -> Vec<Evaluation> {
    let anchors = context.own.claims().filter(|(_, claim, view)| {
        view.is_usable
            && claim.measure == "share_percent"
            && in_sections(sections, view)
            && (basis.is_empty() || is_among(&claim.basis, basis))
    });
    anchors
        .map(|(at, claim, view)| {
            let part = nearest_before(context, at, |other, other_view| {
                other_view.item == view.item && is_amount(other) && other.line == claim.line
            });
            let Some(part) = part else {
                let reason = Reason::Missing(claim.item.to_string());
                return Evaluation::not_evaluable(check, subject_of(claim), reason);
            };
            let measure = &context.own.facts.claims[part].measure;
            let Some(whole) = whole_of(context, at, claim, measure) else {
                let reason = Reason::Missing(claim.basis.to_string());
                return Evaluation::not_evaluable(check, subject_of(claim), reason);
            };
            let of = |whole: usize, subject: Text| {
                let operands = vec![
                    context.claim_operand(part, Role::Left),
                    context.claim_operand(whole, Role::Right),
                    context.claim_operand(at, Role::Rate),
                ];
                Evaluation::of_numbers(check, subject, operands, Shape::EQUAL)
            };
            let stated = of(whole, subject_of(claim));
            if stated.outcome() != Outcome::Broken {
                return stated;
            }
            // Some offices divide by another whole than others do: the evaluation names the one that fits.
            let others = wholes.iter().filter_map(|item| {
                nearest_before(context, at, |other, other_view| {
                    other_view.item == *item && &other.measure == measure && is_amount(other)
                })
            });
            let other = |whole: usize| {
                let name = subject_of(&context.own.facts.claims[whole]);
                of(whole, format!("{} ÷ {name}", subject_of(claim)).into())
            };
            let fits = |evaluation: &Evaluation| evaluation.outcome() != Outcome::Broken;
            others.filter(|other| *other != part && *other != whole).map(other).find(fits).unwrap_or(stated)
        })
        .collect()
}

fn is_amount(claim: &ClaimFact) -> bool {
    let is_change = claim.measure.starts_with("change") || claim.measure.ends_with("_percent");
    !is_change && matches!(claim.value_kind, ValueKind::Money | ValueKind::Count)
}

fn whole_of(context: &Context, at: usize, claim: &ClaimFact, measure: &str) -> Option<usize> {
    let named = context.catalogue.names.meaning(&claim.basis).and_then(|meaning| {
        let fund = if meaning.fund.is_empty() { "all" } else { &meaning.fund };
        let fits = |other: &ClaimFact, view: &ClaimView| {
            view.item == meaning.item && view.fund == fund && other.measure == measure && is_amount(other)
        };
        nearest_before(context, at, fits).or_else(|| first(context, fits))
    });
    named.or_else(|| {
        // The sentence itself names the whole first: 一般公共预算财政拨款支出 X，主要用于：A a，占p；B b，占q.
        first(context, |other, _| {
            other.document == claim.document
                && other.line == claim.line
                && other.sentence == claim.sentence
                && other.measure == measure
                && other.item != claim.item
                && is_amount(other)
                && other.char_start < claim.char_start
        })
    })
}

fn nearest_before(context: &Context, at: usize, fits: impl Fn(&ClaimFact, &ClaimView) -> bool) -> Option<usize> {
    let claim = &context.own.facts.claims[at];
    let here = (claim.line, claim.char_start);
    context
        .own
        .claims()
        .filter(|(_, other, view)| {
            view.is_usable
                && other.document == claim.document
                && (other.line, other.char_start) < here
                && fits(other, view)
        })
        .max_by_key(|(_, other, _)| (other.line, other.char_start))
        .map(|(found, _, _)| found)
}

fn first(context: &Context, fits: impl Fn(&ClaimFact, &ClaimView) -> bool) -> Option<usize> {
    context
        .own
        .claims()
        .find(|(_, claim, view)| view.is_usable && view.year == 0 && fits(claim, view))
        .map(|(at, ..)| at)
}

/// The same quantity stated more than once: each later statement against the most precise one.
pub fn repeats(context: &Context, check: usize, measures: &[String], cross_unit: bool) -> Vec<Evaluation> {
    let mut groups: BTreeMap<(&str, &str, &str, i32), Vec<usize>> = BTreeMap::new();
    for (at, claim, view) in context.own.claims() {
        let is_comparable = view.is_usable
            && is_among(&claim.measure, measures)
            && claim.amount_yuan.is_some()
            && claim.economic_code.is_empty()
            && is_named(context, claim, view);
        if is_comparable {
            groups.entry((view.item, view.fund, &claim.measure, view.year)).or_default().push(at);
        }
    }
    let mut evaluations = Vec::new();
    for statements in groups.values().filter(|statements| statements.len() > 1) {
        let half = |at: &usize| context.own.claim_number(*at).1.half;
        let Some(pivot) = statements.iter().copied().min_by_key(|at| (half(at), *at)) else { continue };
        let pivot_claim = &context.own.facts.claims[pivot];
        for other in statements.iter().copied().filter(|other| *other != pivot) {
            let claim = &context.own.facts.claims[other];
            if (claim.unit != pivot_claim.unit) != cross_unit {
                continue;
            }
            let operands = vec![context.claim_operand(pivot, Role::Left), context.claim_operand(other, Role::Right)];
            evaluations.push(Evaluation::of_numbers(check, subject_of(claim), operands, Shape::EQUAL));
        }
    }
    evaluations
}

/// Only quantities a list knows by name are the same wherever they are stated.
fn is_named(context: &Context, claim: &ClaimFact, view: &ClaimView) -> bool {
    !claim.function_code.is_empty() || context.catalogue.names.items.contains(view.item)
}

/// Value of a claim in its base unit.
pub fn value_of(context: &Context, at: usize) -> Decimal {
    context.own.facts.claims[at].base_value()
}

//! Identities among the numbers stated in prose.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::context::Context;
use crate::normalise::ValueKind;
use crate::reconcile::catalogue::check::RateRule;
use crate::reconcile::catalogue::term::Term;
use crate::reconcile::evaluation::{Evaluation, Reason, Role, Shape};
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
        .map(|(at, claim)| {
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
    wholes: &[Term],
) -> Vec<Evaluation> {
    let anchors = context.own.claims().filter(|(_, claim)| {
        claim.is_usable()
            && claim.measure == "share_percent"
            && in_sections(sections, claim)
            && (basis.is_empty() || is_among(&claim.basis, basis))
    });
    anchors
        .map(|(at, claim)| {
            let part = nearest_before(context, at, |other| {
                other.item_code.as_str() == claim.item_code.as_str()
                    && is_amount(other)
                    && other.paragraph == claim.paragraph
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
            if stated.outcome() != Outcome::Broken || claim.basis_fund == claim.money() {
                return stated;
            }
            // Some offices divide by another whole than others do: the evaluation names the one that fits.
            let others = wholes.iter().flat_map(Term::claims).filter_map(|term| {
                nearest_before(context, at, |other| {
                    is_among(other.item_code.as_str(), &term.items)
                        && term.fund.as_ref().is_none_or(|fund| other.money() == fund)
                        && &other.measure == measure
                        && is_amount(other)
                        && !is_same_item(other, claim)
                })
            });
            let other = |whole: usize| {
                let name = subject_of(&context.own.facts.claims[whole]);
                of(whole, format!("{} ÷ {name}", subject_of(claim)).into())
            };
            let fits = |evaluation: &Evaluation| evaluation.outcome() != Outcome::Broken;
            others.filter(|other| *other != whole).map(other).find(fits).unwrap_or(stated)
        })
        .collect()
}

fn is_amount(claim: &ClaimFact) -> bool {
    let is_change = claim.measure.starts_with("change") || claim.measure.ends_with("_percent");
    !is_change && matches!(claim.value_kind, ValueKind::Money | ValueKind::Count)
}

fn whole_of(context: &Context, at: usize, claim: &ClaimFact, measure: &str) -> Option<usize> {
    if claim.basis_code.is_empty() {
        // The sentence itself names the whole first: 一般公共预算财政拨款支出 X，主要用于：A a，占p；B b，占q.
        return first(context, |other| {
            other.document == claim.document
                && other.paragraph == claim.paragraph
                && other.sentence == claim.sentence
                && other.measure == measure
                && other.item != claim.item
                && is_amount(other)
                && other.char_start < claim.char_start
                // What has a share of its own is a part, too (7个项目，6个为优，占..；1个为良，占..).
                && !has_share(context, other)
                // One class is no part of the one named before it.
                && (claim.function_code.is_empty() || claim.function_code.starts_with(other.function_code.as_str()))
        });
    }
    let of = |fund: &str| {
        let fits = |other: &ClaimFact| {
            other.item_code == claim.basis_code
                && other.money() == fund
                && other.measure == measure
                && is_amount(other)
                && !is_same_item(other, claim)
        };
        nearest_before(context, at, fits).or_else(|| first(context, fits))
    };
    match claim.basis_fund.as_str() {
        // A whole of the same list whose words name no fund may be of the fund its section is about.
        "" if family(&claim.basis_code) == family(&claim.item_code) => of("all").or_else(|| of(claim.money())),
        "" => of("all"),
        fund => of(fund).or_else(|| of(claim.money())),
    }
}

/// Nothing is a part of itself, under whatever name.
fn is_same_item(one: &ClaimFact, other: &ClaimFact) -> bool {
    one.item_code == other.item_code && one.money() == other.money()
}

fn has_share(context: &Context, claim: &ClaimFact) -> bool {
    let is_its = |other: &ClaimFact| {
        other.measure == "share_percent"
            && other.basis_code.is_empty()
            && other.item_code == claim.item_code
            && other.sentence == claim.sentence
    };
    context.own.beside(claim).any(|(_, other)| is_its(other))
}

/// three_public of three_public.total.
fn family(code: &str) -> &str {
    code.split('.').next().unwrap_or(code)
}

fn nearest_before(context: &Context, at: usize, fits: impl Fn(&ClaimFact) -> bool) -> Option<usize> {
    let claim = &context.own.facts.claims[at];
    let here = (claim.line, claim.char_start);
    context
        .own
        .claims()
        .filter(|(_, other)| {
            other.is_usable()
                && other.document == claim.document
                && (other.line, other.char_start) < here
                && fits(other)
        })
        .max_by_key(|(_, other)| (other.line, other.char_start))
        .map(|(found, _)| found)
}

fn first(context: &Context, fits: impl Fn(&ClaimFact) -> bool) -> Option<usize> {
    context
        .own
        .claims()
        .find(|(_, claim)| claim.is_usable() && context.own.years_apart(claim) == 0 && fits(claim))
        .map(|(at, _)| at)
}

/// The same quantity stated more than once: each against the one most of them agree with, the most precise first.
pub fn repeats(
    context: &Context,
    check: usize,
    measures: &[String],
    cross_unit: bool,
    apart: &[Term],
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
            if (claim.unit != pivot_claim.unit) != cross_unit || are_told_apart(claim, pivot_claim) {
                continue;
            }
            let operands = vec![context.claim_operand(pivot, Role::Left), context.claim_operand(other, Role::Right)];
            evaluations.push(Evaluation::of_numbers(check, subject_of(claim), operands, Shape::EQUAL));
        }
    }
    evaluations
}

/// 财政拨款支出14万元，其中一般公共预算财政拨款支出13万元: two names in one sentence are two things there, whatever the
/// lists call them.
fn are_told_apart(one: &ClaimFact, other: &ClaimFact) -> bool {
    one.document == other.document
        && one.paragraph == other.paragraph
        && one.sentence == other.sentence
        && one.item_printed != other.item_printed
}

/// Only quantities a list knows by name are the same wherever they are stated.
fn is_named(context: &Context, claim: &ClaimFact) -> bool {
    !claim.function_code.is_empty() || context.catalogue.names.items.contains(claim.item_code.as_str())
}

/// Value of a claim in its base unit.
pub fn value_of(context: &Context, at: usize) -> Decimal {
    context.own.facts.claims[at].base_value()
}

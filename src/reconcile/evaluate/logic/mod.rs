//! Rules about prose that are not arithmetic: directions, zero bases, reasons, counts after 其中.

mod counts;
mod tables;
mod words;

use rust_decimal::Decimal;

use crate::reconcile::catalogue::check::{Logic, Method};
use crate::reconcile::evaluate::context::Context;
use crate::reconcile::evaluate::gather;
use crate::reconcile::evaluate::prose::{in_sections, subject_of, value_of};
use crate::reconcile::evaluation::{Evaluation, Role};
use crate::reconcile::facts::text::is_among;
use crate::reconcile::relation::{SMALLEST_AMOUNT, is_coarse_zero};

pub fn evaluate(context: &Context, check: usize, method: &Method) -> Vec<Evaluation> {
    let Method::Logic { rule, items, sections, tables, measures } = method else { return Vec::new() };
    match rule {
        Logic::PairedTotals => tables::paired_totals(context, check, items, tables),
        Logic::NilStatement => tables::nil_statements(context, check),
        Logic::FullShare => full_shares(context, check, sections),
        Logic::Direction => directions(context, check),
        Logic::ZeroBase => zero_bases(context, check, "change_percent"),
        Logic::ZeroBudget => zero_bases(context, check, "completion_percent"),
        Logic::NoReason => missing_reasons(context, check, sections),
        Logic::OfWhich => counts::of_which(context, check, false),
        Logic::OfWhichAll => counts::of_which(context, check, true),
        Logic::Weights => counts::weights(context, check, measures),
        Logic::Outvoted => counts::outvoted(context, check),
        Logic::TogetherZero => together_zero(context, check, items, measures),
    }
}

fn full_shares(context: &Context, check: usize, sections: &[String]) -> Vec<Evaluation> {
    let classes: Vec<usize> = context
        .own
        .claims()
        .filter(|(_, claim)| {
            claim.is_usable()
                && in_sections(sections, claim)
                && claim.function_code.len() >= 3
                && !claim.value.is_zero()
        })
        .map(|(at, _)| at)
        .collect();
    let claim = |at: &usize| &context.own.facts.claims[*at];
    let is_full = |at: &&usize| claim(at).measure == "share_percent" && claim(at).value == Decimal::ONE_HUNDRED;
    classes
        .iter()
        .filter(is_full)
        .map(|full| {
            let code = &claim(full).function_code;
            let beside: Vec<&usize> = classes
                .iter()
                .filter(|at| {
                    claim(at).measure == "final_account"
                        && !claim(at).function_code.starts_with(code.as_str())
                        && !code.starts_with(claim(at).function_code.as_str())
                })
                .collect();
            let mut operands = vec![context.claim_operand(*full, Role::Left)];
            operands.extend(beside.iter().map(|at| context.claim_operand(**at, Role::Right)));
            let subject = subject_of(claim(full));
            if beside.is_empty() {
                return Evaluation::holds(check, subject, operands);
            }
            let names: Vec<&str> = beside.iter().map(|at| claim(at).item.as_str()).collect();
            let zh = format!("“{subject}”占100%，但另有不为零的{}", names.join("、"));
            let en = format!("{subject} is said to be 100 %, yet {} are not zero", names.join(", "));
            Evaluation::contradiction(check, subject, operands, zh, en)
        })
        .collect()
}

/// Where both amounts and a signed change are stated, the sign must suit them.
fn directions(context: &Context, check: usize) -> Vec<Evaluation> {
    let mut evaluations = words::stated_directions(context, check);
    for (at, claim) in context.own.claims() {
        if claim.measure != "change_vs_budget" || !claim.is_usable() {
            continue;
        }
        let beside = |measure: &str| {
            context.own.beside(claim).find(|(_, other)| {
                other.measure == measure && other.item_code.as_str() == claim.item_code.as_str() && other.is_usable()
            })
        };
        let (Some((actual, _)), Some((budget, _))) = (beside("final_account"), beside("initial_budget")) else {
            continue;
        };
        let change = value_of(context, actual) - value_of(context, budget);
        let half = context.own.claim_number(actual).1.half + context.own.claim_number(budget).1.half;
        let stated = value_of(context, at);
        // Beside an adjusted budget the change may be of that one.
        let of_adjusted = beside("annual_budget").map(|(at, _)| value_of(context, actual) - value_of(context, at));
        let contradicts =
            |change: Decimal| (stated > Decimal::ZERO && change < -half) || (stated < Decimal::ZERO && change > half);
        let is_wrong = contradicts(change) && of_adjusted.is_none_or(contradicts);
        let operands = vec![
            context.claim_operand(at, Role::Left),
            context.claim_operand(actual, Role::Right),
            context.claim_operand(budget, Role::Right),
        ];
        let subject = subject_of(claim);
        evaluations.push(if is_wrong {
            let zh = format!("“{subject}”的增减方向与决算数、预算数不符");
            let en = format!("the direction stated for {subject} contradicts the two amounts");
            Evaluation::contradiction(check, subject, operands, zh, en)
        } else {
            Evaluation::holds(check, subject, operands)
        });
    }
    evaluations
}

/// A percent that stands on nothing: growth from zero, completion of no budget.
fn zero_bases(context: &Context, check: usize, measure: &str) -> Vec<Evaluation> {
    let mut evaluations = Vec::new();
    for (at, claim) in context.own.claims() {
        if claim.measure != measure || !claim.is_usable() || claim.unit.contains('点') {
            continue;
        }
        let beside = |wanted: &str| {
            context.own.beside(claim).find(|(_, other)| {
                other.measure == wanted && other.item_code.as_str() == claim.item_code.as_str() && other.is_usable()
            })
        };
        // Beside an adjusted budget the percent may be of that one.
        if measure == "completion_percent" && beside("annual_budget").is_some_and(|(_, other)| !other.value.is_zero()) {
            continue;
        }
        let base = if measure == "completion_percent" {
            beside("initial_budget").map(|(at, _)| at).map(|budget| (value_of(context, budget), vec![budget]))
        } else {
            let change = ["change_vs_budget", "change_vs_prior_year"].into_iter().find_map(beside);
            match (beside("final_account").or_else(|| beside("balance")), change) {
                (Some((actual, ..)), Some((change, ..))) => {
                    Some((value_of(context, actual) - value_of(context, change), vec![actual, change]))
                }
                _ => None,
            }
        };
        let mut operands = vec![context.claim_operand(at, Role::Left)];
        let base = match base {
            Some((base, stated)) => {
                operands.extend(stated.into_iter().map(|at| context.claim_operand(at, Role::Right)));
                Some(base)
            }
            None if measure == "completion_percent" => {
                let budget = gather::figure_of(context, at, "initial_budget").map(|(_, number)| number);
                budget.filter(|budget| !is_coarse_zero(budget)).map(|budget| budget.value)
            }
            None => None,
        };
        // 0万元 among whole 万元 may be an amount.
        let mut stated = operands.iter().filter(|operand| operand.role == Role::Right);
        let is_coarse = stated.clone().any(|operand| operand.number.half >= SMALLEST_AMOUNT);
        // 比上年增加445.20万元，增长0.00%, all of it new: nor is there a growth of nothing.
        let says_something =
            !claim.value.is_zero() || stated.nth(1).is_some_and(|change| !change.number.value.is_zero());
        let subject = subject_of(claim);
        match base {
            Some(base) if base.is_zero() && !is_coarse && (measure == "completion_percent" || says_something) => {
                let zh = format!("“{subject}”的基数为零，{}%无法计算", claim.printed);
                let en = format!("{subject}: the base is zero, {} % cannot be computed", claim.printed);
                evaluations.push(Evaluation::contradiction(check, subject, operands, zh, en));
            }
            Some(_) => evaluations.push(Evaluation::holds(check, subject, operands)),
            None => {}
        }
    }
    evaluations
}

fn missing_reasons(context: &Context, check: usize, sections: &[String]) -> Vec<Evaluation> {
    let changes = context.own.claims().filter(|(_, claim)| {
        claim.measure.starts_with("change_vs_")
            && claim.is_usable()
            && !claim.value.is_zero()
            && in_sections(sections, claim)
    });
    changes
        .map(|(at, claim)| {
            let is_near = |document: usize, line: u32| {
                document == claim.document && context.own.are_near(document, line, claim.line)
            };
            let mut others = context.own.claims();
            let is_given = others.any(|(_, other)| !other.reason.is_empty() && is_near(other.document, other.line))
                || context.own.facts.reasons.iter().any(|reason| is_near(reason.document, reason.line));
            let subject = subject_of(claim);
            let operands = vec![context.claim_operand(at, Role::Left)];
            if is_given {
                return Evaluation::holds(check, subject, operands);
            }
            let zh = format!("“{subject}”有增减而没有说明原因");
            let en = format!("{subject} changed and no reason is given");
            Evaluation::contradiction(check, subject, operands, zh, en)
        })
        .collect()
}

/// Two statements of which one is zero and the other is not.
fn together_zero(context: &Context, check: usize, items: &[String], measures: &[String]) -> Vec<Evaluation> {
    let stated = |item: &String| {
        context.own.claims().find(|(_, claim)| {
            claim.item_code.as_str() == item
                && claim.is_usable()
                && context.own.years_apart(claim) == 0
                && (measures.is_empty() || is_among(&claim.measure, measures))
        })
    };
    items
        .chunks(2)
        .filter_map(|pair| {
            let [first, second] = pair else { return None };
            let ((left, claim), (right, other)) = (stated(first)?, stated(second)?);
            let operands = vec![context.claim_operand(left, Role::Left), context.claim_operand(right, Role::Right)];
            let subject = subject_of(claim);
            if claim.value.is_zero() == other.value.is_zero() {
                return Some(Evaluation::holds(check, subject, operands));
            }
            let zh = format!("“{}”与“{}”应同为零或同不为零", claim.item, other.item);
            let en = format!("{} and {} should be zero together", claim.item, other.item);
            Some(Evaluation::contradiction(check, subject, operands, zh, en))
        })
        .collect()
}

//! Rules about the words around the numbers: stated directions.

use rust_decimal::Decimal;

use crate::reconcile::evaluate::context::Context;
use crate::reconcile::evaluate::prose::{subject_of, value_of};
use crate::reconcile::evaluation::{Evaluation, Role};
use crate::reconcile::facts::operands::ClaimFact;

/// 决算数大于预算数, 小于预算数, 等于预算数: the words against the two amounts they compare.
pub fn stated_directions(context: &Context, check: usize) -> Vec<Evaluation> {
    let mut evaluations = Vec::new();
    for (actual, claim) in context.own.claims().filter(|(_, claim)| claim.is_usable()) {
        let Some(said) = Said::of(&claim.said) else { continue };
        // 预算 alone may be the initial one or the one of the whole year: what suits either is in order.
        let budgets: Vec<usize> = ["initial_budget", "annual_budget"]
            .into_iter()
            .filter_map(|measure| {
                context.own.beside(claim).find(|(_, other)| {
                    other.measure == measure
                        && other.is_usable()
                        && other.item_code == claim.item_code
                        && other.sentence == claim.sentence
                })
            })
            .map(|(at, _)| at)
            .collect();
        let half = |at| context.own.claim_number(at).1.half;
        let contradicts = |budget: &usize| {
            let change = value_of(context, actual) - value_of(context, *budget);
            match said {
                Said::More => change < Decimal::ZERO,
                Said::Less => change > Decimal::ZERO,
                Said::Equal => change.abs() > half(actual) + half(*budget),
                Said::AboutEqual => false,
            }
        };
        let Some(budget) = budgets.iter().find(|budget| !contradicts(budget)).or(budgets.first()) else {
            evaluations.extend(by_completion(context, check, (actual, claim), said));
            continue;
        };
        let is_wrong = contradicts(budget);
        let operands = vec![context.claim_operand(actual, Role::Left), context.claim_operand(*budget, Role::Right)];
        let subject = subject_of(claim);
        evaluations.push(if is_wrong {
            let (zh, en) = said.words();
            let zh = format!("“{subject}”说决算{zh}预算，与两个数不符");
            let en = format!("{subject} is said to be {en} budgeted, the two amounts say otherwise");
            Evaluation::contradiction(check, subject, operands, zh, en)
        } else {
            Evaluation::holds(check, subject, operands)
        });
    }
    evaluations
}

/// 完成年初预算98.80%，决算数大于预算数: where the budget is not printed, the rate of its completion tells.
fn by_completion(
    context: &Context,
    check: usize,
    (actual, claim): (usize, &ClaimFact),
    said: Said,
) -> Option<Evaluation> {
    let is_rate = |other: &ClaimFact| {
        let is_same = other.item_code == claim.item_code && other.sentence == claim.sentence;
        other.measure == "completion_percent" && other.is_usable() && is_same
    };
    let (rate, _) = context.own.beside(claim).find(|(_, other)| is_rate(other))?;
    let beyond = value_of(context, rate) - Decimal::ONE_HUNDRED;
    let half = context.own.claim_number(rate).1.half;
    let is_wrong = match said {
        Said::More => beyond < -half,
        Said::Less => beyond > half,
        Said::Equal => beyond.abs() > half,
        Said::AboutEqual => false,
    };
    let operands = vec![context.claim_operand(actual, Role::Left), context.claim_operand(rate, Role::Right)];
    let subject = subject_of(claim);
    if !is_wrong {
        return Some(Evaluation::holds(check, subject, operands));
    }
    let (zh, en) = said.words();
    let zh = format!("“{subject}”说决算{zh}预算，与完成预算的百分比不符");
    let en = format!("{subject} is said to be {en} budgeted, its completion says otherwise");
    Some(Evaluation::contradiction(check, subject, operands, zh, en))
}

#[derive(Clone, Copy)]
enum Said {
    More,
    Less,
    Equal,
    AboutEqual,
}

impl Said {
    fn of(written: &str) -> Option<Self> {
        match written {
            "more" => Some(Said::More),
            "less" => Some(Said::Less),
            "equal" => Some(Said::Equal),
            "about_equal" => Some(Said::AboutEqual),
            _ => None,
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Said::More => ("大于", "more than"),
            Said::Less => ("小于", "less than"),
            Said::Equal | Said::AboutEqual => ("等于", "as much as"),
        }
    }
}

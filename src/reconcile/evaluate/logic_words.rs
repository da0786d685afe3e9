//! Rules about the words around the numbers: stated directions, placeholders, years.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::context::Context;
use super::prose::{in_sections, subject_of, value_of};
use crate::reconcile::evaluation::{Evaluation, Role};
use crate::reconcile::facts::operands::ClaimFact;

/// 决算数大于预算数, 小于预算数, 等于预算数: the words against the two amounts they compare.
pub fn stated_directions(context: &Context, check: usize) -> Vec<Evaluation> {
    let mut evaluations = Vec::new();
    for (actual, claim) in context.own.claims().filter(|(_, claim)| claim.is_usable()) {
        let Some(said) = Said::of(&claim.said) else { continue };
        let budget = context.own.beside(claim).find(|(_, other)| {
            other.measure == "initial_budget"
                && other.is_usable()
                && other.item_code == claim.item_code
                && other.sentence == claim.sentence
        });
        let Some((budget, _)) = budget else { continue };
        let change = value_of(context, actual) - value_of(context, budget);
        let half = |at| context.own.claim_number(at).1.half;
        let is_wrong = match said {
            Said::More => change < Decimal::ZERO,
            Said::Less => change > Decimal::ZERO,
            Said::Equal => change.abs() > half(actual) + half(budget),
            Said::AboutEqual => false,
        };
        let operands = vec![context.claim_operand(actual, Role::Left), context.claim_operand(budget, Role::Right)];
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

/// Template options the reading met, and placeholders (`words`) left in a sentence: one for each line.
pub fn remnants(context: &Context, check: usize, words: &[String]) -> Vec<Evaluation> {
    let has_placeholder = |claim: &ClaimFact| {
        words.iter().any(|word| claim.sentence.contains(word.as_str()) || claim.reason.contains(word.as_str()))
    };
    let mut seen = BTreeSet::new();
    let mut evaluations = Vec::new();
    for (at, claim) in context.own.claims() {
        let is_option = claim.kind == "template_remnant";
        let is_new = is_option || (has_placeholder(claim) && seen.insert((claim.document, claim.line)));
        if !is_new {
            continue;
        }
        let subject = subject_of(claim);
        let zh = format!("“{subject}”处留有模板选项、占位符或填写提示");
        let en = format!("template wording is left at {subject}");
        evaluations.push(Evaluation::contradiction(
            check,
            subject,
            vec![context.claim_operand(at, Role::Left)],
            zh,
            en,
        ));
    }
    evaluations
}

/// Statements of a year that is neither this nor one of the years before; and, in these sections, statements of the year
/// before where none of this year stands beside them. One for each line.
pub fn stray_years(context: &Context, check: usize, sections: &[String]) -> Vec<Evaluation> {
    let is_stated_now = |claim: &ClaimFact, item: &str| {
        context.own.claims().any(|(_, other)| {
            context.own.years_apart(other) == 0
                && other.item_code.as_str() == item
                && other.measure == claim.measure
                && other.document == claim.document
        })
    };
    let mut seen = BTreeSet::new();
    let mut evaluations = Vec::new();
    for (at, claim) in context.own.claims() {
        let years = context.own.years_apart(claim);
        let is_old = !sections.is_empty()
            && in_sections(sections, claim)
            && years == -1
            && matches!(claim.measure.as_str(), "count" | "area" | "balance")
            && !is_stated_now(claim, claim.item_code.as_str());
        let is_stray = claim.stated_year.is_some() && !(-4..=0).contains(&years);
        if !(is_old || is_stray) || !seen.insert((claim.document, claim.line, years)) {
            continue;
        }
        let subject = subject_of(claim);
        let stated = context.own.facts.fiscal_year.unwrap_or_default() + years;
        let zh = format!("“{subject}”说的是{stated}年，与本材料年度相差{}年", years.abs());
        let en = format!("{subject} speaks of {stated}, {} years from this disclosure's own", years.abs());
        evaluations.push(Evaluation::contradiction(
            check,
            subject,
            vec![context.claim_operand(at, Role::Left)],
            zh,
            en,
        ));
    }
    evaluations
}

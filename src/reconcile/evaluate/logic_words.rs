//! Rules about the words around the numbers: stated directions, placeholders, years.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Context;
use super::logic::operand;
use super::prose::{in_sections, subject_of, value_of};
use crate::reconcile::evaluation::{Evaluation, Role};
use crate::reconcile::operands::ClaimFact;

/// 决算数大于预算数, 小于预算数: the words against the two amounts of their sentence.
/// `words`: the ways to say more, and the ways to say less, each parted by `|`.
pub fn stated_directions(context: &Context, check: usize, words: &[String]) -> Vec<Evaluation> {
    let [more, less] = words else { return Vec::new() };
    let says = |sentence: &str, ways: &str| ways.split('|').any(|way| sentence.contains(way));
    let mut evaluations = Vec::new();
    for (actual, claim, view) in context.own.claims() {
        if claim.measure != "final_account" || !view.is_usable {
            continue;
        }
        let statement = statement_of(claim);
        let says_more = says(statement, more);
        if says_more == says(statement, less) {
            continue;
        }
        let mut budgets = context.own.claims().filter(|(_, other, other_view)| {
            other.measure == "initial_budget"
                && other_view.is_usable
                && other_view.item == view.item
                && is_same_sentence(claim, other)
        });
        let (Some((budget, ..)), None) = (budgets.next(), budgets.next()) else { continue };
        let change = value_of(context, actual) - value_of(context, budget);
        let is_wrong = if says_more { change < Decimal::ZERO } else { change > Decimal::ZERO };
        let operands = vec![operand(context, actual, Role::Left), operand(context, budget, Role::Right)];
        let subject = subject_of(claim);
        evaluations.push(if is_wrong {
            let zh = format!("“{subject}”说决算{}预算，与两个数不符", if says_more { "大于" } else { "小于" });
            let en = format!(
                "{subject} is said to be {} than budgeted, the two amounts say otherwise",
                if says_more { "more" } else { "less" }
            );
            Evaluation::contradiction(check, subject, operands, zh, en)
        } else {
            Evaluation::holds(check, subject, operands)
        });
    }
    evaluations
}

/// The sentence up to its reason: a reason may compare other things.
fn statement_of(claim: &ClaimFact) -> &str {
    let sentence = claim.sentence.as_str();
    let reason = claim.reason.trim();
    let end = if reason.is_empty() { None } else { sentence.find(reason) };
    end.and_then(|end| sentence.get(..end)).unwrap_or(sentence)
}

fn is_same_sentence(claim: &ClaimFact, other: &ClaimFact) -> bool {
    other.document == claim.document && other.line == claim.line && other.sentence == claim.sentence
}

/// Template options the reading met, and placeholders (`words`) left in a sentence: one for each line.
pub fn remnants(context: &Context, check: usize, words: &[String]) -> Vec<Evaluation> {
    let has_placeholder = |claim: &ClaimFact| {
        words.iter().any(|word| claim.sentence.contains(word.as_str()) || claim.reason.contains(word.as_str()))
    };
    let mut seen = BTreeSet::new();
    let mut evaluations = Vec::new();
    for (at, claim, _) in context.own.claims() {
        let is_option = claim.kind == "template_remnant";
        let is_new = is_option || (has_placeholder(claim) && seen.insert((claim.document, claim.line)));
        if !is_new {
            continue;
        }
        let subject = subject_of(claim);
        let zh = format!("“{subject}”处留有模板选项、占位符或填写提示");
        let en = format!("template wording is left at {subject}");
        evaluations.push(Evaluation::contradiction(check, subject, vec![operand(context, at, Role::Left)], zh, en));
    }
    evaluations
}

/// Statements of a year that is neither this nor one of the years before; and, in these sections, statements of the year
/// before where none of this year stands beside them. One for each line.
pub fn stray_years(context: &Context, check: usize, sections: &[String]) -> Vec<Evaluation> {
    let is_stated_now = |claim: &ClaimFact, item: &str| {
        context.own.claims().any(|(_, other, view)| {
            view.year == 0 && view.item == item && other.measure == claim.measure && other.document == claim.document
        })
    };
    let mut seen = BTreeSet::new();
    let mut evaluations = Vec::new();
    for (at, claim, view) in context.own.claims() {
        let is_old = !sections.is_empty()
            && in_sections(sections, view)
            && view.year == -1
            && matches!(claim.measure.as_str(), "count" | "area" | "balance")
            && !is_stated_now(claim, &view.item);
        let is_stray = claim.stated_year.is_some() && (view.year > 0 || view.year < -4);
        if !(is_old || is_stray) || !seen.insert((claim.document, claim.line, view.year)) {
            continue;
        }
        let subject = subject_of(claim);
        let stated = context.own.facts.fiscal_year.unwrap_or_default() + view.year;
        let zh = format!("“{subject}”说的是{stated}年，与本材料年度相差{}年", view.year.abs());
        let en = format!("{subject} speaks of {stated}, {} years from this disclosure's own", view.year.abs());
        evaluations.push(Evaluation::contradiction(check, subject, vec![operand(context, at, Role::Left)], zh, en));
    }
    evaluations
}

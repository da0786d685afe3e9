//! Rules about the words around the numbers: stated directions, placeholders, years.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::context::Context;
use super::prose::{in_sections, subject_of, value_of};
use crate::reconcile::evaluation::{Evaluation, Role};
use crate::reconcile::facts::operands::ClaimFact;

/// 决算数大于预算数, 小于预算数, 等于预算数: the words against the two amounts they compare.
/// `words`: the ways to say more, to say less, to say equal, and words that make it vague, each parted by `|`; then words
/// that name nothing in the clause that leads to a reason.
pub fn stated_directions(context: &Context, check: usize, words: &[String]) -> Vec<Evaluation> {
    let [more, less, equal, vague, unnamed] = words else { return Vec::new() };
    let mut evaluations = Vec::new();
    for (actual, claim, view) in context.own.claims() {
        if claim.measure != "final_account" || !view.is_usable {
            continue;
        }
        let mut budgets = context.own.beside(claim).filter(|(_, other, other_view)| {
            other.measure == "initial_budget"
                && other_view.is_usable
                && other_view.item == view.item
                && other.sentence == claim.sentence
        });
        let (Some((budget, ..)), None) = (budgets.next(), budgets.next()) else { continue };
        let statements = statements_about(context, claim, view.item, unnamed);
        let says = |ways: &str| statements.iter().any(|statement| has(statement, ways));
        let is_vague = statements.iter().any(|statement| has(statement, vague));
        let said: Vec<Said> = [(Said::More, more), (Said::Less, less), (Said::Equal, equal)]
            .into_iter()
            .filter(|(_, ways)| says(ways))
            .map(|(said, _)| said)
            .collect();
        let [said] = said.as_slice() else { continue };
        let change = value_of(context, actual) - value_of(context, budget);
        let half = |at| context.own.claim_number(at).1.half;
        let is_wrong = match said {
            Said::More => change < Decimal::ZERO,
            Said::Less => change > Decimal::ZERO,
            Said::Equal => !is_vague && change.abs() > half(actual) + half(budget),
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
}

impl Said {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Said::More => ("大于", "more than"),
            Said::Less => ("小于", "less than"),
            Said::Equal => ("等于", "as much as"),
        }
    }
}

fn has(text: &str, ways: &str) -> bool {
    ways.split('|').any(|way| text.contains(way))
}

/// Where the text may compare the two amounts of a claim: its own sentence up to the reason, what leads to a reason that
/// speaks of the same item, and a sentence that says the item did not change.
fn statements_about<'a>(context: &Context<'a>, claim: &'a ClaimFact, item: &str, unnamed: &str) -> Vec<&'a str> {
    let mut statements = vec![statement_of(claim)];
    for (_, other, view) in context.own.beside(claim).filter(|(_, _, view)| view.item == item) {
        if other.kind == "flat" && other.measure == "change_vs_budget" && view.is_usable {
            statements.push(statement_of(other));
        }
        if !other.reason_opening.is_empty() && names_nothing_else(&other.reason_opening, &claim.item, unnamed) {
            statements.push(&other.reason_opening);
        }
    }
    statements
}

/// Whether the words before a reason are about this item: once the words that name nothing are taken out, what is left
/// is part of its name.
fn names_nothing_else(opening: &str, item: &str, unnamed: &str) -> bool {
    let mut rest: String = opening.chars().filter(|c| !c.is_ascii_digit() && !"“”,、（）()".contains(*c)).collect();
    for word in unnamed.split('|') {
        rest = rest.replace(word, "");
    }
    let rest = rest.trim();
    rest.is_empty() || item.contains(rest)
}

/// The sentence up to its reason: a reason may compare other things.
fn statement_of(claim: &ClaimFact) -> &str {
    let sentence = claim.sentence.as_str();
    let reason = claim.reason.trim();
    let end = if reason.is_empty() { None } else { sentence.find(reason) };
    end.and_then(|end| sentence.get(..end)).unwrap_or(sentence)
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
            && !is_stated_now(claim, view.item);
        let is_stray = claim.stated_year.is_some() && (view.year > 0 || view.year < -4);
        if !(is_old || is_stray) || !seen.insert((claim.document, claim.line, view.year)) {
            continue;
        }
        let subject = subject_of(claim);
        let stated = context.own.facts.fiscal_year.unwrap_or_default() + view.year;
        let zh = format!("“{subject}”说的是{stated}年，与本材料年度相差{}年", view.year.abs());
        let en = format!("{subject} speaks of {stated}, {} years from this disclosure's own", view.year.abs());
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

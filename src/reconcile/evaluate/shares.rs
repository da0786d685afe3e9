//! Stated shares: the item's own amount in the amount that its basis names.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::context::Context;
use super::prose::{in_sections, subject_of};
use crate::normalise::ValueKind;
use crate::reconcile::catalogue::term::Term;
use crate::reconcile::evaluation::{Evaluation, Reason, Role, Shape};
use crate::reconcile::facts::operands::ClaimFact;
use crate::reconcile::facts::text::{Text, is_among};
use crate::vocabulary::Outcome;

/// Measure of the amount of the year before.
const PRIOR_YEAR: &str = "prior_year";

/// Every share stated in these sections. `wholes` are what it may also be a share of, unless the sentence names the money of
/// its section.
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
    anchors.map(|(at, claim)| judge(context, check, (at, claim), wholes)).collect()
}

fn judge(context: &Context, check: usize, (at, claim): (usize, &ClaimFact), wholes: &[Term]) -> Evaluation {
    let missing = |what: &Text| Evaluation::not_evaluable(check, subject_of(claim), Reason::Missing(what.to_string()));
    let is_its =
        |other: &ClaimFact| is_same_item(other, claim) && is_amount(other) && other.paragraph == claim.paragraph;
    // 基本支出600万元（上年590万元），占75%: the share is of the year's amount, not of the one it is compared with.
    let is_of_year = |other: &ClaimFact| is_its(other) && other.measure != PRIOR_YEAR;
    let part = nearest_before(context, at, is_of_year).or_else(|| nearest_before(context, at, is_its));
    let Some(part) = part else { return missing(&claim.item) };
    let share = Share { context, check, at, claim, part, measure: &context.own.facts.claims[part].measure };
    let whole = share.whole();
    let Some(first) = whole.first() else { return missing(&claim.basis) };
    let stated = share.of(&whole, subject_of(claim));
    if stated.outcome() != Outcome::Broken {
        return stated;
    }
    // 救援装备购置448万元，占36%: of what a thing that no list knows is a part, only its own paragraph can say.
    let is_unlisted = claim.function_code.is_empty()
        && claim.economic_code.is_empty()
        && !context.catalogue.names.items.contains(claim.item_code.as_str());
    if is_unlisted && context.own.facts.claims[*first].paragraph != claim.paragraph {
        return missing(&claim.basis);
    }
    share.of_another(wholes, &whole).unwrap_or(stated)
}

/// One stated share.
struct Share<'c, 'f> {
    context: &'c Context<'f>,
    check: usize,
    at: usize,
    claim: &'c ClaimFact,
    /// The amount it is the share of ..
    part: usize,
    /// .. and what that measures.
    measure: &'c str,
}

impl Share<'_, '_> {
    fn of(&self, whole: &[usize], subject: impl Into<Text>) -> Evaluation {
        let mut operands = vec![self.context.claim_operand(self.part, Role::Left)];
        operands.extend(whole.iter().map(|at| self.context.claim_operand(*at, Role::Right)));
        operands.push(self.context.claim_operand(self.at, Role::Rate));
        Evaluation::of_numbers(self.check, subject, operands, Shape::EQUAL)
    }

    /// Some offices divide by another whole than others do: the evaluation names the one that fits.
    fn of_another(&self, wholes: &[Term], stated: &[usize]) -> Option<Evaluation> {
        if self.claim.basis_fund == self.claim.money() {
            return None;
        }
        let others = wholes.iter().flat_map(Term::claims).filter_map(|term| {
            nearest_before(self.context, self.at, |other| {
                is_among(other.item_code.as_str(), &term.items)
                    && term.fund.as_ref().is_none_or(|fund| other.money() == fund)
                    && other.measure == self.measure
                    && is_amount(other)
                    && !is_same_item(other, self.claim)
            })
        });
        let judged = others.filter(|other| stated != [*other]).map(|whole| {
            let name = subject_of(&self.context.own.facts.claims[whole]);
            self.of(&[whole], format!("{} ÷ {name}", subject_of(self.claim)))
        });
        judged.into_iter().find(|evaluation| evaluation.outcome() != Outcome::Broken)
    }

    /// What it is a share of: one amount, or the budgets that make up the money its sentence names.
    fn whole(&self) -> Vec<usize> {
        let claim = self.claim;
        if claim.basis_code.is_empty() {
            return self.whole_of_sentence().into_iter().collect();
        }
        let of = |fund: &str| self.stated(|other| other.money() == fund);
        let one = match claim.basis_fund.as_str() {
            // A whole of the same list whose words name no fund may be of the fund its section is about.
            "" if family(&claim.basis_code) == family(&claim.item_code) => of("all").or_else(|| of(claim.money())),
            "" => of("all"),
            fund => of(fund),
        };
        match one {
            Some(one) => vec![one],
            None if claim.basis_fund.is_empty() => Vec::new(),
            None => self.budgets(),
        }
    }

    /// 占本年财政拨款支出, which is stated by its budgets only.
    fn budgets(&self) -> Vec<usize> {
        let mut budgets: BTreeMap<&str, usize> = BTreeMap::new();
        if self.claim.item_code == self.claim.basis_code {
            budgets.insert(self.claim.money(), self.part);
        }
        for (at, other) in self.context.own.claims().filter(|(_, other)| self.is_whole(other)) {
            if !["all", self.claim.basis_fund.as_str()].contains(&other.money()) && !other.value.is_zero() {
                budgets.entry(other.money()).or_insert(at);
            }
        }
        budgets.into_values().collect()
    }

    /// The statement of the whole nearest before, else the first one.
    fn stated(&self, fits: impl Fn(&ClaimFact) -> bool) -> Option<usize> {
        let fits = |other: &ClaimFact| self.is_whole(other) && fits(other);
        nearest_before(self.context, self.at, fits).or_else(|| first(self.context, fits))
    }

    fn is_whole(&self, other: &ClaimFact) -> bool {
        other.item_code == self.claim.basis_code
            && other.measure == self.measure
            && is_amount(other)
            && !is_same_item(other, self.claim)
            && other.is_usable()
            && self.context.own.years_apart(other) == self.context.own.years_apart(self.claim)
    }

    /// The sentence itself names the whole first: 一般公共预算财政拨款支出 X，主要用于：A a，占p；B b，占q.
    fn whole_of_sentence(&self) -> Option<usize> {
        let claim = self.claim;
        first(self.context, |other| {
            other.document == claim.document
                && other.paragraph == claim.paragraph
                && other.sentence == claim.sentence
                && other.measure == self.measure
                && other.item != claim.item
                && is_amount(other)
                && other.char_start < claim.char_start
                // What has a share of its own is a part, too (7个项目，6个为优，占..；1个为良，占..).
                && !has_share(self.context, other)
                // One class is no part of the one named before it.
                && (claim.function_code.is_empty() || claim.function_code.starts_with(other.function_code.as_str()))
        })
    }
}

fn is_amount(claim: &ClaimFact) -> bool {
    let is_change = claim.measure.starts_with("change") || claim.measure.ends_with("_percent");
    !is_change && matches!(claim.value_kind, ValueKind::Money | ValueKind::Count)
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

/// Whether each of these parts (but those of nothing) has a share of its own in its paragraph that is its share of the whole,
/// these are all the shares of parts told there, and together less than a hundred by more than their last digits leave open.
pub fn shares_leave_a_rest(context: &Context, whole: usize, parts: &[usize]) -> bool {
    let claims = &context.own.facts.claims;
    let whole = claims[whole].base_value();
    let is_summed = |other: &ClaimFact| parts.iter().any(|at| is_same_item(&claims[*at], other));
    let parts: Vec<&ClaimFact> = parts.iter().map(|at| &claims[*at]).filter(|part| !part.value.is_zero()).collect();
    let Some(first) = parts.first() else { return false };
    let beside = || context.own.beside(first).map(|(_, other)| other);
    // 财政拨款收入28万元，占93%。其中：一般公共预算财政拨款收入28万元，占93%: what has an amount of its own and is not added up is a
    // part of a part. A share whose part has lost its number is a part that is missing in the sum.
    let is_below =
        |share: &ClaimFact| !is_summed(share) && beside().any(|other| is_same_item(other, share) && is_amount(other));
    let is_share = |other: &&ClaimFact| other.measure == "share_percent" && !other.value.is_zero();
    let shares: Vec<&ClaimFact> = beside().filter(is_share).filter(|share| !is_below(share)).collect();
    let half = |share: &ClaimFact| Decimal::new(5, share.value.scale() + 1);
    let is_its_share = |part: &ClaimFact, share: &ClaimFact| {
        let gap = part.base_value() * Decimal::ONE_HUNDRED - share.value * whole;
        is_same_item(share, part) && gap.abs() <= half(share) * whole.abs()
    };
    let is_told = |share: &&ClaimFact| parts.iter().any(|part| is_its_share(part, share));
    let all: Decimal = shares.iter().map(|share| share.value).sum();
    let left_open: Decimal = shares.iter().map(|share| half(share)).sum();
    shares.len() == parts.len() && shares.iter().all(is_told) && all < Decimal::ONE_HUNDRED - left_open
}

/// 财政拨款收入7万元，占本年收入10万元的70%: no list, and no rest to look for.
pub fn is_whole_of_a_share(context: &Context, whole: usize, parts: &[usize]) -> bool {
    let claims = &context.own.facts.claims;
    let whole = &claims[whole];
    let mut parts = parts.iter().map(|at| &claims[*at]).filter(|part| !part.value.is_zero());
    let (Some(part), None) = (parts.next(), parts.next()) else { return false };
    let in_sentence = |other: &ClaimFact| other.paragraph == whole.paragraph && other.sentence == whole.sentence;
    let is_its_share = |other: &ClaimFact| {
        let is_behind = (other.line, other.char_start) > (whole.line, whole.char_start);
        let is_of_both = is_same_item(other, part) && other.basis_code == whole.item_code;
        other.measure == "share_percent" && is_behind && is_of_both && in_sentence(other)
    };
    let is_before = (part.line, part.char_start) < (whole.line, whole.char_start);
    is_before && in_sentence(part) && context.own.beside(whole).any(|(_, other)| is_its_share(other))
}

/// 收入决算45万元，其中：本年收入43万元，包括财政拨款收入41万元，占总收入92%: the share of a part says that it is a part of something else.
pub fn are_parts_of_another(context: &Context, whole: usize, parts: &[usize]) -> bool {
    let claims = &context.own.facts.claims;
    let whole = &claims[whole];
    let is_of_another = |share: &ClaimFact| {
        let names_another = !share.basis_code.is_empty() && share.basis_code != whole.item_code;
        share.measure == "share_percent" && names_another
    };
    let mut parts = parts.iter().map(|at| &claims[*at]).filter(|part| !part.value.is_zero());
    parts.any(|part| {
        let mut beside = context.own.beside(part).map(|(_, other)| other);
        beside.any(|other| {
            other.sentence == part.sentence
                && is_same_item(other, part)
                && other.basis_code != part.item_code
                && is_of_another(other)
        })
    })
}

/// Whether the last statement of the document stands in the section of this one, in a sentence that ends neither by a stop nor with
/// the number itself, whose stop is often left out.
pub fn stops_in_its_list(context: &Context, whole: usize) -> bool {
    let whole = &context.own.facts.claims[whole];
    let in_document = context.own.claims().map(|(_, claim)| claim).filter(|claim| claim.document == whole.document);
    let last = in_document.max_by_key(|claim| (claim.line, claim.char_start));
    last.is_some_and(|last| {
        let said = last.sentence.trim_end();
        let is_told = !last.unit.is_empty() && said.ends_with(last.unit.as_str());
        let ends = is_told || said.ends_with(['。', '.', '!', '！', '?', '？', ')', '）', '”']);
        last.section == whole.section && !ends
    })
}

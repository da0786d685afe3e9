//! Amounts listed in prose one after another: functional codes of a section, economic lines under a head.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::context::Context;
use super::prose::{in_sections, subject_of};
use crate::reconcile::catalogue::term::Term;
use crate::reconcile::evaluation::{Evaluation, Reason, Role, Shape};
use crate::reconcile::facts::lookup::Binding;
use crate::reconcile::facts::operands::{ClaimFact, FigureFact};
use crate::reconcile::facts::text::is_among;
use crate::vocabulary::{ClaimKind, Outcome};

/// What one section says in one measure.
#[derive(Default)]
struct Listing<'a> {
    codes: BTreeMap<&'a str, usize>,
    /// Statements no list has a code for: any of them may be an addend.
    uncoded: Vec<usize>,
}

impl Listing<'_> {
    /// The first addend of the parent (empty: the total) that may be missing from its sum.
    fn missing_addend<'b>(&self, context: &'b Context, parent: &str) -> Option<&'b ClaimFact> {
        let claims = &context.own.facts.claims;
        let name = self.codes.get(parent).map(|at| claims[*at].item.as_str());
        self.uncoded
            .iter()
            .map(|at| &claims[*at])
            .find(|claim| name.is_none_or(|name| claim.item_path.split('/').any(|part| part == name)))
    }
}

/// In each section and measure: a parent code = Σ the codes below it, and the total item = Σ the top codes.
///
/// A shortfall that an addend without a code could fill makes nobody wrong, nor does one of a list that nothing shows to be
/// whole; an excess neither could have caused does.
pub fn text_tree(
    context: &Context,
    check: usize,
    sections: &[String],
    measures: &[String],
    total: Option<&Term>,
) -> Vec<Evaluation> {
    let mut evaluations = Vec::new();
    for measure in measures {
        for (section, listing) in listings(context, sections, measure) {
            for (parent, below) in children_of(&listing.codes) {
                let mut operands = Vec::new();
                let subject = match (listing.codes.get(parent), total) {
                    (Some(at), _) => {
                        operands.push(context.claim_operand(*at, Role::Left));
                        subject_of(&context.own.facts.claims[*at])
                    }
                    (None, Some(total)) => {
                        let near = below.first().copied();
                        let fund = near.map(|at| context.own.facts.claims[at].money());
                        let bound = Binding { near, fund, measure: Some(measure), ..Binding::default() };
                        let found = context.gather(std::slice::from_ref(total), Role::Left, &bound, &mut operands);
                        if let Err(reason) = found {
                            evaluations.push(Evaluation::not_evaluable(check, section.clone(), reason));
                            continue;
                        }
                        section.as_str().into()
                    }
                    (None, None) => continue,
                };
                operands.extend(below.iter().map(|at| context.claim_operand(*at, Role::Right)));
                let judged = Evaluation::of_numbers(check, subject.clone(), operands, Shape::EQUAL);
                let left_out = if could_complete(&judged, measure) {
                    let uncoded = listing.missing_addend(context, parent).map(|addend| addend.item.to_string());
                    uncoded.or_else(|| left_out(context, parent, left_of(&judged), &below))
                } else {
                    None
                };
                evaluations.push(match left_out {
                    Some(addend) => Evaluation::not_evaluable(check, subject, Reason::Missing(addend)),
                    None => judged,
                });
            }
        }
    }
    evaluations
}

/// Amounts are not negative: one more addend can only fill a shortfall. A change may have either sign.
fn could_complete(judged: &Evaluation, measure: &str) -> bool {
    judged.outcome() == Outcome::Broken
        && judged.verdict().is_some_and(|verdict| measure.starts_with("change") || verdict.difference > Decimal::ZERO)
}

/// What a list below a code leaves out: a row of the tables that none of its names covers. Without tables a list is whole
/// where its printed shares add up to a hundred; else nobody knows what it leaves out.
fn left_out(context: &Context, parent: &str, parent_value: Decimal, below: &[usize]) -> Option<String> {
    let names = &context.catalogue.names;
    let listed: Vec<&str> = below.iter().map(|at| names.function_code(&context.own.facts.claims[*at])).collect();
    let covers = |code: &str| listed.iter().any(|listed| code.starts_with(listed) || listed.starts_with(code));
    let is_row = |figure: &&FigureFact| {
        let code = figure.function_code.as_str();
        code.len() > parent.len() && code.starts_with(parent) && !figure.value.is_zero()
    };
    let mut rows = context.own.facts.figures.iter().filter(is_row).peekable();
    if rows.peek().is_none() {
        return (!adds_up_to_a_hundred(context, parent_value, below, &listed)).then(|| REST.to_owned());
    }
    let level = listed.iter().map(|code| code.len()).min().unwrap_or_default();
    let missing: BTreeMap<&str, &FigureFact> = rows
        .filter(|row| !covers(&row.function_code))
        .map(|row| (row.function_code.get(..level).unwrap_or(&row.function_code), row))
        .collect();
    // One that is missing from a list that has all others was forgotten; several were not meant to be there.
    let is_forgotten = missing.len() == 1 && listed.len() > 2;
    missing.into_values().next().filter(|_| !is_forgotten).map(|row| row.row_name.to_string())
}

/// Stands for the items that a text may not have listed (pipelines/names/terms.csv).
pub const REST: &str = "rest";

/// The number the sum is compared with, in its base unit.
fn left_of(judged: &Evaluation) -> Decimal {
    judged.verdict().map_or(Decimal::ZERO, |verdict| verdict.left)
}

/// Whether each of the statements has a share of its own in its section, these make a whole, and most of them are shares of
/// `whole` (yuan): those of another whole show another list.
fn adds_up_to_a_hundred(context: &Context, whole: Decimal, below: &[usize], listed: &[&str]) -> bool {
    let names = &context.catalogue.names;
    let Some(first) = below.first().map(|at| &context.own.facts.claims[*at]) else { return false };
    let shares: BTreeMap<&str, Decimal> = context
        .own
        .claims()
        .map(|(_, claim)| claim)
        .filter(|claim| claim.measure == "share_percent" && claim.section == first.section)
        .map(|claim| (names.function_code(claim), claim.value))
        .filter(|(code, _)| listed.contains(code))
        .collect();
    let sum: Decimal = shares.values().sum();
    let of_whole = |at: &&usize| {
        let part = &context.own.facts.claims[**at];
        let share = shares.get(names.function_code(part));
        share.is_some_and(|share| {
            let half = Decimal::new(5, share.scale() + 1);
            (part.base_value() * Decimal::ONE_HUNDRED - *share * whole).abs() <= half * whole
        })
    };
    shares.len() == listed.len()
        && (sum - Decimal::ONE_HUNDRED).abs() <= Decimal::ONE
        && below.iter().filter(of_whole).count() * 2 > below.len()
}

/// The statements right below each parent code; the top ones below the empty code.
fn children_of<'a>(codes: &BTreeMap<&'a str, usize>) -> BTreeMap<&'a str, Vec<usize>> {
    let mut children: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (code, at) in codes {
        let parent = (1..code.len()).rev().filter_map(|end| code.get(..end)).find(|up| codes.contains_key(up));
        children.entry(parent.unwrap_or("")).or_default().push(*at);
    }
    children
}

fn listings<'a>(context: &'a Context, sections: &[String], measure: &str) -> BTreeMap<String, Listing<'a>> {
    let names = &context.catalogue.names;
    let mut found: BTreeMap<String, Listing> = BTreeMap::new();
    for (at, claim) in context.own.claims() {
        let is_here = context.own.years_apart(claim) == 0
            && claim.measure == measure
            && claim.kind != ClaimKind::Flat
            && in_sections(sections, claim);
        if !is_here {
            continue;
        }
        let code = names.function_code(claim);
        let listing = found.entry(list_of(claim, !code.is_empty()).to_owned()).or_default();
        if !code.is_empty() && claim.is_usable() {
            listing.codes.entry(code).or_insert(at);
        } else if !names.items.contains(claim.item_code.as_str()) && !claim.value.is_zero() {
            listing.uncoded.push(at);
        }
    }
    found
}

/// The headings a list stands under: of a statement that has a heading to itself (1.公路水路运输（款）行政运行（项）), those above it.
fn list_of(claim: &ClaimFact, is_coded: bool) -> &str {
    let path = claim.section_path.as_str();
    match path.rsplit_once('/') {
        _ if path.is_empty() => claim.section.as_str(),
        Some((above, own)) if is_coded && own.contains(claim.item.as_str()) => above,
        _ => path,
    }
}

/// A head statement (基本支出 ..) and the run of economic classes that follows it.
pub fn blocks(
    context: &Context,
    check: usize,
    heads: &[String],
    left: &[Term],
    or_left: &[Term],
    measure: &str,
) -> Vec<Evaluation> {
    let mut evaluations = Vec::new();
    for (at, head) in context.own.claims() {
        if !(head.is_usable() && is_among(head.item_code.as_str(), heads) && head.measure == "final_account") {
            continue;
        }
        let members = match members_of(context, at, head.item_code.as_str(), measure) {
            Ok(members) if members.len() < 2 || belongs_to_another(context, at, members[0], heads) => continue,
            Ok(members) => members,
            Err(reason) => {
                evaluations.push(Evaluation::not_evaluable(check, subject_of(head), reason));
                continue;
            }
        };
        let bound = Binding { near: Some(at), ..Binding::default() };
        let mut operands = Vec::new();
        let mut gathered = context.gather(left, Role::Left, &bound, &mut operands);
        if gathered.is_err() && !or_left.is_empty() {
            operands.clear();
            gathered = context.gather(or_left, Role::Left, &bound, &mut operands);
        }
        operands.extend(members.into_iter().map(|member| context.claim_operand(member, Role::Right)));
        evaluations.push(match gathered {
            Ok(_) => Evaluation::of_numbers(check, subject_of(head), operands, Shape::EQUAL),
            Err(reason) => Evaluation::not_evaluable(check, subject_of(head), reason),
        });
    }
    evaluations
}

/// 项目支出15万元。基本支出中，工资福利支出..: whether the words before the first member name another head, or none where the
/// sentence of this one names another as well (基本支出57万元，项目支出15万元。按经济分类，工资福利支出..).
fn belongs_to_another(context: &Context, head: usize, member: usize, heads: &[String]) -> bool {
    let claims = &context.own.facts.claims;
    let (head, member) = (&claims[head], &claims[member]);
    let is_same_sentence = member.sentence == head.sentence && member.paragraph == head.paragraph;
    let from = if is_same_sentence { head.sentence_offset } else { 0 };
    let length = member.sentence_offset.saturating_sub(from);
    let before: String = member.sentence.chars().skip(from as usize).take(length as usize).collect();
    let is_head = |claim: &&ClaimFact| is_among(claim.item_code.as_str(), heads) && claim.item_code != head.item_code;
    let others = || context.own.claims().map(|(_, claim)| claim).filter(is_head);
    let mut beside = others().filter(|other| other.sentence == head.sentence && other.paragraph == head.paragraph);
    let is_left_open = !is_same_sentence && !before.contains(head.item.as_str()) && beside.next().is_some();
    is_left_open || others().any(|other| before.contains(other.item.as_str()))
}

/// Claims of the measure about economic classes, from the head up to the first claim about anything else.
///
/// # Errors
/// A member no list knows, or one that cannot be relied on, leaves the sum unknown.
fn members_of(context: &Context, head: usize, item: &str, measure: &str) -> Result<Vec<usize>, Reason> {
    let names = &context.catalogue.names;
    let start = &context.own.facts.claims[head];
    let mut following: Vec<(usize, &ClaimFact)> = context
        .own
        .claims()
        .filter(|(_, claim)| {
            claim.document == start.document
                && claim.section == start.section
                && (claim.line, claim.char_start) > (start.line, start.char_start)
        })
        .collect();
    following.sort_by_key(|(_, claim)| (claim.line, claim.char_start));
    let mut members: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, claim) in following {
        if claim.item_code.as_str() == item && claim.paragraph == start.paragraph {
            continue;
        }
        let code = names.economic_code(claim);
        if code.is_empty() {
            if members.is_empty() || names.items.contains(claim.item_code.as_str()) || !claim.function_code.is_empty() {
                break;
            }
            return Err(Reason::Missing(claim.item.to_string()));
        }
        if claim.measure != measure {
            continue;
        }
        // A zero adds nothing, whatever its wording.
        if !claim.is_usable() && !claim.value.is_zero() {
            return Err(Reason::Doubtful(claim.item.to_string()));
        }
        members.entry(code).or_insert(at);
    }
    let codes: BTreeSet<&str> = members.keys().copied().collect();
    let is_part = |code: &str| (1..code.len()).filter_map(|end| code.get(..end)).any(|up| codes.contains(up));
    let mut top: Vec<usize> = members.iter().filter(|(code, _)| !is_part(code)).map(|(_, at)| *at).collect();
    top.sort_unstable();
    Ok(top)
}

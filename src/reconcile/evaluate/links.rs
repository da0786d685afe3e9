//! Claims meet figures: each claim is compared with the one figure its link rule names.

use super::context::{Context, Links, UnlinkedClaim};
use super::gather::{find, is_refused, speaks_of};
use crate::reconcile::catalogue::check::LinkRule;
use crate::reconcile::evaluation::{Evaluation, Operand, Reason, Role, Shape, Source};
use crate::reconcile::facts::lookup::{Binding, Found};
use crate::reconcile::facts::operands::ClaimFact;
use crate::reconcile::relation::Measured;

/// Which figure each claim meets: worked out once, for the checks that ask and for what is written down.
pub fn links<'c>(context: &'c Context<'_>) -> &'c Links {
    context.links.get_or_init(|| evaluate(context))
}

fn evaluate(context: &Context) -> Links {
    let mut links = Links::default();
    for (at, claim) in context.own.claims() {
        match link(context, at, claim) {
            Ok(evaluation) => links.linked.push(evaluation),
            Err(reason) => links.unlinked.push(UnlinkedClaim { claim: at, reason }),
        }
    }
    links
}

fn link(context: &Context, at: usize, claim: &ClaimFact) -> Result<Evaluation, String> {
    if claim.is_doubtful() {
        return Err(format!("the reading is doubtful ({})", claim.kind.as_str()));
    }
    if context.own.years_apart(claim) != 0 {
        return Err("it speaks of another year".to_owned());
    }
    let rules: Vec<&LinkRule> =
        context.catalogue.links.iter().filter(|rule| speaks_of(rule, claim, &claim.measure)).collect();
    if rules.is_empty() {
        return Err(format!("no link rule for {} ({})", claim.item_code.as_str(), claim.measure));
    }
    let mut missing: Vec<String> = Vec::new();
    for rule in rules {
        let bound = Binding { key: Some(claim.item_code.as_str()), ..Binding::default() };
        for term in &rule.figures {
            if is_refused(context, term, claim) {
                return Err("the note below its table gives the column another meaning".to_owned());
            }
            match find(context, &context.own, term, &bound) {
                Err(Reason::Ambiguous(cells)) => return Err(format!("several figures answer to it: {cells}")),
                Err(_) => {}
                Ok(Found::Missing(what)) if missing.contains(&what) => {}
                Ok(Found::Missing(what)) => missing.push(what),
                Ok(Found::Blank(source)) => {
                    let zero = Measured { value: 0.into(), half: 0.into() };
                    return Ok(compare(context, rule, at, claim, vec![(source, zero)], term.sign));
                }
                Ok(Found::Numbers(numbers)) => return Ok(compare(context, rule, at, claim, numbers, term.sign)),
            }
        }
    }
    Err(format!("not printed: {}", missing.join(" or ")))
}

fn compare(
    context: &Context,
    rule: &LinkRule,
    at: usize,
    claim: &ClaimFact,
    figures: Vec<(Source, Measured)>,
    sign: i8,
) -> Evaluation {
    let (source, number) = context.own.claim_number(at);
    let mut operands = vec![Operand { source, role: Role::Left, sign: 1, number }];
    operands.extend(figures.into_iter().map(|(source, number)| Operand { source, role: Role::Right, sign, number }));
    Evaluation::of_numbers(rule.check, claim.item.clone(), operands, Shape::EQUAL)
}

//! Evaluating every check of the catalogue on one disclosure.

mod answers;
mod closing;
pub mod context;
mod doubt;
mod gather;
pub mod links;
mod listings;
mod logic;
mod prose;
mod shares;
mod sums;

use std::collections::BTreeSet;

use context::Context;

use crate::reconcile::catalogue::Catalogue;
use crate::reconcile::catalogue::check::{Check, Method};
use crate::reconcile::catalogue::term::Term;
use crate::reconcile::evaluation::{Evaluation, Judged, Reason};
use crate::reconcile::facts::disclosure::DisclosureFacts;
use crate::reconcile::facts::lookup::{Binding, Found};

/// One disclosure, ready to be asked.
pub fn open<'a>(catalogue: &'a Catalogue, facts: &'a DisclosureFacts) -> Context<'a> {
    let mut context = Context::open(catalogue, facts);
    context.closed = closing::closed_tables(&context);
    context
}

/// Every check, in catalogue order. What could not be evaluated is said once a check, unless it is a doubt.
pub fn evaluate(context: &Context) -> Vec<Evaluation> {
    let mut evaluations = Vec::new();
    for (at, check) in context.catalogue.checks.iter().enumerate() {
        // A government has no documents of its own: only queries speak of it.
        if context.own.facts.documents.is_empty() && !matches!(check.method, Method::Query { .. }) {
            continue;
        }
        let mut found = evaluate_gated(context, at, check);
        doubt::set_doubts_aside(context, &check.method, &mut found);
        keep_one_silence(said_once(found), at, &mut evaluations);
    }
    evaluations
}

/// One check on its own.
pub fn evaluate_one(catalogue: &Catalogue, facts: &DisclosureFacts, at: usize) -> Vec<Evaluation> {
    let context = open(catalogue, facts);
    evaluate_gated(&context, at, &catalogue.checks[at])
}

fn evaluate_gated(context: &Context, at: usize, check: &Check) -> Vec<Evaluation> {
    match applies(context, check) {
        Ok(()) if matches!(check.method, Method::Link) => {
            links::links(context).linked.iter().filter(|evaluation| evaluation.check == at).cloned().collect()
        }
        Ok(()) => evaluate_check(context, at, check),
        Err(reason) => vec![Evaluation::not_evaluable(at, String::new(), reason)],
    }
}

fn evaluate_check(context: &Context, at: usize, check: &Check) -> Vec<Evaluation> {
    match &check.method {
        Method::Sum { .. } => sums::evaluate(context, at, &check.method, &check.closed_by),
        Method::Tree { tables, economic, total } => sums::evaluate_tree(context, at, tables, *economic, *total),
        Method::Statement { sections, rule } => prose::statements(context, at, sections, rule),
        Method::Share { sections, basis, wholes } => shares::shares(context, at, sections, basis, wholes),
        Method::TextTree { sections, measures, total } => {
            listings::text_tree(context, at, sections, measures, total.as_ref())
        }
        Method::Block { heads, left, or_left, measure } => listings::blocks(context, at, heads, left, or_left, measure),
        Method::Repeat { measures, cross_unit, apart, words } => {
            prose::repeats(context, at, measures, *cross_unit, apart, words)
        }
        // All link rules are evaluated at once.
        Method::Link => Vec::new(),
        Method::Logic { .. } => logic::evaluate(context, at, &check.method),
        Method::Query { comparison, .. } => answers::evaluate(context, at, &check.id, *comparison),
    }
}

fn applies(context: &Context, check: &Check) -> Result<(), Reason> {
    let facts = context.own.facts;
    let gate = &check.gate;
    if let Some(table) = gate.tables.iter().find(|table| context.own.state(table).is_none()) {
        return Err(Reason::Missing(table.clone()));
    }
    if let Some(check) = gate.unless.iter().find(|check| answers::is_broken(facts, check)) {
        return Err(Reason::Missing(format!("comparable figures ({check})")));
    }
    let is_stated = |term: &Term| {
        let found = gather::find(context, &context.own, term, &Binding::default());
        matches!(found, Ok(Found::Numbers(_)))
    };
    let year = facts.fiscal_year;
    let in_years = gate.from_year.is_none_or(|from| year.is_some_and(|year| year >= from))
        && gate.to_year.is_none_or(|to| year.is_some_and(|year| year <= to));
    let in_regions = gate.regions.is_empty() || gate.regions.iter().any(|code| facts.region_code.starts_with(code));
    let at_level = gate.level.as_ref().is_none_or(|level| *level == facts.level);
    let is_others = check.unless_stated.iter().any(is_stated);
    if in_years && in_regions && at_level && !is_others { Ok(()) } else { Err(Reason::Missing("gate".to_owned())) }
}

/// What holds by logic is said once for all its places: nothing was computed there that each would have to show.
fn said_once(found: Vec<Evaluation>) -> Vec<Evaluation> {
    let (holding, mut kept): (Vec<_>, Vec<_>) = found.into_iter().partition(Evaluation::holds_by_logic);
    kept.extend(Evaluation::together(holding));
    kept
}

/// Keeps everything that was judged, and of the rest one per check (each one that is a doubt, not an absence).
fn keep_one_silence(found: Vec<Evaluation>, check: usize, kept: &mut Vec<Evaluation>) {
    let is_silent = |evaluation: &Evaluation| matches!(&evaluation.result, Judged::NotEvaluable(Reason::Missing(_)));
    let nothing_judged = found.iter().all(is_silent);
    let mut seen = BTreeSet::new();
    let mut silence = None;
    for evaluation in found {
        if is_silent(&evaluation) {
            silence.get_or_insert(evaluation);
        } else if !matches!(&evaluation.result, Judged::NotEvaluable(_)) || seen.insert(evaluation.subject.clone()) {
            kept.push(evaluation);
        }
    }
    if nothing_judged {
        kept.push(silence.unwrap_or_else(|| {
            Evaluation::not_evaluable(check, String::new(), Reason::Missing("nothing to compare".to_owned()))
        }));
    }
}

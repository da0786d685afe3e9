//! Tables that close: where a check the catalogue names finds every sum of a table in order, what is missing there is zero.

use std::cell::RefCell;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::context::Context;
use super::sums;
use crate::reconcile::catalogue::check::Method;
use crate::reconcile::evaluation::{Evaluation, Source, Whose};
use crate::vocabulary::Outcome;

/// Which tables the checks asked so far found closed; filled when the first term asks.
#[derive(Debug, Default)]
pub struct Closing {
    by_check: RefCell<FxHashMap<String, BTreeSet<String>>>,
}

impl Closing {
    /// Whether one of these checks judged this table and found nothing wrong in it.
    pub fn closes(&self, context: &Context, checks: &[String], table: &str) -> bool {
        checks.iter().any(|check| {
            if !self.by_check.borrow().contains_key(check) {
                let closed = closed_tables(context, check);
                self.by_check.borrow_mut().insert(check.clone(), closed);
            }
            self.by_check.borrow().get(check).is_some_and(|closed| closed.contains(table))
        })
    }
}

fn closed_tables(context: &Context, id: &str) -> BTreeSet<String> {
    let Some(at) = context.catalogue.checks.iter().position(|check| check.id == id) else { return BTreeSet::new() };
    let evaluations = match &context.catalogue.checks[at].method {
        method @ Method::Sum { .. } => sums::evaluate(context, at, method, &[]),
        Method::Tree { tables, economic, total } => sums::evaluate_tree(context, at, tables, *economic, *total),
        _ => Vec::new(),
    };
    let with = |outcomes: &[Outcome]| -> BTreeSet<String> {
        let judged = evaluations.iter().filter(|evaluation| outcomes.contains(&evaluation.outcome()));
        judged.flat_map(|evaluation| tables_of(context, evaluation)).collect()
    };
    let broken = with(&[Outcome::Broken]);
    with(&[Outcome::Exact, Outcome::WithinRounding]).difference(&broken).cloned().collect()
}

fn tables_of<'c>(context: &'c Context, evaluation: &'c Evaluation) -> impl Iterator<Item = String> + 'c {
    evaluation.operands.iter().filter_map(|operand| match operand.source {
        Source::Figure(Whose::Own, at) => Some(context.own.facts.figures[at].report_table.to_string()),
        _ => None,
    })
}

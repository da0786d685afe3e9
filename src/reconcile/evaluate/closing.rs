//! Tables that close: where a check the catalogue names finds every sum of a table in order, what is missing there is zero.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::context::Context;
use super::sums;
use crate::reconcile::catalogue::check::Method;
use crate::reconcile::evaluation::{Evaluation, Source, Whose};
use crate::reconcile::facts::operands::FigureFact;
use crate::vocabulary::Outcome;

/// The tables that each check named by `closed_by` finds in order.
pub fn closed_tables(context: &Context) -> FxHashMap<String, BTreeSet<String>> {
    let named: BTreeSet<&String> = context.catalogue.checks.iter().flat_map(|check| &check.closed_by).collect();
    named.into_iter().map(|check| (check.clone(), closed_by(context, check))).collect()
}

fn closed_by(context: &Context, id: &str) -> BTreeSet<String> {
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
    let in_order = with(&[Outcome::Exact, Outcome::WithinRounding]);
    in_order.into_iter().filter(|table| !broken.contains(table) && !shows_parts(context, table)).collect()
}

/// 一、财政拨款收入, 其中：政府性基金预算财政拨款: what is missing may be in a row of which the table shows only a part.
fn shows_parts(context: &Context, table: &str) -> bool {
    let of_table = |figure: &&FigureFact| figure.report_table == table && figure.row_role == "of_which";
    context.own.facts.figures.iter().filter(of_table).any(|figure| figure.flow == "income" && !figure.value.is_zero())
}

fn tables_of<'c>(context: &'c Context, evaluation: &'c Evaluation) -> impl Iterator<Item = String> + 'c {
    evaluation.operands.iter().filter_map(|operand| match operand.source {
        Source::Figure(Whose::Own, at) => Some(context.own.facts.figures[at].report_table.to_string()),
        _ => None,
    })
}

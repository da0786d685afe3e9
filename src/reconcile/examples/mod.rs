//! Examples of checks: small disclosures in the catalogue's own language, of which some hold and some break the check.
//!
//! ```text
//! TERM VALUE[UNIT] [key=value ..]     a figure or a claim: expenditure[total].basic 80.12
//! table TABLE STATE [NOTES]           a table declared_empty or empty, and what stands below it
//! TABLE: column = value | column = value   a row of the warehouse, for checks of method query
//! ```
//! `breaks` lists what is different: a row with another value, a new row, or `no TERM` for a row that is not there; `TABLE[2]: ..` changes the second
//! row of a table of the warehouse.

mod row;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::Catalogue;
use super::catalogue::check::{Check, Example, Method};
use super::evaluate;
use super::evaluation::Evaluation;
use super::facts::operands::DisclosureFacts;
use crate::error::{Error, Result};
use crate::vocabulary::Outcome;

/// How a check came out on one half of an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Came {
    pub judged: bool,
    pub broken: bool,
}

impl Came {
    pub fn of(evaluations: &[Evaluation]) -> Self {
        let outcomes = || evaluations.iter().map(Evaluation::outcome);
        Self {
            judged: outcomes().any(|outcome| outcome != Outcome::NotEvaluable),
            broken: outcomes().any(|outcome| outcome == Outcome::Broken),
        }
    }
}

/// Whether the check says of both halves what the example says it should.
///
/// # Errors
/// What it says instead, with the place of the check.
pub fn compare(check: &Check, example: &Example, holds: Came, breaks: Came) -> Result<()> {
    let said = |what: &str| {
        Err(Error::usage(format!("{}: the check {}, example `{}`: {what}", check.written_at, check.id, example.form))
            .hint(
                "`holds` are rows on which the check is silent, `breaks` says which of them to change so that it fires",
            ))
    };
    match (holds.judged, holds.broken, breaks.broken) {
        (_, true, _) => said("it fires on the rows that hold"),
        (false, ..) => said("it cannot be evaluated on the rows that hold"),
        (_, _, false) => said("it is silent on the rows that break it"),
        _ => Ok(()),
    }
}

/// Runs the examples of every check that is no query (those need a warehouse).
///
/// # Errors
/// The first row that cannot be read, and the first example that comes out otherwise than it says.
pub fn run(catalogue: &Catalogue) -> Vec<Error> {
    let mut wrong = Vec::new();
    for (at, check) in catalogue.checks.iter().enumerate() {
        if check.examples.is_empty() {
            let hint = "write at least one [[check.example]] below it: docs/checks.md says how";
            wrong.push(Error::usage(format!("{}: the check {} has no example", check.written_at, check.id)).hint(hint));
        }
        if matches!(check.method, Method::Query { .. }) {
            continue;
        }
        wrong.extend(check.examples.iter().filter_map(|example| one(catalogue, at, check, example).err()));
    }
    wrong
}

fn one(catalogue: &Catalogue, at: usize, check: &Check, example: &Example) -> Result<()> {
    let place = format!("{}: example `{}` of {}", check.written_at, example.form, check.id);
    let held = row::read(&example.holds, &catalogue.names, &place)?;
    let broken = row::change(&held, &example.breaks, &catalogue.names, &place)?;
    let came = |rows: &[row::Row]| -> Result<Came> {
        let facts: DisclosureFacts = world::disclosure(rows, example, &place)?;
        Ok(Came::of(&evaluate::evaluate_one(catalogue, &facts, at)))
    };
    compare(check, example, came(&held)?, came(&broken)?)
}

/// `beijing, blank cell` is an example of the form beijing.
fn official_form(form: &str) -> &str {
    form.split(',').next().unwrap_or(form).trim()
}

/// By form, the checks whose tables it has and that have no example in it.
pub fn uncovered(catalogue: &Catalogue) -> BTreeMap<String, Vec<String>> {
    let mut tables_of_form: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for check in catalogue.checks.iter() {
        for example in &check.examples {
            let tables = example.holds.iter().filter_map(|row| row::table_of(row));
            tables_of_form.entry(official_form(&example.form)).or_default().extend(tables);
        }
    }
    let mut uncovered: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for check in &catalogue.checks {
        let needs = check.method.tables_needed();
        for (form, tables) in &tables_of_form {
            let has_operands =
                !needs.is_empty() && needs.iter().all(|forms| forms.iter().any(|one| tables.contains(one)));
            if has_operands && !check.examples.iter().any(|example| official_form(&example.form) == *form) {
                uncovered.entry((*form).to_owned()).or_default().push(check.id.clone());
            }
        }
    }
    uncovered
}

//! Examples of checks: small disclosures in the catalogue's own language, of which some hold and some break the check.
//!
//! ```text
//! TERM VALUE[UNIT] [key=value ..]     a figure or a claim: expenditure[total].basic 80.12
//! table TABLE STATE [NOTES]           a table declared_empty or empty, and what stands below it
//! TABLE: column = value | column = value   a row of the warehouse, for checks of method query
//! ```
//! `applies = false`: rows of which the check says nothing. `breaks` lists what is different (`breaks_each`: each alone breaks it): a row with another value, a new row, or `no TERM` for a row that is not there; `TABLE[2]: ..` changes the second
//! row of a table of the warehouse.

mod row;
mod world;

use std::collections::BTreeMap;

use super::catalogue::check::{Check, Example, Method};
use super::catalogue::{Catalogue, Misreading};
use super::evaluate;
use super::evaluation::Evaluation;
use super::facts::disclosure::DisclosureFacts;
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
pub fn compare(check: &Check, example: &Example, changes: &[String], holds: Came, breaks: Came) -> Result<()> {
    let said = |what: &str| {
        Err(Error::usage(format!("{}: the check {}, example `{}`: {what}", check.written_at, check.id, example.form))
            .hint(
                "`holds` are rows on which the check is silent, `breaks` says which of them to change so that it fires",
            ))
    };
    match (holds.judged, holds.broken, breaks.broken) {
        (_, true, _) => said("it fires on the rows that hold"),
        (false, ..) => said("it cannot be evaluated on the rows that hold"),
        (_, _, false) => said(&format!("it is silent on the rows that break it: {}", changes.join(" | "))),
        _ => Ok(()),
    }
}

/// Whether the check says nothing of the rows of an example to which it does not apply.
///
/// # Errors
/// That it does, with the place of the check.
pub fn says_nothing(check: &Check, example: &Example, holds: Came) -> Result<()> {
    if !holds.judged && example.breaks.is_empty() && example.breaks_each.is_empty() {
        return Ok(());
    }
    let what =
        format!("{}: the check {}, example `{}`: it applies to the rows", check.written_at, check.id, example.form);
    Err(Error::usage(what).hint("`applies = false` stands beside `holds` alone, rows of which the check says nothing"))
}

/// Runs the examples of every misreading, and of every check that is no query (those need a warehouse).
///
/// # Errors
/// Of each check and misreading: that it has no example, or which row cannot be read, or which example comes out otherwise
/// than it says.
pub fn run(catalogue: &Catalogue) -> Vec<Error> {
    let of_checks = (0..catalogue.checks.len()).flat_map(|at| run_one(catalogue, at));
    of_checks.chain(catalogue.misreadings.iter().flat_map(Misreading::examples_that_fail)).collect()
}

/// The same for the check at this place of the catalogue.
pub fn run_one(catalogue: &Catalogue, at: usize) -> Vec<Error> {
    let check = &catalogue.checks[at];
    if check.examples.is_empty() {
        let hint = "write at least one [[check.example]] below it: docs/checks.md says how";
        return vec![Error::usage(format!("{}: the check {} has no example", check.written_at, check.id)).hint(hint)];
    }
    if matches!(check.method, Method::Query { .. }) {
        return Vec::new();
    }
    check.examples.iter().filter_map(|example| one(catalogue, at, check, example).err()).collect()
}

fn one(catalogue: &Catalogue, at: usize, check: &Check, example: &Example) -> Result<()> {
    let place = format!("{}: example `{}` of {}", check.written_at, example.form, check.id);
    let held = row::read(&example.holds, &catalogue.names, &place)?;
    let came = |rows: &[row::Row]| -> Result<Came> {
        let facts: DisclosureFacts = world::disclosure(rows, example, &place)?;
        Ok(Came::of(&evaluate::evaluate_one(catalogue, &facts, at)))
    };
    let holds = came(&held)?;
    if !example.applies {
        return says_nothing(check, example, holds);
    }
    for changes in example.ways_to_break() {
        let broken = row::change(&held, changes, &catalogue.names, &place)?;
        compare(check, example, changes, holds, came(&broken)?)?;
    }
    Ok(())
}

/// By form, the checks whose operands it prints and that have no example in it.
pub fn uncovered(catalogue: &Catalogue) -> BTreeMap<String, Vec<String>> {
    let mut uncovered: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for form in &catalogue.forms {
        let has_example = |check: &Check| check.examples.iter().any(|example| example.official_form() == form.code);
        for check in
            catalogue.checks.iter().filter(|check| form.has_operands(check, &catalogue.forms) && !has_example(check))
        {
            uncovered.entry(form.code.clone()).or_default().push(check.id.clone());
        }
    }
    uncovered
}

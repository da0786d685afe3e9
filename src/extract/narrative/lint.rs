//! Every rule proves itself on its own examples.

use super::claim::RawClaim;
use crate::error::Result;
use crate::extract::narrative::meaning::reader::{Memory, Reader};
use crate::extract::narrative::meaning::record::Gathered;
use crate::extract::narrative::paragraphs::normal::{Normal, Printed};
use crate::extract::narrative::paragraphs::structure::Block;
use crate::extract::narrative::rules::model::{Example, ExpectedClaim, Rules};
use crate::project::Project;
use crate::vocabulary::parse_printed;

/// One example that does not read as its rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintProblem {
    /// File and line of the rule.
    pub place: String,
    pub rule: String,
    pub message: String,
    pub hint: String,
}

/// Loads the rules and reads every example. An empty list means that all of them hold.
///
/// # Errors
/// The configuration cannot be loaded at all.
pub fn lint(project: &Project) -> Result<Vec<LintProblem>> {
    let rules = Rules::load(project)?;
    Ok(rules.examples.iter().flat_map(|example| problems(&rules, example)).collect())
}

fn problems(rules: &Rules, example: &Example) -> Vec<LintProblem> {
    let claims = claims(rules, example);
    example
        .claims
        .iter()
        .filter(|expected| !claims.iter().any(|claim| agrees(expected, claim)))
        .map(|expected| {
            let found = claims.iter().find(|claim| is_value(claim, &expected.value));
            let read = found.map_or_else(
                || "no claim with this value".to_owned(),
                |claim| format!("{} {} {} {} {}", value(claim), claim.unit, claim.item, claim.measure, claim.basis),
            );
            LintProblem {
                place: example.place.clone(),
                rule: example.rule.clone(),
                message: format!(
                    "the example “{}” should state {} {} {} {} {}, and reads as: {read}",
                    example.text, expected.value, expected.unit, expected.item, expected.measure, expected.basis
                ),
                hint: "correct the sentence, its `says`, or the example".to_owned(),
            }
        })
        .collect()
}

/// What an example's text states in its section.
fn claims(rules: &Rules, example: &Example) -> Vec<RawClaim> {
    let text = Normal::of(&[Printed { number: 1, start: 0, text: &example.text }], &rules.script);
    let block = Block {
        body: 0..text.text.len(),
        section: rules.section(&example.section),
        first_line: 1,
        text,
        ..Block::default()
    };
    let reader = Reader { rules, region: &example.region, year: None, departments: &[] };
    let mut gathered = Gathered::default();
    reader.read(&block, &mut Memory::default(), &mut gathered);
    gathered.claims
}

/// The signed value of a claim, as an example writes it.
fn value(claim: &RawClaim) -> String {
    let printed = match parse_printed(&claim.printed) {
        Ok(printed) => printed.value.to_string(),
        Err(_) if claim.sign == 0 => "0".to_owned(),
        Err(_) => claim.printed.clone(),
    };
    if claim.sign < 0 { format!("-{printed}") } else { printed }
}

fn is_value(claim: &RawClaim, expected: &str) -> bool {
    let read = value(claim);
    match (parse_printed(&read), parse_printed(expected)) {
        (Ok(read), Ok(expected)) => read.value == expected.value,
        _ => read == expected,
    }
}

fn agrees(expected: &ExpectedClaim, claim: &RawClaim) -> bool {
    is_value(claim, &expected.value)
        && claim.unit == expected.unit
        && claim.item == expected.item
        && claim.measure == expected.measure
        && (expected.basis.is_empty() || claim.basis == expected.basis)
}

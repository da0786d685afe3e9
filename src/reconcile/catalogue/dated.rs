//! Clauses that open with the end of a year (截至2022年12月31日，..; 2022年年末..): their numbers stand for that year.

use regex::Regex;
use toml::Spanned;

use crate::error::{Error, Result};
use crate::project::ProjectFile;
use crate::reconcile::facts::operands::ClaimFact;

/// The pattern of such an opening; its first group is the year.
#[derive(Debug, Clone)]
pub struct DatedClauses {
    opening: Regex,
}

impl DatedClauses {
    pub fn read(file: &ProjectFile, written: &Spanned<String>) -> Result<Self> {
        let refuse = |error: &dyn std::fmt::Display| {
            Error::usage(format!(
                "{}: the pattern year_end cannot be read: {error}",
                file.place_of(written.span().start)
            ))
            .hint("a regular expression whose first group is the year")
        };
        let opening = Regex::new(&format!("^(?:{})", written.get_ref())).map_err(|error| refuse(&error))?;
        if opening.captures_len() < 2 {
            return Err(refuse(&"it has no group"));
        }
        Ok(Self { opening })
    }

    /// The year whose end opens the clause the claim's number stands in.
    pub fn year_of(&self, claim: &ClaimFact) -> Option<i32> {
        let clauses = || claim.sentence.split(['；', ';', '。']).map(str::trim_start);
        let year = |clause: &str| self.opening.captures(clause)?.get(1)?.as_str().parse().ok();
        // Few sentences name the end of a year at all.
        clauses().find(|clause| self.opening.is_match(clause))?;
        // Where the number could stand in several clauses, the year is not certain.
        let mut holding = clauses().filter(|clause| holds_number(clause, &claim.printed));
        let found = year(holding.next()?)?;
        holding.all(|other| year(other) == Some(found)).then_some(found)
    }
}

/// Whether the clause prints this very number, not as part of a longer one.
fn holds_number(clause: &str, printed: &str) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '，');
    clause.match_indices(printed).any(|(start, _)| {
        let before = clause[..start].chars().next_back();
        let after = clause[start + printed.len()..].chars().next();
        !before.is_some_and(|c| c.is_ascii_digit() || c == '.')
            && !after.is_some_and(|c| is_part(c) && c != '，' && c != ',')
    })
}

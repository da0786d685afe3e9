//! Wordings in which a number may mean something else than what was read: nothing broken that rests on it is told.

use regex::Regex;
use serde::Deserialize;
use toml::Spanned;

use super::names::{KEYS, Names, known};
use crate::error::{Error, Result};
use crate::reconcile::facts::operands::ClaimFact;

/// The fiscal year in which the examples are read.
const YEAR_OF_EXAMPLES: i32 = 2020;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MisreadingForm {
    measures: Vec<Spanned<String>>,
    before: Spanned<String>,
    doubted: Vec<String>,
    sure: Vec<String>,
}

/// A claim of one of these measures whose sentence reads so before its number is in doubt.
#[derive(Debug, Clone)]
pub struct Misreading {
    measures: Vec<String>,
    /// Matched against the sentence up to the number. Where it has a group `year`, that year must be another than the
    /// document's.
    before: Regex,
    doubted: Vec<String>,
    sure: Vec<String>,
    written_at: String,
}

impl Misreading {
    /// # Errors
    /// An unknown measure, or an expression that is none, with file and line.
    pub fn read(form: Spanned<MisreadingForm>, names: &Names, place_of: impl Fn(usize) -> String) -> Result<Self> {
        let written_at = place_of(form.span().start);
        let form = form.into_inner();
        for measure in &form.measures {
            known(&names.measures, measure.get_ref(), "measure", &place_of(measure.span().start))?;
        }
        let at = place_of(form.before.span().start);
        let before = Regex::new(form.before.get_ref()).map_err(|error| {
            Error::usage(format!("{at}: before is no regular expression")).because(error).hint(KEYS)
        })?;
        let measures = form.measures.into_iter().map(Spanned::into_inner).collect();
        Ok(Self { measures, before, doubted: form.doubted, sure: form.sure, written_at })
    }

    /// Whether the claim, in the accounts of this year, is in doubt.
    pub fn doubts(&self, claim: &ClaimFact, fiscal_year: Option<i32>) -> bool {
        let is_said_of_a_year = claim.stated_year.is_some() && claim.stated_year != fiscal_year;
        let has_measure = self.measures.iter().any(|measure| *measure == *claim.measure);
        let words = || claim.sentence.chars().take(claim.sentence_offset as usize).collect::<String>();
        has_measure && !is_said_of_a_year && self.fits(&words(), fiscal_year)
    }

    fn fits(&self, words: &str, fiscal_year: Option<i32>) -> bool {
        self.before.captures_iter(words).any(|found| match found.name("year") {
            Some(year) => fiscal_year.is_some() && year.as_str().parse().ok() != fiscal_year,
            None => true,
        })
    }

    /// The examples that come out otherwise than they say, and that there are none of one kind.
    pub fn examples_that_fail(&self) -> Vec<Error> {
        let fits = |words: &String| self.fits(words, Some(YEAR_OF_EXAMPLES));
        let hint = "`doubted` and `sure` hold sentences of 2020 up to the number, at least one each";
        let is_silent = self.doubted.iter().filter(|words| !fits(words));
        let silent = is_silent.map(|words| format!("{}: `before` does not match “{words}”", self.written_at));
        let is_doubt = self.sure.iter().filter(|words| fits(words));
        let doubts = is_doubt.map(|words| format!("{}: `before` matches “{words}”", self.written_at));
        let mut errors: Vec<Error> = silent.chain(doubts).map(|what| Error::usage(what).hint(hint)).collect();
        if self.doubted.is_empty() || self.sure.is_empty() {
            errors.push(Error::usage(format!("{}: the misreading has no examples", self.written_at)).hint(hint));
        }
        errors
    }
}

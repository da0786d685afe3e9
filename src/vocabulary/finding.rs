//! A finding: evidence that something does not agree or was not understood. Never a verdict.

use rust_decimal::Decimal;

use super::place::Place;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Info,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    Exact,
    WithinRounding,
    Broken,
    NotEvaluable,
}

impl Outcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Exact => "exact",
            Outcome::WithinRounding => "within_rounding",
            Outcome::Broken => "broken",
            Outcome::NotEvaluable => "not_evaluable",
        }
    }
}

/// Who would have to act: the publisher, this program's reading, a reference list, or the warehouse build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    Disclosure,
    Extraction,
    Reference,
    Warehouse,
}

impl Cause {
    pub fn as_str(self) -> &'static str {
        match self {
            Cause::Disclosure => "disclosure",
            Cause::Extraction => "extraction",
            Cause::Reference => "reference",
            Cause::Warehouse => "warehouse",
        }
    }
}

/// One finding about one file (or, with an empty file, about the run).
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Stable identifier: `extract.unmatched_sheet`, `W-07`, ..
    pub check_id: String,
    pub severity: Severity,
    pub outcome: Outcome,
    pub cause: Cause,
    pub place: Place,
    pub left_value: Option<Decimal>,
    pub right_value: Option<Decimal>,
    pub difference: Option<Decimal>,
    pub allowed: Option<Decimal>,
    /// What the reader can do about it.
    pub hint: String,
    pub message: String,
}

impl Finding {
    /// A finding made while reading a file: something there was not understood.
    pub fn extraction(check_id: &str, severity: Severity, place: Place, message: String, hint: String) -> Self {
        Self {
            check_id: check_id.to_owned(),
            severity,
            outcome: Outcome::NotEvaluable,
            cause: Cause::Extraction,
            place,
            left_value: None,
            right_value: None,
            difference: None,
            allowed: None,
            hint,
            message,
        }
    }

    /// The same, where the publisher's file itself is at fault (an error value in a cell, a broken file).
    pub fn disclosure(check_id: &str, severity: Severity, place: Place, message: String, hint: String) -> Self {
        Self { cause: Cause::Disclosure, ..Self::extraction(check_id, severity, place, message, hint) }
    }
}

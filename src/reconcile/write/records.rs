//! What reconciliation writes down of one disclosure: evaluations and findings with their numbers in words, and which
//! claim met which figure.

use std::collections::BTreeSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::diagnose::Diagnosis;
use super::stretch::Way;
use crate::reconcile::catalogue::check::Check;
use crate::reconcile::evaluation::Reason;
use crate::reconcile::facts::text::Text;
use crate::vocabulary::{Cause, Outcome, Place, Severity};

/// An operand of a finding with the words around it, as a reader sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct OperandRecord {
    /// `+`, `-` on the left or right; `%` for a rate.
    pub role: &'static str,
    pub file: String,
    pub place: Place,
    /// Row label and column, or the sentence.
    pub label: String,
    pub printed: String,
    pub unit: String,
    pub value: Decimal,
    pub half_unit: Decimal,
    /// Of a number in prose.
    pub said: Option<Said>,
}

/// Where in its sentence a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// First line of the paragraph.
    pub paragraph: u32,
    /// Characters of the sentence before the number.
    pub offset: u32,
}

/// A change of one number that would mend broken identities. Never applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    pub file: String,
    pub place: Place,
    pub printed: String,
    pub unit: String,
    /// In the printed unit.
    pub suggested: Decimal,
    pub diagnosis: Diagnosis,
    /// Identifiers of the checks it mends.
    pub mends: Vec<String>,
}

/// A stretch of values one line beside its labels, which explains broken identities. Nothing is moved.
#[derive(Debug, Clone, PartialEq)]
pub struct ShiftRecord {
    pub file: String,
    /// Its first cell.
    pub place: Place,
    /// `C5:E20`
    pub cells: String,
    pub way: Way,
    /// Identifiers of the checks it explains, each once.
    pub mends: BTreeSet<String>,
    /// Identities it explains.
    pub identities: usize,
}

/// One evaluation written down: the row of `audit.check_evaluation`, and the finding when it is one.
#[derive(Debug, Clone)]
pub struct EvaluationRecord {
    pub check: Arc<Check>,
    /// Of several identities: the subjects of those that stand at no place.
    pub subject: Text,
    /// The same with the codes of columns and measures in words; empty where nothing is said of it.
    pub subject_zh: String,
    pub subject_en: String,
    pub identities: u32,
    pub severity: Severity,
    pub outcome: Outcome,
    pub cause: Cause,
    /// The least score, in percent, of the numbers that a program recognised on pictures; none where no number was.
    pub least_score: Option<i32>,
    pub document_key: Text,
    pub file: Text,
    pub place: Place,
    pub left: Option<Decimal>,
    pub right: Option<Decimal>,
    pub difference: Option<Decimal>,
    pub allowed: Option<Decimal>,
    pub truncated: bool,
    pub is_rate: bool,
    pub at_most: bool,
    /// Every operand with its place: see `sql/schema/audit_check_evaluation.sql`.
    pub written_operands: String,
    /// Empty where nothing was found.
    pub operands: Vec<OperandRecord>,
    pub diagnoses: Vec<Diagnosis>,
    pub repair: Option<Box<Repair>>,
    /// Shared by all that it explains.
    pub shift: Option<Arc<ShiftRecord>>,
    /// Text of a logical contradiction.
    pub detail_zh: String,
    pub detail_en: String,
    pub reason: Option<Reason>,
    /// What the reason is about, its codes in words.
    pub about_zh: String,
    pub about_en: String,
    /// False: an evaluation only, for the audit table.
    pub is_finding: bool,
    /// Reason of the baseline entry that accepts this finding.
    pub accepted: Option<String>,
}

/// A claim and the table figure it speaks of, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimLink {
    /// Counts into `DisclosureFacts::claims`.
    pub claim: usize,
    /// Counts into `DisclosureFacts::figures`.
    pub figure: Option<usize>,
    pub check_id: String,
    /// exact, within_rounding, broken, or unlinked
    pub outcome: &'static str,
    pub reason: String,
}

/// Everything reconciliation says about one disclosure.
#[derive(Debug, Clone, Default)]
pub struct DisclosureReport {
    pub disclosure_key: String,
    pub department: String,
    pub fiscal_year: Option<i32>,
    pub evaluations: Vec<EvaluationRecord>,
    pub links: Vec<ClaimLink>,
}

impl DisclosureReport {
    pub fn findings(&self) -> impl Iterator<Item = &EvaluationRecord> {
        self.evaluations.iter().filter(|record| record.is_finding)
    }
}

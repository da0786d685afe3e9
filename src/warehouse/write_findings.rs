//! What reconciliation found goes into the warehouse: findings, every evaluation, and which claim met which figure.

use rust_decimal::Decimal;
use serde_json::json;

use super::Warehouse;
use super::value::Value;
use crate::error::Result;
use crate::reconcile::evaluation::{DisclosureReport, EvaluationRecord};
use crate::reconcile::report::{Language, hint, message};

/// Rows of this many disclosures are appended at a time.
const BATCH: usize = 100;

/// Collects reports and appends them in batches; `finish` writes the rest.
pub struct FindingsWriter<'a> {
    warehouse: &'a Warehouse,
    language: Language,
    held: Vec<DisclosureReport>,
}

impl Warehouse {
    /// A sink for `reconcile::run`; messages and hints are stored in the given language.
    pub fn findings_writer(&self, language: Language) -> FindingsWriter<'_> {
        FindingsWriter { warehouse: self, language, held: Vec::new() }
    }
}

impl FindingsWriter<'_> {
    /// # Errors
    /// Those of appending to the warehouse.
    pub fn take(&mut self, report: &DisclosureReport) -> Result<()> {
        self.held.push(report.clone());
        if self.held.len() >= BATCH { self.write() } else { Ok(()) }
    }

    /// # Errors
    /// Those of appending to the warehouse.
    pub fn finish(mut self) -> Result<()> {
        self.write()
    }

    fn write(&mut self) -> Result<()> {
        let held = std::mem::take(&mut self.held);
        let language = self.language;
        let findings =
            held.iter().flat_map(|report| report.findings().map(move |record| finding_row(report, record, language)));
        self.warehouse.append(
            "core.fact_finding",
            &[
                "document_key",
                "disclosure_key",
                "check_id",
                "severity",
                "outcome",
                "cause",
                "place",
                "left_value",
                "right_value",
                "difference",
                "allowed",
                "hint",
                "message",
            ],
            findings,
        )?;
        let evaluations = held
            .iter()
            .flat_map(|report| report.evaluations.iter().map(move |record| evaluation_row(report, record, language)));
        self.warehouse.append(
            "audit.check_evaluation",
            &[
                "check_id",
                "disclosure_key",
                "document_key",
                "outcome",
                "severity",
                "left_value",
                "right_value",
                "difference",
                "allowed",
                "operands",
                "diagnosis",
                "message",
            ],
            evaluations,
        )?;
        let links = held.iter().flat_map(|report| {
            report.links.iter().map(|link| {
                vec![
                    link.claim_document_key.clone().into(),
                    report.disclosure_key.clone().into(),
                    Value::Integer(link.line.into()),
                    Value::Integer(link.char_start.into()),
                    link.figure_document_key.clone().into(),
                    link.sheet_number.map(i64::from).into(),
                    link.cell.clone().into(),
                    link.check_id.clone().into(),
                    link.outcome.clone().into(),
                    link.reason.clone().into(),
                ]
            })
        });
        self.warehouse.append(
            "core.claim_link",
            &[
                "document_key",
                "disclosure_key",
                "line_number",
                "char_start",
                "figure_document_key",
                "sheet_number",
                "cell",
                "check_id",
                "outcome",
                "reason",
            ],
            links,
        )
    }
}

fn finding_row(report: &DisclosureReport, record: &EvaluationRecord, language: Language) -> Vec<Value> {
    vec![
        record.document_key.clone().into(),
        report.disclosure_key.clone().into(),
        record.check_id.clone().into(),
        record.severity.as_str().into(),
        record.outcome.as_str().into(),
        record.cause.as_str().into(),
        record.place.to_string().into(),
        stored(record.left),
        stored(record.right),
        stored(record.difference),
        stored(record.allowed),
        hint(record, language).into(),
        message(record, language).into(),
    ]
}

fn evaluation_row(report: &DisclosureReport, record: &EvaluationRecord, language: Language) -> Vec<Value> {
    let operands: Vec<_> = record
        .operands
        .iter()
        .map(|operand| {
            json!({
                "role": operand.role, "document_key": operand.document_key, "place": operand.place.to_string(),
                "printed": operand.printed, "unit": operand.unit, "value": operand.value.to_string(),
                "half_unit": operand.half_unit.to_string(),
            })
        })
        .collect();
    let diagnosis: Vec<&str> = record.diagnoses.iter().map(|diagnosis| diagnosis.pattern.as_str()).collect();
    vec![
        record.check_id.clone().into(),
        report.disclosure_key.clone().into(),
        record.document_key.clone().into(),
        record.outcome.as_str().into(),
        record.severity.as_str().into(),
        stored(record.left),
        stored(record.right),
        stored(record.difference),
        stored(record.allowed),
        serde_json::Value::from(operands).to_string().into(),
        diagnosis.join(", ").into(),
        message(record, language).into(),
    ]
}

/// At the scale of the columns: what was compared is exact, only computed rates have more decimals.
fn stored(value: Option<Decimal>) -> Value {
    value.map(|value| value.round_dp(8)).into()
}

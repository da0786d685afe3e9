//! What reconciliation found goes into the warehouse: findings, every evaluation, and which claim met which figure.

use super::Warehouse;
use super::columns::Columns;
use crate::error::Result;
use crate::reconcile::Catalogue;
use crate::reconcile::evaluation::{ClaimLink, DisclosureReport, EvaluationRecord, OperandRecord};
use crate::reconcile::report::{Language, hint, message};

/// Reports of this many disclosures are appended at a time.
const BATCH: usize = 16;

/// Collects reports and appends them in batches, on a connection of its own; `finish` writes the rest and makes all of
/// it visible at once.
pub struct FindingsWriter {
    warehouse: Warehouse,
    language: Language,
    held: Vec<DisclosureReport>,
}

impl Warehouse {
    /// A sink for `reconcile::run`; messages and hints are stored in the given language.
    ///
    /// # Errors
    /// The warehouse gives no second connection.
    pub fn findings_writer(&self, language: Language) -> Result<FindingsWriter> {
        let warehouse = self.another_connection()?;
        warehouse.execute("BEGIN")?;
        Ok(FindingsWriter { warehouse, language, held: Vec::new() })
    }

    /// Enters the catalogue of checks, so that evaluations need not repeat its titles.
    ///
    /// # Errors
    /// Those of appending to the warehouse.
    pub fn write_checks(&self, catalogue: &Catalogue) -> Result<()> {
        let checks = || catalogue.checks.iter();
        let columns = Columns::default()
            .text("check_id", checks().map(|check| check.id.as_str()))
            .text("check_name", checks().map(|check| check.title_zh.as_str()))
            .text("check_name_en", checks().map(|check| check.title_en.as_str()))
            .text("severity", checks().map(|check| check.severity.as_str()))
            .text("cause", checks().map(|check| check.cause.as_str()));
        self.append_columns("core.dim_check", columns)
    }
}

impl FindingsWriter {
    /// # Errors
    /// Those of appending to the warehouse.
    pub fn take(&mut self, report: DisclosureReport) -> Result<()> {
        self.held.push(report);
        if self.held.len() >= BATCH { self.write() } else { Ok(()) }
    }

    /// # Errors
    /// Those of appending to the warehouse.
    pub fn finish(mut self) -> Result<()> {
        self.write()?;
        self.warehouse.execute("COMMIT")
    }

    fn write(&mut self) -> Result<()> {
        let held = std::mem::take(&mut self.held);
        let evaluations: Vec<Row<'_>> = held
            .iter()
            .flat_map(|report| report.evaluations.iter().map(move |record| Row { report, record }))
            .collect();
        let findings: Vec<&Row<'_>> = evaluations.iter().filter(|row| row.record.is_finding).collect();
        let links: Vec<(&DisclosureReport, &ClaimLink)> =
            held.iter().flat_map(|report| report.links.iter().map(move |link| (report, link))).collect();
        self.warehouse.append_columns("core.fact_finding", finding_columns(&findings, self.language))?;
        self.warehouse.append_columns("audit.check_evaluation", evaluation_columns(&evaluations, self.language))?;
        self.warehouse.append_columns("core.claim_link", link_columns(&links))
    }
}

struct Row<'a> {
    report: &'a DisclosureReport,
    record: &'a EvaluationRecord,
}

fn finding_columns(rows: &[&Row<'_>], language: Language) -> Columns {
    let hints: Vec<String> = rows.iter().map(|row| hint(row.record, language)).collect();
    let messages: Vec<String> = rows.iter().map(|row| message(row.record, language)).collect();
    let places: Vec<String> = rows.iter().map(|row| row.record.place.to_string()).collect();
    let records = || rows.iter().map(|row| row.record);
    Columns::default()
        .text("document_key", records().map(|record| record.document_key.as_str()))
        .text("disclosure_key", rows.iter().map(|row| row.report.disclosure_key.as_str()))
        .text("check_id", records().map(|record| record.check_id.as_str()))
        .text("severity", records().map(|record| record.severity.as_str()))
        .text("outcome", records().map(|record| record.outcome.as_str()))
        .text("cause", records().map(|record| record.cause.as_str()))
        .text("place", places.iter().map(String::as_str))
        .decimal("left_value", records().map(|record| record.left))
        .decimal("right_value", records().map(|record| record.right))
        .decimal("difference", records().map(|record| record.difference))
        .decimal("allowed", records().map(|record| record.allowed))
        .text("hint", hints.iter().map(String::as_str))
        .text("message", messages.iter().map(String::as_str))
}

fn evaluation_columns(rows: &[Row<'_>], language: Language) -> Columns {
    let operands: Vec<String> = rows.iter().map(|row| operand_list(row.record)).collect();
    let diagnoses: Vec<String> = rows.iter().map(|row| diagnosis_list(row.record)).collect();
    // What holds needs no words: its check says what was compared.
    let says = |record: &EvaluationRecord| record.is_finding || record.reason.is_some();
    let messages: Vec<String> =
        rows.iter().map(|row| if says(row.record) { message(row.record, language) } else { String::new() }).collect();
    let records = || rows.iter().map(|row| row.record);
    Columns::default()
        .text("check_id", records().map(|record| record.check_id.as_str()))
        .text("disclosure_key", rows.iter().map(|row| row.report.disclosure_key.as_str()))
        .text("document_key", records().map(|record| record.document_key.as_str()))
        .text("subject", records().map(|record| record.subject.as_str()))
        .text("outcome", records().map(|record| record.outcome.as_str()))
        .text("severity", records().map(|record| record.severity.as_str()))
        .decimal("left_value", records().map(|record| record.left))
        .decimal("right_value", records().map(|record| record.right))
        .decimal("difference", records().map(|record| record.difference))
        .decimal("allowed", records().map(|record| record.allowed))
        .text("operands", operands.iter().map(String::as_str))
        .text("diagnosis", diagnoses.iter().map(String::as_str))
        .text("message", messages.iter().map(String::as_str))
}

fn link_columns(rows: &[(&DisclosureReport, &ClaimLink)]) -> Columns {
    let links = || rows.iter().map(|(_, link)| *link);
    Columns::default()
        .text("document_key", links().map(|link| link.claim_document_key.as_str()))
        .text("disclosure_key", rows.iter().map(|(report, _)| report.disclosure_key.as_str()))
        .number("line_number", links().map(|link| Some(link.line)))
        .number("char_start", links().map(|link| Some(link.char_start)))
        .text("figure_document_key", links().map(|link| link.figure_document_key.as_str()))
        .number("sheet_number", links().map(|link| link.sheet_number))
        .text("cell", links().map(|link| link.cell.as_str()))
        .text("check_id", links().map(|link| link.check_id.as_str()))
        .text("outcome", links().map(|link| link.outcome.as_str()))
        .text("reason", links().map(|link| link.reason.as_str()))
}

/// `l+3/C12 r+3/C14 r+doc_0f3a2b4c5d6e7f80/59:19`: side and sign, then the place; see `sql/schema/audit_check_evaluation.sql`.
fn operand_list(record: &EvaluationRecord) -> String {
    let mut list = String::new();
    for operand in &record.operands {
        if !list.is_empty() {
            list.push(' ');
        }
        list.push_str(side(operand));
        if !operand.document_key.is_empty() && operand.document_key != record.document_key {
            list.push_str(&operand.document_key);
            list.push('/');
        }
        list.push_str(&operand.key);
        if operand.key.is_empty() && !operand.value.is_zero() {
            list.push('#');
            list.push_str(&operand.value.to_string());
        }
    }
    list
}

fn side(operand: &OperandRecord) -> &'static str {
    match operand.role {
        "left +" => "l+",
        "left -" => "l-",
        "right +" => "r+",
        "right -" => "r-",
        _ => "%",
    }
}

fn diagnosis_list(record: &EvaluationRecord) -> String {
    let patterns: Vec<&str> = record.diagnoses.iter().map(|diagnosis| diagnosis.pattern.as_str()).collect();
    patterns.join(", ")
}

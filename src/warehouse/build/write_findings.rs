//! What reconciliation found goes into the warehouse: findings, every evaluation, and which claim met which figure.

use std::sync::Arc;

use crate::error::Result;
use crate::reconcile::Catalogue;
use crate::reconcile::facts::disclosure::DisclosureFacts;
use crate::reconcile::facts::operands::{ClaimFact, FigureFact};
use crate::reconcile::report::{Language, hint, message};
use crate::reconcile::write::records::{ClaimLink, DisclosureReport, EvaluationRecord};
use crate::warehouse::Warehouse;
use crate::warehouse::ask::columns::Columns;

/// Reports of this many disclosures are appended at a time.
const BATCH: usize = 16;

/// Collects reports and appends them in batches, on a connection of its own; `finish` writes the rest and makes all of
/// it visible at once.
pub struct FindingsWriter {
    warehouse: Warehouse,
    language: Language,
    held: Vec<(Arc<DisclosureFacts>, DisclosureReport)>,
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

    /// Enters the catalogue of checks, so that evaluations need not repeat its titles; an update holds the same one already.
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
        self.execute("DELETE FROM core.dim_check")?;
        self.append_columns("core.dim_check", columns)
    }
}

impl FindingsWriter {
    /// # Errors
    /// Those of appending to the warehouse.
    pub fn take(&mut self, facts: Arc<DisclosureFacts>, report: DisclosureReport) -> Result<()> {
        self.held.push((facts, report));
        if self.held.len() >= BATCH { self.write() } else { Ok(()) }
    }

    /// # Errors
    /// Those of appending to the warehouse.
    pub fn finish(mut self) -> Result<()> {
        self.write()?;
        self.warehouse.commit()
    }

    fn write(&mut self) -> Result<()> {
        let held = std::mem::take(&mut self.held);
        let evaluations: Vec<Row<'_>> = held
            .iter()
            .flat_map(|(_, report)| report.evaluations.iter().map(move |record| Row { report, record }))
            .collect();
        let findings: Vec<&Row<'_>> = evaluations.iter().filter(|row| row.record.is_finding).collect();
        let links: Vec<Link<'_>> = held
            .iter()
            .flat_map(|(facts, report)| report.links.iter().map(move |found| Link::of(facts, found)))
            .collect();
        self.warehouse.append_columns("core.fact_finding", finding_columns(&findings, self.language))?;
        self.warehouse.append_columns("audit.check_evaluation", evaluation_columns(&evaluations, self.language))?;
        self.warehouse.append_columns("core.claim_link", link_columns(&links))
    }
}

struct Row<'a> {
    report: &'a DisclosureReport,
    record: &'a EvaluationRecord,
}

struct Link<'a> {
    facts: &'a DisclosureFacts,
    found: &'a ClaimLink,
    claim: &'a ClaimFact,
    figure: Option<&'a FigureFact>,
}

impl<'a> Link<'a> {
    fn of(facts: &'a DisclosureFacts, found: &'a ClaimLink) -> Self {
        let figure = found.figure.map(|at| &facts.figures[at]);
        Self { facts, found, claim: &facts.claims[found.claim], figure }
    }

    fn figure_document_key(&self) -> &'a str {
        self.figure.map_or("", |figure| self.facts.document_key(figure.document))
    }

    /// A text of the figure; empty where there is none.
    fn figure_text(&self, text: impl Fn(&'a FigureFact) -> &'a str) -> &'a str {
        self.figure.map_or("", text)
    }
}

fn finding_columns(rows: &[&Row<'_>], language: Language) -> Columns {
    let hints: Vec<String> = rows.iter().map(|row| hint(row.record, language)).collect();
    let messages: Vec<String> = rows.iter().map(|row| message(row.record, language)).collect();
    let places: Vec<String> = rows.iter().map(|row| row.record.place.to_string()).collect();
    let records = || rows.iter().map(|row| row.record);
    Columns::default()
        .text("document_key", records().map(|record| record.document_key.as_str()))
        .text("disclosure_key", rows.iter().map(|row| row.report.disclosure_key.as_str()))
        .text("check_id", records().map(|record| record.check.id.as_str()))
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
    let diagnoses: Vec<String> = rows.iter().map(|row| diagnosis_list(row.record)).collect();
    // What holds needs no words: its check says what was compared.
    let says = |record: &EvaluationRecord| record.is_finding || record.reason.is_some();
    let messages: Vec<String> =
        rows.iter().map(|row| if says(row.record) { message(row.record, language) } else { String::new() }).collect();
    let records = || rows.iter().map(|row| row.record);
    Columns::default()
        .text("check_id", records().map(|record| record.check.id.as_str()))
        .text("disclosure_key", rows.iter().map(|row| row.report.disclosure_key.as_str()))
        .text("document_key", records().map(|record| record.document_key.as_str()))
        .text("subject", records().map(|record| record.subject.as_str()))
        .number("identities", records().map(|record| Some(record.identities)))
        .text("outcome", records().map(|record| record.outcome.as_str()))
        .text("severity", records().map(|record| record.severity.as_str()))
        .decimal("left_value", records().map(|record| record.left))
        .decimal("right_value", records().map(|record| record.right))
        .decimal("difference", records().map(|record| record.difference))
        .decimal("allowed", records().map(|record| record.allowed))
        .text("operands", records().map(|record| record.written_operands.as_str()))
        .text("diagnosis", diagnoses.iter().map(String::as_str))
        .text("message", messages.iter().map(String::as_str))
}

fn link_columns(links: &[Link<'_>]) -> Columns {
    let claims = || links.iter().map(|link| link.claim);
    let facts = || links.iter().map(|link| link.facts);
    let found = || links.iter().map(|link| link.found);
    Columns::default()
        .text("claim_key", claims().map(|claim| claim.claim_key.as_str()))
        .text("document_key", links.iter().map(|link| link.facts.document_key(link.claim.document)))
        .text("disclosure_key", facts().map(|facts| facts.disclosure_key.as_str()))
        .text("department_key", facts().map(|facts| facts.department_key.as_str()))
        .year("fiscal_year", facts().map(|facts| facts.fiscal_year))
        .number("line_number", claims().map(|claim| Some(claim.line)))
        .number("char_start", claims().map(|claim| Some(claim.char_start)))
        .number("char_end", claims().map(|claim| Some(claim.char_end)))
        .text("section", claims().map(|claim| claim.section.as_str()))
        .text("item", claims().map(|claim| claim.item.as_str()))
        .text("measure", claims().map(|claim| claim.measure.as_str()))
        .text("claim_printed", claims().map(|claim| claim.printed.as_str()))
        .text("claim_unit", claims().map(|claim| claim.unit.as_str()))
        .money("claim_amount", claims().map(|claim| claim.amount_yuan))
        .text("figure_document_key", links.iter().map(Link::figure_document_key))
        .number("sheet_number", links.iter().map(|link| link.figure.map(|figure| figure.sheet_number)))
        .text("sheet", links.iter().map(|link| link.figure_text(|figure| &figure.sheet)))
        .text("cell", links.iter().map(|link| link.figure_text(|figure| &figure.cell)))
        .text("figure_printed", links.iter().map(|link| link.figure_text(|figure| &figure.printed)))
        .text("figure_unit", links.iter().map(|link| link.figure_text(|figure| &figure.unit)))
        .money("figure_amount", links.iter().map(|link| link.figure.and_then(|figure| figure.amount_yuan)))
        .text("check_id", found().map(|found| found.check_id.as_str()))
        .text("outcome", found().map(|found| found.outcome))
        .text("reason", found().map(|found| found.reason.as_str()))
}

fn diagnosis_list(record: &EvaluationRecord) -> String {
    let patterns: Vec<&str> = record.diagnoses.iter().map(|diagnosis| diagnosis.pattern.as_str()).collect();
    patterns.join(", ")
}

//! Rows of several documents, on their way to Parquet.

use crate::normalise::{Claim, DocumentFinding, Figure, Indicator, ListedUnit, Paragraph, Reason, ReportTable};

/// The rows of several documents, on their way to Parquet.
#[derive(Debug, Default)]
pub struct Batch {
    pub report_tables: Vec<ReportTable>,
    pub figures: Vec<Figure>,
    pub budget_figures: Vec<Figure>,
    pub claims: Vec<Claim>,
    pub indicators: Vec<Indicator>,
    pub reasons: Vec<Reason>,
    pub paragraphs: Vec<Paragraph>,
    pub listed_units: Vec<ListedUnit>,
    pub findings: Vec<DocumentFinding>,
}

impl Batch {
    pub fn append(&mut self, mut other: Batch) {
        self.report_tables.append(&mut other.report_tables);
        self.figures.append(&mut other.figures);
        self.budget_figures.append(&mut other.budget_figures);
        self.claims.append(&mut other.claims);
        self.indicators.append(&mut other.indicators);
        self.reasons.append(&mut other.reasons);
        self.paragraphs.append(&mut other.paragraphs);
        self.listed_units.append(&mut other.listed_units);
        self.findings.append(&mut other.findings);
    }

    /// Takes the rows out and keeps the room they had: the next part needs as much again.
    pub fn clear(&mut self) {
        self.report_tables.clear();
        self.figures.clear();
        self.budget_figures.clear();
        self.claims.clear();
        self.indicators.clear();
        self.reasons.clear();
        self.paragraphs.clear();
        self.listed_units.clear();
        self.findings.clear();
    }

    /// Rows in all tables: decides when a part file is full.
    pub fn rows(&self) -> usize {
        self.report_tables.len()
            + self.figures.len()
            + self.budget_figures.len()
            + self.claims.len()
            + self.indicators.len()
            + self.reasons.len()
            + self.paragraphs.len()
            + self.listed_units.len()
            + self.findings.len()
    }
}

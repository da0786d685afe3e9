//! Reconciliation: every figure against every figure that should agree.
//!
//! The catalogue (`pipelines/checks/`) says what should agree; this room evaluates it on one disclosure at a time, with exact
//! arithmetic and the tolerance the printing itself leaves open. A finding is evidence, never a verdict, and never stops a run.

pub mod catalogue;
pub mod evaluate;
mod evaluation;
pub mod exact;
pub mod examples;
pub mod facts;
pub mod relation;
pub mod report;
pub mod write;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;

use rayon::prelude::*;

pub use catalogue::{Catalogue, lint};
pub use facts::disclosure::DisclosureFacts;
pub use write::records::DisclosureReport;

use crate::error::Result;
use crate::vocabulary::Severity;
use report::baseline::Baseline;

/// How much was checked, and what came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    pub disclosures: usize,
    /// Evaluations by outcome, each as often as it says it stands for.
    pub outcomes: BTreeMap<&'static str, usize>,
    /// Findings by severity.
    pub findings: BTreeMap<&'static str, usize>,
    /// Findings of severity error by cause.
    pub errors_by_cause: BTreeMap<&'static str, usize>,
    pub linked_claims: usize,
    pub unlinked_claims: usize,
}

impl Summary {
    /// What `--strict` asks: is there any finding of severity error?
    pub fn has_errors(&self) -> bool {
        self.findings.get(Severity::Error.as_str()).is_some_and(|errors| *errors > 0)
    }

    pub fn add(&mut self, report: &DisclosureReport) {
        self.disclosures += 1;
        for record in &report.evaluations {
            *self.outcomes.entry(record.outcome.as_str()).or_default() += record.identities as usize;
            if record.is_finding && record.accepted.is_none() {
                *self.findings.entry(record.severity.as_str()).or_default() += 1;
                if record.severity == Severity::Error {
                    *self.errors_by_cause.entry(record.cause.as_str()).or_default() += 1;
                }
            }
        }
        let unlinked = report.links.iter().filter(|link| link.outcome == "unlinked").count();
        self.unlinked_claims += unlinked;
        self.linked_claims += report.links.len() - unlinked;
    }
}

/// Disclosures evaluated side by side.
const CHUNK: usize = 8;
/// Chunks that may wait between two sides: facts come in bursts, and nobody should wait for the next one.
const WAITING: usize = 4;

/// Reconciles one disclosure.
pub fn reconcile(catalogue: &Catalogue, facts: &DisclosureFacts) -> DisclosureReport {
    write::record::write_down(catalogue, facts)
}

/// Reconciles disclosures one after another, marks what the baseline accepts and hands facts and report on. Facts are read,
/// checked and written down side by side: while the sink takes one chunk, the next is checked and a third is read.
///
/// # Errors
/// Those of reading the facts or of the sink. A publisher's mistake is a finding, never an error.
pub fn run(
    catalogue: &Catalogue,
    facts: impl Iterator<Item = Result<Arc<DisclosureFacts>>> + Send,
    baseline: &Baseline,
    mut sink: impl FnMut(Arc<DisclosureFacts>, DisclosureReport) -> Result<()>,
) -> Result<Summary> {
    let mut summary = Summary::default();
    thread::scope(|scope| {
        let (read, to_check) = sync_channel(WAITING);
        let (checked, to_write) = sync_channel(WAITING);
        // Each side stops when the other has hung up after an error of its own, which it reports.
        scope.spawn(move || {
            let mut facts = facts.peekable();
            while facts.peek().is_some() {
                let chunk: Result<Vec<Arc<DisclosureFacts>>> = facts.by_ref().take(CHUNK).collect();
                if read.send(chunk).is_err() {
                    return;
                }
            }
        });
        scope.spawn(move || {
            for chunk in to_check {
                let reports = chunk.map(|chunk| -> Vec<(Arc<DisclosureFacts>, DisclosureReport)> {
                    let reconciled = |facts: Arc<DisclosureFacts>| (Arc::clone(&facts), reconcile(catalogue, &facts));
                    chunk.into_par_iter().map(reconciled).collect()
                });
                if checked.send(reports).is_err() {
                    return;
                }
            }
        });
        for reports in to_write {
            for (facts, mut report) in reports? {
                baseline.apply(&mut report);
                summary.add(&report);
                sink(facts, report)?;
            }
        }
        Ok(summary)
    })
}

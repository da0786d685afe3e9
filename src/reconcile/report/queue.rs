//! Disclosures wait until it is known which is the worst.

use std::cmp::Reverse;
use std::io::{self, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

use crate::reconcile::write::records::{DisclosureReport, EvaluationRecord};
use crate::vocabulary::Severity;

/// What is longer waits in a file: memory holds one disclosure.
const KEPT: usize = 8 << 20;

pub struct Queue {
    waiting: SpooledTempFile,
    pub entries: Vec<Entry>,
}

/// One disclosure: how bad it is, and where its text waits.
pub struct Entry {
    pub title: String,
    pub errors: usize,
    pub warnings: usize,
    pub others: usize,
    from: u64,
    bytes: u64,
}

impl Default for Queue {
    fn default() -> Self {
        Self { waiting: tempfile::spooled_tempfile(KEPT), entries: Vec::new() }
    }
}

impl Queue {
    /// # Errors
    /// What waits cannot be kept.
    pub fn take(&mut self, report: &DisclosureReport, records: &[&EvaluationRecord], text: &str) -> io::Result<()> {
        let open = |severity: Severity| {
            records.iter().filter(|record| record.severity == severity && record.accepted.is_none()).count()
        };
        let (errors, warnings) = (open(Severity::Error), open(Severity::Warning));
        let from = self.entries.last().map_or(0, |entry| entry.from + entry.bytes);
        self.waiting.write_all(text.as_bytes())?;
        self.entries.push(Entry {
            title: title(report),
            errors,
            warnings,
            others: records.len() - errors - warnings,
            from,
            bytes: text.len() as u64,
        });
        Ok(())
    }

    /// Positions in `entries`, the worst disclosure first.
    pub fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        order.sort_by_key(|at| {
            let entry = &self.entries[*at];
            (Reverse((entry.errors, entry.warnings, entry.others)), *at)
        });
        order
    }

    /// Writes what waits, the worst disclosure first.
    ///
    /// # Errors
    /// Neither can be what waited be read back nor the report written.
    pub fn write(mut self, out: &mut dyn Write) -> io::Result<()> {
        for at in self.order() {
            let entry = &self.entries[at];
            self.waiting.seek(SeekFrom::Start(entry.from))?;
            io::copy(&mut (&mut self.waiting).take(entry.bytes), out)?;
        }
        Ok(())
    }
}

/// Whose disclosure it is, and of which year.
pub fn title(report: &DisclosureReport) -> String {
    let year = report.fiscal_year.map_or_else(String::new, |year| format!(" {year}"));
    format!("{}{year}", report.department)
}

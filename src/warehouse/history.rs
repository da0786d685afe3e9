//! What earlier runs knew, carried from the published warehouse into the next one.

use std::path::Path;

use crate::error::Result;

use super::{Warehouse, quoted};

/// How much was carried over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CarriedHistory {
    pub runs: u64,
    pub findings: u64,
}

impl Warehouse {
    /// Copies the run records and the finding history of the published warehouse, if there is one that can be read.
    /// An unreadable or older-shaped file gives no history and never stops the run.
    pub fn carry_history(&self, published: &Path) -> Result<CarriedHistory> {
        if !published.is_file() {
            return Ok(CarriedHistory::default());
        }
        let attach = format!("ATTACH {} AS published (READ_ONLY)", quoted(&published.display().to_string()));
        if self.execute(&attach).is_err() {
            return Ok(CarriedHistory::default());
        }
        let copied = self.execute(
            "INSERT INTO audit.run BY NAME SELECT * FROM published.audit.run;
             INSERT INTO audit.finding_history BY NAME SELECT * FROM published.audit.finding_history",
        );
        self.execute("DETACH published")?;
        if copied.is_err() {
            return Ok(CarriedHistory::default());
        }
        let frame =
            self.query("SELECT (SELECT count(*) FROM audit.run), (SELECT count(*) FROM audit.finding_history)", &[])?;
        let count = |at: usize| {
            frame.rows.first().and_then(|row| row[at].as_integer()).and_then(|n| u64::try_from(n).ok()).unwrap_or(0)
        };
        Ok(CarriedHistory { runs: count(0), findings: count(1) })
    }

    /// Enters this run's findings into the history: new ones open, known ones are seen again, vanished ones close.
    /// Call once per run, after every finding stands in `core.fact_finding`.
    pub fn remember_findings(&self, run_id: &str) -> Result<()> {
        let run = quoted(run_id);
        self.execute(&format!(
            "CREATE TEMP TABLE seen AS
             SELECT md5(concat_ws(chr(31), f.check_id, f.disclosure_key, coalesce(d.file, ''), f.place, f.message)) AS finding_key,
                    f.check_id, f.severity, f.cause, f.disclosure_key, coalesce(d.file, '') AS file, f.place, f.message
             FROM core.fact_finding f LEFT JOIN core.dim_document d USING (document_key)
             WHERE f.outcome <> 'exact'
             QUALIFY row_number() OVER (PARTITION BY finding_key ORDER BY f.severity) = 1;
             UPDATE audit.finding_history SET closed_run_id = {run}
             WHERE closed_run_id IS NULL AND finding_key NOT IN (SELECT finding_key FROM seen);
             INSERT INTO audit.finding_history
             SELECT finding_key, check_id, severity, cause, disclosure_key, file, place, message, {run}, {run}, NULL FROM seen
             ORDER BY finding_key
             ON CONFLICT (finding_key) DO UPDATE SET last_run_id = excluded.last_run_id, closed_run_id = NULL;
             DROP TABLE seen"
        ))
    }
}

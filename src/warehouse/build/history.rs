//! What earlier runs knew, carried from the published warehouse into the next one.

use std::path::Path;

use crate::error::Result;

use crate::warehouse::ask::value::Value;
use crate::warehouse::{Warehouse, quoted};

/// How much was carried over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CarriedHistory {
    pub runs: u64,
    pub findings: u64,
}

/// The tables of `audit` that grow from run to run.
const CARRIED: [&str; 6] =
    ["run", "finding_history", "retired_document", "retired_figure", "retired_claim", "superseded_document"];

/// What a document takes with it into the history when it retires.
const RETIRED: [(&str, &str); 3] = [
    (
        "FROM (SELECT d.*, p.department_name FROM published.core.dim_document d
               LEFT JOIN published.core.dim_department p USING (department_key))",
        "retired_document",
    ),
    ("FROM published.core.fact_amount", "retired_figure"),
    ("FROM published.core.fact_claim", "retired_claim"),
];

/// Leaves of the documents of the published warehouse, or of their facts, those that this build does not hold.
const GONE: &str = "ANTI JOIN core.dim_document AS still USING (document_key)";

/// Documents of which a later version replaces more than before.
const SUPERSEDED: &str = "FROM (SELECT document_key, o.superseded_tables AS superseded_before,
               o.is_text_current AS was_text_current
               FROM published.core.dim_document o JOIN core.dim_document n USING (document_key)
               WHERE o.superseded_tables <> n.superseded_tables OR o.is_text_current AND NOT n.is_text_current
                  OR o.is_current AND NOT n.is_current)";

impl Warehouse {
    /// Copies what the published warehouse knows of earlier times: runs, finding history, retired documents.
    /// A file that cannot be opened gives no history.
    ///
    /// # Errors
    /// A history that does not fit any more; the run goes on without it and says so.
    pub fn carry_history(&self, published: &Path) -> Result<CarriedHistory> {
        if !self.attach_published(published) {
            return Ok(CarriedHistory::default());
        }
        let copied = CARRIED.iter().try_for_each(|table| {
            let is_there = self.query(
                "SELECT 1 FROM duckdb_tables() WHERE database_name = 'published' AND schema_name = 'audit' AND table_name = ?",
                &[(*table).into()],
            )?;
            if is_there.rows.is_empty() {
                return Ok(());
            }
            self.copy_shared(&format!("FROM published.audit.{table}"), &format!("audit.{table}"), None)
        });
        self.execute("DETACH published")?;
        copied?;
        let frame =
            self.query("SELECT (SELECT count(*) FROM audit.run), (SELECT count(*) FROM audit.finding_history)", &[])?;
        let count = |at: usize| {
            frame.rows.first().and_then(|row| row[at].as_integer()).and_then(|n| u64::try_from(n).ok()).unwrap_or(0)
        };
        Ok(CarriedHistory { runs: count(0), findings: count(1) })
    }

    /// Keeps the facts of documents that the published warehouse holds and this build does not: gone, moved or changed;
    /// and which documents a later version has superseded since.
    /// Call once per run, after the model is built.
    ///
    /// # Errors
    /// The published warehouse has another shape; the run goes on without these rows and says so.
    pub fn retire_gone(&self, published: &Path, run_id: &str) -> Result<()> {
        if !self.attach_published(published) {
            return Ok(());
        }
        // Facts are looked through only where a document is gone, which most nights bring none of.
        let is_one_gone = self
            .query(&format!("SELECT 1 FROM published.core.dim_document {GONE} LIMIT 1"), &[])
            .map(|gone| !gone.rows.is_empty());
        let kept = is_one_gone.and_then(|is_one_gone| {
            RETIRED.iter().filter(|_| is_one_gone).try_for_each(|(from, to)| {
                self.copy_shared(&format!("{from} {GONE}"), &format!("audit.{to}"), Some(("retired_run_id", run_id)))
            })
        });
        let kept =
            kept.and_then(|()| self.copy_shared(SUPERSEDED, "audit.superseded_document", Some(("run_id", run_id))));
        self.execute("DETACH published")?;
        kept
    }

    fn attach_published(&self, published: &Path) -> bool {
        let attach = format!("ATTACH {} AS published (READ_ONLY)", quoted(&published.display().to_string()));
        published.is_file() && self.execute(&attach).is_ok()
    }

    /// Copies the columns that both have: versions of this program may have added or dropped some. `more` fills one
    /// column of the target.
    fn copy_shared(&self, from: &str, to: &str, more: Option<(&str, &str)>) -> Result<()> {
        let columns = |from: &str| -> Result<Vec<String>> {
            Ok(self.describe(&format!("SELECT * {from}"))?.rows.iter().map(|row| row[0].shown()).collect())
        };
        let wanted = columns(&format!("FROM {to}"))?;
        let mut shared = columns(from)?;
        shared.retain(|column| wanted.contains(column));
        shared.iter_mut().for_each(|column| *column = format!("\"{column}\""));
        shared.extend(more.map(|(column, value)| format!("{} AS {column}", quoted(value))));
        self.execute(&format!("INSERT INTO {to} BY NAME SELECT {} {from}", shared.join(", ")))
    }

    /// Enters this run's findings into the history: new ones open, known ones are seen again, vanished ones close.
    /// Call once per run, after every finding stands in `core.fact_finding`.
    pub fn remember_findings(&self, run_id: &str) -> Result<()> {
        let run = quoted(run_id);
        // In place: what a finding says, most of the table, is not written again.
        self.execute_whole(&format!(
            "CREATE TABLE audit.seen_finding AS
             WITH found AS (
                 SELECT md5(concat_ws(chr(31), f.check_id, f.disclosure_key, coalesce(d.file, ''), f.place, f.message)) AS finding_key,
                        f.check_id, f.severity, f.cause, f.disclosure_key, coalesce(d.file, '') AS file, f.place, f.message
                 FROM core.fact_finding f LEFT JOIN core.dim_document d USING (document_key)
                 WHERE f.outcome <> 'exact')
             -- A window sorts, and sorting goes to disk where memory is short.
             SELECT * FROM found QUALIFY row_number() OVER (PARTITION BY finding_key ORDER BY severity, cause) = 1;
             INSERT INTO audit.finding_history
             SELECT *, {run}, {run}, NULL FROM audit.seen_finding ANTI JOIN audit.finding_history USING (finding_key);
             UPDATE audit.finding_history SET last_run_id = {run}, closed_run_id = NULL
             WHERE last_run_id <> {run} AND finding_key IN (SELECT finding_key FROM audit.seen_finding);
             UPDATE audit.finding_history SET closed_run_id = {run} WHERE last_run_id <> {run} AND closed_run_id IS NULL;
             DROP TABLE audit.seen_finding"
        ))
    }

    /// Shows the runs of this warehouse and those after it as the temporary table `runs`.
    pub fn show_runs(&self, columns: &[&str], later: impl IntoIterator<Item = Vec<Value>>) -> Result<()> {
        self.execute(
            "CREATE TEMP TABLE runs AS FROM audit.run; ALTER TABLE runs ADD COLUMN IF NOT EXISTS message VARCHAR DEFAULT ''",
        )?;
        let marks = vec!["?"; columns.len()].join(", ");
        let insert = format!("INSERT INTO temp.runs ({}) VALUES ({marks})", columns.join(", "));
        later.into_iter().try_for_each(|row| self.query(&insert, &row).map(|_| ()))
    }
}

//! `runs.jsonl`: one line for every run, however it ended. Runs that published nothing are entered into the warehouse by
//! the next one that does, because the published file is never written in place.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::folder::{StateFolder, cannot_write};
use crate::error::{Error, Result};
use crate::project::Project;
use crate::run::tell::changes::Changes;
use crate::run::tell::summary::{Counts, Summary};
use crate::warehouse::{Value, Warehouse};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunOutcome {
    Published,
    NothingNew,
    /// A gate refused what was built.
    HeldBack,
    Failed,
    /// By a signal.
    Stopped,
    Killed,
    /// Another run held the lock.
    Refused,
}

impl RunOutcome {
    pub fn as_str(self) -> &'static str {
        match self {
            RunOutcome::Published => "published",
            RunOutcome::NothingNew => "nothing_new",
            RunOutcome::HeldBack => "held_back",
            RunOutcome::Failed => "failed",
            RunOutcome::Stopped => "stopped",
            RunOutcome::Killed => "killed",
            RunOutcome::Refused => "refused",
        }
    }
}

/// How one run went.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RunRecord {
    /// Runs are numbered, because clocks go backwards. Empty for a run that never held the lock.
    pub run_id: String,
    pub started_at: String,
    pub finished_at: String,
    /// None while it goes on.
    pub outcome: Option<RunOutcome>,
    /// Why nothing was published.
    pub message: String,
    pub hint: String,
    pub tool_version: String,
    pub pipelines_fingerprint: String,
    pub sql_fingerprint: String,
    /// Of the build; none where there was none.
    pub counts: Option<Counts>,
    /// Since the warehouse published before, where there was one.
    pub changes: Option<Changes>,
    /// Documents by kind and outcome.
    pub documents: BTreeMap<String, u64>,
    pub seconds_by_stage: BTreeMap<String, f64>,
}

/// The columns of `audit.run`, in the order of [`RunRecord::row`].
const COLUMNS: [&str; 15] = [
    "run_id",
    "started_at",
    "finished_at",
    "tool_version",
    "pipelines_fingerprint",
    "sql_fingerprint",
    "outcome",
    "message",
    "documents",
    "figures",
    "claims",
    "findings_error",
    "findings_warning",
    "findings_info",
    "seconds_by_stage",
];

impl RunRecord {
    /// The record of a run of which only the beginning is known.
    pub fn started_at(started: jiff::Timestamp) -> Self {
        Self { started_at: iso(started), ..Self::default() }
    }

    /// The record of a run that ends now.
    pub fn ending_now(project: &Project, started: jiff::Timestamp, seconds: &BTreeMap<String, f64>) -> Self {
        Self {
            finished_at: iso(jiff::Timestamp::now()),
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            pipelines_fingerprint: project.fingerprint(&["pipelines/"]),
            sql_fingerprint: project.fingerprint(&["sql/"]),
            seconds_by_stage: seconds.clone(),
            ..Self::started_at(started)
        }
    }

    pub fn with_error(self, outcome: RunOutcome, error: &Error) -> Self {
        let why = error.why.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
        Self {
            outcome: Some(outcome),
            message: format!("{}{why}", error.what),
            hint: error.hint.clone().unwrap_or_default(),
            ..self
        }
    }

    pub fn with_summary(self, summary: &Summary) -> Self {
        Self {
            counts: Some(summary.counts.clone()),
            changes: summary.changes.clone(),
            documents: summary.documents.clone(),
            ..self
        }
    }

    fn row(&self) -> Vec<Value> {
        let time = |text: &str| if text.is_empty() { Value::Null } else { Value::Timestamp(text.to_owned()) };
        let count = |pick: fn(&Counts) -> u64| {
            self.counts.as_ref().map_or(Value::Null, |counts| Value::Integer(pick(counts).into()))
        };
        vec![
            self.run_id.as_str().into(),
            time(&self.started_at),
            time(&self.finished_at),
            self.tool_version.as_str().into(),
            self.pipelines_fingerprint.as_str().into(),
            self.sql_fingerprint.as_str().into(),
            self.outcome.map_or("", RunOutcome::as_str).into(),
            self.message.as_str().into(),
            count(|counts| counts.documents),
            count(|counts| counts.figures),
            count(|counts| counts.claims),
            count(|counts| counts.findings_error),
            count(|counts| counts.findings_warning),
            count(|counts| counts.findings_info),
            serde_json::to_string(&self.seconds_by_stage).unwrap_or_default().into(),
        ]
    }

    fn number(&self) -> u64 {
        self.run_id.parse().unwrap_or(0)
    }
}

/// Every run of the journal, the oldest first. Lines that cannot be read are left out.
pub fn read(state: &StateFolder) -> Vec<RunRecord> {
    let text = fs::read_to_string(state.run_log()).unwrap_or_default();
    let records = text.lines().filter_map(|line| serde_json::from_str::<RunRecord>(line).ok());
    records.filter(|record| record.outcome.is_some()).collect()
}

/// # Errors
/// The state folder cannot be written.
pub fn append(state: &StateFolder, record: &RunRecord) -> Result<()> {
    let path = state.run_log();
    let line = serde_json::to_string(record).map_err(|error| Error::not_published(error.to_string()))?;
    // A line that a full disk cut short must not spoil this one.
    let is_cut = fs::read(&path).is_ok_and(|text| text.last().is_some_and(|last| *last != b'\n'));
    let start = if is_cut { "\n" } else { "" };
    OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .and_then(|mut file| file.write_all(format!("{start}{line}\n").as_bytes()))
        .map_err(|error| cannot_write(&path, &error))
}

/// The number of the next run: after all of the journal and of the published warehouse.
pub fn next_run_id(state: &StateFolder, published: Option<&Path>) -> String {
    let journal = read(state).iter().map(RunRecord::number).max().unwrap_or(0);
    let run_of =
        |warehouse| state.published(warehouse).and_then(|published| published.run).or_else(|| last_of(warehouse));
    let published = published.and_then(run_of).unwrap_or(0);
    format!("{:08}", journal.max(published) + 1)
}

/// The number of the run that a warehouse comes from.
pub fn last_of(warehouse: &Path) -> Option<u64> {
    let frame = Warehouse::open_read_only(warehouse)
        .and_then(|warehouse| warehouse.query("SELECT max(try_cast(run_id AS UBIGINT)) FROM audit.run", &[]));
    frame.ok()?.rows.first()?.first()?.as_integer().and_then(|number| u64::try_from(number).ok())
}

/// Enters the runs that the warehouse does not know, then this one.
///
/// # Errors
/// The rows do not fit: nothing is published.
pub fn enter(warehouse: &Warehouse, state: &StateFolder, this: &RunRecord) -> Result<()> {
    let known = warehouse.query("SELECT run_id FROM audit.run", &[])?;
    let mut known: BTreeSet<String> = known.rows.iter().map(|row| row[0].shown()).collect();
    let mut records = read(state);
    records.push(this.clone());
    let new = records.iter().filter(|record| !record.run_id.is_empty() && known.insert(record.run_id.clone()));
    warehouse.append("audit.run", &COLUMNS, new.map(RunRecord::row))
}

/// Shows the runs of a warehouse and those since as its temporary table `runs`.
pub fn show(warehouse: &Warehouse, state: &StateFolder) -> Result<()> {
    let last = warehouse.query("SELECT coalesce(max(run_id), '') FROM audit.run", &[])?;
    let last = last.rows.first().map(|row| row[0].shown()).unwrap_or_default();
    let later = read(state).into_iter().filter(|record| record.run_id > last);
    warehouse.show_runs(&COLUMNS, later.map(|record| record.row()))
}

fn iso(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

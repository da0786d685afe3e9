//! One run under way: what it is about, how far it is, and the record it leaves however it ends.

use std::path::Path;

use super::stop::Stop;
use crate::error::{ErrorKind, Result};
use crate::project::Project;
use crate::run::settings::pipeline::Pipeline;
use crate::run::state::folder::{Lock, StateFolder};
use crate::run::state::journal;
use crate::run::state::journal::{RunOutcome, RunRecord};
use crate::run::tell::clock::Clock;
use crate::run::tell::log::RunLog;
use crate::run::tell::progress::Progress;
use crate::run::tell::summary::Summary;

pub struct Attempt<'a> {
    pub project: &'a Project,
    pub pipeline: &'a Pipeline,
    pub progress: &'a Progress,
    pub clock: Clock<'a>,
    /// What the record will say if the run ends with an error.
    pub outcome: RunOutcome,
    log: &'a RunLog,
    lock: Option<Lock>,
    run_id: Option<String>,
    held_back: Option<Summary>,
}

impl<'a> Attempt<'a> {
    pub fn start(project: &'a Project, pipeline: &'a Pipeline, log: &'a RunLog, progress: &'a Progress) -> Self {
        log.write("start", serde_json::json!({ "warehouse": pipeline.warehouse, "sources": pipeline.sources }));
        let clock = Clock::start(log, progress);
        Self {
            project,
            pipeline,
            progress,
            clock,
            outcome: RunOutcome::Failed,
            log,
            lock: None,
            run_id: None,
            held_back: None,
        }
    }

    /// # Errors
    /// Another run holds it, or the state folder cannot be written.
    pub fn take_lock(&mut self, state: &StateFolder) -> Result<()> {
        match state.lock() {
            Ok(lock) => self.lock = Some(lock),
            Err(error) => {
                self.outcome = RunOutcome::Refused;
                return Err(error);
            }
        }
        Ok(())
    }

    /// History that does not fit is left behind with a word; a disk that is full, or a signal, ends the run.
    ///
    /// # Errors
    /// Nothing can be published.
    pub fn or_without_history<T>(&self, result: Result<T>, stop: &Stop) -> Result<()> {
        match result {
            Ok(_) => Ok(()),
            Err(error) if error.kind == ErrorKind::NotPublished => Err(error),
            Err(error) => {
                stop.check()?;
                let why = error.why.unwrap_or(error.what);
                self.warn(&format!("the history of the published warehouse cannot be carried on: {why}"));
                Ok(())
            }
        }
    }

    /// Enters the run before this one that left the lock without a word.
    ///
    /// # Errors
    /// The state folder cannot be written.
    pub fn note_a_killed_run(&self, state: &StateFolder, published: Option<&Path>) -> Result<()> {
        let Some(holder) = self.lock.as_ref().and_then(|lock| lock.left_by.as_deref()) else { return Ok(()) };
        let since = holder.rsplit(' ').next().and_then(|since| since.parse().ok());
        let record = RunRecord {
            run_id: journal::next_run_id(state, published),
            outcome: Some(RunOutcome::Killed),
            message: format!("{holder} ended without a word: it was killed, or the machine went down"),
            ..RunRecord::started_at(since.unwrap_or(self.clock.started))
        };
        journal::append(state, &record)
    }

    /// The number of this run.
    pub fn number(&mut self, state: &StateFolder, published: Option<&Path>) -> String {
        self.run_id.get_or_insert_with(|| journal::next_run_id(state, published)).clone()
    }

    /// What there is to say of the run as it stands.
    pub fn record(&self) -> RunRecord {
        let record = RunRecord::ending_now(self.project, self.clock.started, &self.clock.laps);
        RunRecord { run_id: self.run_id.clone().unwrap_or_default(), ..record }
    }

    pub fn held_back(&mut self, summary: &Summary) {
        self.outcome = RunOutcome::HeldBack;
        self.held_back = Some(summary.clone());
    }

    /// Something that does not stop the run.
    pub fn warn(&self, warning: &str) {
        self.progress.warn(warning);
        self.log.write("warning", serde_json::json!({ "what": warning }));
    }

    /// Writes the record and the last line of the log, and gives the lock back. That a record cannot be written does not
    /// change how the run ended.
    pub fn ended(mut self, result: &Result<Summary>) {
        let state = StateFolder::of(&self.pipeline.warehouse);
        if self.lock.is_none() && self.outcome != RunOutcome::Refused && state.root.is_dir() {
            self.lock = state.lock().ok();
        }
        if self.lock.is_some() {
            self.number(&state, Some(&self.pipeline.warehouse));
        }
        let mut record = self.record();
        if let Some(summary) = &self.held_back {
            record = record.with_summary(summary);
        }
        record = match result {
            Ok(summary) => {
                let outcome = if summary.nothing_new { RunOutcome::NothingNew } else { RunOutcome::Published };
                RunRecord { outcome: Some(outcome), ..record.with_summary(summary) }
            }
            Err(error) => record.with_error(self.outcome, error),
        };
        if state.root.is_dir()
            && let Err(error) = journal::append(&state, &record)
        {
            self.warn(&error.what);
        }
        self.log.ended(result);
    }
}

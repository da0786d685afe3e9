//! Seconds by stage: for the ledger, for the log and, when asked, for the person who watches.

use std::collections::BTreeMap;
use std::time::Instant;

use crate::run::tell::log::RunLog;
use crate::run::tell::progress::Progress;

pub struct Clock<'a> {
    pub started: jiff::Timestamp,
    pub laps: BTreeMap<String, f64>,
    last: Instant,
    log: &'a RunLog,
    progress: &'a Progress,
}

impl<'a> Clock<'a> {
    pub fn start(log: &'a RunLog, progress: &'a Progress) -> Self {
        Self { started: jiff::Timestamp::now(), laps: BTreeMap::new(), last: Instant::now(), log, progress }
    }

    /// Ends a stage, or one more part of it.
    pub fn lap(&mut self, stage: &str) {
        let seconds = self.last.elapsed().as_secs_f64();
        self.last = Instant::now();
        *self.laps.entry(stage.to_owned()).or_default() += seconds;
        self.log.stage(stage, seconds);
        self.progress.ended(stage, seconds);
    }
}

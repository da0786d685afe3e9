//! A log for machines: one JSON line an event, in files that do not grow without end.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::summary::Summary;
use crate::error::{Error, Result};

/// A log file of this size is set aside when a run starts.
const MOST_BYTES: u64 = 1 << 20;
/// Older log files kept beside it: `juesuan.log.1` is the latest of them.
const KEPT: u32 = 5;

/// Where a run writes what happens to it; nowhere when the pipeline names no log.
#[derive(Debug, Default)]
pub struct RunLog {
    path: Option<PathBuf>,
}

impl RunLog {
    /// # Errors
    /// The log cannot be written: told before any work is done.
    pub fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path else { return Ok(Self::default()) };
        let cannot = |error: &std::io::Error| {
            Error::io("write the log", path, error).hint("correct `log` in the pipeline file: its folder must exist")
        };
        if fs::metadata(path).is_ok_and(|log| log.len() >= MOST_BYTES) {
            rotate(path).map_err(|error| cannot(&error))?;
        }
        OpenOptions::new().create(true).append(true).open(path).map_err(|error| cannot(&error))?;
        Ok(Self { path: Some(path.to_owned()) })
    }

    pub fn stage(&self, stage: &str, seconds: f64) {
        self.write("stage", json!({ "stage": stage, "seconds": seconds }));
    }

    pub fn ended(&self, result: &Result<Summary>) {
        match result {
            Ok(summary) => {
                self.write("end", json!({ "nothing_new": summary.nothing_new, "counts": summary.counts }));
            }
            Err(error) => self.write(
                "error",
                json!({ "what": error.what, "why": error.why, "hint": error.hint, "exit_code": error.exit_code() }),
            ),
        }
    }

    /// A log that fails during the run does not fail the run.
    pub fn write(&self, event: &str, more: Value) {
        let Some(path) = &self.path else { return };
        let mut line =
            json!({ "at": jiff::Timestamp::now().to_string(), "process": std::process::id(), "event": event });
        if let (Some(line), Value::Object(more)) = (line.as_object_mut(), more) {
            line.extend(more);
        }
        let _ = OpenOptions::new()
            .append(true)
            .open(path)
            .and_then(|mut log| log.write_all(format!("{line}\n").as_bytes()));
    }
}

fn rotate(path: &Path) -> std::io::Result<()> {
    let numbered = |number: u32| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{number}"));
        PathBuf::from(name)
    };
    for number in (1..KEPT).rev().filter(|number| numbered(*number).exists()) {
        fs::rename(numbered(number), numbered(number + 1))?;
    }
    fs::rename(path, numbered(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_log_is_set_aside_and_a_few_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("juesuan.log");
        for run in 0..10 {
            fs::write(&path, vec![b'0' + run; MOST_BYTES as usize]).unwrap();
            RunLog::open(Some(&path)).unwrap().stage("read", 1.5);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1 + KEPT as usize);
        let latest = fs::read_to_string(&path).unwrap();
        let line: Value = serde_json::from_str(&latest).unwrap();
        assert_eq!((line["event"].as_str(), line["stage"].as_str()), (Some("stage"), Some("read")));
        assert_eq!(fs::read(folder.path().join("juesuan.log.1")).unwrap()[0], b'9');
        assert_eq!(fs::read(folder.path().join("juesuan.log.5")).unwrap()[0], b'5');
    }
}

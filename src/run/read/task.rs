//! What the conductor and a reading process say to each other: one JSON object a line.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::reading::Reading;
use crate::discover::SourceFile;
use crate::stage::PartFingerprint;

/// Files that follow one another in the sources, read by one process into parts of their own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Task {
    pub files: Vec<SourceFile>,
    /// Folder of the load package, and the name its parts begin with.
    pub package: PathBuf,
    pub part: String,
    /// Files that ended a process before, by their place in `files`, with the reason: they are not tried again.
    pub set_aside: Vec<(usize, Fate)>,
    /// Processor time one file may take, in seconds.
    pub seconds: u64,
}

/// How a file ended the process that read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// It took more processor time than a file may, or none at all and never came back.
    Time { seconds: u64 },
    /// It asked for more memory than the process may have.
    Memory { mebibytes: u64 },
    /// The process broke down: signal or exit code.
    Crash { how: String },
}

/// What a reading process tells while it works on a task.
#[derive(Debug, Serialize, Deserialize)]
pub enum Told {
    /// The file at this place of the task is begun.
    Begun(usize),
    Read(Box<Reading>),
    /// A part stands on the disk.
    Wrote(String, PartFingerprint),
    /// The rows cannot be written: the run ends.
    CannotWrite(String),
    /// The task is done, or broken off between two files because the run was asked to stop.
    Done,
}

impl Fate {
    /// One sentence for the finding, without the file's name.
    pub fn shown(&self) -> String {
        match self {
            Fate::Time { seconds } => format!("reading it took more than {seconds} s of processor time"),
            Fate::Memory { mebibytes } => format!("reading it took more than {mebibytes} MiB of memory"),
            Fate::Crash { how } => format!("the process that read it broke down ({how})"),
        }
    }
}

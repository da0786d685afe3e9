//! What the conductor and a reading process say to each other: one JSON object a line.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::discover::SourceFile;
use crate::run::read::fate::Fate;
use crate::run::read::reading::Reading;
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

/// What a reading process tells while it works on a task.
#[derive(Debug, Serialize, Deserialize)]
pub enum Told {
    /// The file at this place of the task is begun.
    Begun(usize),
    /// The program of `ocr` gets a page of it: that takes its own time.
    Page,
    Read(Box<Reading>),
    /// A part stands on the disk.
    Wrote(String, PartFingerprint),
    /// The rows cannot be written: the run ends.
    CannotWrite(String),
    /// The task is done, or broken off between two files because the run was asked to stop.
    Done,
}

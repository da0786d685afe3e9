//! What becomes of a file that ends the process which reads it.

use serde::{Deserialize, Serialize};

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

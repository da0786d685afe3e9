//! The desk for assistants: a Model Context Protocol server over two streams, one JSON-RPC message a line. All it offers
//! reads, and every question is bounded in rows, time and memory. Why there is no SDK: docs/decisions/0022-assistants.md.

mod answers;
mod arguments;
mod ask;
mod message;
mod session;
mod tools;

use std::path::PathBuf;
use std::time::Duration;

use crate::project::Project;
use crate::words::Words;

pub use session::serve;

/// What a server answers from, and within which bounds.
pub struct Terms<'a> {
    /// The published file. It is opened for every call: the next night's is seen without a restart.
    pub warehouse: PathBuf,
    pub project: &'a Project,
    pub words: &'a Words,
    pub chinese: bool,
    /// At most so many rows an answer.
    pub rows: usize,
    /// How long one statement may run.
    pub time: Duration,
    /// What DuckDB may take for one statement, in MiB.
    pub memory_mib: u64,
}

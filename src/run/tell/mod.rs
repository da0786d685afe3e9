//! What a run says: progress, log, summary, hooks.

pub mod hooks;
pub mod log;
pub mod progress;
pub mod summary;

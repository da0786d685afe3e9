//! What a run says: progress, log, summary, hooks, notices.

pub mod changes;
pub mod clock;
pub mod hooks;
pub mod log;
pub mod notify;
pub mod progress;
pub mod summary;

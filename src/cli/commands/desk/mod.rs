//! Commands that read a published warehouse.

pub mod check;
pub mod diff;
pub mod explain;
pub mod export;
pub mod mcp;
pub mod query;
pub mod report;
pub mod status;

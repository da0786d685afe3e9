//! Parquet → DuckDB through `sql/`: loading, modelling, updating, findings written back.

pub mod beside;
pub mod groundwork;
pub mod header;
pub mod history;
pub mod lint;
pub mod load;
pub mod model;
pub mod renewal;
pub mod script;
pub mod write_findings;

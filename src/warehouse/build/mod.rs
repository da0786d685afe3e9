//! Parquet → DuckDB through `sql/`: loading, modelling, updating, findings written back.

pub mod groundwork;
pub mod header;
pub mod history;
pub mod lint;
pub mod load;
pub mod model;
pub mod regions;
pub mod script;
pub mod update;
pub mod write_findings;

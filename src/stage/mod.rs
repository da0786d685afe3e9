//! Rows → polars frames → the Parquet load package: one folder per table, any engine can read it.

mod batch;
mod frames;
mod package;

pub use batch::Batch;
pub use package::{LoadPackage, PartFingerprint};

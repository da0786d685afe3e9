//! Rows → polars frames → the Parquet load package: one folder per table, any engine can read it.

mod column;
mod frames;
mod package;

pub use package::{Batch, DocumentFinding, LoadPackage, PackageError};

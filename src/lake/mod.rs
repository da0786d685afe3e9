//! Warehouses of shards as one lake: every table of `core` and `audit` as Parquet that any engine reads.
//!
//! ```text
//! lake/shards/<k>/<schema>/<table>/..   what one shard gave, with shard.json; written whole by `juesuan lake WAREHOUSE`
//! lake/tables/<schema>/<table>/..       the union, with schema.json and open.sql; written whole by `juesuan lake finish`
//! ```
//! Rows of documents stand in `province=31/year=2023/shard-<k>.parquet`, sorted by region; reference lists in one file.

mod finish;
mod open_script;
mod refuse;
mod shard;
mod table;
mod union;
mod write;

pub use finish::finish;
pub use shard::write_shard;
pub use union::lint as lint_unions;

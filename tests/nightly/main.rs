//! A pipeline that runs every night for years, through the real program.

#[path = "../common/mod.rs"]
mod common;

mod broken_state;
mod described;
mod groundwork;
mod hostile;
mod incremental;
mod killed;
mod ledger;
mod notices;
mod operations;
mod parts;
mod recovery;
mod shards;
mod sources;
mod together;
mod world;

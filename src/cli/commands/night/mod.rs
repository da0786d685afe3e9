//! Commands that build and publish a warehouse.

pub mod demo;
pub mod lake;
pub mod plan;
pub mod read_files;
pub mod restore;
pub mod run;
pub mod shard;
pub mod stage;
pub mod unite;

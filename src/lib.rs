//! The flow, one way; no room calls back.
//!
//! ```text
//! discover → decode → extract (table | narrative) → normalise → stage → load → model (SQL) → reconcile → publish → extracts
//! ```
//!
//! `run` conducts it; `cli` holds one file per command; `project` serves `pipelines/` and `sql/` to every room;
//! `vocabulary` and `error` are the words they share. `tests/rooms.rs` keeps the direction.

pub mod cli;
pub mod decode;
pub mod desk;
pub mod discover;
pub mod error;
pub mod export;
pub mod extract;
pub mod normalise;
pub mod project;
pub mod reconcile;
pub mod run;
pub mod stage;
pub mod vocabulary;
pub mod warehouse;

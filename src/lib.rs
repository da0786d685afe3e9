//! The flow, one way; no room calls back.
//!
//! ```text
//! discover → decode → extract (table | narrative) → normalise → stage → load → model (SQL) → reconcile → publish → extracts
//! ```

pub mod decode;
pub mod discover;
pub mod error;
pub mod extract;
pub mod normalise;
pub mod project;
pub mod stage;
pub mod vocabulary;

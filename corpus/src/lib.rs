//! Disclosures whose truth is known.
//!
//! ```text
//! accounts (amounts in fen) → tables → sheets → files
//!                           → prose  → lines  → files
//! ```
//!
//! Everything is seeded: the same seed writes the same bytes.

pub mod random;
pub mod write;

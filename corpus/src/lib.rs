//! Disclosures whose truth is known.
//!
//! ```text
//! accounts (amounts in fen) → tables → sheets → files
//!                           → prose  → lines  → files
//! ```
//!
//! Everything is seeded: the same seed writes the same bytes.

pub mod amount;
pub mod disclosure;
pub mod harmless;
pub mod mutate;
pub mod prose;
pub mod random;
pub mod reference;
pub mod sample;
pub mod shift;
pub mod table;
pub mod text_variants;
pub mod truth;
pub mod workbook_variants;
pub mod write;

//! Text + rules (TOML) → raw claims. Never crosses a sentence.

mod claim;

pub use claim::{NarrativeReading, RawClaim, RawIndicator, RawReason};

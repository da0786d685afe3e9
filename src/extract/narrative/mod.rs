//! Text + rules (TOML) → raw claims. Never crosses a sentence.

mod claim;
mod inspect;
mod lint;
mod listed;
mod meaning;
mod numbers;
mod paragraphs;
mod read;
mod reading;
mod rules;
mod subjects;
mod tables;

pub use claim::{NarrativeReading, Nothing, RawClaim, RawIndicator};
pub use inspect::inspect;
pub use lint::{entries_tried, lint};
pub use paragraphs::title::Kind;
pub use read::{Text, read};
pub use rules::model::Rules;

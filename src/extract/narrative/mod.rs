//! Text + rules (TOML) → raw claims. Never crosses a sentence.

mod claim;
mod clause;
mod grammar;
mod lexicon;
mod masks;
mod names;
mod normal;
mod number;
mod read;
mod reader;
mod rules;
mod sentence;
mod structure;
mod subject;
mod tables;
mod template;
mod title;

pub use claim::{NarrativeReading, RawClaim, RawIndicator, RawReason};
pub use read::{ReadContext, read};
pub use rules::Rules;
pub fn inspect(_: &crate::decode::Document, _: &Rules, _: &ReadContext) -> String {
    String::new()
}
pub fn lint(_: &crate::project::Project) -> Vec<String> {
    vec![]
}

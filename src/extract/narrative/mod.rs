//! Text + rules (TOML) → raw claims. Never crosses a sentence.

mod claim;

pub use claim::{NarrativeReading, RawClaim, RawIndicator, RawReason};
#[derive(Default)]
pub struct ReadContext {}
pub struct Rules;
impl Rules {
    pub fn load(_: &crate::project::Project) -> crate::error::Result<Self> {
        Ok(Self)
    }
}
pub fn read(_: &crate::decode::Document, _: &Rules, _: &ReadContext) -> NarrativeReading {
    NarrativeReading::default()
}
pub fn inspect(_: &crate::decode::Document, _: &Rules, _: &ReadContext) -> String {
    String::new()
}
pub fn lint(_: &crate::project::Project) -> Vec<String> {
    vec![]
}

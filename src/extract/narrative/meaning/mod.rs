//! What each number of a sentence states: subject, measure, basis, reason.

pub mod carried;
mod classified;
pub mod clause;
pub mod measure;
pub mod nouns;
pub mod path;
pub mod reader;
pub mod record;
pub mod said;
pub mod sentence;
pub mod statements;
pub mod subject;
pub mod together;
pub mod units;
pub mod worded;

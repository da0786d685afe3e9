//! What each number of a sentence states: subject, measure, basis, sign.

pub mod carried;
pub mod clause;
pub mod computed;
mod measure;
pub mod rules;
pub mod together;
pub mod units;

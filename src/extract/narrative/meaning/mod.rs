//! What each number of a sentence states: subject, measure, basis, sign.

pub mod carried;
pub mod change;
mod clause;
pub mod grammar;
mod measure;
pub mod rules;
pub mod together;
pub mod verdict;
mod whose;

//! What each number of a sentence states: subject, measure, basis, sign.

pub mod carried;
mod clause;
pub mod grammar;
mod remember;
pub mod rules;
pub mod verdict;
mod whose;

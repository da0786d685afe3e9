//! Questions to a warehouse: statements, their columns and values, what its objects mean.

pub mod columns;
pub mod dictionary;
pub mod gallery;
pub mod notes;
pub mod pieces;
pub mod query;
pub mod query_checks;
mod query_examples;
pub mod question;
pub mod relation;
pub mod value;

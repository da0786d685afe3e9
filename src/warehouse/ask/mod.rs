//! Questions to a warehouse: statements, their columns and values, what its objects mean.

pub mod columns;
pub mod notes;
pub mod pages;
pub mod pieces;
pub mod query;
pub mod question;
pub mod relation;
pub mod value;

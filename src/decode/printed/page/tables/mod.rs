//! Rules and characters → tables.

pub mod across;
mod bare;
pub mod borders;
pub mod columns;
mod header;
pub mod joining;
mod labels;
pub mod open;
pub mod ruled;
pub mod rules;
pub mod table;

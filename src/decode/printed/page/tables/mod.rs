//! Rules and characters → tables.

mod bare;
pub mod columns;
mod header;
pub mod joining;
mod labels;
pub mod open;
pub mod ruled;
pub mod rules;
pub mod table;

//! Rules and characters → tables.

mod bare;
mod header;
pub mod joining;
pub mod open;
pub mod ruled;
pub mod rules;
pub mod table;

//! Rules and characters → tables.

pub mod across;
pub mod aligned;
pub mod borders;
pub mod joining;
pub mod open;
pub mod ruled;
pub mod rules;
mod sideways;
pub mod table;

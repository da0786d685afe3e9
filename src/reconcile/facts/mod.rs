//! The facts of one disclosure, and how a term finds its operands among them.

pub mod columns;
pub mod disclosure;
mod index;
pub mod lookup;
pub mod operands;
mod precision;
pub mod text;

//! The facts of one disclosure, and how a term finds its operands among them.

pub mod columns;
pub mod lookup;
pub mod operands;
pub mod text;

//! The facts of one disclosure, and how a term finds its operands among them.

pub mod claim_view;
pub mod lookup;
pub mod operands;
pub mod text;

//! Facts for reconciliation alone.

pub mod gold;
pub mod named;
pub mod wordings;

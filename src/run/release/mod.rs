//! From the load package to the published warehouse: built aside, held against the gates, exchanged in one step.

pub mod begin;
pub mod build;
pub mod gates;
pub mod kept;
pub mod memory;
pub mod publish;

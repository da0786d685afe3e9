//! Charts with their figures as tables beneath.

pub mod amount;
mod chart;
pub mod panel;

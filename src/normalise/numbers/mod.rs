//! What a cell or a claim prints as a number: its value, its unit, its decimals.

pub mod cell;
pub mod decimals;
pub mod units;

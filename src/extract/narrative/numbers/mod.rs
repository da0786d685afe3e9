//! The numbers of a paragraph, and what looks like one and is none.

pub mod masks;
pub mod number;
pub mod units;
pub mod years;

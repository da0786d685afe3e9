//! Documents → raw figures and raw claims: what is printed, where, and what its headers or sentence call it.
//! Nothing here parses money.

pub mod narrative;
mod pattern;
pub mod table;

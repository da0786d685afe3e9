//! A sentence taken apart.

mod reasons;
pub mod taken;
pub mod tokens;

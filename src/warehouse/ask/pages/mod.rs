//! Pages of `docs/` that are made from a warehouse.

pub mod dictionary;
pub mod gallery;

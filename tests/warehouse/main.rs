//! The warehouse as an analyst meets it.

mod build;
#[path = "../common/mod.rs"]
mod common;
mod dictionary;
mod marts;
mod procurement;
mod query_checks;
mod quotients;
mod reconciled;
mod regions;
mod renamed;
mod world;

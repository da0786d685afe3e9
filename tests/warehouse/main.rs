//! The warehouse as an analyst meets it.

mod build;
mod dictionary;
mod marts;
mod query_checks;
mod reconciled;
mod world;

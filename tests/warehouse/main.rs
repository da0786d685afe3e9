//! The warehouse as an analyst meets it.

mod build;
mod dictionary;
mod marts;
mod reconciled;
mod world;

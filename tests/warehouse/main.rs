//! The warehouse as an analyst meets it.

mod build;
mod world;

//! `pipelines/narrative/` → rules ready to read with.

pub mod grammar;
pub mod lexicon;
mod load;
pub mod macros;
pub mod meanings;
pub mod model;
pub mod names;
pub mod shapes;
pub mod template;

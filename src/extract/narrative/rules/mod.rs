//! `pipelines/narrative/` → rules ready to read with.

pub mod dictionary;
mod grammar;
pub mod lexicon;
mod load;
pub mod macros;
pub mod model;
pub mod shapes;
pub mod template;

//! What a number is about: the words before it as a name of the lists, by level or code, or as a counted thing.

mod classified;
mod nouns;
pub mod path;
pub mod subject;

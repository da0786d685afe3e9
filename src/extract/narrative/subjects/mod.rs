//! What a number is about: the words before it as a name of the lists, by level or code, or as a counted thing.

pub mod clean;
mod comparators;
pub mod item;
pub mod listed;
mod nouns;
mod part;
pub mod setting;
mod words;

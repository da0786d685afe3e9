//! What may be made of a number, each reading in a file of its own; `grammar` says in which order they are tried.

mod basis;
pub mod change;
mod changed;
pub mod comparator;
mod computed;
pub mod default;
mod measure;
pub mod pairwise;
pub mod role;

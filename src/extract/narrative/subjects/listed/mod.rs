//! Names of the lists, and where in the functional classification a text is.

mod behind;
mod classified;
mod known;
pub mod path;

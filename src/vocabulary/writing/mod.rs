//! How numbers and marks are written: the forms of one character, numerals, the numbers of lists, dashes.

mod compatible;
mod dash;
mod letters;
pub mod numbering;
pub mod numeral;
mod visible;

pub use compatible::compatible;
pub use dash::{is_dash, is_nothing};
pub use letters::LetterSet;
pub use visible::visible;

//! Whose a number is: what its words name, what is carried, what was counted, and one of several.

pub mod counted;
pub mod named;
pub mod several;
pub mod shared;
pub mod sides;

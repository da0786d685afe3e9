//! The nouns every room shares: places, money, units, findings, words. No behaviour of any room lives here.

mod compatible;
mod finding;
mod letters;
mod money;
mod place;
mod region;
mod unit;
mod visible;

pub use compatible::compatible;
pub use finding::{Cause, Finding, Outcome, Severity};
pub use letters::LetterSet;
pub use money::{MoneyError, Printed, half_unit, parse_printed, unscaled, yuan_from_printed};
pub use place::{CellReference, Place};
pub use region::{example_in, lies_in};
pub use unit::Unit;
pub use visible::visible;

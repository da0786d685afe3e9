//! The nouns every room shares: places, money, units, findings, words. No behaviour of any room lives here.

mod amounts;
mod finding;
mod money;
mod place;
mod region;
mod sets;
mod unit;
mod writing;

pub use amounts::{amounts_within, is_amount, is_month};
pub use finding::{Cause, Finding, Outcome, Severity};
pub use money::{MoneyError, Printed, half_unit, parse_printed, unscaled, yuan_from_printed};
pub use place::{CellReference, Place};
pub use region::{example_in, lies_in};
pub use sets::{ClaimKind, Contents, Level, ReadAs};
pub use unit::Unit;
pub use writing::{LetterSet, compatible, is_dash, is_nothing, numbering, numeral, visible};

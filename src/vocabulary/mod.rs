//! The nouns every room shares: places, money, units, findings. No behaviour of any room lives here.

mod finding;
mod money;
mod place;
mod unit;

pub use finding::{Cause, Finding, Outcome, Severity};
pub use money::{MoneyError, Printed, half_unit, parse_printed, unscaled, yuan_from_printed};
pub use place::{CellReference, Place};
pub use unit::Unit;

//! From a spreadsheet's binary number to an exact decimal: the one place where float noise is removed.

use rust_decimal::Decimal;

use crate::decode::document::{CellValue, Number, Shown};
use crate::decode::shown::number_format::NumberFormat;
use crate::decode::shown::value::{Epoch, ValueShown, number_shown};

/// Digits a spreadsheet shows at most. What lies beyond is noise of the binary representation.
const SIGNIFICANT_DIGITS: usize = 15;

/// The number as a spreadsheet would show it: 2940.0500000000002 → 2940.05, 0.1 + 0.2 → 0.3.
/// `None` where it is not finite or beyond what a decimal holds (29 digits).
pub fn number_from_float(float: f64) -> Option<Number> {
    if !float.is_finite() {
        return None;
    }
    if float == 0.0 {
        return Some(Number { value: Decimal::ZERO, printed: "0".to_owned(), shown: Shown::default() });
    }
    if float.fract() == 0.0 && float.abs() < 1e15 {
        return Some(number_from_integer(float as i64));
    }
    let scientific = format!("{float:.*e}", SIGNIFICANT_DIGITS - 1);
    let (mantissa, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let digits: i64 = mantissa.replace('.', "").parse().ok()?;
    let scale = SIGNIFICANT_DIGITS as i32 - 1 - exponent;
    let value = if scale < 0 {
        let power = 10i128.checked_pow(scale.unsigned_abs())?;
        Decimal::try_from_i128_with_scale(i128::from(digits).checked_mul(power)?, 0).ok()?
    } else if scale <= 28 {
        Decimal::try_from_i128_with_scale(i128::from(digits), scale.unsigned_abs()).ok()?
    } else {
        // Smaller than a decimal can hold: what is left of it after rounding.
        let shift = 10i64.checked_pow(scale.unsigned_abs() - 28).unwrap_or(i64::MAX);
        Decimal::try_from_i128_with_scale(i128::from(digits / shift), 28).ok()?
    };
    let value = value.normalize();
    Some(Number { printed: value.to_string(), value, shown: Shown::default() })
}

pub fn number_from_integer(integer: i64) -> Number {
    Number { value: Decimal::from(integer), printed: integer.to_string(), shown: Shown::default() }
}

/// A numeric cell; one that no decimal can hold is kept as an error text, never dropped.
pub fn cell_from_float(float: f64) -> CellValue {
    number_from_float(float).map_or_else(|| CellValue::Error(format!("{float:e}")), CellValue::Number)
}

/// A numeric cell under its number format.
pub fn cell_shown(float: f64, format: &NumberFormat, epoch: Epoch) -> ValueShown {
    match number_from_float(float) {
        Some(number) => number_shown(number, format, epoch),
        None => cell_from_float(float).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn printed(float: f64) -> String {
        number_from_float(float).map_or_else(|| "none".to_owned(), |number| number.printed)
    }

    #[test]
    fn float_noise_is_removed() {
        // One step of a binary float above 2940.05, as spreadsheets store the result of a formula.
        assert_eq!(printed(2940.05_f64.next_up()), "2940.05");
        assert_eq!(printed(0.1 + 0.2), "0.3");
        assert_eq!(printed(1247.416384), "1247.416384");
        assert_eq!(printed(-62.23999999999999), "-62.24");
        assert_eq!(printed(26486540.45), "26486540.45");
        assert_eq!(printed(1.0e-7), "0.0000001");
        assert_eq!(printed(-0.0), "0");
        assert_eq!(printed(2080505.0), "2080505");
    }

    #[test]
    fn what_is_no_number_is_kept_apart() {
        assert_eq!(printed(f64::NAN), "none");
        assert_eq!(printed(1e300), "none");
        assert_eq!(printed(1e-200), "0");
        assert_eq!(printed(1.5e18), "1500000000000000000");
    }

    proptest! {
        #[test]
        fn every_amount_in_fen_survives(fen in -99_999_999_999_999i64..99_999_999_999_999) {
            let exact = Decimal::new(fen, 2);
            let number = number_from_float(fen as f64 / 100.0).unwrap();
            prop_assert_eq!(number.value, exact.normalize());
        }

        #[test]
        fn every_amount_in_ten_thousands_survives(value in -999_999_999_999i64..999_999_999_999) {
            let number = number_from_float(value as f64 / 1e6).unwrap();
            prop_assert_eq!(number.value, Decimal::new(value, 6).normalize());
        }
    }
}

//! Columns of the load package. Money crosses polars as its Decimal type (an i128 and a scale), never as a float.

use polars::prelude::*;
use rust_decimal::Decimal;

use crate::vocabulary::unscaled;

/// Values in the printed unit: room for 亿元 and for 万元 with eight decimals.
pub const VALUE: (usize, usize) = (28, 8);
/// Yuan with fen.
pub const YUAN: (usize, usize) = (18, 2);

pub fn text<'a>(name: &str, values: impl Iterator<Item = &'a str>) -> Column {
    StringChunked::from_iter_values(name.into(), values).into_column()
}

pub fn optional_text<'a>(name: &str, values: impl Iterator<Item = Option<&'a str>>) -> Column {
    StringChunked::from_iter_options(name.into(), values).into_column()
}

pub fn number(name: &str, values: impl Iterator<Item = u32>) -> Column {
    UInt32Chunked::from_iter_values(name.into(), values).into_column()
}

pub fn optional_number(name: &str, values: impl Iterator<Item = Option<i32>>) -> Column {
    Int32Chunked::from_iter_options(name.into(), values).into_column()
}

pub fn flag(name: &str, values: impl Iterator<Item = bool>) -> Column {
    BooleanChunked::from_iter_values(name.into(), values).into_column()
}

/// A DECIMAL column. A value that does not fit precision and scale exactly becomes NULL: callers round before, once.
pub fn decimal(
    name: &str,
    (precision, scale): (usize, usize),
    values: impl Iterator<Item = Option<Decimal>>,
) -> PolarsResult<Column> {
    let unscaled = values.map(|value| value.and_then(|value| unscaled(value, precision as u32, scale as u32)));
    Int128Chunked::from_iter_options(name.into(), unscaled).into_decimal(precision, scale).map(IntoColumn::into_column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn yuan_cross_as_exact_fen(fen in -999_999_999_999_999i64..999_999_999_999_999) {
            prop_assert_eq!(unscaled(Decimal::new(fen, 2), YUAN.0 as u32, YUAN.1 as u32), Some(i128::from(fen)));
        }
    }

    #[test]
    fn what_does_not_fit_is_null() {
        assert_eq!(unscaled(Decimal::MAX, YUAN.0 as u32, YUAN.1 as u32), None);
        assert_eq!(unscaled(Decimal::new(15, 1), VALUE.0 as u32, VALUE.1 as u32), Some(150_000_000));
    }
}

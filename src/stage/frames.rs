//! Rows of the load package as polars frames. Money crosses polars as its Decimal type (an i128 and a scale), never as a float.

use polars::prelude::*;
use rust_decimal::Decimal;

use crate::normalise::{ColumnKind, Field, Held, Record};
use crate::vocabulary::unscaled;

/// One frame with the columns that the rows declare.
pub fn frame<R: Record>(rows: &[R]) -> PolarsResult<DataFrame> {
    let columns = R::FIELDS.iter().enumerate().map(|(at, field)| column(*field, rows, at));
    DataFrame::new(rows.len(), columns.collect::<PolarsResult<Vec<_>>>()?)
}

fn column<R: Record>(field: Field, rows: &[R], at: usize) -> PolarsResult<Column> {
    let name: PlSmallStr = field.name.into();
    let held = rows.iter().map(|row| row.held(at));
    Ok(match field.kind {
        ColumnKind::Text | ColumnKind::OptionalText => {
            let mut texts = StringChunkedBuilder::new(name, rows.len());
            held.for_each(|held| match held {
                Held::Text(text) => texts.append_value(text),
                Held::OptionalText(text) => texts.append_option(text),
                _ => texts.append_null(),
            });
            texts.finish().into_column()
        }
        ColumnKind::Number => UInt32Chunked::from_iter_options(name, held.map(|held| number(&held))).into_column(),
        ColumnKind::OptionalNumber => {
            Int32Chunked::from_iter_options(name, held.map(|held| optional_number(&held))).into_column()
        }
        ColumnKind::Flag => BooleanChunked::from_iter_options(name, held.map(|held| flag(&held))).into_column(),
        ColumnKind::Value => decimals(name, ColumnKind::VALUE, held)?,
        ColumnKind::Yuan => decimals(name, ColumnKind::YUAN, held)?,
    })
}

fn number(held: &Held<'_>) -> Option<u32> {
    if let Held::Number(number) = held { Some(*number) } else { None }
}

fn optional_number(held: &Held<'_>) -> Option<i32> {
    if let Held::OptionalNumber(number) = held { *number } else { None }
}

fn flag(held: &Held<'_>) -> Option<bool> {
    if let Held::Flag(flag) = held { Some(*flag) } else { None }
}

/// A value that does not fit precision and scale exactly becomes NULL: callers round before, once.
fn decimals<'a>(
    name: PlSmallStr,
    (precision, scale): (usize, usize),
    held: impl Iterator<Item = Held<'a>>,
) -> PolarsResult<Column> {
    let fitting = |value: Decimal| unscaled(value, precision as u32, scale as u32);
    let unscaled = held.map(|held| if let Held::Decimal(value) = held { value.and_then(fitting) } else { None });
    Int128Chunked::from_iter_options(name, unscaled).into_decimal(precision, scale).map(IntoColumn::into_column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const YUAN: (u32, u32) = (ColumnKind::YUAN.0 as u32, ColumnKind::YUAN.1 as u32);

    proptest! {
        #[test]
        fn yuan_cross_as_exact_fen(fen in -999_999_999_999_999i64..999_999_999_999_999) {
            prop_assert_eq!(unscaled(Decimal::new(fen, 2), YUAN.0, YUAN.1), Some(i128::from(fen)));
        }
    }

    #[test]
    fn what_does_not_fit_is_null() {
        assert_eq!(unscaled(Decimal::MAX, YUAN.0, YUAN.1), None);
        assert_eq!(unscaled(Decimal::new(15, 1), 28, 8), Some(150_000_000));
    }
}

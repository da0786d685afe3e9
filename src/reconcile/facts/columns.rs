//! Facts as they come out of the warehouse, declared once: the struct, the columns it is read from and its reading.

use rust_decimal::Decimal;

use super::text::Text;
use crate::normalise::ValueKind;
use crate::vocabulary::ClaimKind;

/// One row of a fact table: gives its columns one after another. NULL reads as empty or zero where there is no option.
pub trait Columns {
    /// Shared among the facts of a batch.
    fn text(&mut self) -> Text;
    fn number(&mut self) -> u32;
    fn year(&mut self) -> Option<i32>;
    fn decimal(&mut self) -> Option<Decimal>;
}

/// A type that fields of facts have.
pub trait FromColumn {
    fn from_column(columns: &mut impl Columns) -> Self;
}

impl FromColumn for Text {
    fn from_column(columns: &mut impl Columns) -> Self {
        columns.text()
    }
}

impl FromColumn for String {
    fn from_column(columns: &mut impl Columns) -> Self {
        columns.text().to_string()
    }
}

impl FromColumn for u32 {
    fn from_column(columns: &mut impl Columns) -> Self {
        columns.number()
    }
}

impl FromColumn for Option<i32> {
    fn from_column(columns: &mut impl Columns) -> Self {
        columns.year()
    }
}

impl FromColumn for Decimal {
    fn from_column(columns: &mut impl Columns) -> Self {
        columns.decimal().unwrap_or_default()
    }
}

impl FromColumn for Option<Decimal> {
    fn from_column(columns: &mut impl Columns) -> Self {
        columns.decimal()
    }
}

/// A word that is in no version's set reads as a number.
impl FromColumn for ClaimKind {
    fn from_column(columns: &mut impl Columns) -> Self {
        ClaimKind::parse(&columns.text()).unwrap_or_default()
    }
}

impl FromColumn for ValueKind {
    fn from_column(columns: &mut impl Columns) -> Self {
        ValueKind::parse(&columns.text())
    }
}

/// Declares facts of one table: `document` counts into `DisclosureFacts::documents`, every other field is the column of its
/// name, or the one written behind it.
macro_rules! facts {
    ($($(#[$about:meta])* pub struct $name:ident {
        $($(#[$note:meta])* pub $field:ident: $type:ty $(= $column:literal)?,)+
    })+) => {
        $(
            $(#[$about])*
            #[derive(Debug, Clone)]
            pub struct $name {
                pub document: usize,
                $($(#[$note])* pub $field: $type,)+
            }

            impl $name {
                pub const COLUMNS: &'static [&'static str] = &[$(facts!(@name $field $($column)?),)+];

                pub fn read(document: usize, columns: &mut impl $crate::reconcile::facts::columns::Columns) -> Self {
                    Self {
                        document,
                        $($field: $crate::reconcile::facts::columns::FromColumn::from_column(columns),)+
                    }
                }
            }
        )+
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $column:literal) => { $column };
}
pub(super) use facts;

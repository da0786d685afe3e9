//! Rows of the load package, declared once: the struct, its Parquet frame and its table in `stage` come from one place.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::vocabulary::{ClaimKind, Contents, Finding, Level, ReadAs};

/// What a column holds, in Parquet and in DuckDB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Text,
    OptionalText,
    /// From 0.
    Number,
    /// A year or a page, where there is one.
    OptionalNumber,
    Flag,
    /// In the printed unit: room for 亿元 and for 万元 with eight decimals.
    Value,
    /// Yuan with fen.
    Yuan,
}

impl ColumnKind {
    /// Precision and scale of decimals.
    pub const VALUE: (usize, usize) = (28, 8);
    pub const YUAN: (usize, usize) = (18, 2);

    pub fn sql(self) -> &'static str {
        match self {
            ColumnKind::Text => "VARCHAR NOT NULL",
            ColumnKind::OptionalText => "VARCHAR",
            ColumnKind::Number => "UINTEGER NOT NULL",
            ColumnKind::OptionalNumber => "INTEGER",
            ColumnKind::Flag => "BOOLEAN NOT NULL",
            ColumnKind::Value => "DECIMAL(28, 8)",
            ColumnKind::Yuan => "DECIMAL(18, 2)",
        }
    }
}

/// What one field of one row holds. Each kind of column holds one of these, always the same.
#[derive(Debug, Clone, PartialEq)]
pub enum Held<'a> {
    Text(Cow<'a, str>),
    OptionalText(Option<&'a str>),
    Number(u32),
    OptionalNumber(Option<i32>),
    Flag(bool),
    Decimal(Option<Decimal>),
}

#[derive(Debug, Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    pub kind: ColumnKind,
}

/// A row of one table of the load package.
pub trait Record {
    /// In the order of the table's columns.
    const FIELDS: &'static [Field];

    /// What the field of this number holds.
    fn held(&self, field: usize) -> Held<'_>;
}

/// A type that fields of records have.
pub trait Holds {
    const KIND: ColumnKind;
    fn held(&self) -> Held<'_>;
}

impl Holds for String {
    const KIND: ColumnKind = ColumnKind::Text;
    fn held(&self) -> Held<'_> {
        Held::Text(Cow::Borrowed(self))
    }
}

/// Words of closed sets are texts once they are written.
macro_rules! holds_its_word {
    ($($set:ty),+) => {
        $(impl Holds for $set {
            const KIND: ColumnKind = ColumnKind::Text;
            fn held(&self) -> Held<'_> {
                Held::Text(Cow::Borrowed(self.as_str()))
            }
        })+
    };
}
holds_its_word!(Level, Contents, ReadAs, ClaimKind);

impl Holds for Option<String> {
    const KIND: ColumnKind = ColumnKind::OptionalText;
    fn held(&self) -> Held<'_> {
        Held::OptionalText(self.as_deref())
    }
}

impl Holds for u32 {
    const KIND: ColumnKind = ColumnKind::Number;
    fn held(&self) -> Held<'_> {
        Held::Number(*self)
    }
}

/// Bytes of a file, which are bounded far below what no longer fits.
impl Holds for u64 {
    const KIND: ColumnKind = ColumnKind::Number;
    fn held(&self) -> Held<'_> {
        Held::Number(u32::try_from(*self).unwrap_or(u32::MAX))
    }
}

/// A page, from 1.
impl Holds for Option<u32> {
    const KIND: ColumnKind = ColumnKind::OptionalNumber;
    fn held(&self) -> Held<'_> {
        Held::OptionalNumber(self.and_then(|number| i32::try_from(number).ok()))
    }
}

/// A year.
impl Holds for Option<i32> {
    const KIND: ColumnKind = ColumnKind::OptionalNumber;
    fn held(&self) -> Held<'_> {
        Held::OptionalNumber(*self)
    }
}

impl Holds for bool {
    const KIND: ColumnKind = ColumnKind::Flag;
    fn held(&self) -> Held<'_> {
        Held::Flag(*self)
    }
}

/// A value in the printed unit.
impl Holds for Decimal {
    const KIND: ColumnKind = ColumnKind::Value;
    fn held(&self) -> Held<'_> {
        Held::Decimal(Some(*self))
    }
}

/// An amount in yuan, where the value is money.
impl Holds for Option<Decimal> {
    const KIND: ColumnKind = ColumnKind::Yuan;
    fn held(&self) -> Held<'_> {
        Held::Decimal(*self)
    }
}

/// Declares rows of the load package: `stage` makes their frames and `warehouse` their tables from the fields.
macro_rules! records {
    ($($(#[$about:meta])* pub struct $name:ident { $($(#[$note:meta])* pub $field:ident: $type:ty,)+ })+) => {
        $(
            $(#[$about])*
            #[derive(Debug, Clone)]
            pub struct $name { $($(#[$note])* pub $field: $type,)+ }

            impl $crate::normalise::record::Record for $name {
                const FIELDS: &'static [$crate::normalise::record::Field] = &[$(
                    $crate::normalise::record::Field {
                        name: stringify!($field),
                        kind: <$type as $crate::normalise::record::Holds>::KIND,
                    },
                )+];

                fn held(&self, field: usize) -> $crate::normalise::record::Held<'_> {
                    const HELD: &[for<'a> fn(&'a $name) -> $crate::normalise::record::Held<'a>] =
                        &[$(|row| $crate::normalise::record::Holds::held(&row.$field),)+];
                    HELD[field](self)
                }
            }
        )+
    };
}
pub(super) use records;

/// Document key and finding. Findings about the run, or about a file that could not be opened, carry its path instead.
pub type DocumentFinding = (String, Finding);

impl Record for DocumentFinding {
    const FIELDS: &'static [Field] = &[
        Field { name: "document_key", kind: ColumnKind::Text },
        Field { name: "check_id", kind: ColumnKind::Text },
        Field { name: "severity", kind: ColumnKind::Text },
        Field { name: "outcome", kind: ColumnKind::Text },
        Field { name: "cause", kind: ColumnKind::Text },
        Field { name: "place", kind: ColumnKind::Text },
        Field { name: "left_value", kind: ColumnKind::Value },
        Field { name: "right_value", kind: ColumnKind::Value },
        Field { name: "difference", kind: ColumnKind::Value },
        Field { name: "allowed", kind: ColumnKind::Value },
        Field { name: "hint", kind: ColumnKind::Text },
        Field { name: "message", kind: ColumnKind::Text },
    ];

    fn held(&self, field: usize) -> Held<'_> {
        let (key, finding) = self;
        let text = |text| Held::Text(Cow::Borrowed(text));
        match Self::FIELDS[field].name {
            "document_key" => text(key),
            "check_id" => text(&finding.check_id),
            "severity" => text(finding.severity.as_str()),
            "outcome" => text(finding.outcome.as_str()),
            "cause" => text(finding.cause.as_str()),
            "place" => Held::Text(Cow::Owned(finding.place.to_string())),
            "left_value" => Held::Decimal(finding.left_value),
            "right_value" => Held::Decimal(finding.right_value),
            "difference" => Held::Decimal(finding.difference),
            "allowed" => Held::Decimal(finding.allowed),
            "hint" => text(&finding.hint),
            _ => text(&finding.message),
        }
    }
}

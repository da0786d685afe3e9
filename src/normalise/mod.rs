//! Raw → figures and claims with exact value, yuan, unit, code, name and sign. Looks at no file.

mod cell;
mod claim;
mod corrections;
mod decimals;
mod facts;
mod figure;
mod names;
mod record;
mod units;

pub use claim::{normalise_claim, number_meanings};
pub use corrections::Corrections;
pub use decimals::UsualDecimals;
pub use facts::{
    Claim, DocumentRecord, Figure, Indicator, ListedUnit, Paragraph, Reason, ReportTable, TABLES, ValueKind,
};
pub use figure::normalise_figure;
pub use names::ClassNames;
pub use record::{ColumnKind, DocumentFinding, Field, Held, Record};
pub use units::Units;

//! Raw → figures and claims with exact value, yuan, unit, code, name and sign. Looks at no file.

mod claim;
mod corrections;
mod facts;
mod figure;
mod names;
mod numbers;
mod record;

pub use claim::{normalise_claim, number_meanings};
pub use corrections::Corrections;
pub use facts::{
    Claim, DocumentRecord, Figure, Indicator, ListedUnit, Paragraph, Reason, ReportTable, TABLES, ValueKind,
};
pub use figure::normalise_figure;
pub use names::ClassNames;
pub use numbers::decimals::UsualDecimals;
pub use numbers::units::Units;
pub use record::{ColumnKind, DocumentFinding, Field, Held, Record};

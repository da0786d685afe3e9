//! Raw → figures and claims with exact value, yuan, unit, code, name and sign. Looks at no file.

mod facts;
pub mod identity;

pub use facts::{Claim, DocumentRecord, Figure, Indicator, Reason, ReportTable, ValueKind};

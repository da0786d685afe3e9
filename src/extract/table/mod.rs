//! Grid + layout (TOML) → raw figures.
//!
//! ```text
//! grid → regions (titles) → header paths → layout bound to columns → rows → raw figures
//! ```

mod bind;
mod closest;
mod codes;
mod examine;
mod figure;
mod fixture;
mod furniture;
mod header;
mod inspect;
mod key;
mod label;
mod layout;
mod lint;
mod lists;
mod load;
mod reading;
mod rows;
mod sheet;
mod titles;
mod words;

pub use figure::{FoundTable, RawFigure, RowRole, TableReading, TableState};
pub use inspect::{InspectedColumn, InspectedTable, Inspection, Lacking, inspect};
pub use lint::{LintProblem, lint};
pub use load::Layouts;
pub use reading::read;

/// What is known of a document before its tables are read.
#[derive(Debug, Clone, Default)]
pub struct ReadContext {
    /// GB/T 2260 code: selects overlays. Unknown: overlays serve only where no general layout knows the title.
    pub region_code: Option<String>,
    /// Selects layouts by year.
    pub fiscal_year: Option<i32>,
}

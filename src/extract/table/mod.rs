//! Grid + layout (TOML) → raw figures.
//!
//! ```text
//! grid → regions (titles) → header paths → layout bound to columns → rows → raw figures
//! ```

mod examine;
mod find;
mod fixture;
mod inspect;
mod layouts;
mod lint;
mod reading;
mod rows;

pub use inspect::inspect;
pub use layouts::load::Layouts;
pub use lint::lint;
pub use reading::read;
pub use rows::figure::{RawFigure, RowRole, TableReading, TableState};

/// What is known of a document before its tables are read.
#[derive(Debug, Clone, Default)]
pub struct ReadContext {
    /// GB/T 2260 code: selects overlays. Unknown: overlays serve only where no general layout knows the title.
    pub region_code: Option<String>,
    /// Selects layouts by year.
    pub fiscal_year: Option<i32>,
}

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
mod report;
mod rows;
mod unread;

pub use inspect::inspect;
pub use layouts::layout::LayoutKind;
pub use layouts::load::Layouts;
pub use lint::lint;
pub use reading::read;
pub use rows::figure::{FoundTable, RawFigure, RowRole, TableReading, TableState};

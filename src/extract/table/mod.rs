//! Grid + layout (TOML) → raw figures.

mod figure;

pub use figure::{FoundTable, RawFigure, RowRole, TableReading, TableState};

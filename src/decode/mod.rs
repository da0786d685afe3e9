//! Bytes → grids of cells, and lines of text with offsets. Format by content, never by extension.
//! Knows nothing of what the cells mean.

mod document;

pub use document::{Cell, CellValue, Document, Format, Grid, Line, Merge, Number, TableCell};

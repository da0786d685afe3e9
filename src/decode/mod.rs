//! Bytes → grids of cells, and lines of text with offsets. Format by content, never by extension.
//! Knows nothing of what the cells mean.

mod document;
mod docx;
mod encoding;
mod failure;
mod html;
mod limits;
mod text;
mod text_table;

pub use document::{Cell, CellValue, Document, Format, Grid, Line, Merge, Number, TableCell};
pub use docx::decode_docx;
pub use encoding::decode_bytes;
pub use failure::DecodeFailure;
pub use html::decode_html;
pub use limits::Limits;
pub use text::decode_text;

//! Pages → grids and lines. One module for every format that prints: PDF, OFD, and pictures read by a recogniser.

mod geometry;
mod gutter;
mod items;
mod layout;
mod lines;
mod notes;
mod radicals;
mod tables;
mod turned;
mod upright;
mod writer;

pub use geometry::{Area, Glyph, Mark, PrintedPage, is_unnamed};
pub use upright::upright;
pub use writer::PageWriter;

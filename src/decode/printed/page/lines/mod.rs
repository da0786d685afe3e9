//! Characters → lines, and lines → paragraphs.

pub mod furniture;
pub mod paragraphs;
pub mod writing;

use super::geometry::Area;

/// One printed line outside of tables.
#[derive(Debug, Clone, PartialEq)]
pub struct PageLine {
    pub page: u32,
    /// Width and height of the page as it is held.
    pub paper: (f64, f64),
    pub text: String,
    pub area: Area,
    pub baseline: f64,
    /// One em.
    pub size: f64,
    /// How sure the recogniser was of its least sure character; none where none was recognised.
    pub score: Option<u8>,
}

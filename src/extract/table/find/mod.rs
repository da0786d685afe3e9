//! Grid → regions with title, header and the layout that fits.

pub mod bind;
pub mod furniture;
pub mod header;
pub mod packed;
pub mod sheet;
pub mod titles;
pub mod years;

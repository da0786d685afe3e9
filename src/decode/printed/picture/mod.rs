//! Pages that are pictures: unpacked, laid straight, handed to a program that recognises characters, and its answer as
//! the characters and rules of the page.

mod fax;
mod jpeg;
mod packed;
mod placed;
mod png;
mod recognise;
mod rules;
mod samples;
mod skew;

pub use fax::{Fax, facsimile, jbig2};
pub use jpeg::jpeg;
pub use packed::{is_picture, raster_of};
pub use placed::{Pictures, Placed};
pub use recognise::{Recogniser, Scan, Seen, recognised};
pub use samples::{Colours, grey};

/// A picture in greys, row by row: 0 is black, 255 is white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    pub width: usize,
    pub height: usize,
    pub grey: Vec<u8>,
}

/// More pixels than a page of A3 at 600 dots an inch has.
const MOST_PIXELS: usize = 80_000_000;

impl Raster {
    /// A white picture; `None` where it is empty or larger than any page.
    pub fn white(width: usize, height: usize) -> Option<Self> {
        let pixels = width.checked_mul(height).filter(|pixels| (1..=MOST_PIXELS).contains(pixels))?;
        Some(Self { width, height, grey: vec![255; pixels] })
    }

    pub fn row(&self, row: usize) -> &[u8] {
        &self.grey[row * self.width..][..self.width]
    }

    /// Turned by so many quarters clockwise.
    fn turned(&self, quarters: usize) -> Self {
        let mut turned = self.clone();
        for _ in 0..quarters {
            let (width, height) = (turned.height, turned.width);
            let at = |column: usize, row: usize| turned.grey[(turned.height - 1 - column) * turned.width + row];
            let grey = (0..height).flat_map(|row| (0..width).map(move |column| at(column, row))).collect();
            turned = Self { width, height, grey };
        }
        turned
    }

    /// Half as wide and high, each pixel the mean of four.
    fn halved(&self) -> Self {
        let (width, height) = ((self.width / 2).max(1), (self.height / 2).max(1));
        let at = |column: usize, row: usize| {
            u32::from(self.grey[row.min(self.height - 1) * self.width + column.min(self.width - 1)])
        };
        let mean = |row: usize, column: usize| {
            let (x, y) = (2 * column, 2 * row);
            ((at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1)) / 4) as u8
        };
        let grey = (0..height).flat_map(|row| (0..width).map(move |column| mean(row, column))).collect();
        Self { width, height, grey }
    }
}

//! Pictures between the text of a document: a table may be one.

use crate::decode::inside::LARGE_PICTURE;

/// Lengths are twentieths of a point.
const TWIPS: f64 = 20.0;
const PERCENT: f64 = 100.0;

/// Counts the large ones.
#[derive(Default)]
pub struct Pictures {
    /// The width and the height of the picture that is open, and what both are scaled by.
    sides: [f64; 2],
    scales: [f64; 2],
    pub large: usize,
}

impl Pictures {
    pub fn word(&mut self, word: &str, value: i32) {
        let value = f64::from(value);
        match word {
            "pict" => (self.sides, self.scales) = ([0.0; 2], [1.0; 2]),
            "picscalex" => self.scales[0] = value / PERCENT,
            "picscaley" => self.scales[1] = value / PERCENT,
            "picwgoal" => self.side(0, value),
            "pichgoal" => self.side(1, value),
            _ => {}
        }
    }

    fn side(&mut self, at: usize, length: f64) {
        self.sides[at] = length.max(0.0) / TWIPS * self.scales[at].max(0.0);
        if self.sides[0] * self.sides[1] >= LARGE_PICTURE {
            self.large += 1;
            self.sides = [0.0; 2];
        }
    }
}

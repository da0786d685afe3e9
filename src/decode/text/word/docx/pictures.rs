//! Pictures between the text of a document: a table may be one.

use quick_xml::events::BytesStart;

use crate::decode::text::word::LARGE_PICTURE;
use crate::decode::xml::{attribute, number};

/// In a point.
const EMU: f64 = 12_700.0;

/// Counts the large ones.
#[derive(Default)]
pub struct Pictures {
    /// What the drawing that is open covers, in square points.
    area: f64,
    /// Inside of an object of another program, which is told by itself.
    in_object: bool,
    pub large: usize,
}

impl Pictures {
    pub fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "object" => self.in_object = true,
            "extent" => {
                let side = |name| number::<f64>(element, name).unwrap_or(0.0) / EMU;
                self.area = side("cx") * side("cy");
            }
            "shape" => self.area = attribute(element, "style").map_or(0.0, |style| area_of(&style)),
            "blip" | "chart" | "imagedata" if !self.in_object => {
                let area = std::mem::take(&mut self.area);
                self.large += usize::from(area.is_finite() && area >= LARGE_PICTURE);
            }
            _ => {}
        }
    }

    pub fn end(&mut self, name: &str) {
        if name == "object" {
            self.in_object = false;
        }
    }
}

/// `width:415.3pt;height:10cm`
fn area_of(style: &str) -> f64 {
    let side = |wanted: &str| {
        let mut entries = style.split(';').filter_map(|entry| entry.split_once(':'));
        entries.find(|(name, _)| name.trim() == wanted).map_or(0.0, |(_, length)| points(length))
    };
    side("width") * side("height")
}

/// A length with its unit, in points; 0 where it is none.
pub fn points(length: &str) -> f64 {
    let length = length.trim();
    let digits = length.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(length.len());
    let (number, unit) = length.split_at(digits);
    let points = match unit.trim() {
        "pt" => 1.0,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 7.2 / 2.54,
        "px" => 0.75,
        _ => return 0.0,
    };
    number.parse::<f64>().unwrap_or(0.0) * points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_in_points() {
        for (length, told) in [("72pt", 72.0), ("2.54cm", 72.0), ("25.4 mm", 72.0), ("1in", 72.0), ("96px", 72.0)] {
            assert!((points(length) - told).abs() < 0.01, "{length}");
        }
        for length in ["", "auto", "50%", "12", "-3pt"] {
            assert!(points(length).abs() < f64::EPSILON, "{length}");
        }
        assert!((area_of("position:absolute;width:100pt; height:20pt") - 2_000.0).abs() < 0.01);
    }
}

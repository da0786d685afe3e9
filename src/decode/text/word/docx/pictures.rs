//! Pictures between the text of a document: a table may be one.

use quick_xml::events::BytesStart;

use crate::decode::inside::{LARGE_PICTURE, points};
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_of_a_shape_is_in_its_style() {
        assert!((area_of("position:absolute;width:100pt; height:20pt") - 2_000.0).abs() < 0.01);
        assert!(area_of("position:absolute").abs() < f64::EPSILON);
    }
}

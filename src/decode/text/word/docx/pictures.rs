//! Pictures between the text of a document: a table may be one.

use quick_xml::events::BytesStart;

use crate::decode::inside::{LARGE_PICTURE, styled};
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
            "shape" => {
                let style = attribute(element, "style").unwrap_or_default();
                self.area = styled(&style, "width") * styled(&style, "height");
            }
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

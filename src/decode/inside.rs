//! What documents hold that is not read, and how it is told: pictures, workbooks, other documents.

use crate::vocabulary::{Finding, Place, Severity};

/// What is told of workbooks inside of a document: it shows a picture of each, and nothing in it is read.
pub fn workbooks_inside(count: usize) -> Option<Finding> {
    (count > 0).then(|| {
        Finding::disclosure(
            "decode.workbooks_inside",
            Severity::Warning,
            Place::File,
            format!("{count} workbooks lie inside of the document as objects: what they show is not read"),
            "open each by a double click, and save it as a file of its own".to_owned(),
        )
    })
}

pub const PICTURED_TABLE_HINT: &str =
    "look whether one of them shows a table; if so, look for the publisher's Excel attachment";
/// Pictures smaller than this, in square points, hold no table: a twentieth of a page.
pub const LARGE_PICTURE: f64 = 25_000.0;

/// What is told of large pictures between the text.
pub fn pictures_inside(count: usize) -> Option<Finding> {
    (count > 0).then(|| {
        Finding::disclosure(
            "decode.pictures",
            Severity::Info,
            Place::File,
            format!("{count} large pictures stand in the document: what they show is not read"),
            PICTURED_TABLE_HINT.to_owned(),
        )
    })
}

/// What is told of documents inside of a document, which a word processor shows in their place.
pub fn documents_inside(count: usize) -> Option<Finding> {
    (count > 0).then(|| {
        Finding::disclosure(
            "decode.documents_inside",
            Severity::Warning,
            Place::File,
            format!("{count} other documents are inserted into the document as files: what they say is not read"),
            "open it in a word processor and save it again, which makes their text its own".to_owned(),
        )
    })
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

/// What a style (`width:415.3pt; height:10cm`) says of one side, in points; 0 where it says nothing. The last entry counts.
pub fn styled(style: &str, side: &str) -> f64 {
    let mut entries = style.split(';').filter_map(|entry| entry.split_once(':'));
    entries.rfind(|(name, _)| name.trim() == side).map_or(0.0, |(_, length)| points(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_tells_each_side() {
        let style = "position:absolute;width:10pt;width:100pt; height:20pt";
        assert!((styled(style, "width") * styled(style, "height") - 2_000.0).abs() < 0.01);
        assert!(styled("position:absolute", "width").abs() < f64::EPSILON);
    }

    #[test]
    fn lengths_are_in_points() {
        for (length, told) in [("72pt", 72.0), ("2.54cm", 72.0), ("25.4 mm", 72.0), ("1in", 72.0), ("96px", 72.0)] {
            assert!((points(length) - told).abs() < 0.01, "{length}");
        }
        for length in ["", "auto", "50%", "12", "-3pt"] {
            assert!(points(length).abs() < f64::EPSILON, "{length}");
        }
    }
}

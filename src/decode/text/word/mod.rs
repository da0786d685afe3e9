//! Documents of word processors that are XML: Word's .docx, and OpenDocument text.

pub mod docx;
mod flow;
pub mod open_text;

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

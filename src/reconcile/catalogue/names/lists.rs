//! The rows of a reference list.

use crate::error::{Error, Result};
use crate::project::ProjectFile;

pub(super) fn rows(file: &ProjectFile) -> Result<Vec<csv::StringRecord>> {
    csv::Reader::from_reader(file.text.as_bytes())
        .records()
        .collect::<std::result::Result<_, _>>()
        .map_err(|error| Error::csv(&file.shown_path, error))
}

pub(super) fn field(row: &csv::StringRecord, column: usize) -> String {
    row.get(column).unwrap_or_default().to_owned()
}

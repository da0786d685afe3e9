//! What is wrong in a file of `pipelines/layouts/`, told with its line.

use crate::error::{Error, Result};
use crate::extract::pattern::Pattern;
use crate::project::ProjectFile;

/// Where the keys of these files are explained.
pub const KEYS: &str = "the keys of a layout are listed in docs/adding-a-province.md";

/// An error at the line where a value stands.
pub fn at_value(source: &ProjectFile, value: &str, what: String) -> Error {
    Error::usage(source.place_of_value(value)).because(what)
}

/// # Errors
/// The pattern is no regular expression.
pub fn regex(pattern: &str, source: &ProjectFile) -> Result<Pattern> {
    Pattern::new(pattern).map_err(|error| at_value(source, pattern, error.to_string()))
}

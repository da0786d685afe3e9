//! The list of one shard: a manifest whose paths begin in the root of the whole corpus.

use std::path::Path;

use crate::discover::{Location, ManifestRow, SourceFile};
use crate::error::{Error, Result};

/// The row of a file: what the collector said of it, or nothing but its path.
///
/// # Errors
/// A name that a list cannot hold: the file would be lost in the shard's run.
pub fn row_of(source: &SourceFile) -> Result<ManifestRow> {
    let row = ManifestRow { path: source.file.clone(), ..source.manifest.clone().unwrap_or_default() };
    let is_found_again = match &source.location {
        Location::Path(path) => *path == Path::new(&source.source).join(&source.file),
        Location::Bundle { .. } => !source.file.contains(char::REPLACEMENT_CHARACTER),
    };
    if is_found_again && source.file.trim() == source.file && !source.file.contains(['\r', '\n']) {
        return Ok(row);
    }
    Err(Error::usage(format!("the name of the file {:?} cannot stand in a list", source.file))
        .because("it begins or ends with a blank, or holds a line break or bytes that are no UTF-8")
        .hint("rename the file; a run over the whole folder reads it as it is"))
}

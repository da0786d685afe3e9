//! Zip containers with a fixed date, so that the same parts give the same bytes.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::WriteError;

/// Packs the parts in the given order; `stored` ones are not compressed (ODF wants its `mimetype` so).
pub(crate) fn pack(parts: &[(&str, &[u8], bool)]) -> Result<Vec<u8>, WriteError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes, stored) in parts {
        let method = if *stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
        zip.start_file(*name, options).map_err(broken)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish().map_err(broken)?.into_inner())
}

/// All parts of a container, in order.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, WriteError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(broken)?;
        let name = file.name().map_err(broken)?.into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content)?;
        parts.push((name, content));
    }
    Ok(parts)
}

fn broken(error: zip::result::ZipError) -> WriteError {
    WriteError(format!("zip: {error}"))
}

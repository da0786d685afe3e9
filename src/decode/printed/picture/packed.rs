//! A picture that is a file of its own, or stands as one inside a document.

use super::Raster;
use super::jpeg::jpeg;
use super::png::{is_png, png};

/// By its first bytes; only those that can be read.
pub fn is_picture(bytes: &[u8]) -> bool {
    is_png(bytes) || bytes.starts_with(b"\xff\xd8\xff")
}

/// The picture, and how many dots an inch has where it says so.
///
/// # Errors
/// It is damaged, or packed in a way that is not read.
pub fn raster_of(bytes: &[u8]) -> Result<(Raster, Option<f64>), String> {
    if is_png(bytes) {
        png(bytes)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        jpeg(bytes).map(|raster| (raster, None))
    } else {
        Err("its picture is neither a JPEG nor a PNG".to_owned())
    }
}

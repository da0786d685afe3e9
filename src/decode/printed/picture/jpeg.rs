//! JPEG → greys.

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::samples::{Colours, grey};
use super::{MOST_PIXELS, Raster};

/// # Errors
/// It is damaged, or larger than any page.
pub fn jpeg(bytes: &[u8]) -> Result<Raster, String> {
    let broken = |error: zune_jpeg::errors::DecodeErrors| format!("its JPEG picture is damaged: {error}");
    let options = DecoderOptions::default().set_max_width(1 << 16).set_max_height(1 << 16);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(broken)?;
    let size = decoder.info().map_or((0, 0), |info| (usize::from(info.width), usize::from(info.height)));
    if size.0 * size.1 > MOST_PIXELS {
        return Err("its picture is larger than any page".to_owned());
    }
    if matches!(decoder.input_colorspace(), Some(ColorSpace::YCbCr | ColorSpace::Luma)) {
        decoder.set_options(options.jpeg_set_out_colorspace(ColorSpace::Luma));
    }
    let samples = decoder.decode().map_err(broken)?;
    let colours = match decoder.output_colorspace().map_or(0, |colours| colours.num_components()) {
        1 => Colours::Grey,
        3 => Colours::Rgb,
        4 => Colours::Cmyk,
        _ => return Err("its JPEG picture has unknown colours".to_owned()),
    };
    grey(&samples, size, 8, &colours, 0).ok_or_else(|| "its picture is empty".to_owned())
}

//! PNG: written for the program that recognises characters, and read where it is a page itself.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use super::samples::{Colours, brightness, grey};
use super::{MOST_PIXELS, Raster};
use crate::decode::printed::packing::{inflated, predicted_rows};

const MARK: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The picture as a PNG of 8-bit greys that says how many dots an inch has.
pub fn to_png(raster: &Raster, dots_per_inch: f64) -> Vec<u8> {
    let mut png = MARK.to_vec();
    let (width, height) = (raster.width as u32, raster.height as u32);
    let head = [width.to_be_bytes().as_slice(), &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    chunk(&mut png, b"IHDR", &head);
    let per_metre = ((dots_per_inch / 0.0254).round() as u32).to_be_bytes();
    chunk(&mut png, b"pHYs", &[per_metre.as_slice(), &per_metre, &[1]].concat());
    chunk(&mut png, b"IDAT", &packed(raster));
    chunk(&mut png, b"IEND", &[]);
    png
}

/// Each row as its differences from the one above: most of a page is white.
fn packed(raster: &Raster) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::fast());
    let mut above = vec![0; raster.width];
    for row in raster.grey.chunks_exact(raster.width) {
        let coded: Vec<u8> =
            std::iter::once(2).chain(row.iter().zip(&above).map(|(own, above)| own.wrapping_sub(*above))).collect();
        // Writing into memory does not fail.
        let _ = packer.write_all(&coded);
        above.copy_from_slice(row);
    }
    packer.finish().unwrap_or_default()
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    png.extend((data.len() as u32).to_be_bytes());
    let start = png.len();
    png.extend(kind);
    png.extend(data);
    let mut sum = Crc::new();
    sum.update(&png[start..]);
    png.extend(sum.sum().to_be_bytes());
}

pub fn is_png(bytes: &[u8]) -> bool {
    bytes.starts_with(MARK)
}

/// The picture and how many dots an inch has, where it says so.
///
/// # Errors
/// It is damaged, interlaced, or larger than any page.
pub fn png(bytes: &[u8]) -> Result<(Raster, Option<f64>), String> {
    let broken = || "its PNG picture is damaged".to_owned();
    let (mut head, mut palette, mut data, mut dots) = (None, Vec::new(), Vec::new(), None);
    let mut rest = bytes.get(MARK.len()..).unwrap_or_default();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let Some((kind, after)) = after.split_first_chunk::<4>() else { break };
        let Some(body) = after.get(..length) else { break };
        match kind {
            b"IHDR" => head = body.first_chunk::<13>().copied(),
            b"PLTE" => palette = body.chunks_exact(3).map(|rgb| brightness(rgb[0], rgb[1], rgb[2])).collect(),
            b"pHYs" if body.len() == 9 && body[8] == 1 => {
                dots = body.first_chunk().map(|per_metre| f64::from(u32::from_be_bytes(*per_metre)) * 0.0254);
            }
            b"IDAT" => data.extend_from_slice(body),
            b"IEND" => break,
            _ => {}
        }
        rest = after.get(length + 4..).unwrap_or_default();
    }
    let [a, b, c, d, e, f, g, h, bits, kind, _, _, interlaced] = head.ok_or_else(broken)?;
    let size = (u32::from_be_bytes([a, b, c, d]) as usize, u32::from_be_bytes([e, f, g, h]) as usize);
    if interlaced != 0 {
        return Err("its PNG picture is interlaced".to_owned());
    }
    let bits = usize::from(bits);
    let (colours, extra) = match kind {
        0 => (Colours::Grey, 0),
        2 => (Colours::Rgb, 0),
        3 => (Colours::Listed(palette), 0),
        4 => (Colours::Grey, 1),
        6 => (Colours::Rgb, 1),
        _ => return Err(broken()),
    };
    if ![1, 2, 4, 8, 16].contains(&bits) || size.0.saturating_mul(size.1) > MOST_PIXELS {
        return Err("its picture has sizes that no page has".to_owned());
    }
    let per_pixel = (colours.samples() + extra) * bits;
    let stride = (size.0 * per_pixel).div_ceil(8);
    let rows = predicted_rows(&inflated(&data, (stride + 1) * size.1), stride, per_pixel.div_ceil(8));
    grey(&rows, size, bits, &colours, extra).map(|raster| (raster, dots)).ok_or_else(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let raster = Raster { width: 3, height: 2, grey: vec![0, 255, 7, 9, 9, 200] };
        let bytes = to_png(&raster, 300.0);
        let (read, dots) = png(&bytes).unwrap();
        assert_eq!((read, dots.unwrap().round()), (raster, 300.0));
        assert!(png(&bytes[..30]).is_err());
        assert!(png(b"\x89PNG").is_err());
    }
}

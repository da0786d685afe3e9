//! Pictures of a PDF: unpacked, in greys, at their places.

use super::draw::Pictured;
use super::file::File;
use super::file::object::{Dict, Object, Stream};
use crate::decode::printed::picture::{Colours, Fax, Pictures, Placed, Raster, facsimile, grey, jbig2, jpeg};

/// Pictures of a page: strips of a scan, not the dots of a drawing.
const MOST: usize = 400;

/// # Errors
/// One of them cannot be unpacked: the page would be read with a hole.
pub fn placed(file: &File<'_>, pictures: &[Pictured]) -> Pictures {
    if pictures.len() > MOST {
        return Err(format!("it is drawn with {} pictures", pictures.len()));
    }
    let place = |picture: &Pictured| {
        let stream = picture.stream.as_ref().ok_or("its picture stands among the drawing instructions")?;
        let (raster, cover) = raster_and_cover(file, stream)?;
        Ok(Placed { matrix: picture.matrix, raster, cover }.not_too_fine())
    };
    pictures.iter().map(place).collect()
}

fn raster_and_cover(file: &File<'_>, stream: &Stream) -> Result<(Raster, Option<Raster>), String> {
    let raster = raster(file, stream)?;
    if is_stencil(file, &stream.dict) {
        // A stencil paints where it is dark.
        return Ok((Raster { grey: vec![0; raster.grey.len()], ..raster }, Some(inverted(raster))));
    }
    let mask = |key: &str| match file.entry(&stream.dict, key) {
        Object::Stream(mask) => Some(mask),
        _ => None,
    };
    let cover = match (mask("SMask"), mask("Mask")) {
        (Some(opacity), _) => Some(self::raster(file, &opacity)?),
        (None, Some(stencil)) => Some(inverted(self::raster(file, &stencil)?)),
        (None, None) => None,
    };
    Ok((raster, cover))
}

fn is_stencil(file: &File<'_>, dict: &Dict) -> bool {
    file.entry(dict, "ImageMask") == Object::Flag(true)
}

fn inverted(raster: Raster) -> Raster {
    Raster { grey: raster.grey.iter().map(|grey| 255 - grey).collect(), ..raster }
}

fn raster(file: &File<'_>, stream: &Stream) -> Result<Raster, String> {
    let count = |key: &str| file.entry(&stream.dict, key).number().unwrap_or(0.0).max(0.0) as usize;
    let unpacked = file.unpacked_to_picture(stream);
    let raster = match &unpacked.picture {
        None => {
            let is_stencil = is_stencil(file, &stream.dict);
            let colours =
                if is_stencil { Colours::Grey } else { colours(file, &file.entry(&stream.dict, "ColorSpace"), 0)? };
            let bits = if is_stencil { 1 } else { count("BitsPerComponent") };
            if ![1, 2, 4, 8, 16].contains(&bits) {
                return Err(format!("its picture has samples of {bits} bits"));
            }
            grey(&unpacked.bytes, (count("Width"), count("Height")), bits, &colours, 0)
                .ok_or("its picture is cut off, or has sizes that no page has")?
        }
        Some((filter, parameters)) => match filter.as_str() {
            "DCTDecode" | "DCT" => jpeg(&unpacked.bytes)?,
            "CCITTFaxDecode" | "CCF" => {
                let fax = fax(file, parameters, count("Height"));
                let raster = facsimile(&unpacked.bytes, fax)?;
                if file.entry(parameters, "BlackIs1") == Object::Flag(true) { inverted(raster) } else { raster }
            }
            "JBIG2Decode" => {
                let shared = match file.entry(parameters, "JBIG2Globals") {
                    Object::Stream(shared) => Some(file.unpacked(&shared)),
                    _ => None,
                };
                jbig2(&unpacked.bytes, shared.as_deref())?
            }
            other => return Err(format!("its picture is packed as {other}")),
        },
    };
    let decode = file.entry(&stream.dict, "Decode");
    let first = decode.list().and_then(|list| list.first()?.number());
    Ok(if first.is_some_and(|first| first >= 1.0) { inverted(raster) } else { raster })
}

fn fax(file: &File<'_>, parameters: &Dict, height: usize) -> Fax {
    let flag = |key: &str, usual: bool| match file.entry(parameters, key) {
        Object::Flag(flag) => flag,
        _ => usual,
    };
    let number = |key: &str| file.entry(parameters, key).number();
    Fax {
        width: number("Columns").map_or(1728, |columns| columns.max(0.0) as usize),
        height: number("Rows").filter(|rows| *rows > 0.0).map_or(height, |rows| rows as usize),
        group: number("K").unwrap_or(0.0) as i32,
        ends_lines: flag("EndOfLine", false),
        is_aligned: flag("EncodedByteAlign", false),
        ends_block: flag("EndOfBlock", true),
    }
}

/// What the samples mean; colours that a printer mixes by name are taken for their ink.
fn colours(file: &File<'_>, space: &Object, depth: usize) -> Result<Colours, String> {
    let unknown = |name: &str| Err(format!("its picture has colours of the kind {name}"));
    match space {
        Object::Name(name) => match name.as_str() {
            "DeviceGray" | "G" | "CalGray" => Ok(Colours::Grey),
            "DeviceRGB" | "RGB" | "CalRGB" => Ok(Colours::Rgb),
            "DeviceCMYK" | "CMYK" => Ok(Colours::Cmyk),
            other => unknown(other),
        },
        Object::List(list) if depth < 3 => {
            let part = |at: usize| list.get(at).map_or(Object::Null, |object| file.resolved(object));
            let name = part(0);
            match name.name().unwrap_or_default() {
                "ICCBased" => match part(1).dict().and_then(|dict| file.entry(dict, "N").number()) {
                    Some(3.0) => Ok(Colours::Rgb),
                    Some(4.0) => Ok(Colours::Cmyk),
                    _ => Ok(Colours::Grey),
                },
                "Indexed" | "I" => listed(file, &colours(file, &part(1), depth + 1)?, &part(3)),
                other => colours(file, &Object::Name(other.to_owned()), depth + 1),
            }
        }
        _ => unknown("unnamed"),
    }
}

/// A list of colours by number.
fn listed(file: &File<'_>, of: &Colours, table: &Object) -> Result<Colours, String> {
    let bytes = match table {
        Object::Text(bytes) => bytes.clone(),
        Object::Stream(stream) => file.unpacked(stream),
        _ => return Err("its picture has a list of colours that is missing".to_owned()),
    };
    let count = bytes.len() / of.samples();
    let greys = grey(&bytes, (count, 1), 8, of, 0).ok_or("its picture has an empty list of colours")?;
    Ok(Colours::Listed(greys.grey))
}

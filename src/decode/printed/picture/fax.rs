//! What scanners pack black and white pages into: facsimile (CCITT groups 3 and 4) and JBIG2 → greys.

use hayro_ccitt::{DecodeSettings, DecoderContext, EncodingMode};

use super::Raster;

/// How a facsimile is packed.
#[derive(Debug, Clone, Copy)]
pub struct Fax {
    pub width: usize,
    pub height: usize,
    /// Below zero: group 4; zero: group 3 in rows; above: group 3 in rows and differences.
    pub group: i32,
    pub ends_lines: bool,
    pub is_aligned: bool,
    pub ends_block: bool,
}

/// Rows of changes from white to black and back, painted from the top down.
struct Rows<'r> {
    raster: &'r mut Raster,
    row: usize,
}

impl hayro_ccitt::Decoder for Rows<'_> {
    fn push_row(&mut self, changes: &[u32]) {
        if self.row >= self.raster.height {
            return;
        }
        let width = self.raster.width;
        let row = &mut self.raster.grey[self.row * width..][..width];
        for black in changes.chunks(2) {
            let from = (black[0] as usize).min(width);
            let to = black.get(1).map_or(width, |to| (*to as usize).min(width));
            row[from..to.max(from)].fill(0);
        }
        self.row += 1;
    }
}

/// # Errors
/// Its sizes fit no page, or nothing of it can be read.
pub fn facsimile(bytes: &[u8], fax: Fax) -> Result<Raster, String> {
    let mut raster = Raster::white(fax.width, fax.height).ok_or("its picture has sizes that no page has")?;
    let settings = DecodeSettings {
        columns: fax.width as u32,
        rows: fax.height as u32,
        end_of_block: fax.ends_block,
        end_of_line: fax.ends_lines,
        rows_are_byte_aligned: fax.is_aligned,
        encoding: match fax.group {
            ..0 => EncodingMode::Group4,
            0 => EncodingMode::Group3_1D,
            1.. => EncodingMode::Group3_2D,
        },
        strict: false,
    };
    let mut rows = Rows { raster: &mut raster, row: 0 };
    let decoded = hayro_ccitt::decode(bytes, &mut rows, &mut DecoderContext::new(settings));
    let read = rows.row;
    match decoded {
        Err(_) if read < fax.height => Err(format!("its facsimile is damaged after {read} of {} rows", fax.height)),
        _ => Ok(raster),
    }
}

/// Pixels one after the other.
struct Pixels {
    raster: Raster,
    row: usize,
    column: usize,
}

impl hayro_jbig2::Decoder for Pixels {
    fn push_pixel(&mut self, black: bool) {
        if black && self.row < self.raster.height && self.column < self.raster.width {
            let at = self.row * self.raster.width + self.column;
            self.raster.grey[at] = 0;
        }
        self.column += 1;
    }

    fn push_pixel_chunk(&mut self, black: bool, chunk_count: u32) {
        for _ in 0..u64::from(chunk_count) * 8 {
            self.push_pixel(black);
        }
    }

    fn next_line(&mut self) {
        self.row += 1;
        self.column = 0;
    }
}

/// JBIG2 as it stands in a PDF, with what its pictures share.
///
/// # Errors
/// It is damaged, or its sizes fit no page.
pub fn jbig2(bytes: &[u8], shared: Option<&[u8]>) -> Result<Raster, String> {
    let broken = |error: hayro_jbig2::DecodeError| format!("its JBIG2 picture is damaged: {error}");
    let settings = hayro_jbig2::DecodeSettings::default();
    let shared = shared.map(|bytes| hayro_jbig2::Globals::new(bytes, &settings)).transpose().map_err(broken)?;
    let page = hayro_jbig2::Page::new_embedded(bytes, shared.as_ref(), &settings).map_err(broken)?;
    let raster = Raster::white(page.width() as usize, page.height() as usize);
    let mut pixels = Pixels { raster: raster.ok_or("its picture has sizes that no page has")?, row: 0, column: 0 };
    page.decode(&mut pixels).map_err(broken)?;
    Ok(pixels.raster)
}

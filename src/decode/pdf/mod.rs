//! PDF → printed pages. Text that is only a picture is named, not read; so are characters without a name.

mod crypt;
mod draw;
mod file;
mod font;
mod sheet;

use draw::{Drawing, Fonts, Layers};
use file::File;

use super::document::{Document, Format};
use super::failure::DecodeFailure;
use super::limits::Limits;
use super::page::{PageWriter, PrintedPage};

/// Decodes a PDF. One that opens with an empty password is read like any other.
///
/// # Errors
/// It needs a password, is damaged, is too large, or shows pictures only.
pub fn decode_pdf(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    let mut writer = PageWriter::default();
    each_page(bytes, limits, |page| writer.page(page))?;
    writer.finish(Format::Pdf, limits)
}

/// Hands over each page as drawn, in order.
///
/// # Errors
/// It needs a password, is damaged or too large.
pub fn each_page(bytes: &[u8], limits: &Limits, mut take: impl FnMut(PrintedPage)) -> Result<(), DecodeFailure> {
    let file = File::open(bytes, limits.unpacked_bytes)?;
    let sheets = sheet::sheets(&file, limits.pages);
    if sheets.len() > limits.pages {
        return Err(DecodeFailure::TooLarge { reason: format!("more than {} pages", limits.pages) });
    }
    let layers = Layers::of(&file);
    let mut fonts = Fonts::new();
    let mut left = limits.drawing_steps;
    for (at, sheet) in sheets.iter().enumerate() {
        let number = at as u32 + 1;
        let mut drawing = Drawing::new(&file, &layers, &mut fonts, sheet, number, left);
        let content = sheet.content(&file);
        drawing
            .draw(&content, &sheet.resources, 0)
            .map_err(|_| DecodeFailure::TooLarge { reason: format!("page {number} never stops drawing") })?;
        left = drawing.steps_left;
        take(drawing.finish());
    }
    Ok(())
}

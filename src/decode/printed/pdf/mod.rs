//! PDF → printed pages. Characters without a name are counted, not read; pictures are unpacked only for a program that
//! recognises what they show.

mod crypt;
mod draw;
mod file;
mod font;
mod picture;
mod sheet;

use draw::{Drawing, Fonts, Layers};
use file::File;

use super::page::PrintedPage;
use super::picture::Pictures;
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;

/// Hands over each page as drawn, in order, and where pictures are wanted those of a page that shows little else. One
/// that opens with an empty password is read like any other.
///
/// # Errors
/// It needs a password, is damaged or too large.
pub fn each_page(
    bytes: &[u8],
    limits: &Limits,
    wants_pictures: bool,
    mut take: impl FnMut(PrintedPage, Pictures),
) -> Result<(), DecodeFailure> {
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
            .and_then(|()| drawing.annotate(sheet))
            .map_err(|_| DecodeFailure::TooLarge { reason: format!("page {number} never stops drawing") })?;
        left = drawing.steps_left;
        let (page, pictures) = drawing.finish();
        let pictures =
            if wants_pictures && page.is_picture() { picture::placed(&file, &pictures) } else { Ok(Vec::new()) };
        take(page, pictures);
    }
    Ok(())
}

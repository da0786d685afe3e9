//! Printed documents: their pages, one after the other, into grids and lines; pages that are pictures by way of a program.

mod ofd;
mod packing;
pub mod page;
mod pdf;
pub mod picture;

use super::container::{self, sniff::Content};
use super::document::{Document, Format};
use super::failure::DecodeFailure;
use super::guard;
use super::limits::Limits;
use page::{PageWriter, PrintedPage, upright};
use picture::{Pictures, Placed, Recogniser, raster_of, recognised};

/// Pages in a row that the program does not read: the rest is not tried.
const MOST_FAILURES: usize = 3;
/// Points of the shorter side of a page (A4) whose picture does not say how large it is.
const SHORT_SIDE: f64 = 595.0;

pub fn decode_pdf(
    bytes: &[u8],
    limits: &Limits,
    recogniser: Option<&mut dyn Recogniser>,
) -> Result<Document, DecodeFailure> {
    let mut pages = Pages::new(recogniser);
    pdf::each_page(bytes, limits, pages.recogniser.is_some(), |page, pictures| pages.page(page, pictures))?;
    pages.writer.finish(Format::Pdf, limits)
}

pub fn decode_ofd(
    bytes: &[u8],
    limits: &Limits,
    recogniser: Option<&mut dyn Recogniser>,
) -> Result<Document, DecodeFailure> {
    let mut pages = Pages::new(recogniser);
    ofd::each_page(bytes, limits, pages.recogniser.is_some(), |page, pictures| pages.page(page, pictures))?;
    pages.writer.finish(Format::Ofd, limits)
}

/// A file that is the picture of one page.
pub fn decode_picture(
    bytes: &[u8],
    limits: &Limits,
    recogniser: Option<&mut dyn Recogniser>,
) -> Result<Document, DecodeFailure> {
    let (raster, dots) = raster_of(bytes).map_err(DecodeFailure::damaged)?;
    let (wide, high) = (raster.width as f64, raster.height as f64);
    let points = dots.filter(|dots| *dots > 1.0).map_or(SHORT_SIDE / wide.min(high), |dots| 72.0 / dots);
    let (width, height) = (wide * points, high * points);
    let picture = Placed { matrix: [width, 0.0, 0.0, -height, 0.0, height], raster, cover: None }.not_too_fine();
    let mut pages = Pages::new(recogniser);
    pages.page(PrintedPage { number: 1, width, height, pictured: 100, ..PrintedPage::default() }, Ok(vec![picture]));
    pages.writer.finish(Format::Picture, limits)
}

/// Pages on their way to a document.
struct Pages<'r> {
    writer: PageWriter,
    recogniser: Option<&'r mut dyn Recogniser>,
    failed: usize,
}

impl<'r> Pages<'r> {
    fn new(recogniser: Option<&'r mut dyn Recogniser>) -> Self {
        Self { writer: PageWriter::default(), recogniser, failed: 0 }
    }

    fn page(&mut self, page: PrintedPage, pictures: Pictures) {
        let page = match self.recogniser.as_deref_mut().filter(|_| page.is_picture()) {
            None => page,
            Some(_) if self.failed == MOST_FAILURES => {
                self.writer.notes().unread(page.number, "the pages before failed, and it was not tried".to_owned());
                page
            }
            Some(recogniser) => match pictures.map(|pictures| recognised(&page, &pictures, recogniser)) {
                Ok(Ok(read)) if read.page.glyphs.is_empty() => {
                    self.failed = 0;
                    self.writer.notes().unread(page.number, "the program sees no text on it".to_owned());
                    page
                }
                Ok(Ok(read)) => {
                    self.failed = 0;
                    self.writer.notes().recognised(page.number, read.across);
                    read.page
                }
                Ok(Err(why)) => {
                    self.failed += 1;
                    self.writer.notes().unread(page.number, why);
                    page
                }
                Err(why) => {
                    self.writer.notes().unread(page.number, why);
                    page
                }
            },
        };
        self.writer.page(page);
    }
}

/// The pages of a document that is printed (PDF, OFD), each as a reader holds it; empty for other formats.
///
/// # Errors
/// As of [`super::decode`].
pub fn printed_pages(bytes: &[u8], name_hint: &str, limits: &Limits) -> Result<Vec<PrintedPage>, DecodeFailure> {
    limits.check_bytes(bytes.len())?;
    guard::guarded(|| {
        let opened = container::locked::opened(bytes)?;
        let mut pages = Vec::new();
        let take = |page: PrintedPage, _: Pictures| pages.push(upright(page));
        match container::sniff::content_of(&opened, name_hint, limits)? {
            Content::Pdf => pdf::each_page(&opened, limits, false, take)?,
            Content::Ofd => ofd::each_page(&opened, limits, false, take)?,
            _ => {}
        }
        Ok(pages)
    })
}

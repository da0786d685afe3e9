//! OFD (GB/T 33190), the national page format: XML in a zip → printed pages.

mod measure;
mod objects;
mod tree;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use measure::{POINTS, numbers};
use objects::Drawing;
use tree::Node;
use zip::ZipArchive;

use super::document::{Document, Format};
use super::failure::DecodeFailure;
use super::limits::Limits;
use super::page::{PageWriter, PrintedPage};

/// Decodes an OFD document.
///
/// # Errors
/// The container or its list of pages is broken, too large, or shows pictures only.
pub fn decode_ofd(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    let mut writer = PageWriter::default();
    each_page(bytes, limits, |page| writer.page(page))?;
    writer.finish(Format::Ofd, limits)
}

/// Hands over each page as drawn, in order.
///
/// # Errors
/// The container or its list of pages is broken or too large.
pub fn each_page(bytes: &[u8], limits: &Limits, mut take: impl FnMut(PrintedPage)) -> Result<(), DecodeFailure> {
    let mut package = Package::open(bytes, limits)?;
    let root = package.part("OFD.xml")?.ok_or_else(|| damaged("it has no OFD.xml"))?;
    let (mut number, mut left) = (0, limits.drawing_steps);
    for body in root.all("DocRoot") {
        let path = body.text.trim().trim_start_matches('/').to_owned();
        let document = package.part(&path)?.ok_or_else(|| damaged("its list of pages is missing"))?;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let templates = templates(&document, folder);
        let usual = document.all("PhysicalBox").next().map_or_else(Vec::new, |size| numbers(&size.text));
        for page in document.all("Page") {
            let Some(place) = page.attribute("BaseLoc") else { continue };
            number += 1;
            if number as usize > limits.pages {
                let reason = format!("{number} pages, and the limit is {}", limits.pages);
                return Err(DecodeFailure::TooLarge { reason });
            }
            let content = package.beside(folder, place)?.ok_or_else(|| damaged("a page of its list is missing"))?;
            let mut drawing = Drawing::new(number, size_of(&content, &usual), left);
            for template in content.all("Template").filter_map(|template| template.attribute("TemplateID")) {
                if let Some(place) = templates.get(template)
                    && let Some(template) = package.part(place)?
                {
                    drawing.take(&template)?;
                }
            }
            drawing.take(&content)?;
            left = drawing.steps_left();
            take(drawing.page());
        }
    }
    Ok(())
}

/// Pages that stand behind others, by their number.
fn templates(document: &Node, folder: &str) -> BTreeMap<String, String> {
    let entry = |page: &Node| Some((page.attribute("ID")?.to_owned(), resolved(folder, page.attribute("BaseLoc")?)));
    document.all("TemplatePage").filter_map(entry).collect()
}

/// Width and height in points: the page's own, else the document's, else A4.
fn size_of(content: &Node, usual: &[f64]) -> (f64, f64) {
    let own = content.all("PhysicalBox").next().map(|size| numbers(&size.text));
    let size = own.filter(|size| size.len() == 4).unwrap_or_else(|| usual.to_vec());
    match size.as_slice() {
        [_, _, width, height] if *width > 0.0 && *height > 0.0 => (width * POINTS, height * POINTS),
        _ => (210.0 * POINTS, 297.0 * POINTS),
    }
}

fn resolved(folder: &str, place: &str) -> String {
    let is_whole = place.starts_with('/') || (!folder.is_empty() && place.starts_with(&format!("{folder}/")));
    let joined = if is_whole || folder.is_empty() { place.to_owned() } else { format!("{folder}/{place}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn damaged(why: &str) -> DecodeFailure {
    DecodeFailure::damaged(why)
}

/// The zip, read by names in any case.
struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    places: BTreeMap<String, usize>,
    bytes_left: u64,
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, DecodeFailure> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(DecodeFailure::damaged)?;
        let places = archive
            .file_names()
            .enumerate()
            .filter_map(|(at, name)| Some((name.ok()?.replace('\\', "/").to_lowercase(), at)))
            .collect();
        Ok(Self { archive, places, bytes_left: limits.unpacked_bytes })
    }

    fn beside(&mut self, folder: &str, place: &str) -> Result<Option<Node>, DecodeFailure> {
        self.part(&resolved(folder, place))
    }

    /// A part of the package; `None` where there is none of that name.
    fn part(&mut self, name: &str) -> Result<Option<Node>, DecodeFailure> {
        let Some(place) = self.places.get(&name.to_lowercase()) else { return Ok(None) };
        let part = self.archive.by_index(*place).map_err(DecodeFailure::damaged)?;
        let mut text = Vec::new();
        part.take(self.bytes_left + 1).read_to_end(&mut text).map_err(DecodeFailure::damaged)?;
        self.bytes_left = self
            .bytes_left
            .checked_sub(text.len() as u64)
            .ok_or_else(|| DecodeFailure::TooLarge { reason: "it unpacks to more than a document holds".to_owned() })?;
        let text = String::from_utf8(text).map_err(|_| damaged("its pages are not UTF-8"))?;
        tree::parse(&text).map(Some)
    }
}

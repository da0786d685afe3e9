//! OFD (GB/T 33190), the national page format: XML in a zip → printed pages.

mod measure;
mod objects;
mod package;
mod picture;
mod tree;

use std::collections::BTreeMap;

use measure::{POINTS, numbers};
use objects::Drawing;
use package::{Package, damaged, resolved};
use tree::Node;

use super::page::PrintedPage;
use super::picture::Pictures;
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;

/// Hands over each page as drawn, in order, and where pictures are wanted those of a page that shows little else.
///
/// # Errors
/// The container or its list of pages is broken or too large.
pub fn each_page(
    bytes: &[u8],
    limits: &Limits,
    wants_pictures: bool,
    mut take: impl FnMut(PrintedPage, Pictures),
) -> Result<(), DecodeFailure> {
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
            let (page, pictures) = drawing.finish();
            let is_wanted = wants_pictures && page.is_picture();
            let pictures =
                if is_wanted { picture::placed(&mut package, &document, folder, &pictures) } else { Ok(Vec::new()) };
            take(page, pictures);
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

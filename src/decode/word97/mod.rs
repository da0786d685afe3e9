//! Word 97 to 2003 (.doc, also .wps of that format) → lines and grids.
//!
//! The file information block names the piece table, which says where the text lies; paragraph properties say what is a
//! table cell and where a row's cells have their edges. Edges place spanning headers: cell marks alone cannot. They and their
//! styles also say which list a paragraph is of: its number stands in front of it.

mod blocks;
mod bytes;
mod lists;
mod modifiers;
mod pictures;
mod properties;
mod rich_text;
mod rows;
mod styles;
mod text;

pub use rich_text::decode_rich_text;

use bytes::damaged;

use super::container::ole::CompoundFile;
use super::document::Document;
use super::failure::DecodeFailure;
use super::inside::{pictures_inside, workbooks_inside};
use super::limits::Limits;
use super::text::plain::kept;

/// Decodes a Word document of 1997 to 2003.
///
/// # Errors
/// It is encrypted, older than Word 97, damaged, or holds no text.
pub fn decode_word97(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    let file = CompoundFile::open(bytes)?;
    let main = file.stream("WordDocument").ok_or_else(damaged)?;
    let header = text::Header::read(&main)?;
    let table = file.stream(header.table_stream()).ok_or_else(damaged)?;
    let data = file.stream("Data").unwrap_or_default();
    let body = text::Body::read(&main, &table, &header)?;
    let properties = properties::Properties::read(&main, &table, &data, &header);
    let lists = lists::Lists::read(&table, &header);
    let mut document = blocks::document(&body, &properties, lists, limits)?;
    let mut findings = Vec::new();
    for line in &mut document.lines {
        line.text = kept(&line.text, line.number, &mut findings);
    }
    document.findings.append(&mut findings);
    document.findings.extend(pictures_inside(pictures::large_pictures(&data)));
    document.findings.extend(workbooks_inside(file.inside("Workbook") + file.inside("Book")));
    if document.lines.is_empty() { Err(DecodeFailure::Empty) } else { Ok(document) }
}

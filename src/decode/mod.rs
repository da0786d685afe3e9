//! Bytes → grids of cells, and lines of text with offsets. Format by content, never by extension.
//! Knows nothing of what the cells mean.

mod container;
mod document;
mod failure;
mod guard;
mod inside;
mod limits;
mod lists;
mod printed;
mod sheets;
mod shown;
mod text;
mod word97;
mod xml;

pub use document::{Cell, CellValue, Document, Format, Grid, Line, Merge, Number, Pages, PrintedAt, Shown};
pub use failure::DecodeFailure;
pub use limits::Limits;
pub use printed::page::{Area, Glyph, Mark, PrintedPage};
pub use printed::picture::{Recogniser, Scan, Seen};
pub use printed::printed_pages;
pub use sheets::number::number_from_float;
pub use shown::hidden::hidden_findings;
pub use shown::value::{number_behind_date, scaled};
pub use text::html::decode_html;
pub use text::plain::decode_text;
pub use text::word::docx::decode_docx;

use container::sniff::Content;

/// Decodes one file. Its format is read from the bytes: an .xls may hold HTML, a .txt a workbook.
///
/// `name_hint` is the file's name. It names the single grid of a delimited text, and decides between table and prose
/// where a text could be either; nothing else is concluded from it.
///
/// # Errors
/// A [`DecodeFailure`] with reason and hint. Bounded by `limits` in time and memory; never panics.
pub fn decode(bytes: &[u8], name_hint: &str, limits: &Limits) -> Result<Document, DecodeFailure> {
    decode_with(bytes, name_hint, limits, None)
}

/// Decodes one file, its pages that are pictures with the help of a program.
///
/// # Errors
/// As of [`decode`]; a page that the program cannot read is a finding.
pub fn decode_with(
    bytes: &[u8],
    name_hint: &str,
    limits: &Limits,
    recogniser: Option<&mut dyn Recogniser>,
) -> Result<Document, DecodeFailure> {
    limits.check_bytes(bytes.len())?;
    guard::guarded(|| {
        let opened = container::locked::opened(bytes)?;
        limits.check_bytes(opened.len())?;
        let mut document = decode_opened(&opened, name_hint, limits, recogniser)?;
        if document.pages.count == 0 {
            text::continued::join_continued(&mut document);
        }
        sheets::prose::read_sheets_of_prose(&mut document);
        Ok(document)
    })
}

fn decode_opened(
    bytes: &[u8],
    name_hint: &str,
    limits: &Limits,
    recogniser: Option<&mut dyn Recogniser>,
) -> Result<Document, DecodeFailure> {
    if recogniser.is_some() && printed::picture::is_picture(bytes) {
        return printed::decode_picture(bytes, limits, recogniser);
    }
    match container::sniff::content_of(bytes, name_hint, limits)? {
        Content::Xls => sheets::excel::xls::decode_xls(bytes, limits),
        Content::BareXls => sheets::excel::xls::decode_bare_xls(bytes, limits),
        Content::Xlsx => sheets::excel::xlsx::decode_xlsx(bytes, limits),
        Content::Xlsb => sheets::excel::xlsb::decode_xlsb(bytes, limits),
        Content::OpenDocument { styles, content } => {
            sheets::xml_sheets::decode_open_document(&styles, &content, limits)
        }
        Content::OpenText { styles, content } => text::word::open_text::decode_open_text(&styles, &content, limits),
        Content::SpreadsheetMl(text) => sheets::xml_sheets::decode_spreadsheet_ml(&text, limits),
        Content::HtmlWorkbook { text, encoding } => sheets::html_sheets::decode_html_workbook(&text, encoding, limits),
        Content::Delimited { text, encoding, delimiter } => {
            sheets::delimited::decode_delimited(&text, encoding, delimiter, container::sniff::stem(name_hint), limits)
        }
        Content::Prose { text, encoding } => text::plain::read_text(&text, encoding),
        Content::Docx => text::word::docx::decode_docx(bytes, limits),
        Content::RichText => word97::decode_rich_text(bytes, limits),
        Content::Word97 => word97::decode_word97(bytes, limits),
        Content::Pdf => printed::decode_pdf(bytes, limits, recogniser),
        Content::Ofd => printed::decode_ofd(bytes, limits, recogniser),
        Content::HtmlPage => text::html::decode_html(bytes, limits),
        Content::WebArchive { text } => text::html::read_html(&text, String::new(), Format::Mht, limits),
    }
}

//! Bytes → grids of cells, and lines of text with offsets. Format by content, never by extension.
//! Knows nothing of what the cells mean.

mod builder;
mod delimited;
mod document;
mod docx;
mod encoding;
mod failure;
mod guard;
mod html;
mod html_sheets;
mod limits;
mod number;
mod ole;
mod sniff;
mod text;
mod text_table;
mod workbook;
mod xls;
mod xml_sheets;

pub use document::{Cell, CellValue, Document, Format, Grid, Line, Merge, Number, TableCell};
pub use docx::decode_docx;
pub use encoding::decode_bytes;
pub use failure::DecodeFailure;
pub use html::decode_html;
pub use limits::Limits;
pub use number::number_from_float;
pub use text::decode_text;

use sniff::Content;

/// Decodes one file. Its format is read from the bytes: an .xls may hold HTML, a .txt a workbook.
///
/// `name_hint` is the file's name. It names the single grid of a delimited text, and decides between table and prose
/// where a text could be either; nothing else is concluded from it.
///
/// # Errors
/// A [`DecodeFailure`] with reason and hint. Bounded by `limits` in time and memory; never panics.
pub fn decode(bytes: &[u8], name_hint: &str, limits: &Limits) -> Result<Document, DecodeFailure> {
    limits.check_bytes(bytes.len())?;
    guard::guarded(|| match sniff::content_of(bytes, name_hint, limits)? {
        Content::Xls => xls::decode_xls(bytes, limits),
        Content::Xlsx => workbook::decode_xlsx(bytes, limits),
        Content::Xlsb => workbook::decode_xlsb(bytes, limits),
        Content::OpenDocument(content) => xml_sheets::decode_open_document(&content, limits),
        Content::SpreadsheetMl(text) => xml_sheets::decode_spreadsheet_ml(&text, limits),
        Content::HtmlWorkbook { text, encoding } => html_sheets::decode_html_workbook(&text, encoding, limits),
        Content::Delimited { text, encoding, delimiter } => {
            delimited::decode_delimited(&text, encoding, delimiter, sniff::stem(name_hint), limits)
        }
        Content::Prose { text, encoding } => text::read_text(&text, encoding),
        Content::Docx => docx::decode_docx(bytes, limits),
        Content::HtmlPage => html::decode_html(bytes, limits),
    })
}

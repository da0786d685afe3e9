//! Files of every kind a publisher uploads, from one neutral model of sheets and of texts.

mod delimited;
mod doc;
mod docx;
mod encoding;
mod html;
pub mod listed;
mod ods;
mod pdf;
mod sheet;
mod spreadsheet_xml;
mod styles;
mod text;
mod xls;
mod xls_record;
mod xlsb;
mod xlsx;
mod xml;
pub(crate) mod zipped;

pub use delimited::write_delimited;
pub use doc::{write_doc, write_doc_around, write_doc_listed};
pub use docx::{write_docx, write_docx_listed};
pub use encoding::TextEncoding;
pub use html::{write_html_text, write_html_workbook};
pub use ods::{write_flat_ods, write_ods};
pub use pdf::{PdfRules, PdfStyle, write_pdf};
pub use sheet::{CellError, Look, Merge, Position, Sheet, Value, Workbook};
pub use spreadsheet_xml::write_spreadsheet_xml;
pub use text::{Block, TextDocument, write_text};
pub use xls::{Biff, CodePage, write_bare_xls, write_xls};
pub use xlsb::write_xlsb;
pub use xlsx::{write_xlsm, write_xlsx};

/// Why a file could not be written: a model a format cannot hold (a merge over a merge, a character the encoding lacks).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteError(pub String);

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WriteError {}

impl From<std::io::Error> for WriteError {
    fn from(error: std::io::Error) -> Self {
        WriteError(error.to_string())
    }
}

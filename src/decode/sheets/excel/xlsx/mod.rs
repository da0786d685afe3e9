//! .xlsx and .xlsm: a workbook part, shared texts, styles and one part for each sheet, wherever they lie.

mod sheet;
mod strings;
mod styles;
mod workbook;

use workbook::Workbook;

use super::sheet_parts::{missing, read_sheets, related};
use crate::decode::container::package::Package;
use crate::decode::document::{Document, Format};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;

pub fn decode_xlsx(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part()?.ok_or_else(|| DecodeFailure::damaged("it holds no workbook"))?;
    let mut workbook = Workbook::default();
    let text = package.text(&main)?.ok_or_else(|| DecodeFailure::damaged("it holds no workbook"))?;
    let entries = workbook::read(&text, &mut workbook)?;
    let relations = package.relations(&main)?;
    if let Some(part) = related(&relations, "sharedStrings") {
        workbook.strings = strings::read(&package.text(part)?.unwrap_or_default(), limits)?;
    }
    if let Some(part) = related(&relations, "styles") {
        workbook.styles = styles::read(&package.text(part)?.unwrap_or_default())?;
    }
    read_sheets(Format::Xlsx, &entries, &relations, limits, |part, grid, before| {
        let text = package.text(part)?.ok_or_else(|| missing(part))?;
        sheet::read(&text, &workbook, grid, before, limits)
    })
}

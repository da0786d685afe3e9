//! .xlsb: the parts of an .xlsx, each a run of binary records.

mod record;
mod sheet;
mod workbook;

use workbook::Workbook;

use super::sheet_parts::{missing, read_sheets, related};
use crate::decode::container::package::Package;
use crate::decode::document::{Document, Format};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;

pub fn decode_xlsb(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part()?.ok_or_else(|| DecodeFailure::damaged("it holds no workbook"))?;
    let mut workbook = Workbook::default();
    let entries = workbook::read(&package.bytes(&main)?.unwrap_or_default(), &mut workbook)?;
    let relations = package.relations(&main)?;
    if let Some(part) = related(&relations, "sharedStrings") {
        workbook.strings = workbook::read_strings(&package.bytes(part)?.unwrap_or_default(), limits)?;
    }
    if let Some(part) = related(&relations, "styles") {
        workbook.styles = workbook::read_styles(&package.bytes(part)?.unwrap_or_default());
    }
    read_sheets(Format::Xlsb, &entries, &relations, limits, |part, grid, before| {
        let bytes = package.bytes(part)?.ok_or_else(|| missing(part))?;
        sheet::read(&bytes, &workbook, grid, before, limits)
    })
}

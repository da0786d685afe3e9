//! .xlsb: the parts of an .xlsx, each a run of binary records.

mod record;
mod sheet;
mod workbook;

use workbook::Workbook;

use super::builder::GridBuilder;
use crate::decode::container::package::Package;
use crate::decode::document::{Document, Format, Pages};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;

pub fn decode_xlsb(bytes: &[u8], limits: &Limits) -> Result<Document, DecodeFailure> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part()?.ok_or_else(|| DecodeFailure::damaged("it holds no workbook"))?;
    let mut workbook = Workbook::default();
    let entries = workbook::read(&package.bytes(&main)?.unwrap_or_default(), &mut workbook)?;
    if entries.is_empty() {
        return Err(DecodeFailure::damaged("it names no sheet"));
    }
    limits.check_sheets(entries.len())?;
    let relations = package.relations(&main)?;
    let related = |kind: &str| relations.iter().find(|relation| relation.kind == kind);
    if let Some(part) = related("sharedStrings") {
        workbook.strings = workbook::read_strings(&package.bytes(&part.target)?.unwrap_or_default(), limits)?;
    }
    if let Some(part) = related("styles") {
        workbook.styles = workbook::read_styles(&package.bytes(&part.target)?.unwrap_or_default());
    }
    let mut document = Document {
        format: Format::Xlsb,
        encoding: String::new(),
        grids: Vec::new(),
        lines: Vec::new(),
        findings: Vec::new(),
        pages: Pages::default(),
    };
    let mut cells = 0;
    for (number, entry) in (1..).zip(&entries) {
        let Some(part) = relations.iter().find(|relation| relation.id == entry.relation) else {
            return Err(DecodeFailure::damaged(format!("nothing says where sheet {} lies", entry.name)));
        };
        if part.kind != "worksheet" {
            continue;
        }
        let bytes = package.bytes(&part.target)?;
        let bytes = bytes.ok_or_else(|| DecodeFailure::damaged(format!("sheet {} is missing", entry.name)))?;
        let mut grid = GridBuilder::new(&entry.name, number, entry.is_hidden);
        sheet::read(&bytes, &workbook, &mut grid, cells, limits)?;
        cells += grid.cells();
        document.grids.push(grid.finish(limits, &mut document.findings));
    }
    Ok(document)
}

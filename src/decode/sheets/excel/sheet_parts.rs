//! What .xlsx and .xlsb share: sheets are parts of a package, named by the workbook and found by its relations.

use crate::decode::container::package::Relation;
use crate::decode::document::{Document, Format, Pages};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::decode::sheets::builder::GridBuilder;

/// A sheet as the workbook lists it.
pub struct SheetEntry {
    pub name: String,
    pub is_hidden: bool,
    pub relation: String,
}

/// Reads every worksheet in its order; charts and dialogs are none. `read` is given the part, the grid to fill and how many
/// cells were read before.
///
/// # Errors
/// A workbook without sheets, a sheet nobody says the place of, and those of `read`.
pub fn read_sheets(
    format: Format,
    entries: &[SheetEntry],
    relations: &[Relation],
    limits: &Limits,
    mut read: impl FnMut(&str, &mut GridBuilder, usize) -> Result<(), DecodeFailure>,
) -> Result<Document, DecodeFailure> {
    if entries.is_empty() {
        return Err(DecodeFailure::damaged("it names no sheet"));
    }
    limits.check_sheets(entries.len())?;
    let (mut grids, mut findings, mut cells) = (Vec::new(), Vec::new(), 0);
    for (number, entry) in (1..).zip(entries) {
        let Some(part) = relations.iter().find(|relation| relation.id == entry.relation) else {
            return Err(DecodeFailure::damaged(format!("nothing says where sheet {} lies", entry.name)));
        };
        if part.kind != "worksheet" {
            continue;
        }
        let mut grid = GridBuilder::new(&entry.name, number, entry.is_hidden);
        read(&part.target, &mut grid, cells)?;
        cells += grid.cells();
        grids.push(grid.finish(limits, &mut findings));
    }
    let (encoding, lines, pages) = (String::new(), Vec::new(), Pages::default());
    Ok(Document { format, encoding, grids, lines, findings, pages })
}

/// The part of this kind that a workbook refers to.
pub fn related<'a>(relations: &'a [Relation], kind: &str) -> Option<&'a str> {
    relations.iter().find(|relation| relation.kind == kind).map(|relation| relation.target.as_str())
}

pub fn missing(part: &str) -> DecodeFailure {
    DecodeFailure::damaged(format!("sheet {part} is missing"))
}

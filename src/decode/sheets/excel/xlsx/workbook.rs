//! The workbook part: its sheets, and what holds for all of them.

use quick_xml::events::Event;

use super::strings::SharedText;
use super::styles::Style;
use crate::decode::failure::DecodeFailure;
use crate::decode::sheets::excel::sheet_parts::SheetEntry;
use crate::decode::shown::value::Epoch;
use crate::decode::xml;

/// What holds for all sheets of a workbook.
#[derive(Default)]
pub struct Workbook {
    pub strings: Vec<SharedText>,
    pub styles: Vec<Style>,
    pub epoch: Epoch,
    /// Formulas are to be worked out on opening: a stored zero may be a placeholder.
    pub is_recalculated: bool,
}

/// Reads the workbook part: what holds for all sheets, and the sheets in their order.
pub fn read(text: &str, workbook: &mut Workbook) -> Result<Vec<SheetEntry>, DecodeFailure> {
    let mut reader = xml::reader(text);
    let mut entries = Vec::new();
    loop {
        let element = match reader.read_event().map_err(DecodeFailure::damaged)? {
            Event::Start(element) => element,
            Event::Eof => return Ok(entries),
            _ => continue,
        };
        match element.local_name().into_inner() {
            "workbookPr" if xml::is_set(&element, "date1904") => workbook.epoch = Epoch::From1904,
            "calcPr" => {
                let is_incomplete =
                    xml::attribute(&element, "calcCompleted").is_some_and(|word| word == "0" || word == "false");
                workbook.is_recalculated = xml::is_set(&element, "fullCalcOnLoad") || is_incomplete;
            }
            "sheet" => entries.push(SheetEntry {
                name: xml::attribute(&element, "name").unwrap_or_default(),
                is_hidden: xml::attribute(&element, "state")
                    .is_some_and(|state| state.to_ascii_lowercase().contains("hidden")),
                relation: xml::attribute(&element, "id").unwrap_or_default(),
            }),
            _ => {}
        }
    }
}

//! The parts that hold for all sheets: the workbook, its texts and its styles.

use std::collections::HashMap;
use std::sync::Arc;

use super::record::Records;
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::decode::sheets::excel::sheet_parts::SheetEntry;
use crate::decode::shown::builtin::builtin_code;
use crate::decode::shown::number_format::NumberFormat;
use crate::decode::shown::value::Epoch;

// Records of [MS-XLSB] 2.3 that say whose sheet, which text and which style.
const WORKBOOK_PROPERTIES: u32 = 153;
const BUNDLE_SHEET: u32 = 156;
const CALCULATION: u32 = 157;
const STRING_ITEM: u32 = 19;
const FONT: u32 = 43;
const FORMAT: u32 = 44;
const STYLE: u32 = 47;
const BEGIN_CELL_STYLES: u32 = 617;
const END_CELL_STYLES: u32 = 618;

/// What holds for all sheets of a workbook.
#[derive(Default)]
pub struct Workbook {
    pub strings: Vec<String>,
    pub styles: Vec<Style>,
    pub epoch: Epoch,
    /// Formulas are to be worked out on opening: a stored zero may be a placeholder.
    pub is_recalculated: bool,
}

#[derive(Clone, Default)]
pub struct Style {
    pub format: Arc<NumberFormat>,
    pub is_struck: bool,
}

pub fn read(part: &[u8], workbook: &mut Workbook) -> Result<Vec<SheetEntry>, DecodeFailure> {
    let mut entries = Vec::new();
    for record in Records::of(part) {
        match record.kind {
            WORKBOOK_PROPERTIES if record.u32_at(0).is_some_and(|flags| flags & 1 != 0) => {
                workbook.epoch = Epoch::From1904;
            }
            CALCULATION => workbook.is_recalculated = record.u16_at(24).is_some_and(|flags| flags & 1 != 0),
            BUNDLE_SHEET => {
                let read = || {
                    let (relation, end) = record.text_at(8)?;
                    let (name, _) = record.text_at(end)?;
                    Some(SheetEntry { name, is_hidden: record.u32_at(0)? != 0, relation })
                };
                entries.push(read().ok_or_else(|| DecodeFailure::damaged("a sheet has no name"))?);
            }
            _ => {}
        }
    }
    Ok(entries)
}

pub fn read_strings(part: &[u8], limits: &Limits) -> Result<Vec<String>, DecodeFailure> {
    let mut strings = Vec::new();
    for record in Records::of(part).filter(|record| record.kind == STRING_ITEM) {
        strings.push(record.text_at(1).map(|(text, _)| text).unwrap_or_default());
        limits.check_cells(strings.len())?;
    }
    Ok(strings)
}

pub fn read_styles(part: &[u8]) -> Vec<Style> {
    let mut codes: HashMap<u32, Arc<NumberFormat>> = HashMap::new();
    let mut struck_fonts = Vec::new();
    let mut styles = Vec::new();
    let mut in_cell_styles = false;
    for record in Records::of(part) {
        match record.kind {
            FORMAT => {
                if let (Some(id), Some((code, _))) = (record.u16_at(0), record.text_at(2)) {
                    codes.insert(u32::from(id), Arc::new(NumberFormat::parse(&code)));
                }
            }
            FONT => struck_fonts.push(record.u16_at(2).is_some_and(|flags| flags & 0x8 != 0)),
            BEGIN_CELL_STYLES => in_cell_styles = true,
            END_CELL_STYLES => in_cell_styles = false,
            STYLE if in_cell_styles => {
                let id = u32::from(record.u16_at(2).unwrap_or(0));
                let font = usize::from(record.u16_at(4).unwrap_or(0));
                let known = codes.entry(id);
                let format =
                    known.or_insert_with(|| Arc::new(NumberFormat::parse(builtin_code(id).unwrap_or("General"))));
                let is_struck = struck_fonts.get(font).copied().unwrap_or(false);
                styles.push(Style { format: Arc::clone(format), is_struck });
            }
            _ => {}
        }
    }
    styles
}

//! What the records of an .xls say beside the values: number formats, hidden rows and columns, formulas whose result is
//! not to be trusted.

use std::collections::HashMap;
use std::sync::Arc;

use crate::decode::document::CellValue;
use crate::decode::sheets::builder::GridBuilder;
use crate::decode::shown::builtin::builtin_code;
use crate::decode::shown::number_format::NumberFormat;
use crate::decode::shown::value::Epoch;

const FORMULA: u16 = 0x0006;
const END: u16 = 0x000a;
const DATE_MODE: u16 = 0x0022;
const FONT: u16 = 0x0031;
const COLUMN: u16 = 0x007d;
const SHEET: u16 = 0x0085;
const NUMBERS: u16 = 0x00bd;
const STYLE: u16 = 0x00e0;
const ROW: u16 = 0x0208;
const FORMAT: u16 = 0x041e;
const BEGIN: u16 = 0x0809;

/// The look of a whole workbook.
#[derive(Default)]
pub struct WorkbookLook {
    pub epoch: Epoch,
    /// In the order in which the workbook lists its sheets.
    pub sheets: Vec<SheetLook>,
    styles: Vec<Style>,
}

#[derive(Default)]
pub struct SheetLook {
    hidden_rows: Vec<u32>,
    /// First and last.
    hidden_columns: Vec<(u32, u32)>,
    /// Formulas without a result, or with one that is to be worked out on opening.
    formulas_without_value: Vec<(u32, u32)>,
    styles: HashMap<(u32, u32), u16>,
}

#[derive(Clone, Default)]
pub struct Style {
    pub format: Arc<NumberFormat>,
    pub is_struck: bool,
}

impl WorkbookLook {
    /// Reads the records of a workbook stream; what is cut off is left out.
    pub fn read(stream: &[u8]) -> Self {
        let mut look = Self::default();
        let mut formats: HashMap<u16, Arc<NumberFormat>> = HashMap::new();
        let mut struck_fonts: Vec<bool> = Vec::new();
        let mut styles: Vec<(u16, u16)> = Vec::new();
        let mut starts = Vec::new();
        let mut is_biff8 = false;
        for record in records(stream, 0) {
            match record.kind {
                BEGIN => is_biff8 = record.u16_at(0) == Some(0x0600),
                DATE_MODE if record.u16_at(0) == Some(1) => look.epoch = Epoch::From1904,
                SHEET => starts.push(record.u32_at(0).map_or(usize::MAX, |start| start as usize)),
                FONT => struck_fonts.push(record.u16_at(2).is_some_and(|flags| flags & 0x8 != 0)),
                STYLE => styles.push((record.u16_at(2).unwrap_or(0), record.u16_at(0).unwrap_or(0))),
                FORMAT => {
                    if let (Some(id), Some(code)) = (record.u16_at(0), format_code(&record, is_biff8)) {
                        formats.insert(id, Arc::new(NumberFormat::parse(&code)));
                    }
                }
                _ => {}
            }
        }
        for (id, font) in styles {
            let known = formats.entry(id);
            let format = known
                .or_insert_with(|| Arc::new(NumberFormat::parse(builtin_code(u32::from(id)).unwrap_or("General"))));
            // There is no font 4: numbers above it count one too high.
            let font = usize::from(if font > 4 { font - 1 } else { font });
            let is_struck = struck_fonts.get(font).copied().unwrap_or(false);
            look.styles.push(Style { format: Arc::clone(format), is_struck });
        }
        look.sheets = starts.into_iter().map(|start| read_sheet(stream, start)).collect();
        look
    }

    /// The style of a cell of the n-th sheet.
    pub fn style(&self, sheet: usize, row: u32, column: u32) -> Style {
        let index = self.sheets.get(sheet).and_then(|sheet| sheet.styles.get(&(row, column)));
        index.and_then(|index| self.styles.get(usize::from(*index))).cloned().unwrap_or_default()
    }
}

impl SheetLook {
    /// Hides rows and columns, and puts formulas without a value in the place of their zeros.
    pub fn apply(&self, grid: &mut GridBuilder) {
        self.hidden_rows.iter().for_each(|row| grid.hide_rows(*row, *row));
        self.hidden_columns.iter().for_each(|(first, last)| grid.hide_columns(*first, *last));
        for (row, column) in &self.formulas_without_value {
            grid.put(*row, *column, CellValue::Formula("=".to_owned()).into());
        }
    }
}

fn read_sheet(stream: &[u8], start: usize) -> SheetLook {
    let mut look = SheetLook::default();
    for record in records(stream, start) {
        match record.kind {
            ROW => {
                let flags = record.u16_at(12).unwrap_or(0);
                if let Some(row) = record.u16_at(0).filter(|_| flags & 0x20 != 0 && flags & 0x07 == 0) {
                    look.hidden_rows.push(u32::from(row));
                }
            }
            COLUMN => {
                let flags = record.u16_at(8).unwrap_or(0);
                let is_hidden = flags & 1 != 0 || record.u16_at(4) == Some(0);
                if let (Some(first), Some(last)) = (record.u16_at(0), record.u16_at(2))
                    && is_hidden
                    && flags & 0x0700 == 0
                {
                    look.hidden_columns.push((u32::from(first), u32::from(last)));
                }
            }
            NUMBERS => {
                let (Some(row), Some(first)) = (record.u16_at(0), record.u16_at(2)) else { continue };
                let cells = record.data.len().saturating_sub(6) / 6;
                for (column, at) in (u32::from(first)..).zip((0..cells).map(|cell| 4 + cell * 6)) {
                    look.styles.insert((u32::from(row), column), record.u16_at(at).unwrap_or(0));
                }
            }
            0x0203 | 0x0204 | 0x0205 | 0x00d6 | 0x00fd | 0x027e | FORMULA => {
                let [Some(row), Some(column), Some(style)] = [0, 2, 4].map(|at| record.u16_at(at)) else { continue };
                let at = (u32::from(row), u32::from(column));
                look.styles.insert(at, style);
                if record.kind == FORMULA && lacks_value(&record) {
                    look.formulas_without_value.push(at);
                }
            }
            _ => {}
        }
    }
    look
}

/// Zero and to be worked out on opening, or blank where the formula cannot give an empty text: nobody worked it out yet.
fn lacks_value(record: &Record<'_>) -> bool {
    let is_recalculated = record.u16_at(14).is_some_and(|flags| flags & 0x3 != 0);
    let value = record.data.get(6..14).unwrap_or(&[]);
    let is_blank = value.len() == 8 && value[0] == 3 && value[6..] == [0xff, 0xff];
    let names_empty_text = record.data.windows(2).skip(20).any(|pair| pair == [0x17, 0x00]);
    (is_blank && !names_empty_text) || (is_recalculated && value == [0; 8])
}

fn format_code(record: &Record<'_>, is_biff8: bool) -> Option<String> {
    if !is_biff8 {
        let length = usize::from(*record.data.get(2)?);
        let bytes = record.data.get(3..3 + length)?;
        return Some(encoding_rs::GBK.decode_without_bom_handling(bytes).0.into_owned());
    }
    let length = usize::from(record.u16_at(2)?);
    if record.data.get(4)? & 1 == 0 {
        return Some(record.data.get(5..5 + length)?.iter().map(|byte| char::from(*byte)).collect());
    }
    let units = record.data.get(5..5 + 2 * length)?.as_chunks::<2>().0;
    let units: Vec<u16> = units.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    Some(String::from_utf16_lossy(&units))
}

struct Record<'a> {
    kind: u16,
    data: &'a [u8],
}

impl Record<'_> {
    fn u16_at(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.data.get(at..at + 2)?.try_into().ok()?))
    }

    fn u32_at(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.data.get(at..at + 4)?.try_into().ok()?))
    }
}

/// The records of one substream, without those of charts inside it.
fn records(stream: &[u8], start: usize) -> impl Iterator<Item = Record<'_>> {
    let mut rest = stream.get(start..).unwrap_or(&[]);
    let mut depth = 0u32;
    std::iter::from_fn(move || {
        loop {
            let (head, after) = rest.split_at_checked(4)?;
            let kind = u16::from_le_bytes([head[0], head[1]]);
            let (data, after) = after.split_at_checked(usize::from(u16::from_le_bytes([head[2], head[3]])))?;
            rest = after;
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => {
                    rest = &[];
                    return None;
                }
                END => depth -= 1,
                _ => {}
            }
            if depth <= 1 {
                return Some(Record { kind, data });
            }
        }
    })
}

//! .xls: BIFF8 and BIFF5 workbook streams inside an OLE container (MS-XLS, MS-CFB).

use std::collections::HashMap;
use std::io::{Cursor, Write};

use super::encoding::legacy;
use super::styles::{Style, Styles};
use super::xls_record::{BODY_LIMIT, Body, Records, units};
use super::{Look, Sheet, Value, Workbook, WriteError};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Biff {
    /// Excel 5 and 95: byte strings in a code page, no merged cells, stream `Book`.
    Five,
    /// Excel 97 to 2003 and WPS: UTF-16 strings, stream `Workbook`.
    Eight,
}

/// What the CODEPAGE record says. BIFF5 strings are always written in GBK, whatever it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePage {
    Right,
    Missing,
    /// Any number, such as 1252 for a file saved under a Western locale.
    Wrong(u16),
}

/// Formats that every workbook knows by number.
const BUILT_IN: [(&str, u16); 5] = [("General", 0), ("0.00", 2), ("#,##0", 3), ("#,##0.00", 4), ("yyyy-mm-dd", 14)];

/// The first number of formats that the workbook spells out.
const FIRST_OWN_FORMAT: u16 = 164;

/// The font of struck-out cells: the sixth one, as there is no font 4.
const STRUCK_FONT: u16 = 6;

/// # Errors
/// A text GBK lacks (BIFF5), or a text too long for one record.
pub fn write_xls(book: &Workbook, biff: Biff, code_page: CodePage) -> Result<Vec<u8>, WriteError> {
    container(if biff == Biff::Eight { "Workbook" } else { "Book" }, &write_bare_xls(book, biff, code_page)?)
}

/// The workbook's records without their container, as some programs save them.
///
/// # Errors
/// As [`write_xls`].
pub fn write_bare_xls(book: &Workbook, biff: Biff, code_page: CodePage) -> Result<Vec<u8>, WriteError> {
    let (mut strings, mut styles) = (SharedStrings::default(), Styles::default());
    let sheets: Vec<Vec<u8>> = book
        .sheets
        .iter()
        .map(|sheet| sheet_stream(sheet, biff, &mut strings, &mut styles))
        .collect::<Result<_, _>>()?;
    let mut records = Records::default();
    records.push(0x0809, &beginning(biff, 0x0005));
    match (code_page, biff) {
        (CodePage::Missing, _) => {}
        (CodePage::Wrong(number), _) => records.push(0x0042, &number.to_le_bytes()),
        (CodePage::Right, Biff::Eight) => records.push(0x0042, &1200u16.to_le_bytes()),
        (CodePage::Right, Biff::Five) => records.push(0x0042, &936u16.to_le_bytes()),
    }
    records.push(0x003D, &window(book));
    records.push(0x0022, &0u16.to_le_bytes());
    for flags in [0, 0, 0, 0, 0, 0x0008] {
        records.push(0x0031, &font(biff, flags)?);
    }
    let named: Vec<&Style> = styles.known.iter().filter(|style| built_in(style.code).is_none()).collect();
    for (number, style) in (FIRST_OWN_FORMAT..).zip(&named) {
        records.push(0x041E, &named_format(biff, number, style.code)?);
    }
    for index in 0..16 {
        records.push(0x00E0, &cell_format(biff, 0, 0, if index < 15 { 0xFFF5 } else { 0x0001 }));
    }
    for style in &styles.known {
        let own = || named.iter().position(|named| *named == style).map_or(0, |at| FIRST_OWN_FORMAT + at as u16);
        let number = built_in(style.code).unwrap_or_else(own);
        records.push(0x00E0, &cell_format(biff, if style.is_struck { STRUCK_FONT } else { 0 }, number, 0x0001));
    }
    records.push(0x0293, &Body::default().u16(0x8000).u8(0).u8(0xFF).0);
    let offset_places: Vec<usize> = book
        .sheets
        .iter()
        .map(|sheet| {
            records.push(0x0085, &bound_sheet(sheet, biff)?);
            Ok(records.position() - bound_sheet(sheet, biff)?.len())
        })
        .collect::<Result<_, WriteError>>()?;
    if biff == Biff::Eight {
        strings.write(&mut records)?;
    }
    records.push(0x000A, &[]);
    let mut stream = records.bytes;
    for (place, sheet) in offset_places.into_iter().zip(sheets) {
        let start = stream.len() as u32;
        stream[place..place + 4].copy_from_slice(&start.to_le_bytes());
        stream.extend(sheet);
    }
    Ok(stream)
}

/// BOF: version, substream type, build and year as Excel writes them.
fn beginning(biff: Biff, substream: u16) -> Vec<u8> {
    match biff {
        Biff::Five => Body::default().u16(0x0500).u16(substream).u16(0x0DBB).u16(0x07CC).0,
        Biff::Eight => {
            Body::default().u16(0x0600).u16(substream).u16(0x18AF).u16(0x07CD).u32(0x0000_80C9).u32(0x0000_0206).0
        }
    }
}

fn window(book: &Workbook) -> Vec<u8> {
    let active = book.sheets.iter().position(|sheet| !sheet.hidden).unwrap_or(0) as u16;
    Body::default().u16(0).u16(0).u16(0x4000).u16(0x2000).u16(0x0038).u16(active).u16(0).u16(1).u16(0x0258).0
}

fn font(biff: Biff, flags: u16) -> Result<Vec<u8>, WriteError> {
    let head = Body::default().u16(220).u16(flags).u16(0x7FFF).u16(400).u16(0).u8(0).u8(0).u8(0x86).u8(0);
    match biff {
        Biff::Eight => Ok(head.u8(2).unicode("宋体").0),
        Biff::Five => {
            let name = legacy(encoding_rs::GBK, "宋体")?;
            Ok(head.u8(name.len() as u8).raw(&name).0)
        }
    }
}

fn built_in(code: &str) -> Option<u16> {
    BUILT_IN.iter().find(|(known, _)| *known == code).map(|(_, number)| *number)
}

/// The FORMAT record of a code.
fn named_format(biff: Biff, number: u16, code: &str) -> Result<Vec<u8>, WriteError> {
    let head = Body::default().u16(number);
    match biff {
        Biff::Eight => Ok(head.u16(units(code) as u16).unicode(code).0),
        Biff::Five => {
            let bytes = legacy(encoding_rs::GBK, code)?;
            Ok(head.u8(bytes.len() as u8).raw(&bytes).0)
        }
    }
}

/// XF records 0 to 15 are style and default formats, as Excel demands; then one per style of a cell.
fn cell_format(biff: Biff, font: u16, number_format: u16, flags: u16) -> Vec<u8> {
    let head = Body::default().u16(font).u16(number_format).u16(flags);
    match biff {
        Biff::Eight => head.raw(&[0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xC0, 0x20]).0,
        Biff::Five => head.raw(&[0x20, 0, 0xC0, 0x20, 0, 0, 0, 0, 0, 0]).0,
    }
}

fn bound_sheet(sheet: &Sheet, biff: Biff) -> Result<Vec<u8>, WriteError> {
    let head = Body::default().u32(0).u8(u8::from(sheet.hidden)).u8(0);
    match biff {
        Biff::Eight => Ok(head.u8(units(&sheet.name) as u8).unicode(&sheet.name).0),
        Biff::Five => {
            let name = legacy(encoding_rs::GBK, &sheet.name)?;
            Ok(head.u8(name.len() as u8).raw(&name).0)
        }
    }
}

fn sheet_stream(
    sheet: &Sheet,
    biff: Biff,
    strings: &mut SharedStrings,
    styles: &mut Styles,
) -> Result<Vec<u8>, WriteError> {
    let mut records = Records::default();
    records.push(0x0809, &beginning(biff, 0x0010));
    let (rows, columns) = sheet.size();
    let dimensions = match biff {
        Biff::Eight => Body::default().u32(0).u32(rows).u16(0).u16(columns as u16).u16(0).0,
        Biff::Five => Body::default().u16(0).u16(rows as u16).u16(0).u16(columns as u16).u16(0).0,
    };
    for column in &sheet.hidden_columns {
        let column = *column as u16;
        records.push(0x007D, &Body::default().u16(column).u16(column).u16(2048).u16(15).u16(0x0001).u16(0).0);
    }
    records.push(0x0200, &dimensions);
    for row in &sheet.hidden_rows {
        let row = Body::default().u16(*row as u16).u16(0).u16(columns as u16).u16(300).u32(0);
        records.push(0x0208, &row.u16(0x0120).u16(15).0);
    }
    for (at, value) in &sheet.cells {
        let style = 16 + styles.index(sheet, *at, value) as u16;
        let head = || Body::default().u16(at.row as u16).u16(at.column as u16).u16(style);
        match value {
            Value::Text(text) if biff == Biff::Eight => {
                records.push(0x00FD, &head().u32(strings.index(text)).0);
            }
            Value::Text(text) => {
                let bytes = legacy(encoding_rs::GBK, text)?;
                if bytes.len() > 255 {
                    return Err(WriteError(format!("BIFF5 holds 255 bytes in a cell: {text}")));
                }
                records.push(0x0204, &head().u16(bytes.len() as u16).raw(&bytes).0);
            }
            Value::Number { .. } if sheet.looks.get(at) == Some(&Look::Formula) => {
                // =1+1, nothing worked out, to be calculated on opening.
                let tokens = [0x1E, 1, 0, 0x1E, 1, 0, 0x03];
                let formula = head().f64(0.0).u16(0x0002).u32(0).u16(tokens.len() as u16).raw(&tokens);
                records.push(0x0006, &formula.0);
            }
            Value::Number { value, .. } => records.push(0x0203, &head().f64(*value).0),
            Value::Date { serial, .. } => records.push(0x0203, &head().f64(f64::from(*serial)).0),
            Value::Error(error) => records.push(0x0205, &head().u8(error.code()).u8(1).0),
        }
    }
    if biff == Biff::Eight {
        for merges in sheet.merges.chunks(1000) {
            let body = merges.iter().fold(Body::default().u16(merges.len() as u16), |body, merge| {
                body.u16(merge.first.row as u16)
                    .u16(merge.last.row as u16)
                    .u16(merge.first.column as u16)
                    .u16(merge.last.column as u16)
            });
            records.push(0x00E5, &body.0);
        }
    }
    let view = Body::default().u16(0x00B6).u16(0).u16(0);
    let view = if biff == Biff::Eight { view.u32(64).u16(0).u16(0).u32(0) } else { view.u32(0) };
    records.push(0x023E, &view.0);
    records.push(0x000A, &[]);
    Ok(records.bytes)
}

/// The string table of BIFF8: each text once.
#[derive(Default)]
struct SharedStrings {
    texts: Vec<String>,
    indices: HashMap<String, u32>,
    uses: u32,
}

impl SharedStrings {
    fn index(&mut self, text: &str) -> u32 {
        self.uses += 1;
        if let Some(index) = self.indices.get(text) {
            return *index;
        }
        let index = self.texts.len() as u32;
        self.indices.insert(text.to_owned(), index);
        self.texts.push(text.to_owned());
        index
    }

    /// SST and its CONTINUE records; no string is split over two of them.
    fn write(&self, records: &mut Records) -> Result<(), WriteError> {
        let mut kind = 0x00FC;
        let mut body = Body::default().u32(self.uses).u32(self.texts.len() as u32);
        for text in &self.texts {
            let one = Body::default().u16(units(text) as u16).unicode(text).0;
            if one.len() > BODY_LIMIT {
                return Err(WriteError(format!("text of {} characters in one cell", units(text))));
            }
            if body.0.len() + one.len() > BODY_LIMIT {
                records.push(kind, &body.0);
                kind = 0x003C;
                body = Body::default();
            }
            body = body.raw(&one);
        }
        records.push(kind, &body.0);
        Ok(())
    }
}

/// The OLE container, with the root's time stamps zeroed: the same workbook gives the same bytes.
fn container(name: &str, stream: &[u8]) -> Result<Vec<u8>, WriteError> {
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream(format!("/{name}"))?.write_all(stream)?;
    file.flush()?;
    let mut bytes = file.into_inner().into_inner();
    let first_directory_sector = u32::from_le_bytes([bytes[48], bytes[49], bytes[50], bytes[51]]) as usize;
    let root = (first_directory_sector + 1) * 512;
    bytes[root + 100..root + 116].fill(0);
    Ok(bytes)
}

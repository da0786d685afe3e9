//! .xlsb: the smallest set of BIFF12 parts that readers accept (MS-XLSB). Dates become text.

use super::styles::Styles;
use super::xml::escape;
use super::zipped::pack;
use super::{Look, Sheet, Value, Workbook, WriteError};

const CONTENT_TYPE: &str = "application/vnd.ms-excel.";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// # Errors
/// Only those of the zip container.
pub fn write_xlsb(book: &Workbook) -> Result<Vec<u8>, WriteError> {
    let names: Vec<String> = (1..=book.sheets.len()).map(|n| format!("xl/worksheets/sheet{n}.bin")).collect();
    let mut styles = Styles::default();
    let sheets: Vec<Vec<u8>> = book.sheets.iter().map(|sheet| sheet_part(sheet, &mut styles)).collect();
    let (types, package, relations, workbook) =
        (content_types(&names), package_relations(), workbook_relations(book.sheets.len()), workbook_part(book));
    let looks = styles_part(&styles);
    let mut parts: Vec<(&str, &[u8], bool)> = vec![
        ("[Content_Types].xml", types.as_bytes(), false),
        ("_rels/.rels", package.as_bytes(), false),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes(), false),
        ("xl/workbook.bin", &workbook, false),
        ("xl/styles.bin", &looks, false),
    ];
    parts.extend(names.iter().zip(&sheets).map(|(name, bytes)| (name.as_str(), bytes.as_slice(), false)));
    pack(&parts)
}

fn content_types(sheets: &[String]) -> String {
    let overrides: String = sheets
        .iter()
        .map(|name| format!(r#"<Override PartName="/{name}" ContentType="{CONTENT_TYPE}worksheet"/>"#))
        .collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="{CONTENT_TYPE}sheet.binary.macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>"#
    )
}

fn package_relations() -> String {
    relation_file(&format!(r#"<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.bin"/>"#))
}

fn workbook_relations(sheets: usize) -> String {
    let all: String = (1..=sheets)
        .map(|n| {
            format!(r#"<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.bin"/>"#)
        })
        .collect();
    relation_file(&format!(r#"{all}<Relationship Id="rStyles" Type="{RELATIONS}/styles" Target="styles.bin"/>"#))
}

fn relation_file(relations: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="{}">{relations}</Relationships>"#,
        escape("http://schemas.openxmlformats.org/package/2006/relationships")
    )
}

fn workbook_part(book: &Workbook) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 131, &[]);
    record(&mut out, 153, &[0; 8]);
    record(&mut out, 143, &[]);
    for (index, sheet) in book.sheets.iter().enumerate() {
        let mut body = Vec::new();
        body.extend(u32::from(sheet.hidden).to_le_bytes());
        body.extend((index as u32 + 1).to_le_bytes());
        body.extend(wide(&format!("rId{}", index + 1)));
        body.extend(wide(&sheet.name));
        record(&mut out, 156, &body);
    }
    record(&mut out, 144, &[]);
    record(&mut out, 157, &[0; 26]);
    record(&mut out, 132, &[]);
    out
}

/// The first number of formats that the workbook spells out.
const FIRST_OWN_FORMAT: u16 = 164;

/// A number format and a cell style for each; font 1 is struck out.
fn styles_part(styles: &Styles) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 278, &[]);
    record(&mut out, 615, &(styles.known.len() as u32).to_le_bytes());
    for (number, style) in (FIRST_OWN_FORMAT..).zip(&styles.known) {
        record(&mut out, 44, &[number.to_le_bytes().to_vec(), wide(style.code)].concat());
    }
    record(&mut out, 616, &[]);
    record(&mut out, 611, &2u32.to_le_bytes());
    for flags in [0u16, 0x0008] {
        let head = [220, flags, 400, 0].map(u16::to_le_bytes).concat();
        record(&mut out, 43, &[head, vec![0; 13], wide("宋体")].concat());
    }
    record(&mut out, 612, &[]);
    record(&mut out, 617, &(styles.known.len() as u32).to_le_bytes());
    for (number, style) in (FIRST_OWN_FORMAT..).zip(&styles.known) {
        let head = [0, number, u16::from(style.is_struck), 0, 0].map(u16::to_le_bytes).concat();
        record(&mut out, 47, &[head, vec![0; 6]].concat());
    }
    record(&mut out, 618, &[]);
    record(&mut out, 279, &[]);
    out
}

fn sheet_part(sheet: &Sheet, styles: &mut Styles) -> Vec<u8> {
    let mut out = Vec::new();
    let (rows, columns) = sheet.size();
    record(&mut out, 129, &[]);
    record(&mut out, 148, &quad([0, rows.saturating_sub(1), 0, columns.saturating_sub(1)]));
    for column in &sheet.hidden_columns {
        record(&mut out, 60, &[quad([*column, *column, 2048, 0]), 1u16.to_le_bytes().to_vec()].concat());
    }
    record(&mut out, 145, &[]);
    let mut row_open = None;
    for (at, value) in &sheet.cells {
        if row_open != Some(at.row) {
            row_open = Some(at.row);
            let mut header = quad([at.row, 0, 0, 0]);
            header.truncate(13);
            header[11] |= if sheet.hidden_rows.contains(&at.row) { 0x10 } else { 0 };
            header.extend(0u32.to_le_bytes());
            record(&mut out, 0, &header);
        }
        let mut body = at.column.to_le_bytes().to_vec();
        body.extend((styles.index(sheet, *at, value) as u32).to_le_bytes());
        let kind = match value {
            Value::Text(text) | Value::Date { shown: text, .. } => {
                body.extend(wide(text));
                6
            }
            Value::Number { .. } if sheet.looks.get(at) == Some(&Look::Formula) => {
                // Nothing worked out, to be calculated on opening, no tokens.
                body.extend(0f64.to_le_bytes());
                body.extend([2, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
                9
            }
            Value::Number { value, .. } => {
                body.extend(value.to_le_bytes());
                5
            }
            Value::Error(error) => {
                body.push(error.code());
                3
            }
        };
        record(&mut out, kind, &body);
    }
    record(&mut out, 146, &[]);
    if !sheet.merges.is_empty() {
        record(&mut out, 177, &(sheet.merges.len() as u32).to_le_bytes());
        for merge in &sheet.merges {
            record(&mut out, 176, &quad([merge.first.row, merge.last.row, merge.first.column, merge.last.column]));
        }
        record(&mut out, 178, &[]);
    }
    record(&mut out, 130, &[]);
    out
}

fn quad(numbers: [u32; 4]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

/// Type and length in 7-bit groups, then the body (MS-XLSB 2.1.4).
fn record(out: &mut Vec<u8>, kind: u16, body: &[u8]) {
    if kind < 0x80 {
        out.push(kind as u8);
    } else {
        out.push((kind & 0x7F) as u8 | 0x80);
        out.push((kind >> 7) as u8);
    }
    let mut length = body.len();
    while length >= 0x80 {
        out.push((length & 0x7F) as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend(body);
}

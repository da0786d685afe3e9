//! .doc of Word 97: one piece of UTF-16 text, a page of properties for each paragraph, tables by the edges of their rows.

use std::io::{Cursor, Write as _};

use super::listed::{HEADINGS, Headings, ListLevel, ROWS, is_row_number};
use super::{Block, Merge, Position, Sheet, TextDocument, Workbook, WriteError};

const PAGE: usize = 512;
/// Where the text begins in the main stream.
const TEXT: usize = 2048;
/// Twentieths of a point a column is wide.
const COLUMN: i16 = 1400;

/// A paragraph or cell: its text with the mark that ends it, and its property modifiers.
struct Piece {
    text: String,
    modifiers: Vec<u8>,
}

/// The text, then each sheet: what stands above its table as paragraphs, the rest as a table.
///
/// # Errors
/// Those of the OLE container, and a row too wide for one page of properties.
pub fn write_doc(text: &TextDocument, book: &Workbook) -> Result<Vec<u8>, WriteError> {
    write(text, book, None)
}

/// The same, where Word gives the numbers of headings and rows that it can count.
///
/// # Errors
/// Those of the OLE container, and a row too wide for one page of properties.
pub fn write_doc_listed(text: &TextDocument, book: &Workbook) -> Result<Vec<u8>, WriteError> {
    write(text, book, Some(Headings::default()))
}

/// The same with an object of another program inside, whose only stream stands before those of the document.
///
/// # Errors
/// Those of the OLE container, and a row too wide for one page of properties.
pub fn write_doc_around(text: &TextDocument, stream: &str, object: &[u8]) -> Result<Vec<u8>, WriteError> {
    container(&pieces(text, &Workbook::default(), None), false, Some((stream, object)))
}

fn write(text: &TextDocument, book: &Workbook, headings: Option<Headings>) -> Result<Vec<u8>, WriteError> {
    let is_listed = headings.is_some();
    container(&pieces(text, book, headings), is_listed, None)
}

fn pieces(text: &TextDocument, book: &Workbook, mut headings: Option<Headings>) -> Vec<Piece> {
    let is_listed = headings.is_some();
    let mut pieces = Vec::new();
    for block in &text.blocks {
        match block {
            Block::Paragraph(text) => {
                pieces.push(match headings.as_mut().and_then(|headings| headings.next(text)) {
                    Some(listed) => {
                        Piece { text: format!("{}\r", listed.text), modifiers: list_of(1, listed.level as u8) }
                    }
                    None => Piece { text: format!("{text}\r"), modifiers: Vec::new() },
                });
            }
            Block::Table(rows) => {
                let mut sheet = Sheet::new("");
                for (row, cells) in rows.iter().enumerate() {
                    cells.iter().enumerate().for_each(|(column, text)| sheet.text(row as u32, column as u32, text));
                }
                table(&sheet, 0, &mut pieces, &|row| is_listed && is_row_number(rows, row as usize));
            }
        }
    }
    for sheet in &book.sheets {
        let first = paragraphs_above(sheet, &mut pieces);
        table(sheet, first, &mut pieces, &|_| false);
    }
    pieces.push(Piece { text: "\r".to_owned(), modifiers: Vec::new() });
    pieces
}

/// The modifiers of a paragraph that is of a list.
fn list_of(list: u8, level: u8) -> Vec<u8> {
    vec![0x0a, 0x26, level, 0x0b, 0x46, list, 0]
}

fn covered(sheet: &Sheet, at: Position) -> Merge {
    sheet.merges.iter().copied().find(|merge| merge.covers(at)).unwrap_or(Merge { first: at, last: at })
}

/// Leading rows of one cell over the whole width, or of fewer than half of the columns, are no part of the table.
fn paragraphs_above(sheet: &Sheet, pieces: &mut Vec<Piece>) -> u32 {
    let (rows, columns) = sheet.size();
    let unit = sheet.below_the_unit();
    for row in 0..rows {
        let texts: Vec<&str> = (0..columns)
            .filter_map(|column| sheet.cells.get(&Position::new(row, column)).map(super::Value::shown))
            .collect();
        let spans = (0..columns).any(|column| {
            let merge = covered(sheet, Position::new(row, column));
            merge.first.column < merge.last.column && merge.last.column + 1 - merge.first.column < columns
        });
        let is_table = unit.map_or(spans || texts.len() as u32 * 2 > columns, |unit| row >= unit);
        if is_table {
            return row;
        }
        pieces.extend(texts.iter().map(|text| Piece { text: format!("{text}\r"), modifiers: Vec::new() }));
    }
    rows
}

fn table(sheet: &Sheet, first: u32, pieces: &mut Vec<Piece>, is_numbered: &dyn Fn(u32) -> bool) {
    let (rows, columns) = sheet.size();
    let in_table = [0x16, 0x24, 1];
    for row in first..rows {
        let mut edges: Vec<i16> = vec![0];
        let mut flags: Vec<u16> = Vec::new();
        let mut column = 0;
        while column < columns {
            let merge = covered(sheet, Position::new(row, column));
            let text = sheet.cells.get(&Position::new(row, column)).map(super::Value::shown).unwrap_or_default();
            pieces.push(if column == 0 && is_numbered(row) {
                Piece { text: "\u{7}".to_owned(), modifiers: [in_table.to_vec(), list_of(2, 0)].concat() }
            } else {
                Piece { text: format!("{text}\u{7}"), modifiers: in_table.to_vec() }
            });
            column = merge.last.column.max(column) + 1;
            edges.push(column as i16 * COLUMN);
            flags.push(match (merge.first.row < merge.last.row, merge.first.row == row) {
                (true, true) => 0x60,
                (true, false) => 0x20,
                _ => 0,
            });
        }
        let mut modifiers = in_table.to_vec();
        modifiers.extend([0x17, 0x24, 1]);
        let mut operand = vec![flags.len() as u8];
        edges.iter().for_each(|edge| operand.extend(edge.to_le_bytes()));
        for flag in flags {
            operand.extend(flag.to_le_bytes());
            operand.extend([0; 18]);
        }
        modifiers.extend([0x08, 0xd6]);
        modifiers.extend((operand.len() as u16 + 1).to_le_bytes());
        modifiers.extend(operand);
        pieces.push(Piece { text: "\u{7}".to_owned(), modifiers });
    }
}

fn container(pieces: &[Piece], is_listed: bool, object: Option<(&str, &[u8])>) -> Result<Vec<u8>, WriteError> {
    let mut main = vec![0; TEXT];
    let mut ends = vec![TEXT as u32];
    for piece in pieces {
        piece.text.encode_utf16().for_each(|unit| main.extend(unit.to_le_bytes()));
        ends.push(main.len() as u32);
    }
    let characters = (main.len() - TEXT) as u32 / 2;
    main.resize(main.len().next_multiple_of(PAGE), 0);
    let mut index = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        index.push((main.len() / PAGE) as u32);
        main.extend(property_page(ends[at], ends[at + 1], &piece.modifiers)?);
    }
    let mut table = Vec::new();
    let properties = (table.len() as u32, 4 * (ends.len() + index.len()) as u32);
    ends.iter().chain(&index).for_each(|word| table.extend(word.to_le_bytes()));
    let list = table.len() as u32;
    table.push(2);
    table.extend(16_u32.to_le_bytes());
    [0, characters].iter().for_each(|word| table.extend(word.to_le_bytes()));
    table.extend([0, 0]);
    table.extend((TEXT as u32).to_le_bytes());
    table.extend([0, 0]);
    let length_of_list = table.len() as u32 - list;
    let lists = if is_listed { lists(&mut table) } else { [0; 4] };
    let mut put = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
    for (at, word) in lists.iter().enumerate() {
        put(0x2e2 + 4 * at, &word.to_le_bytes());
    }
    put(0, &0xa5ec_u16.to_le_bytes());
    put(2, &193_u16.to_le_bytes());
    put(10, &0x0200_u16.to_le_bytes());
    put(0x4c, &characters.to_le_bytes());
    put(0x102, &properties.0.to_le_bytes());
    put(0x106, &properties.1.to_le_bytes());
    put(0x1a2, &list.to_le_bytes());
    put(0x1a6, &length_of_list.to_le_bytes());
    let mut file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
    if let Some((stream, object)) = object {
        file.create_storage("/ObjectPool")?;
        file.create_storage("/ObjectPool/_1")?;
        file.create_stream(format!("/ObjectPool/_1/{stream}"))?.write_all(object)?;
    }
    file.create_stream("/WordDocument")?.write_all(&main)?;
    file.create_stream("/1Table")?.write_all(&table)?;
    file.flush()?;
    let mut bytes = file.into_inner().into_inner();
    // The container's time stamps: the same document gives the same bytes.
    let directory = u32::from_le_bytes([bytes[48], bytes[49], bytes[50], bytes[51]]) as usize;
    let root = (directory + 1) * PAGE;
    bytes[root + 100..root + 116].fill(0);
    Ok(bytes)
}

/// Two lists and one use of each: where the table stream holds both, with their lengths.
fn lists(table: &mut Vec<u8>) -> [u32; 4] {
    let kinds: [&[ListLevel]; 2] = [&HEADINGS, &[ROWS]];
    let start = table.len() as u32;
    table.extend((kinds.len() as u16).to_le_bytes());
    for id in 1..=kinds.len() as u32 {
        table.extend(id.to_le_bytes());
        table.extend([0; 24]);
    }
    let length = table.len() as u32 - start;
    for kind in kinds {
        for at in 0..9 {
            level(table, at, kind.get(at as usize).copied().unwrap_or(ROWS));
        }
    }
    let uses = table.len() as u32;
    table.extend((kinds.len() as u32).to_le_bytes());
    for id in 1..=kinds.len() as u32 {
        table.extend(id.to_le_bytes());
        table.extend([0; 12]);
    }
    table.extend([0xff; 8]);
    [start, length, uses, table.len() as u32 - uses]
}

/// A level: from 1 on, with nothing between its number and the text.
fn level(table: &mut Vec<u8>, at: u8, level: ListLevel) {
    let number = format!("{}{}{}", level.before, char::from(at), level.after);
    let place = level.before.chars().count() as u8 + 1;
    table.extend(1_u32.to_le_bytes());
    table.extend([level.code, 0, place, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    table.extend([0; 12]);
    table.extend((number.encode_utf16().count() as u16).to_le_bytes());
    number.encode_utf16().for_each(|unit| table.extend(unit.to_le_bytes()));
}

/// One paragraph a page: from, to, where its properties stand.
fn property_page(from: u32, to: u32, modifiers: &[u8]) -> Result<Vec<u8>, WriteError> {
    let mut page = vec![0; PAGE];
    page[0..4].copy_from_slice(&from.to_le_bytes());
    page[4..8].copy_from_slice(&to.to_le_bytes());
    page[PAGE - 1] = 1;
    if modifiers.is_empty() {
        return Ok(page);
    }
    // The style (two bytes) goes before the modifiers; the count of words follows a zero.
    let mut properties = vec![0, 0];
    properties.extend(modifiers);
    properties.resize(properties.len().next_multiple_of(2), 0);
    let start = 30;
    if start + 2 + properties.len() > PAGE - 1 {
        return Err(WriteError("a row of more cells than a page of properties holds".to_owned()));
    }
    page[8] = (start / 2) as u8;
    page[start] = 0;
    page[start + 1] = (properties.len() / 2) as u8;
    page[start + 2..start + 2 + properties.len()].copy_from_slice(&properties);
    Ok(page)
}

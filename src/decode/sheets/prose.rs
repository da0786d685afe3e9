//! Sheets of a workbook that hold sentences: a narrative kept beside the tables is text like any other.

use crate::decode::document::{Cell, CellValue, Document, Grid, Line};
use crate::decode::text::plain::kept;
use crate::vocabulary::{Finding, Place, Severity};

/// Shorter texts are labels, whatever they end in.
const SHORTEST_SENTENCE: usize = 15;

/// Gives a workbook's sheets of sentences lines, too. A finding says which lines are which sheet's.
pub fn read_sheets_of_prose(document: &mut Document) {
    if !document.lines.is_empty() {
        return;
    }
    for grid in document.grids.iter().filter(|grid| !grid.hidden && is_prose(grid)) {
        let first = document.lines.len() as u32 + 1;
        for text in grid.cells.iter().filter_map(text_of).flat_map(str::lines).filter(|text| !text.trim().is_empty()) {
            let number = document.lines.len() as u32 + 1;
            let text = kept(text, number, &mut document.findings);
            document.lines.push(Line { number, text, cell: None });
        }
        let last = document.lines.len();
        document.findings.push(Finding::extraction(
            "decode.sheet_of_prose",
            Severity::Info,
            Place::Sheet { sheet: grid.sheet.clone() },
            format!("the sheet holds sentences: it is read as text, as lines {first} to {last}"),
            "nothing to do: its numbers are claims, like those of a text".to_owned(),
        ));
    }
}

/// Sentences one below the other: most rows hold one cell, and most of what is written ends in full stops.
fn is_prose(grid: &Grid) -> bool {
    let rows: Vec<&[Cell]> = grid.cells.chunk_by(|one, next| one.at.row == next.at.row).collect();
    let single = rows.iter().filter(|row| row.len() == 1).count();
    let is_sentence = |text: &&str| text.contains('。') && text.chars().count() >= SHORTEST_SENTENCE;
    let texts: Vec<&str> = grid.cells.iter().filter_map(text_of).collect();
    let length = |texts: &mut dyn Iterator<Item = &&str>| texts.map(|text| text.chars().count()).sum::<usize>();
    let sentences = texts.iter().filter(|text| is_sentence(text)).count();
    sentences >= 2
        && single * 5 >= rows.len() * 4
        && 2 * length(&mut texts.iter().filter(|text| is_sentence(text))) > length(&mut texts.iter())
}

fn text_of(cell: &Cell) -> Option<&str> {
    match &cell.value {
        CellValue::Text(text) => Some(text),
        _ => None,
    }
}

//! A table that was taken apart into two, one right after the other, is one: Word does this where a table is split by hand
//! for the page, with its header repeated or not.

use std::collections::BTreeMap;

use crate::decode::document::{CellValue, Document, Grid, Line, Merge, TableCell};
use crate::vocabulary::{CellReference, parse_printed};

/// The cells of one row by column.
type Row<'a> = BTreeMap<u32, &'a CellValue>;

/// Joins tables between which nothing stands.
pub fn join_continued(document: &mut Document) {
    let mut at = 1;
    while at < document.grids.len() {
        match repeated_rows(&document.grids[at - 1], &document.grids[at], &document.lines, at - 1) {
            Some(repeated) => join(document, at, repeated),
            None => at += 1,
        }
    }
}

/// How many rows the second table repeats of the first one's header; `None` where it is a table of its own.
fn repeated_rows(above: &Grid, below: &Grid, lines: &[Line], index: usize) -> Option<u32> {
    let last = lines.iter().rposition(|line| line.cell.is_some_and(|cell| cell.grid == index))?;
    let mut between =
        lines[last + 1..].iter().take_while(|line| below.after_line.is_some_and(|after| line.number <= after));
    let is_alike = above.columns == below.columns && above.columns > 1 && above.packed_rows + below.packed_rows == 0;
    if !is_alike || !between.all(|line| line.text.trim().is_empty()) || below.rows == 0 || above.rows == 0 {
        return None;
    }
    let first = row(below, 0);
    let is_label_row = |row: &Row<'_>| row.len() > 1 && !row.values().any(|value| is_number(value));
    if is_label_row(&first) {
        // Rows of the header from where it begins: a title may stand above it in the first table.
        let start = (0..above.rows.min(8)).find(|at| row(above, *at) == first)?;
        let same = (0..below.rows.min(above.rows - start)).take_while(|at| row(above, start + at) == row(below, *at));
        return Some(same.count() as u32);
    }
    let numbers = |row: &Row<'_>| -> Vec<u32> {
        row.iter().filter(|(_, value)| is_number(value)).map(|(column, _)| *column).collect()
    };
    let goes_on = numbers(&first).len() > 1 && numbers(&first) == numbers(&row(above, above.rows - 1));
    goes_on.then_some(0)
}

fn row(grid: &Grid, at: u32) -> Row<'_> {
    let start = grid.cells.partition_point(|cell| cell.at.row < at);
    grid.cells[start..].iter().take_while(|cell| cell.at.row == at).map(|cell| (cell.at.column, &cell.value)).collect()
}

fn is_number(value: &CellValue) -> bool {
    match value {
        CellValue::Number(_) => true,
        CellValue::Text(text) => parse_printed(text).is_ok(),
        _ => false,
    }
}

/// Appends the rows of a table to the one before it, less those it repeats.
fn join(document: &mut Document, index: usize, repeated: u32) {
    let below = document.grids.remove(index);
    let above = &mut document.grids[index - 1];
    let first = above.rows;
    let moved = |at: CellReference| CellReference::new(at.row - repeated + first, at.column);
    let kept = below.cells.into_iter().filter(|cell| cell.at.row >= repeated);
    above.cells.extend(kept.map(|cell| crate::decode::Cell { at: moved(cell.at), ..cell }));
    let merges = below.merges.into_iter().filter(|merge| merge.first.row >= repeated);
    above.merges.extend(merges.map(|merge| Merge { first: moved(merge.first), last: moved(merge.last) }));
    above.rows += below.rows - repeated;
    for line in &mut document.lines {
        let Some(cell) = line.cell.filter(|cell| cell.grid >= index) else { continue };
        if cell.grid > index {
            line.cell = Some(TableCell { grid: cell.grid - 1, ..cell });
        } else if cell.at.row >= repeated {
            line.cell = Some(TableCell { grid: index - 1, at: moved(cell.at) });
        } else {
            // Said once already, above.
            (line.cell, line.text) = (None, String::new());
        }
    }
    for (at, grid) in document.grids.iter_mut().enumerate().skip(index) {
        grid.sheet_number = at as u32 + 1;
        grid.sheet = format!("table {}", at + 1);
    }
}

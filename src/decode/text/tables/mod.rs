//! Tables that a text only shows by how it is set: tabs or bars between cells, blanks between columns, a cell a line, a
//! whole sheet in one line.
//!
//! What its shape alone does not make a table stays text: lines become a grid only where every number has one place.

mod bars;
mod blanks;
mod drawn;
mod flat;
mod placing;
mod stacked;
mod tabs;

use drawn::{Drawn, Page};

use crate::decode::document::{Cell, CellValue, Grid, Line, TableCell};
use crate::vocabulary::{CellReference, Finding};

/// Marks the lines that are table rows or cells and returns the grids they make up.
pub fn find_tables(lines: &mut [Line], findings: &mut Vec<Finding>) -> Vec<Grid> {
    let mut page = Page { taken: vec![false; lines.len()], lines, tables: Vec::new(), findings: Vec::new() };
    bars::find(&mut page);
    tabs::find(&mut page);
    flat::find_in_one_line(&mut page);
    blanks::find(&mut page);
    flat::find_a_cell_a_line(&mut page);
    findings.append(&mut page.findings);
    let mut tables = page.tables;
    tables.sort_by_key(first_line);
    tables.into_iter().enumerate().map(|(at, table)| grid(at, table, lines)).collect()
}

fn first_line(table: &Drawn) -> usize {
    table.rows.iter().flatten().map(|(_, piece)| piece.line).min().unwrap_or(0)
}

fn grid(index: usize, table: Drawn, lines: &mut [Line]) -> Grid {
    let first = first_line(&table);
    let mut grid = Grid {
        sheet: format!("table {}", index + 1),
        sheet_number: index as u32 + 1,
        after_line: (first > 0).then(|| lines[first - 1].number),
        packed_rows: table.packed as u32,
        ..Grid::default()
    };
    for (row, cells) in table.rows.into_iter().enumerate() {
        for (column, piece) in cells {
            let at = CellReference::new(row as u32, column as u32);
            lines[piece.line].cell.get_or_insert(TableCell { grid: index, at });
            if !piece.text.is_empty() {
                grid.cells.push(Cell { at, value: CellValue::Text(piece.text) });
            }
        }
    }
    grid.measure();
    grid
}

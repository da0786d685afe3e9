//! Rows with edges → a grid: every edge of every row is a column edge, and a cell spans the columns between its own.

use std::collections::BTreeMap;

use super::properties::RowShape;
use crate::decode::document::{CellValue, Grid};
use crate::decode::limits::Limits;
use crate::decode::sheets::builder::GridBuilder;
use crate::vocabulary::Finding;

/// Edges closer than this (in twentieths of a point) are one: they are drawn by hand.
const SAME_EDGE: i32 = 40;

/// A row as it is read: its shape, and the text of each cell.
#[derive(Debug, Default)]
pub struct RawRow {
    pub shape: RowShape,
    pub cells: Vec<String>,
}

/// The grid, and the column of each cell of each row; a cell that only continues another has none.
pub struct Placed {
    pub grid: Grid,
    pub columns: Vec<Vec<Option<u32>>>,
}

/// Places the rows of a table.
pub fn place(index: usize, rows: &[RawRow], limits: &Limits, findings: &mut Vec<Finding>) -> Placed {
    let edges = edges_of(rows);
    let mut grid = GridBuilder::new(&format!("table {}", index + 1), index + 1, false);
    let mut columns = Vec::new();
    let mut across = edges.len().saturating_sub(1);
    // Cells that go on downwards: columns → first and last row.
    let mut down: BTreeMap<(u32, u32), (u32, u32)> = BTreeMap::new();
    let mut merges: Vec<((u32, u32), (u32, u32))> = Vec::new();
    for (row, raw) in rows.iter().enumerate() {
        let row = row as u32;
        let mut own: Vec<Option<u32>> = Vec::new();
        let mut continued: BTreeMap<(u32, u32), (u32, u32)> = BTreeMap::new();
        let mut at = 0;
        while at < raw.cells.len() {
            let end = run_end(&raw.shape, at, raw.cells.len());
            let (first, last) = span_of(&raw.shape, &edges, at, end);
            across = across.max(last as usize + 1);
            let shape = raw.shape.cells.get(at).copied().unwrap_or_default();
            let above = down.get(&(first, last)).filter(|_| shape.continues_up);
            if let Some((from, _)) = above {
                continued.insert((first, last), (*from, row));
                own.push(None);
            } else {
                grid.add(row, first, CellValue::Text(raw.cells[at].clone()));
                own.push(Some(first));
                if shape.starts_down {
                    continued.insert((first, last), (row, row));
                } else if last > first {
                    merges.push(((row, first), (row, last)));
                }
            }
            own.extend((at + 1..end).map(|_| None));
            at = end;
        }
        for (columns, rows) in &down {
            if !continued.contains_key(columns) {
                merges.push(((rows.0, columns.0), (rows.1, columns.1)));
            }
        }
        down = continued;
        columns.push(own);
    }
    merges.extend(down.iter().map(|(columns, rows)| ((rows.0, columns.0), (rows.1, columns.1))));
    for (first, last) in merges {
        grid.merge(first, last);
    }
    let mut grid = grid.finish(limits, findings);
    (grid.rows, grid.columns) = (rows.len() as u32, across as u32);
    Placed { grid, columns }
}

/// Distinct edges of all rows from left to right.
fn edges_of(rows: &[RawRow]) -> Vec<i32> {
    let mut all: Vec<i32> = rows.iter().flat_map(|row| row.shape.edges.iter().copied()).collect();
    all.sort_unstable();
    let mut edges: Vec<i32> = Vec::new();
    for edge in all {
        if edges.last().is_none_or(|last| edge - last > SAME_EDGE) {
            edges.push(edge);
        }
    }
    edges
}

/// The end of the cells merged with this one.
fn run_end(shape: &RowShape, at: usize, cells: usize) -> usize {
    (at + 1..cells).find(|next| !shape.cells.get(*next).is_some_and(|cell| cell.continues_left)).unwrap_or(cells)
}

/// First and last column. Cells of a row without edges stand one beside the other.
fn span_of(shape: &RowShape, edges: &[i32], at: usize, end: usize) -> (u32, u32) {
    let (Some(left), Some(right)) = (shape.edges.get(at), shape.edges.get(end)) else {
        return (at as u32, end as u32 - 1);
    };
    let column =
        |edge: i32| edges.iter().enumerate().min_by_key(|(_, known)| (**known - edge).abs()).map_or(0, |(at, _)| at);
    let first = column(*left);
    (first as u32, (column(*right).max(first + 1) - 1) as u32)
}

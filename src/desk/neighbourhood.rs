//! The cells around a figure, as a small grid.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::decode::Grid;
use crate::error::Result;
use crate::project::Project;
use crate::vocabulary::CellReference;
use crate::warehouse::{Value, Warehouse};

use super::section::Section;

/// Rows and columns shown on each side of the cell.
const ROWS_AROUND: u32 = 3;
const COLUMNS_AROUND: u32 = 2;

/// A cut-out of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Neighbourhood {
    /// Column letters, left to right.
    pub columns: Vec<String>,
    /// Row number and texts, top down; blank cells are empty.
    pub rows: Vec<(u32, Vec<String>)>,
    /// Row number and column letters of the figure.
    pub marked: (u32, String),
    /// Whole sheet, as in the file; else only the figures that were read from it.
    pub from_file: bool,
}

impl Neighbourhood {
    /// Cut out of the sheet itself.
    pub fn of_grid(grid: &Grid, cell: CellReference) -> Self {
        let texts = grid.cells.iter().map(|cell| (cell.at, cell.value.printed())).collect();
        Self::cut(&texts, cell, true)
    }

    /// Put together from the figures of the warehouse.
    pub fn of_facts(
        warehouse: &Warehouse,
        project: &Project,
        document_key: &str,
        sheet_number: i64,
        cell: CellReference,
    ) -> Result<Self> {
        let parameters = [document_key.into(), sheet_number.into()];
        let around = Section::ask(warehouse, project, "sql/explain/neighbours.sql", &parameters)?;
        let mut texts = BTreeMap::new();
        for row in &around.frame.rows {
            let (Some(number), Some(column)) = (counted_from_zero(&row[0]), counted_from_zero(&row[1])) else {
                continue;
            };
            texts.insert(CellReference::new(number, column), row[2].shown());
            texts.entry(CellReference::new(number, 0)).or_insert_with(|| row[3].shown());
        }
        Ok(Self::cut(&texts, cell, false))
    }

    /// The rows and columns around, and the first column of the row's own text where that lies further left.
    fn cut(texts: &BTreeMap<CellReference, String>, cell: CellReference, from_file: bool) -> Self {
        let last = |of: fn(&CellReference) -> u32| texts.keys().map(of).max().unwrap_or(0);
        let last_row = last(|at| at.row).max(cell.row).min(cell.row + ROWS_AROUND);
        let last_column = last(|at| at.column).max(cell.column).min(cell.column + COLUMNS_AROUND);
        let first_column = cell.column.saturating_sub(COLUMNS_AROUND);
        let label_column = texts
            .range(CellReference::new(cell.row, 0)..CellReference::new(cell.row, first_column))
            .find(|(_, text)| !text.trim().is_empty())
            .map(|(at, _)| at.column);
        let columns: Vec<u32> = label_column.into_iter().chain(first_column..=last_column).collect();
        let rows = cell.row.saturating_sub(ROWS_AROUND)..=last_row;
        let text_at = |row, column| texts.get(&CellReference::new(row, column)).cloned().unwrap_or_default();
        Self {
            columns: columns.iter().map(|column| letters(*column)).collect(),
            rows: rows.map(|row| (row + 1, columns.iter().map(|column| text_at(row, *column)).collect())).collect(),
            marked: (cell.row + 1, letters(cell.column)),
            from_file,
        }
    }
}

fn counted_from_zero(value: &Value) -> Option<u32> {
    u32::try_from(value.as_integer()?.checked_sub(1)?).ok()
}

fn letters(column: u32) -> String {
    CellReference::new(0, column).to_string().trim_end_matches('1').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cut_stays_inside_the_sheet_and_keeps_the_label() {
        let texts: BTreeMap<CellReference, String> = [(0, 0, "栏次"), (4, 0, "合计"), (4, 6, "12.00"), (5, 6, "7")]
            .into_iter()
            .map(|(row, column, text)| (CellReference::new(row, column), text.to_owned()))
            .collect();
        let cut = Neighbourhood::cut(&texts, CellReference::new(4, 6), true);
        assert_eq!(cut.columns, ["A", "E", "F", "G"]);
        assert_eq!(cut.rows.first().map(|row| row.0), Some(2));
        assert_eq!(cut.rows.last().map(|row| row.0), Some(6));
        assert_eq!(cut.rows[3], (5, vec!["合计".to_owned(), String::new(), String::new(), "12.00".to_owned()]));
        assert_eq!(cut.marked, (5, "G".to_owned()));
    }
}

//! Tables that a text export left as tabs: one row a line with tabs between the cells, or one cell a line behind a tab
//! with blank lines between the rows.

use crate::decode::document::{Cell, CellValue, Grid, Line, TableCell};
use crate::vocabulary::CellReference;

/// Longer text behind a tab is an indented paragraph.
const LONGEST_CELL: usize = 120;

/// Marks the lines that are table rows or cells and returns the grids they make up.
pub fn find_tables(lines: &mut [Line]) -> Vec<Grid> {
    let mut grids = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let end = run_of(lines, at, |line| cells_of(line).len() > 1);
        if end >= at + 2 {
            rows_of_cells(lines, at, end, &mut grids);
            at = end;
            continue;
        }
        let end = run_of_single_cells(lines, at);
        if end > at && one_cell_a_line(lines, at, end, &mut grids) {
            at = end;
            continue;
        }
        at += 1;
    }
    grids
}

fn run_of(lines: &[Line], start: usize, fits: impl Fn(&Line) -> bool) -> usize {
    start + lines[start..].iter().take_while(|line| fits(line)).count()
}

/// The trimmed cells of a line with tabs inside, each with where it starts (in characters).
fn cells_of(line: &Line) -> Vec<(u32, &str)> {
    if !line.text.trim().contains('\t') {
        return Vec::new();
    }
    let mut cells = Vec::new();
    let mut start = 0u32;
    for part in line.text.split('\t') {
        cells.push((start, part));
        start += part.chars().count() as u32 + 1;
    }
    if cells.iter().any(|(_, part)| part.chars().count() > LONGEST_CELL) { Vec::new() } else { cells }
}

/// Several cells share a line: the line is marked by its first cell, and the grid holds them all.
fn rows_of_cells(lines: &mut [Line], start: usize, end: usize, grids: &mut Vec<Grid>) {
    let grid = grids.len();
    let mut cells = Vec::new();
    let mut columns = 0;
    for (row, line) in lines[start..end].iter_mut().enumerate() {
        for (column, (_, part)) in cells_of(line).into_iter().enumerate() {
            columns = columns.max(column as u32 + 1);
            if !part.trim().is_empty() {
                let at = CellReference::new(row as u32, column as u32);
                cells.push(Cell { at, value: CellValue::Text(part.trim().to_owned()) });
            }
        }
        line.cell = Some(TableCell { grid, at: CellReference::new(row as u32, 0) });
    }
    let after_line = (start > 0).then(|| lines[start - 1].number);
    grids.push(grid_of(grid, (end - start) as u32, columns, cells, after_line));
}

fn run_of_single_cells(lines: &[Line], start: usize) -> usize {
    let is_cell = |line: &Line| {
        line.text.starts_with('\t') && !line.text.trim().is_empty() && line.text.trim().chars().count() <= LONGEST_CELL
    };
    if !lines.get(start).is_some_and(is_cell) {
        return start;
    }
    let mut end = start;
    for (offset, line) in lines[start..].iter().enumerate() {
        if is_cell(line) {
            end = start + offset + 1;
        } else if !line.text.trim().is_empty() {
            break;
        }
    }
    end
}

/// Rows are the groups between blank lines. Only a run of groups of one size is a table.
fn one_cell_a_line(lines: &mut [Line], start: usize, end: usize, grids: &mut Vec<Grid>) -> bool {
    let mut groups: Vec<Vec<usize>> = vec![Vec::new()];
    for (at, line) in lines.iter().enumerate().take(end).skip(start) {
        let ended = line.text.trim().is_empty();
        match groups.last_mut() {
            Some(group) if !ended => group.push(at),
            Some(group) if !group.is_empty() => groups.push(Vec::new()),
            _ => {}
        }
    }
    groups.retain(|group| !group.is_empty());
    let mut sizes: Vec<usize> = groups.iter().map(Vec::len).collect();
    sizes.sort_unstable();
    let usual = sizes[sizes.len() / 2];
    let alike = sizes.iter().filter(|size| **size == usual).count();
    if usual < 3 || groups.len() < 2 || alike * 4 < groups.len() * 3 {
        return false;
    }
    let grid = grids.len();
    let mut cells = Vec::new();
    for (row, group) in groups.iter().enumerate() {
        for (column, at) in group.iter().enumerate() {
            let reference = CellReference::new(row as u32, column as u32);
            let line = &mut lines[*at];
            line.cell = Some(TableCell { grid, at: reference });
            cells.push(Cell { at: reference, value: CellValue::Text(line.text.trim().to_owned()) });
        }
    }
    let columns = sizes.last().copied().unwrap_or(0) as u32;
    let after_line = (start > 0).then(|| lines[start - 1].number);
    grids.push(grid_of(grid, groups.len() as u32, columns, cells, after_line));
    true
}

fn grid_of(index: usize, rows: u32, columns: u32, cells: Vec<Cell>, after_line: Option<u32>) -> Grid {
    Grid {
        sheet: format!("table {}", index + 1),
        sheet_number: index as u32 + 1,
        hidden: false,
        rows,
        columns,
        cells,
        hidden_cells: Vec::new(),
        merges: Vec::new(),
        after_line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::limits::Limits;
    use crate::decode::text::plain::decode_text;

    #[test]
    fn tabs_between_cells_make_rows() {
        let document =
            decode_text("前文\n序号\t单位名称\n1\t甲局\n2\t乙中心\n后文\n".as_bytes(), &Limits::default()).unwrap();
        assert_eq!(document.grids.len(), 1);
        assert_eq!((document.grids[0].rows, document.grids[0].columns), (3, 2));
        assert!(document.lines[0].cell.is_none() && document.lines[4].cell.is_none());
        assert_eq!(document.lines[2].cell.map(|cell| cell.at.row), Some(1));
    }

    #[test]
    fn cells_on_lines_of_their_own_make_rows_between_blank_lines() {
        let text = "表\n\t序号\n\t指标\n\t值\n\n\t1\n\t覆盖率\n\t95%\n\n\t2\n\t次数\n\t3\n\n后文\n";
        let document = decode_text(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!((document.grids[0].rows, document.grids[0].columns), (3, 3));
        assert_eq!(document.lines[7].cell.map(|cell| cell.at), Some(CellReference::new(1, 2)));
    }

    #[test]
    fn indented_paragraphs_are_no_table() {
        let text = "\t第一段说明。\n\t第二段说明。\n\n\t第三段说明。\n";
        let document = decode_text(text.as_bytes(), &Limits::default()).unwrap();
        assert!(document.grids.is_empty());
    }
}

//! Sheets too wide for the paper: the columns of the next page stand beside those of the page before.

use super::table::{Cell, Row, Span, Table};

/// Widths that differ by more are other columns.
const SAME_WIDTH: f64 = 6.0;
/// So many rows at the same heights are no accident.
const ENOUGH_ROWS: usize = 5;

/// Whether two pages hold the same number of rows at the same heights.
pub fn has_rows_of(left: &Table, right: &Table) -> bool {
    let top = |row: &Row| row.cells.iter().flatten().map(|cell| cell.area.top).next();
    let same_rows = left.rows.len() == right.rows.len() && (left.area.top - right.area.top).abs() < 1.0;
    let tops = left.rows.iter().zip(&right.rows).filter_map(|(one, other)| Some((top(one)?, top(other)?)));
    same_rows && tops.clone().count() >= ENOUGH_ROWS && tops.clone().all(|(one, other)| (one - other).abs() < 1.0)
}

/// Whether the columns differ in number or width.
pub fn has_other_columns(left: &Table, right: &Table) -> bool {
    left.columns() != right.columns() || (left.area.width() - right.area.width()).abs() > SAME_WIDTH
}

/// How many columns of the right page only repeat the names of the rows, where its other columns belong to the rows of the
/// left one: the names are repeated below a header of other labels, or it names no row itself.
pub fn repeated_names(left: &Table, right: &Table) -> Option<usize> {
    let text = |table: &Table, row: usize, column: usize| {
        table.rows[row].cells[column].as_ref().map_or(String::new(), |cell| cell.text.clone())
    };
    let is_repeated = |column: &usize| {
        *column < left.columns()
            && (0..left.rows.len()).all(|row| text(left, row, *column) == text(right, row, *column))
    };
    let names = (0..right.columns()).take_while(is_repeated).count();
    let is_name = |cell: &Cell| !cell.is_number;
    let named = (0..left.rows.len()).filter(|row| right.rows[*row].cells[..names].iter().flatten().any(is_name));
    let has_names = names > 0 && names < right.columns() && named.count() >= ENOUGH_ROWS;
    let has_none = names == 0 && is_all_numbers(right) && !is_all_numbers(left);
    let known: Vec<&str> =
        header(left).flat_map(|row| row.cells.iter().flatten()).map(|cell| cell.text.as_str()).collect();
    let labels = header(right).flat_map(|row| row.cells[names..].iter().flatten()).collect::<Vec<&Cell>>();
    let is_new = labels.iter().any(|cell| !known.contains(&cell.text.as_str()));
    ((has_names || has_none) && is_new).then_some(names)
}

/// The rows above the first number.
fn header(table: &Table) -> impl Iterator<Item = &Row> {
    table.rows.iter().take_while(|row| !row.cells.iter().flatten().any(|cell| cell.is_number))
}

/// Below its header it prints numbers only: it names no row.
fn is_all_numbers(table: &Table) -> bool {
    let cells = table.rows[header(table).count()..].iter().flat_map(|row| row.cells.iter().flatten());
    cells.clone().count() >= ENOUGH_ROWS && cells.into_iter().all(|cell| cell.is_number)
}

/// Puts the columns of the right page beside those of the left one, without the names it repeats.
pub fn put_beside(left: &mut Table, right: Table, names: usize) {
    let columns = left.columns();
    let shift = left.edges[columns] - right.edges[names];
    left.edges.extend(right.edges[names + 1..].iter().map(|edge| edge + shift));
    for (row, other) in left.rows.iter_mut().zip(right.rows) {
        row.cells.extend(other.cells.into_iter().skip(names));
    }
    let beside = |span: &Span| Span {
        first: (span.first.0, span.first.1 - names + columns),
        last: (span.last.0, span.last.1 - names + columns),
    };
    left.spans.extend(right.spans.iter().filter(|span| span.first.1 >= names).map(beside));
    left.spans.sort_by_key(|span| span.first);
    left.area.right = left.edges[left.columns()];
}

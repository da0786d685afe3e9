//! Sheets too wide for the paper: the columns of the next page stand beside those of the page before.

use std::collections::BTreeSet;

use super::aligned::span_at;
use super::table::{Cell, Span, Table};
use crate::vocabulary::is_nothing;

/// Widths that differ by more are other columns.
const SAME_WIDTH: f64 = 6.0;
/// Columns of two pages stand at the same places where they differ by less.
const SAME_PLACE: f64 = 1.5;
/// So many rows at the same heights are no accident.
pub const ENOUGH_ROWS: usize = 5;

/// Names that two tables of the same classifications share; the halves of one table share their total at most.
const FEWEST_NAMES: usize = 3;

/// Whether the columns differ in number or width.
pub fn has_other_columns(left: &Table, right: &Table) -> bool {
    left.columns() != right.columns() || (left.area.width() - right.area.width()).abs() > SAME_WIDTH
}

/// How many columns of the right page only repeat the names of the rows below a header of other labels; the rows of both
/// are those of the whole sheet.
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
    (has_names && has_new_labels(left, right, names)).then_some(names)
}

/// The right page prints only amounts below its labels, which are others than those of the left one: it names no row itself.
pub fn names_no_row(left: &Table, right: &Table) -> bool {
    let header = left.header_rows();
    let names_none = |table: &Table| {
        let mut cells = table.rows[header..].iter().flat_map(|row| row.cells.iter().flatten());
        cells.all(|cell| cell.is_number || is_nothing(&cell.text))
    };
    let has_labels = right.rows[..header].iter().any(|row| row.cells.iter().any(Option::is_some));
    header < left.rows.len()
        && names_none(right)
        && !names_none(left)
        && (has_new_labels(left, right, 0) || !has_labels)
}

/// Some names of the right page are those of rows of the left one.
pub fn names_same_rows(left: &Table, right: &Table) -> bool {
    let known: BTreeSet<&str> = names(left).collect();
    names(right).filter(|name| known.contains(name)).count() >= FEWEST_NAMES
}

/// The texts below the header.
fn names(table: &Table) -> impl Iterator<Item = &str> {
    let cells = table.rows.iter().skip(table.header_rows()).flat_map(|row| row.cells.iter().flatten());
    cells.filter(|cell| !cell.is_number && !is_nothing(&cell.text)).map(|cell| cell.text.as_str())
}

/// Some label above the amounts of the right page is none of the left one's.
fn has_new_labels(left: &Table, right: &Table, names: usize) -> bool {
    let header = left.header_rows().max(right.header_rows()).min(left.rows.len());
    let known = |cell: &Cell| {
        let mut labels = left.rows[..header].iter().flat_map(|row| row.cells.iter().flatten());
        labels.any(|label| label.text == cell.text)
    };
    right.rows[..header].iter().flat_map(|row| row.cells[names..].iter().flatten()).any(|cell| !known(cell))
}

/// A merged cell runs over the edge between the two pages: the same rows are open there on both, and the others are closed.
pub fn share_a_cell(left: &Table, right: &Table) -> bool {
    let open: Vec<(bool, bool)> =
        left.rows.iter().zip(&right.rows).map(|(one, other)| (one.open.1, other.open.0)).collect();
    open.iter().all(|(one, other)| one == other)
        && open.iter().any(|(one, _)| *one)
        && open.iter().any(|(one, _)| !*one)
}

/// The pages above are beside each other, and these have the same columns: they are the next rows of both.
pub fn stand_like(above: &Table, left: &Table, right: &Table) -> bool {
    let is_same = |one: &[f64], other: &[f64]| {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| (one - other).abs() < SAME_PLACE)
    };
    let own = if left.parts.is_empty() { std::slice::from_ref(&left.edges) } else { &left.parts[..] };
    let pages = own.iter().chain([&right.edges]).zip(&above.parts);
    own.len() < above.parts.len() && pages.into_iter().all(|(own, above)| is_same(own, above))
}

/// Puts the columns of the right page beside those of the left one, without the names it repeats.
pub fn put_beside(left: &mut Table, mut right: Table, names: usize) {
    let columns = left.columns();
    if left.parts.is_empty() {
        left.parts.push(left.edges.clone());
    }
    left.parts.push(right.edges.clone());
    left.last_page = right.last_page;
    let shared = if names == 0 { share_cells(left, &mut right) } else { share_labels(left, &mut right, names) };
    let shift = left.edges[columns] - right.edges[names];
    left.edges.extend(right.edges[names + 1..].iter().map(|edge| edge + shift));
    for (row, other) in left.rows.iter_mut().zip(right.rows) {
        row.cells.extend(other.cells.into_iter().skip(names));
        row.open.1 = other.open.1;
    }
    let beside = |span: &Span| Span {
        first: (span.first.0, span.first.1 - names + columns),
        last: (span.last.0, span.last.1 - names + columns),
    };
    left.spans.extend(right.spans.iter().filter(|span| span.first.1 >= names).map(beside));
    left.spans.extend(shared);
    left.spans.sort_by_key(|span| span.first);
    left.area.right = left.edges[left.columns()];
}

/// Cells that both pages share stand whole on the left one: their merges, over the columns of both.
fn share_cells(left: &mut Table, right: &mut Table) -> Vec<Span> {
    let columns = left.columns();
    let mut shared = Vec::new();
    for row in 0..left.rows.len() {
        let (one, other) = (span_at(left, row, columns - 1), span_at(right, row, 0));
        let is_open = left.rows[row].open.1 && right.rows[row].open.0;
        if !is_open || one.first.0 != row || (one.first.0, one.last.0) != (other.first.0, other.last.0) {
            continue;
        }
        let cells = (left.rows[row].cells[one.first.1].take(), right.rows[row].cells[0].take());
        left.rows[row].cells[one.first.1] = cell_across(cells.0, cells.1);
        left.spans.retain(|span| *span != one);
        right.spans.retain(|span| *span != other);
        shared.push(Span { first: one.first, last: (other.last.0, other.last.1 + columns) });
    }
    shared
}

/// Labels over columns of both pages, where the right one repeats the names: the left part is open at the edge of the paper,
/// and the text stands on one page alone. They stand whole on the left page, as [`share_cells`] has them.
fn share_labels(left: &mut Table, right: &mut Table, names: usize) -> Vec<Span> {
    let columns = left.columns();
    let header = left.header_rows().min(right.header_rows());
    let mut shared = Vec::new();
    if left.rows.iter().all(|row| row.open.1) {
        return shared;
    }
    for row in 0..header {
        let (one, other) = (span_at(left, row, columns - 1), span_at(right, row, names));
        let is_same = (one.first.0, one.last.0) == (other.first.0, other.last.0) && other.first.1 == names;
        if !left.rows[row].open.1 || !is_same || one.first.0 != row || one.last.0 >= header {
            continue;
        }
        let both = (&left.rows[row].cells[one.first.1], &right.rows[row].cells[names]);
        if both.0.is_some() == both.1.is_some() {
            continue;
        }
        let label = right.rows[row].cells[names].take();
        let own = &mut left.rows[row].cells[one.first.1];
        *own = own.take().or(label);
        left.spans.retain(|span| *span != one);
        right.spans.retain(|span| *span != other);
        shared.push(Span { first: one.first, last: (other.last.0, other.last.1 - names + columns) });
    }
    shared
}

/// Two parts of one text that the edge of the paper cut, through a character or between two.
pub fn across(left: &str, right: &str) -> String {
    if right.starts_with(left) {
        return right.to_owned();
    }
    let mut starts = left.char_indices().map(|(at, _)| at);
    let shared = starts.find(|at| right.starts_with(&left[*at..])).map_or("", |at| &left[at..]);
    format!("{left}{}", &right[shared.len()..])
}

/// One cell that two pages share.
fn cell_across(left: Option<Cell>, right: Option<Cell>) -> Option<Cell> {
    let (left, right) = match (left, right) {
        (Some(left), Some(right)) => (left, right),
        (left, right) => return left.or(right),
    };
    let lines: Vec<String> = if left.lines.len() == right.lines.len() && !left.lines.is_empty() {
        left.lines.iter().zip(&right.lines).map(|(left, right)| across(left, right)).collect()
    } else {
        vec![across(&left.text, &right.text)]
    };
    Some(Cell { text: lines.concat(), lines, ..left })
}

//! Tables that go on over pages: the same columns, the header repeated or not, a row cut by the end of the page.

use std::collections::HashSet;

use super::table::{Cell, Row, Span, Table};
use crate::decode::printed::page::lines::writing::parts_digits;
use crate::vocabulary::is_nothing;

/// Column edges of two pages that are closer than this are one.
const SAME_EDGE: f64 = 6.0;

/// Whether a table at the top of a page goes on with one at the end of the page before.
pub fn goes_on(above: &Table, below: &Table) -> bool {
    let shift = above.edges[0] - below.edges[0];
    if above.edges.len() == below.edges.len() {
        return above.edges.iter().zip(&below.edges).all(|(one, other)| (one - shift - other).abs() < SAME_EDGE);
    }
    // The finer columns of a header may stand on one of the pages only.
    let ends_meet = |one: f64, other: f64| (one - other).abs() < 4.0;
    let last = |table: &Table| table.edges[table.columns()];
    let knows = |finer: &Table, coarser: &Table| {
        coarser.edges.iter().all(|edge| finer.edges.iter().any(|known| (known - edge).abs() < 4.0))
    };
    above.columns() >= 2
        && below.columns() >= 2
        && ends_meet(above.edges[0], below.edges[0])
        && ends_meet(last(above), last(below))
        && (knows(above, below) || knows(below, above))
}

/// The columns of another part of the sheet rather than its next rows, though they are as wide: below labels of its own the
/// page names the rows above again; or it names no row, and the page above does or has other labels.
pub fn begins_anew(above: &Table, below: &Table) -> bool {
    let header = below.header_rows();
    let is_other = |row: usize| row >= above.rows.len() || above.texts(row) != below.texts(row);
    let has_new_header = (0..header).any(|row| !below.is_blank(row) && is_other(row));
    let names_no_row = |table: &Table| {
        let mut cells = table.rows[table.header_rows()..].iter().flat_map(|row| row.cells.iter().flatten());
        cells.all(|cell| cell.is_number || is_nothing(&cell.text))
    };
    let is_amount = |cell: &Cell| cell.is_number && cell.text.contains(parts_digits);
    let mut first = below.rows[header..].iter().filter_map(|row| row.cells.first()?.as_ref());
    if first.any(is_amount) && names_no_row(below) {
        return !names_no_row(above) || has_new_header;
    }
    // The names of the rows: what stands before their first amount.
    let names = |row: &Row| -> Vec<String> {
        let before = row.cells.iter().take_while(|cell| !cell.as_ref().is_some_and(is_amount));
        before.flatten().map(|cell| cell.text.clone()).collect()
    };
    let known: HashSet<Vec<String>> = above.rows.iter().map(names).collect();
    let named: Vec<Vec<String>> = below.rows[header..].iter().map(names).filter(|names| !names.is_empty()).collect();
    has_new_header && named.len() > 1 && named.iter().all(|names| known.contains(names))
}

/// Appends the rows of the next page, without a header it repeats.
pub fn join(above: &mut Table, mut below: Table) {
    above.last_page = below.last_page;
    if above.columns() < below.columns() {
        spread(above, &below.edges);
    } else if below.columns() < above.columns() {
        spread(&mut below, &above.edges);
    }
    let most = above.rows.len().min(below.rows.len());
    // A row of the header may print nothing; one behind it is the first of the body.
    let is_same = |row: &usize| below.texts(*row) == above.texts(*row);
    let same = (0..most).take_while(is_same).count();
    let repeated = (0..same).rev().find(|row| !below.is_blank(*row)).map_or(0, |row| row + 1);
    let mut rows = below.rows.split_off(repeated);
    let mut cut = repeated;
    if let (Some(last), Some(next)) = (above.rows.last_mut(), rows.first())
        && is_cut(last, next)
    {
        complete(last, rows.remove(0));
        cut += 1;
    }
    let first = above.rows.len();
    let moved = below.spans.iter().filter(|span| span.first.0 >= cut);
    above.spans.extend(moved.map(|span| Span {
        first: (span.first.0 - cut + first, span.first.1),
        last: (span.last.0 - cut + first, span.last.1),
    }));
    above.rows.append(&mut rows);
}

/// Every text that goes on had no room left above, and no number would be joined to another.
fn is_cut(last: &Row, next: &Row) -> bool {
    let pairs =
        || last.cells.iter().zip(&next.cells).filter_map(|(above, below)| Some((above.as_ref()?, below.as_ref()?)));
    let has_numbers = |row: &Row| row.cells.iter().flatten().any(|cell| cell.is_number);
    pairs().count() > 0
        && pairs().all(|(above, below)| above.is_full && !above.is_number && !below.is_number)
        && !(has_numbers(last) && has_numbers(next))
}

fn complete(last: &mut Row, next: Row) {
    for (above, below) in last.cells.iter_mut().zip(next.cells) {
        match (above, below) {
            (Some(above), Some(below)) => above.text.push_str(&below.text),
            (above, below @ Some(_)) => *above = below,
            _ => {}
        }
    }
}

/// Puts a table on finer column edges; its cells span those it did not know.
fn spread(table: &mut Table, edges: &[f64]) {
    let nearest = |edge: f64| {
        (0..edges.len())
            .min_by(|one, other| (edges[*one] - edge).abs().total_cmp(&(edges[*other] - edge).abs()))
            .unwrap_or(0)
    };
    let places: Vec<usize> = table.edges.iter().map(|edge| nearest(*edge)).collect();
    let mut spans: Vec<Span> = table
        .spans
        .iter()
        .map(|span| Span {
            first: (span.first.0, places[span.first.1]),
            last: (span.last.0, places[span.last.1 + 1].max(1) - 1),
        })
        .collect();
    for (at, row) in table.rows.iter_mut().enumerate() {
        let mut cells: Vec<Option<Cell>> = vec![None; edges.len() - 1];
        for (column, cell) in row.cells.drain(..).enumerate() {
            let (first, end) = (places[column], places[column + 1]);
            let is_spanned = table.spans.iter().any(|span| {
                (span.first.0..=span.last.0).contains(&at) && (span.first.1..=span.last.1).contains(&column)
            });
            if !is_spanned && end > first + 1 {
                spans.push(Span { first: (at, first), last: (at, end - 1) });
            }
            if let Some(place) = cells.get_mut(first).filter(|place| place.is_none()) {
                *place = cell;
            }
        }
        row.cells = cells;
    }
    table.spans = spans;
    table.edges = edges.to_vec();
}

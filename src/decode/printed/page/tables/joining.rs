//! Tables that go on over pages: the same columns, the header repeated or not, a row cut by the end of the page.

use super::table::{Cell, Row, Span, Table};

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

/// Appends the rows of the next page, without a header it repeats.
pub fn join(above: &mut Table, mut below: Table) {
    if above.columns() < below.columns() {
        spread(above, &below.edges);
    } else if below.columns() < above.columns() {
        spread(&mut below, &above.edges);
    }
    let most = above.rows.len().min(below.rows.len());
    let repeated = (0..most).take_while(|row| !below.is_blank(*row) && below.texts(*row) == above.texts(*row)).count();
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

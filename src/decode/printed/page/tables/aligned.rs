//! The rows of two parts of one sheet that stand on pages of their own: on edges that both share.

use super::rules::clustered;
use super::table::{Row, Span, Table};

/// Edges closer than this are one.
const SAME_EDGE: f64 = 1.0;

/// Where the rows of two tables stand among the rows of both: from which to before which.
pub struct Aligned {
    left: Vec<(usize, usize)>,
    right: Vec<(usize, usize)>,
    rows: Vec<(u32, f64, f64)>,
    /// Edges that both have.
    pub shared: usize,
}

/// The rows of both tables, page by page. `None` where they end at other heights, or where each has edges of its own
/// between numbers.
pub fn aligned(left: &Table, right: &Table) -> Option<Aligned> {
    let ahead = right.first_page().checked_sub(left.first_page())?;
    let pages = |table: &Table, ahead: u32| {
        let mut pages: Vec<u32> = table.rows.iter().map(|row| row.page - ahead.min(row.page)).collect();
        pages.dedup();
        pages
    };
    let both = pages(left, 0);
    if both != pages(right, ahead) {
        return None;
    }
    let mut found = Aligned { left: Vec::new(), right: Vec::new(), rows: Vec::new(), shared: 0 };
    for page in both {
        let (one, other) = (edges(left, page), edges(right, page + ahead));
        let all = clustered(one.iter().chain(&other).copied().collect(), SAME_EDGE);
        let has = |edges: &[f64], edge: f64| edges.iter().any(|own| (own - edge).abs() <= SAME_EDGE);
        let ends = all.first().into_iter().chain(all.last());
        if !ends.into_iter().all(|edge| has(&one, *edge) && has(&other, *edge)) {
            return None;
        }
        let first_number = body_top(left, page).min(body_top(right, page + ahead));
        let lacks = |edges: &[f64]| all.iter().any(|edge| *edge > first_number + SAME_EDGE && !has(edges, *edge));
        if lacks(&one) && lacks(&other) {
            return None;
        }
        found.shared += all.iter().filter(|edge| has(&one, **edge) && has(&other, **edge)).count();
        let first = found.rows.len();
        let near = |height: f64| {
            let off = |at: &usize| (all[*at] - height).abs();
            (0..all.len()).min_by(|one, other| off(one).total_cmp(&off(other))).unwrap_or(0)
        };
        let range = |row: &Row| (first + near(row.top), first + near(row.bottom));
        found.left.extend(left.rows.iter().filter(|row| row.page == page).map(range));
        found.right.extend(right.rows.iter().filter(|row| row.page == page + ahead).map(range));
        found.rows.extend(all.windows(2).map(|pair| (page, pair[0], pair[1])));
    }
    let is_whole = |ranges: &[(usize, usize)]| ranges.iter().all(|(from, to)| from < to);
    (is_whole(&found.left) && is_whole(&found.right)).then_some(found)
}

/// Where the rows of a table on one page begin and end.
fn edges(table: &Table, page: u32) -> Vec<f64> {
    let rows = || table.rows.iter().filter(|row| row.page == page);
    rows().map(|row| row.top).chain(rows().next_back().map(|row| row.bottom)).collect()
}

/// The top of the first row with a number.
fn body_top(table: &Table, page: u32) -> f64 {
    let header = table.header_rows();
    table.rows[header..].iter().find(|row| row.page == page).map_or(f64::MAX, |row| row.top)
}

impl Aligned {
    /// Both tables with the rows of both.
    pub fn spread(&self, left: &Table, right: &Table) -> (Table, Table) {
        let ahead = right.first_page() - left.first_page();
        (self.on_rows(left, &self.left, 0), self.on_rows(right, &self.right, ahead))
    }

    fn on_rows(&self, table: &Table, places: &[(usize, usize)], ahead: u32) -> Table {
        let blank = |(page, top, bottom): &(u32, f64, f64)| Row {
            page: page + ahead,
            top: *top,
            bottom: *bottom,
            open: (false, false),
            cells: vec![None; table.columns()],
        };
        let mut rows: Vec<Row> = self.rows.iter().map(blank).collect();
        let mut spans: Vec<Span> = table
            .spans
            .iter()
            .map(|span| Span {
                first: (places[span.first.0].0, span.first.1),
                last: (places[span.last.0].1 - 1, span.last.1),
            })
            .collect();
        for (at, (row, (from, to))) in table.rows.iter().zip(places).enumerate() {
            rows[*from..*to].iter_mut().for_each(|new| new.open = row.open);
            let is_alone = |column: usize| !table.spans.iter().any(|span| holds(span, at, column));
            let alone = (0..table.columns()).filter(|column| to - from > 1 && is_alone(*column));
            spans.extend(alone.map(|column| Span { first: (*from, column), last: (to - 1, column) }));
            rows[*from].cells.clone_from(&row.cells);
        }
        spans.sort_by_key(|span| span.first);
        Table {
            edges: table.edges.clone(),
            rows,
            spans,
            area: table.area,
            last_page: table.last_page,
            parts: table.parts.clone(),
        }
    }
}

pub fn holds(span: &Span, row: usize, column: usize) -> bool {
    (span.first.0..=span.last.0).contains(&row) && (span.first.1..=span.last.1).contains(&column)
}

/// The merge that holds a cell, or the cell alone.
pub fn span_at(table: &Table, row: usize, column: usize) -> Span {
    let alone = Span { first: (row, column), last: (row, column) };
    table.spans.iter().find(|span| holds(span, row, column)).copied().unwrap_or(alone)
}

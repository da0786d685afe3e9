//! Headers of which a text keeps only the order of the labels: what merged cells spanned is lost. Every arrangement that
//! fills the columns is tried; a table is read where the layouts know all columns of one of them and of no other.

use std::collections::HashSet;
use std::ops::Range;

use super::bind::{AmountColumn, Binding, bind};
use super::header::{Column, Header, is_known, label_of, without_years};
use super::sheet::{Sheet, SheetCell};
use crate::extract::table::layouts::load::Layouts;

/// Arrangements looked at; real headers allow a few dozen.
const MOST: usize = 5_000;

/// Rows of a header at most, where not even the rows are known.
const MOST_LEVELS: usize = 4;

/// For each column its labels from the top down, as indices.
type Paths = Vec<Vec<usize>>;

/// What the layouts make of the arrangements.
pub enum Fit {
    One(Header, Binding),
    None,
    Several,
}

/// Whether rows from here on hold a header whose labels have lost their places.
pub fn is_packed(sheet: &Sheet<'_>, rows: &Range<u32>) -> bool {
    rows.start < sheet.grid.packed_rows
}

/// The only header and binding under which every column of the table means something.
pub fn fit(sheet: &Sheet<'_>, rows: Range<u32>, candidates: &[usize], layouts: &Layouts) -> Fit {
    let body = sheet.grid.packed_rows..rows.end;
    let mut found: Vec<(Header, Binding)> = Vec::new();
    for header in headers(sheet, rows.start..sheet.grid.packed_rows, body.clone(), layouts) {
        for at in candidates {
            if let Ok(binding) = bind(&header, sheet, body.clone(), *at, layouts)
                && is_whole(&binding, layouts)
                && holds_what_it_should(&binding, sheet, &body)
                && found.iter().all(|(_, known)| meaning(known) != meaning(&binding))
            {
                found.push((header.clone(), binding));
            }
        }
    }
    match found.len() {
        0 => Fit::None,
        1 => found.pop().map_or(Fit::None, |(header, binding)| Fit::One(header, binding)),
        _ => Fit::Several,
    }
}

/// Every amount is known, and every list has a label column and amounts.
fn is_whole(binding: &Binding, layouts: &Layouts) -> bool {
    let blocks = &layouts.layout(binding.layout).blocks;
    binding.segments.iter().all(|segment| {
        let needs_keys = blocks[segment.block].rule.keys != "units";
        // One measure may head many columns only where each names an economic class.
        let of_class = |amount: &AmountColumn| {
            let measure = amount.measure.and_then(|at| blocks[segment.block].rule.measures.get(at));
            let is_listed = measure.is_some_and(|measure| measure.header.iter().any(|header| header.contains('{')));
            if is_listed { amount.item.clone() } else { String::new() }
        };
        let meanings: HashSet<_> =
            segment.amounts.iter().map(|amount| (amount.measure, &amount.phase, of_class(amount))).collect();
        !segment.amounts.is_empty()
            && segment.amounts.iter().all(|amount| amount.measure.is_some())
            && meanings.len() == segment.amounts.len()
            && (!needs_keys || !segment.keys.is_empty())
    })
}

/// Amounts stand in columns of numbers, labels in columns without exact ones.
fn holds_what_it_should(binding: &Binding, sheet: &Sheet<'_>, body: &Range<u32>) -> bool {
    let cells = |column: u32| sheet.rows(body.clone()).iter().filter(move |cell| cell.at.column == column);
    let is_exact = |cell: &SheetCell<'_>| cell.is_numeric && cell.text().is_some_and(|text| text.contains('.'));
    let mostly = |column: u32, what: &dyn Fn(&SheetCell<'_>) -> bool| {
        2 * cells(column).filter(|cell| what(cell)).count() > cells(column).count()
    };
    binding.segments.iter().all(|segment| {
        segment
            .amounts
            .iter()
            .all(|amount| cells(amount.column).count() == 0 || mostly(amount.column, &|cell| cell.is_numeric))
            && !segment.keys.iter().any(|key| mostly(*key, &is_exact))
    })
}

/// Which column says what: two arrangements that agree in it are one.
fn meaning(binding: &Binding) -> impl PartialEq + use<> {
    let of_segment = |segment: &super::bind::Segment| {
        let amounts: Vec<_> =
            segment.amounts.iter().map(|amount| (amount.column, amount.measure, amount.phase.clone())).collect();
        (segment.block, segment.keys.clone(), amounts)
    };
    (binding.layout, binding.segments.iter().map(of_segment).collect::<Vec<_>>())
}

fn headers(sheet: &Sheet<'_>, rows: Range<u32>, body: Range<u32>, layouts: &Layouts) -> Vec<Header> {
    let Some(width) = sheet.rows(body).iter().map(|cell| cell.at.column as usize + 1).max() else { return Vec::new() };
    let printed = label_rows(sheet, rows, layouts);
    let Some(top) = printed.first().and_then(|row| row.first()).map(|cell| cell.at.row) else { return Vec::new() };
    let labels: Vec<&SheetCell<'_>> = printed.iter().flatten().copied().collect();
    let are_rows_known = printed.iter().any(|row| row.len() > 1);
    let mut arranged = Arrangements::default();
    if are_rows_known {
        let mut next = 0..;
        let rows: Vec<Vec<usize>> = printed.iter().map(|row| next.by_ref().take(row.len()).collect()).collect();
        arranged.add(&rows, width);
    } else {
        for rows in partings(&labels, width) {
            arranged.add(&rows, width);
        }
    }
    let column = |(column, path): (usize, Vec<usize>)| {
        let mut found: Vec<_> = path.iter().filter_map(|at| Some(label_of(labels[*at].text()?, layouts))).collect();
        found.dedup_by(|next, before| next.normal == before.normal);
        Column { column: column as u32, labels: found }
    };
    let header = |paths: Paths| {
        let mut columns: Vec<Column> = paths.into_iter().enumerate().map(column).collect();
        without_years(&mut columns, layouts);
        Header { rows: top..sheet.grid.packed_rows, body: sheet.grid.packed_rows, columns }
    };
    if arranged.too_many { Vec::new() } else { arranged.found.into_iter().map(header).collect() }
}

/// The last rows of known labels before the body, less those that number the columns.
fn label_rows<'s, 'a>(sheet: &'s Sheet<'a>, rows: Range<u32>, layouts: &Layouts) -> Vec<Vec<&'s SheetCell<'a>>> {
    let is_numbering =
        |cell: &&SheetCell<'a>| cell.is_numeric || cell.is_label(|label| layouts.words.numbering.contains(label));
    let rows: Vec<Vec<&SheetCell<'a>>> = sheet.by_row(rows).map(|cells| cells.iter().collect()).collect();
    let end = rows.iter().rposition(|cells| !cells.iter().all(is_numbering)).map_or(0, |last| last + 1);
    let start = rows[..end].iter().rposition(|cells| !cells.iter().all(|cell| is_known(cell, layouts)));
    rows[start.map_or(0, |above| above + 1)..end].to_vec()
}

/// The ways to part labels into rows. A row above others that fills all columns says so by repeating its labels.
fn partings(labels: &[&SheetCell<'_>], width: usize) -> Vec<Vec<Vec<usize>>> {
    let repeats = |row: &[usize]| row.windows(2).any(|pair| labels[pair[0]].label == labels[pair[1]].label);
    let mut partings: Vec<Vec<Vec<usize>>> = Vec::new();
    let mut open: Vec<(usize, Vec<Vec<usize>>)> = vec![(0, Vec::new())];
    while let Some((start, rows)) = open.pop() {
        if start == labels.len() {
            let (_, upper) = rows.split_last().unwrap_or((&rows[0], &[]));
            if upper.iter().all(|row| row.len() < width || repeats(row)) {
                partings.push(rows);
            }
            continue;
        }
        if rows.len() < MOST_LEVELS {
            for end in start + 1..=labels.len().min(start + width) {
                open.push((end, [&rows[..], &[(start..end).collect()]].concat()));
            }
        }
    }
    partings
}

/// The ways to set rows of labels over the columns.
#[derive(Default)]
struct Arrangements {
    found: Vec<Paths>,
    /// There are more ways than anybody looks at.
    too_many: bool,
}

impl Arrangements {
    fn add(&mut self, rows: &[Vec<usize>], width: usize) {
        self.level(rows, std::slice::from_ref(&(0..width)), &vec![Vec::new(); width]);
    }

    /// Sets the next row over the columns that wait for a label.
    fn level(&mut self, rows: &[Vec<usize>], open: &[Range<usize>], paths: &Paths) {
        self.too_many |= self.found.len() >= MOST;
        let Some((row, below)) = rows.split_first() else {
            if open.is_empty() {
                self.found.push(paths.clone());
            }
            return;
        };
        if self.too_many {
            return;
        }
        if row.len() == paths.len() {
            let stacked = paths.iter().zip(row).map(|(path, label)| [&path[..], &[*label]].concat()).collect();
            return self.level(below, &[], &stacked);
        }
        for spans in self.shares(open, row.len()) {
            let mut next = paths.clone();
            for (span, label) in spans.iter().zip(row) {
                next[span.clone()].iter_mut().for_each(|path| path.push(*label));
            }
            let wide: Vec<Range<usize>> = spans.into_iter().filter(|span| span.len() > 1).collect();
            self.level(below, &wide, &next);
        }
    }

    /// The ways in which `count` labels, in order, cover these columns.
    fn shares(&mut self, open: &[Range<usize>], count: usize) -> Vec<Vec<Range<usize>>> {
        let Some((first, others)) = open.split_first() else {
            return if count == 0 { vec![Vec::new()] } else { Vec::new() };
        };
        let columns: usize = open.iter().map(Range::len).sum();
        if !(open.len()..=columns).contains(&count) {
            return Vec::new();
        }
        let mut ways = Vec::new();
        for end in first.start + 1..=first.end {
            let own = (end < first.end).then_some(end..first.end);
            let rest: Vec<Range<usize>> = own.into_iter().chain(others.iter().cloned()).collect();
            for way in self.shares(&rest, count - 1) {
                ways.push(std::iter::once(first.start..end).chain(way).collect());
            }
            self.too_many |= ways.len() > MOST;
            if self.too_many {
                return Vec::new();
            }
        }
        ways
    }
}

//! Where the columns of a table without vertical rules begin and end.

use super::header::covers;
use crate::decode::printed::page::geometry::Area;
use crate::decode::printed::page::lines::writing::{Gaps, Printed, WrittenRow, is_close};
use crate::decode::printed::page::tables::rules::Rule;
use crate::decode::printed::page::tables::table::Table;
use crate::vocabulary::compatible;

/// The columns of the table at the end of the page before, which this page may go on with.
pub struct Known<'t>(&'t Table);

impl<'t> Known<'t> {
    pub fn of(table: &'t Table) -> Self {
        Self(table)
    }

    /// Each part of these rows stands in one of the columns.
    pub fn holds(&self, rows: &[Printed]) -> bool {
        let column = |at: f64| self.0.edges.iter().filter(|edge| **edge <= at).count();
        let count = self.0.edges.len();
        let is_inside = |part: &WrittenRow| {
            let (first, last) = (column(part.area.left + 1.0), column(part.area.right - 1.0));
            first == last && 0 < first && first < count
        };
        count > 2 && rows.iter().flat_map(|row| &row.parts).all(is_inside)
    }

    /// No row has two of its parts in one of the columns.
    fn parts(&self, rows: &[Printed]) -> bool {
        let column = |part: &WrittenRow| self.0.edges.iter().filter(|edge| **edge <= part.area.left + 1.0).count();
        rows.iter().all(|row| row.parts.windows(2).all(|pair| column(&pair[0]) != column(&pair[1])))
    }

    /// The edges, where a page with these rows goes on: its own header repeats labels of that table where they stood, its
    /// rows keep to the columns, and its own columns are not more, or only because texts of one column stand apart.
    pub fn edges_for(&self, header: &[Printed], body: &[Printed], own: usize) -> Option<Vec<f64>> {
        let cells = || self.0.rows.iter().flat_map(|row| row.cells.iter().flatten());
        let is_repeated = |part: &WrittenRow| {
            let text = part.text(Gaps::Blanks);
            let stands_in = |area: Area| area.left - 1.0 <= part.area.left && part.area.right <= area.right + 1.0;
            cells().any(|cell| stands_in(cell.area) && cell.text.contains(&text))
        };
        let repeats = header.iter().flat_map(|row| &row.parts).all(is_repeated);
        let is_as_wide = own <= self.0.edges.len() || self.parts(body);
        (is_as_wide && repeats && self.holds(body)).then(|| self.0.edges.clone())
    }
}

/// The column in which a part stands: numbers by their end, texts by their start.
pub fn column_of(edges: &[f64], part: &WrittenRow) -> usize {
    let at = if part.is_value() { part.area.right - 0.3 * part.size } else { part.area.left + 0.3 * part.size };
    edges[1..edges.len() - 1].partition_point(|edge| *edge <= at)
}

/// Where columns begin and end: parts that stand above each other, and those of the header where nothing stands below.
pub fn columns(body: &[Printed], header: &[Printed], rules: &[Rule], width: f64) -> Vec<(f64, f64)> {
    let numbering = usize::from(body.first().is_some_and(numbers_columns) && body.len() > 1);
    let rows = body[numbering..].iter().filter(|row| row.is_body());
    let mut columns = merged(rows.flat_map(|row| row.parts.iter().map(extent)).collect());
    let labels = own_labels(header, rules, width, &columns);
    columns.extend(lines_beside_numbers(&body[numbering..], &columns, &labels));
    columns = merged(columns);
    take_labels_before(&mut columns, &labels, &body[numbering..]);
    for (label, size) in &labels {
        if columns.iter().any(|column| overlap(*column, *label)) {
            continue;
        }
        // A label beside a column that has none is that column's own: the two are only set differently. In a wide column
        // with texts at one end, as far from the label as from the other end, nothing else has room.
        let gap = |column: &(f64, f64)| (column.0 - label.1).max(label.0 - column.1);
        let others = columns.clone();
        let has_room = |column: &(f64, f64)| {
            let double = label.0 + label.1;
            let whole = (column.0.min(double - column.1), column.1.max(double - column.0));
            let stands_in = |other: &(f64, f64)| other != column && other != label && overlap(*other, whole);
            !others.iter().chain(labels.iter().map(|(label, _)| label)).any(stands_in)
        };
        let unlabelled = columns.iter_mut().filter(|column| !labels.iter().any(|(label, _)| overlap(**column, *label)));
        let own = unlabelled.filter(|column| gap(column) < 3.0 * size || has_room(column));
        match own.min_by(|a, b| gap(a).total_cmp(&gap(b))) {
            Some(column) => *column = (column.0.min(label.0), column.1.max(label.1)),
            None => columns.push(*label),
        }
    }
    let mut columns = without_unnamed_texts(merged(columns), &body[numbering..], &labels);
    reach_evenly(&mut columns, &labels);
    columns
}

/// What stands between two columns that have a label of their own, from left to right.
enum Unpaired {
    Label((f64, f64)),
    Numbers(usize),
    Texts,
}

/// Labels at the left edge of their columns, numbers at the right one: where each column of numbers stands right behind a
/// label without numbers, it is that label's, however near the next label is.
fn take_labels_before(columns: &mut [(f64, f64)], labels: &[((f64, f64), f64)], body: &[Printed]) {
    let has_label = |column: (f64, f64)| labels.iter().any(|(label, _)| overlap(column, *label));
    let are_numbers = |column: (f64, f64)| {
        let parts = body.iter().flat_map(|row| &row.parts);
        parts.into_iter().all(|part| part.is_value() || !overlap(extent(part), column))
    };
    let mut runs: Vec<Vec<Unpaired>> = vec![Vec::new()];
    let free = labels.iter().map(|(label, _)| *label);
    let free = free.filter(|label| !columns.iter().any(|column| overlap(*column, *label)));
    let mut all: Vec<(f64, Option<Unpaired>)> = free.map(|label| (label.0, Some(Unpaired::Label(label)))).collect();
    all.extend(columns.iter().enumerate().map(|(at, column)| {
        let unpaired = if are_numbers(*column) { Unpaired::Numbers(at) } else { Unpaired::Texts };
        (column.0, Some(unpaired).filter(|_| !has_label(*column)))
    }));
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    for (_, unpaired) in all {
        match (unpaired, runs.last_mut()) {
            (Some(unpaired), Some(run)) => run.push(unpaired),
            _ => runs.push(Vec::new()),
        }
    }
    for run in runs {
        let mut pairs = Vec::new();
        let mut before = None;
        let is_certain = run.iter().all(|unpaired| match (unpaired, before.take()) {
            (Unpaired::Label(label), _) => {
                before = Some(*label);
                true
            }
            (Unpaired::Numbers(at), Some(label)) => {
                pairs.push((*at, label));
                true
            }
            _ => false,
        });
        for (at, label) in pairs.into_iter().filter(|_| is_certain) {
            columns[at].0 = label.0;
        }
    }
}

/// Lines of names whose numbers stand beside their middle hold no number themselves: each stands in one column, below one
/// label.
fn lines_beside_numbers(body: &[Printed], columns: &[(f64, f64)], labels: &[((f64, f64), f64)]) -> Vec<(f64, f64)> {
    let is_beside = |at: &usize| {
        let row = &body[*at];
        let above = at.checked_sub(1).is_some_and(|above| body[above].is_body() && is_close(&body[above], row));
        let below = body.get(at + 1).is_some_and(|below| below.is_body() && is_close(row, below));
        (above || below) && !row.parts.iter().any(WrittenRow::is_value)
    };
    let lines = (0..body.len()).filter(is_beside).flat_map(|at| &body[at].parts).map(extent);
    let stands_in_one = |line: &(f64, f64)| {
        columns.iter().filter(|column| overlap(**column, *line)).count() < 2
            && labels.iter().filter(|(label, _)| overlap(*label, *line)).count() == 1
    };
    lines.filter(stands_in_one).collect()
}

/// Texts beside each other that never share a row are one column where only one of them has a label: names that begin at
/// its edge, and a total in its middle.
fn without_unnamed_texts(columns: Vec<(f64, f64)>, body: &[Printed], labels: &[((f64, f64), f64)]) -> Vec<(f64, f64)> {
    let is_named = |column: (f64, f64)| labels.iter().any(|(label, _)| overlap(column, *label));
    let holds = |column: (f64, f64), row: &Printed| row.parts.iter().any(|part| overlap(extent(part), column));
    let are_texts = |column: (f64, f64)| {
        let mut parts = body.iter().flat_map(|row| &row.parts).filter(|part| overlap(extent(part), column));
        parts.all(|part| !part.is_value())
    };
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for column in columns {
        match kept.last_mut() {
            Some(last)
                if is_named(*last) != is_named(column)
                    && are_texts(*last)
                    && are_texts(column)
                    && !body.iter().any(|row| holds(*last, row) && holds(column, row)) =>
            {
                last.1 = column.1;
            }
            _ => kept.push(column),
        }
    }
    kept
}

/// The first and the last column reach as far to the one side of their label as to the other.
fn reach_evenly(columns: &mut [(f64, f64)], labels: &[((f64, f64), f64)]) {
    let mirrored = |column: (f64, f64)| {
        let mut own = labels.iter().map(|(label, _)| *label).filter(|label| overlap(column, *label));
        let label = own.next().filter(|_| own.next().is_none())?;
        let double = label.0 + label.1;
        Some((column.0.min(double - column.1), column.1.max(double - column.0)))
    };
    if let Some(first) = columns.first_mut() {
        first.0 = mirrored(*first).map_or(first.0, |whole| whole.0);
    }
    if let Some(last) = columns.last_mut() {
        last.1 = mirrored(*last).map_or(last.1, |whole| whole.1);
    }
}

/// Extents and ems of the labels that head one column each, from the lowest row up: no rule and no labels below set them
/// above others. Labels of several lines stand beside each other. Where no rule parts its levels, only the lowest rows of a
/// header tell.
fn own_labels(header: &[Printed], rules: &[Rule], width: f64, body: &[(f64, f64)]) -> Vec<((f64, f64), f64)> {
    let header: Vec<&Printed> = header.iter().filter(|row| !numbers_columns(row)).collect();
    let (Some(first), Some(last)) = (header.first(), header.last()) else { return Vec::new() };
    let is_inside = |rule: &&Rule| first.row.baseline <= rule.at && rule.at < last.row.baseline;
    let all = rules;
    let rules: Vec<&Rule> = rules.iter().filter(is_inside).collect();
    let labels: Vec<&WrittenRow> = header.iter().rev().flat_map(|row| &row.parts).collect();
    let is_set_above = |part: &WrittenRow, rule: &Rule| {
        let (below, above): (Vec<&WrittenRow>, Vec<&WrittenRow>) =
            labels.iter().filter(|label| covers(rule, label)).partition(|label| label.baseline > rule.at);
        let parts_levels = rule.to - rule.from < 0.9 * width || below.len() > above.len();
        part.baseline <= rule.at && covers(rule, part) && !below.is_empty() && parts_levels
    };
    // Where no rule parts the levels, each label is whole: what stands below another is headed by it.
    let enough = if rules.is_empty() { 1 } else { 2 };
    let stands_over = |part: &WrittenRow, row: &Printed| {
        let below = row.parts.iter().filter(|label| overlap(extent(part), extent(label)));
        row.row.baseline > part.baseline + 0.35 * part.size && below.count() >= enough
    };
    let heads_others = |part: &WrittenRow| {
        rules.iter().any(|rule| is_set_above(part, rule))
            || header.iter().any(|row| stands_over(part, row))
            || rules.is_empty() && stands_between(part, &header, body)
    };
    // Lines of one label are set to one middle or one edge.
    let is_one = |one: &WrittenRow, other: &WrittenRow| {
        let near = 0.6 * one.size;
        (one.area.middle().0 - other.area.middle().0).abs() < near || (one.area.left - other.area.left).abs() < near
    };
    let own: Vec<&WrittenRow> = labels.iter().copied().filter(|part| !heads_others(part)).collect();
    let whole = |part: &WrittenRow| {
        let lines = own.iter().filter(|other| is_one(part, other)).map(|line| extent(line));
        lines.fold(extent(part), |(left, right), line| (left.min(line.0), right.max(line.1)))
    };
    // A rule of its own below a label is as wide as its column.
    let of_rule = |part: &WrittenRow| {
        let below = all.iter().filter(|rule| rule.at > part.baseline && covers(rule, part));
        let rule = below.min_by(|one, other| one.at.total_cmp(&other.at))?;
        let is_own = own.iter().all(|other| is_one(part, other) || !covers(rule, other));
        (is_own && rule.to - rule.from < 0.9 * width).then_some((rule.from, rule.to))
    };
    let reach = |part: &WrittenRow| {
        let (left, right) = whole(part);
        of_rule(part).map_or((left, right), |rule| (left.min(rule.0), right.max(rule.1)))
    };
    own.iter().map(|part| (reach(part), part.size)).collect()
}

/// The label stands over the middle of the columns beside it whose labels are lower, with no others between.
fn stands_between(part: &WrittenRow, header: &[&Printed], body: &[(f64, f64)]) -> bool {
    let labels = || header.iter().flat_map(|row| &row.parts);
    // Numbers that end at the edge of their column may stand beside its label.
    let beside_label = |own: (f64, f64)| {
        let gap = |column: &(f64, f64)| (column.0 - own.1).max(own.0 - column.1);
        let is_free = |column: &&(f64, f64)| {
            let whole = (own.0.min(column.0), own.1.max(column.1));
            labels()
                .filter(|label| overlap(extent(label), whole))
                .all(|label| label.baseline < part.baseline + 0.35 * part.size || extent(label) == own)
        };
        body.iter().filter(is_free).min_by(|one, other| gap(one).total_cmp(&gap(other)))
    };
    let whole = |label: &WrittenRow| {
        let own = extent(label);
        if body.iter().any(|column| overlap(own, *column)) {
            return merged_with(own, body);
        }
        beside_label(own).map_or(own, |column| (own.0.min(column.0), own.1.max(column.1)))
    };
    let beside = |is_before: &dyn Fn(&WrittenRow) -> bool| {
        let mut labels: Vec<&WrittenRow> =
            header.iter().flat_map(|row| &row.parts).filter(|label| is_before(label)).collect();
        let distance = |label: &WrittenRow| (label.area.middle().0 - part.area.middle().0).abs();
        labels.sort_by(|one, other| distance(one).total_cmp(&distance(other)));
        labels.into_iter().take_while(|label| label.baseline > part.baseline + 0.35 * part.size).collect::<Vec<_>>()
    };
    let left = beside(&|label| label.area.right <= part.area.left);
    let right = beside(&|label| label.area.left >= part.area.right);
    let with_whole = |labels: Vec<&WrittenRow>| -> Vec<(f64, (f64, f64))> {
        labels.into_iter().map(|label| (label.area.middle().0, whole(label))).collect()
    };
    let (left, right) = (with_whole(left), with_whole(right));
    // Numbers that stand below the label itself, and below none of the two, are its own.
    let own: Vec<(f64, f64)> = body.iter().copied().filter(|column| overlap(extent(part), *column)).collect();
    let is_middle = |left: f64, right: f64| (f64::midpoint(left, right) - part.area.middle().0).abs() < part.size;
    let fits = |one: &(f64, (f64, f64)), other: &(f64, (f64, f64))| {
        is_middle(one.1.0, other.1.1)
            || is_middle(one.0, other.0)
                && own.iter().all(|column| overlap(*column, one.1) || overlap(*column, other.1))
    };
    left.iter().any(|one| right.iter().any(|other| fits(one, other)))
}

/// An extent with those that overlap it.
fn merged_with(own: (f64, f64), others: &[(f64, f64)]) -> (f64, f64) {
    let overlapping = others.iter().filter(|other| overlap(own, **other));
    overlapping.fold(own, |(left, right), other| (left.min(other.0), right.max(other.1)))
}

/// 1, 2, 3 ..: a row that numbers the columns, with or without a word for it; a page may go on with 7, 8, 9.
pub fn numbers_columns(row: &Printed) -> bool {
    let numbers = row.parts.iter().filter(|part| part.is_number());
    let numbers: Vec<Option<u32>> = numbers.map(|number| compatible(&number.text(Gaps::Blanks)).parse().ok()).collect();
    let begins = numbers.first() == Some(&Some(1)) || numbers.len() > 2 && numbers[0].is_some();
    begins && numbers.windows(2).all(|pair| pair[1] == pair[0].map(|number| number + 1))
}

fn extent(part: &WrittenRow) -> (f64, f64) {
    (part.area.left, part.area.right)
}

fn overlap(one: (f64, f64), other: (f64, f64)) -> bool {
    one.0 <= other.1 && other.0 <= one.1
}

/// Extents that overlap are one.
fn merged(mut extents: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    extents.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut merged: Vec<(f64, f64)> = Vec::new();
    for extent in extents {
        match merged.last_mut() {
            Some(last) if extent.0 <= last.1 => last.1 = last.1.max(extent.1),
            _ => merged.push(extent),
        }
    }
    merged
}

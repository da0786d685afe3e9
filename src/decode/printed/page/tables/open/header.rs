//! The header of a table without vertical rules: levels, and labels that stand above several columns.

use super::levels::{columns_of_labels, columns_under, middles, share_of, shares};
use crate::decode::printed::page::geometry::{Area, Glyph};
use crate::decode::printed::page::lines::writing::{Printed, WrittenRow};
use crate::decode::printed::page::tables::rules::{Rule, clustered};
use crate::decode::printed::page::tables::table::{Region, Span};

/// A label of the header: its level, its columns, its characters.
struct Label {
    level: usize,
    columns: (usize, usize),
    glyphs: Vec<Glyph>,
}

/// The edges of the header's levels from the top down, and its regions. A label over one column fills all levels that
/// hold nothing else of that column.
pub fn header_regions(
    top: f64,
    bottom: f64,
    rules: &[Rule],
    rows: &[Printed],
    edges: &[f64],
) -> (Vec<f64>, Vec<Region>) {
    if rows.is_empty() {
        return (vec![top], Vec::new());
    }
    let width = edges[edges.len() - 1] - edges[0];
    let inner: Vec<Rule> = rules.iter().filter(|rule| parts_levels(rule, rows)).copied().collect();
    let mut heights = vec![top];
    let columns_of: Vec<Vec<(usize, usize)>> =
        if inner.is_empty() { columns_of_labels(rows, edges) } else { Vec::new() };
    if inner.is_empty() {
        heights.extend(levels_without_rules(rows, &columns_of));
    } else {
        heights.extend(clustered(inner.iter().map(|rule| rule.at).collect(), 3.0));
    }
    heights.push(bottom);
    let levels = heights.len() - 1;
    let level_of = |part: &WrittenRow| heights[1..levels].partition_point(|height| *height <= part.baseline);
    let mut labels: Vec<Label> = Vec::new();
    let place = |row: usize| rows[row].parts.iter().enumerate().map(move |(at, part)| (row, at, part));
    for (row, at, part) in (0..rows.len()).flat_map(place) {
        let level = level_of(part);
        let below = inner.iter().find(|rule| (rule.at - heights[level + 1]).abs() < 3.0 && covers(rule, part));
        let known = columns_of.get(row).and_then(|columns| columns.get(at));
        let columns = below.map_or_else(
            || known.copied().unwrap_or_else(|| columns_under(part, edges)),
            |rule| {
                let at = |wanted: &dyn Fn(usize) -> bool| {
                    let parts = rows.iter().flat_map(|row| &row.parts);
                    middles(parts.filter(|other| wanted(level_of(other)) && covers(rule, other)), part.size)
                };
                let (own, next) = (at(&|other| other == level), at(&|other| other > level));
                let is_whole = rule.to - rule.from > 0.9 * width;
                if own.len() == 1 && !is_whole || next.len() > own.len() {
                    share_of(part, &own, columns_of_rule(rule, edges), edges)
                } else {
                    columns_under(part, edges)
                }
            },
        );
        match labels.iter_mut().find(|label| label.level == level && label.columns == columns) {
            Some(label) => label.glyphs.extend_from_slice(part.glyphs()),
            None => labels.push(Label { level, columns, glyphs: part.glyphs().to_vec() }),
        }
    }
    let regions = regions(labels, &heights, edges);
    (heights, regions)
}

/// The rule stands between rows of a header.
pub fn parts_levels(rule: &Rule, rows: &[Printed]) -> bool {
    let ends = rows.first().zip(rows.last());
    ends.is_some_and(|(first, last)| first.row.baseline < rule.at && rule.at < last.row.baseline)
}

/// The rule stands above or below the middle of a label.
pub fn covers(rule: &Rule, part: &WrittenRow) -> bool {
    let middle = part.area.middle().0;
    rule.from <= middle && middle <= rule.to
}

/// Below each row in which a label stands above several columns.
fn levels_without_rules(rows: &[Printed], columns_of: &[Vec<(usize, usize)>]) -> Vec<f64> {
    let spans = |at: &usize| columns_of[*at].iter().any(|(first, last)| last > first);
    let below = |at: usize| f64::midpoint(rows[at].row.baseline, rows[at + 1].row.baseline);
    (0..rows.len() - 1).filter(spans).map(below).collect()
}

/// The labels of a row share all columns out, fewer than those, each over the middle of its own.
pub fn groups_columns(row: &Printed, edges: &[f64]) -> bool {
    let labels = row.row.labels();
    let count = labels.len();
    1 < count && count + 1 < edges.len() && shares(&labels, edges).is_some()
}

fn columns_of_rule(rule: &Rule, edges: &[f64]) -> (usize, usize) {
    let inside = |column: &usize| {
        let centre = f64::midpoint(edges[*column], edges[*column + 1]);
        rule.from - 2.0 <= centre && centre <= rule.to + 2.0
    };
    let columns: Vec<usize> = (0..edges.len() - 1).filter(inside).collect();
    match (columns.first(), columns.last()) {
        (Some(first), Some(last)) => (*first, *last),
        _ => {
            let own = edges[1..edges.len() - 1].partition_point(|edge| *edge <= rule.from);
            (own, own)
        }
    }
}

fn regions(labels: Vec<Label>, heights: &[f64], edges: &[f64]) -> Vec<Region> {
    let levels = heights.len() - 1;
    let mut taken = vec![vec![false; edges.len() - 1]; levels];
    for label in labels.iter().filter(|label| label.columns.0 < label.columns.1) {
        taken[label.level][label.columns.0..=label.columns.1].fill(true);
    }
    let region = |first: (usize, usize), last: (usize, usize), glyphs| Region {
        span: Span { first, last },
        area: Area {
            left: edges[first.1],
            top: heights[first.0],
            right: edges[last.1 + 1],
            bottom: heights[last.0 + 1],
        },
        glyphs,
    };
    let mut regions: Vec<Region> = Vec::new();
    let (wide, narrow): (Vec<Label>, Vec<Label>) =
        labels.into_iter().partition(|label| label.columns.0 < label.columns.1);
    regions.extend(
        wide.into_iter()
            .map(|label| region((label.level, label.columns.0), (label.level, label.columns.1), label.glyphs)),
    );
    for column in 0..edges.len() - 1 {
        // Levels from the lowest spanning label down belong to the column's own label.
        let first = taken[..levels].iter().rposition(|level| level[column]).map_or(0, |level| level + 1);
        let own = narrow.iter().filter(|label| label.columns.0 == column);
        let glyphs: Vec<Glyph> = own.flat_map(|label| label.glyphs.iter().copied()).collect();
        if first < levels && !glyphs.is_empty() {
            regions.push(region((first, column), (levels - 1, column), glyphs));
        }
    }
    regions
}

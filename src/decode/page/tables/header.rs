//! The header of a table without vertical rules: levels, and labels that stand above several columns.

use super::rules::{Rule, clustered};
use super::table::{Region, Span};
use crate::decode::page::geometry::{Area, Glyph};
use crate::decode::page::lines::writing::{Printed, WrittenRow};

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
    let short = edges[edges.len() - 1] - edges[0];
    let spanning: Vec<Rule> =
        rules.iter().filter(|rule| rule.at < bottom - 2.0 && rule.to - rule.from < 0.9 * short).copied().collect();
    let mut heights = vec![top];
    if spanning.is_empty() {
        heights.extend(levels_without_rules(rows, edges));
    } else {
        heights.extend(clustered(spanning.iter().map(|rule| rule.at).collect(), 3.0));
    }
    heights.push(bottom);
    let levels = heights.len() - 1;
    let mut labels: Vec<Label> = Vec::new();
    for part in rows.iter().flat_map(|row| &row.parts) {
        let level = heights[1..levels].partition_point(|height| *height <= part.baseline);
        let below = spanning
            .iter()
            .find(|rule| level + 1 < heights.len() && (rule.at - heights[level + 1]).abs() < 3.0 && covers(rule, part));
        let columns = below.map_or_else(|| columns_under(part, edges), |rule| columns_of_rule(rule, edges));
        match labels.iter_mut().find(|label| label.level == level && label.columns == columns) {
            Some(label) => label.glyphs.extend_from_slice(part.glyphs()),
            None => labels.push(Label { level, columns, glyphs: part.glyphs().to_vec() }),
        }
    }
    let regions = regions(labels, &heights, edges);
    (heights, regions)
}

fn covers(rule: &Rule, part: &WrittenRow) -> bool {
    let middle = part.area.middle().0;
    rule.from <= middle && middle <= rule.to
}

/// Below each row in which a label stands above several columns.
fn levels_without_rules(rows: &[Printed], edges: &[f64]) -> Vec<f64> {
    let spans = |row: &Printed| {
        row.parts.iter().any(|part| {
            let (first, last) = columns_under(part, edges);
            last > first
        })
    };
    rows.windows(2)
        .filter(|pair| spans(&pair[0]))
        .map(|pair| f64::midpoint(pair[0].row.baseline, pair[1].row.area.top.max(pair[0].row.baseline)))
        .collect()
}

/// The columns whose middle a label covers; at least the one it stands in.
fn columns_under(part: &WrittenRow, edges: &[f64]) -> (usize, usize) {
    let middle = part.area.middle().0;
    let own = edges[1..edges.len() - 1].partition_point(|edge| *edge <= middle);
    let covered = |column: &usize| {
        let centre = f64::midpoint(edges[*column], edges[*column + 1]);
        part.area.left <= centre && centre <= part.area.right
    };
    let covered: Vec<usize> = (0..edges.len() - 1).filter(covered).collect();
    match (covered.first(), covered.last()) {
        (Some(first), Some(last)) => (own.min(*first), own.max(*last)),
        _ => (own, own),
    }
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
        let first = (0..levels).rev().find(|level| taken[*level][column]).map_or(0, |level| level + 1);
        let own = narrow.iter().filter(|label| label.columns.0 == column);
        let glyphs: Vec<Glyph> = own.flat_map(|label| label.glyphs.iter().copied()).collect();
        if first < levels && !glyphs.is_empty() {
            regions.push(region((first, column), (levels - 1, column), glyphs));
        }
    }
    regions
}

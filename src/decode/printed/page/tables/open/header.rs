//! The header of a table without vertical rules: levels, and labels that stand above several columns.

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
    let columns_of: Vec<Vec<(usize, usize)>> = if inner.is_empty() {
        (0..rows.len()).map(|at| columns_without_rules(rows, at, edges)).collect()
    } else {
        Vec::new()
    };
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

/// Where labels have their middles, from left to right; the lines of one label stand below each other.
fn middles<'a>(labels: impl Iterator<Item = &'a WrittenRow>, size: f64) -> Vec<f64> {
    let mut middles: Vec<f64> = labels.map(|label| label.area.middle().0).collect();
    middles.sort_by(f64::total_cmp);
    middles.dedup_by(|one, other| (*one - *other).abs() < size);
    middles
}

/// The columns of one of several labels above one rule: they are shared out so that each label stands over the middle of
/// its own.
fn share_of(part: &WrittenRow, middles: &[f64], (first, last): (usize, usize), edges: &[f64]) -> (usize, usize) {
    let count = last + 1 - first;
    if middles.len() < 2 || middles.len() > count {
        return (first, last);
    }
    // best[n]: the least distance at which the labels so far share the first n columns, and where each begins.
    let mut best: Vec<Option<(f64, Vec<usize>)>> = vec![None; count + 1];
    best[0] = Some((0.0, Vec::new()));
    for middle in middles {
        let mut next: Vec<Option<(f64, Vec<usize>)>> = vec![None; count + 1];
        for (start, before) in best.iter().enumerate().filter_map(|(start, before)| Some((start, before.as_ref()?))) {
            for end in start + 1..=count {
                let over = f64::midpoint(edges[first + start], edges[first + end]);
                let distance = before.0 + (over - middle).abs();
                if next[end].as_ref().is_none_or(|known| distance < known.0) {
                    next[end] = Some((distance, [&before.1[..], &[start]].concat()));
                }
            }
        }
        best = next;
    }
    let Some((_, starts)) = best.pop().flatten() else { return (first, last) };
    let own = part.area.middle().0;
    let nearest = (0..middles.len())
        .min_by(|one, other| (middles[*one] - own).abs().total_cmp(&(middles[*other] - own).abs()))
        .unwrap_or(0);
    let end = starts.get(nearest + 1).copied().unwrap_or(count);
    (first + starts[nearest], first + end - 1)
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

/// All columns, shared out between labels; `None` where one does not stand over the middle of its own.
fn shares(labels: &[WrittenRow], edges: &[f64]) -> Option<Vec<(usize, usize)>> {
    let middles = middles(labels.iter(), labels.first()?.size);
    let share = |part: &WrittenRow| {
        let share = share_of(part, &middles, (0, edges.len() - 2), edges);
        stands_over(part, share, edges).then_some(share)
    };
    if middles.len() > 1 { labels.iter().map(share).collect() } else { None }
}

/// The label stands over the middle of these columns.
fn stands_over(label: &WrittenRow, (first, last): (usize, usize), edges: &[f64]) -> bool {
    (f64::midpoint(edges[first], edges[last + 1]) - label.area.middle().0).abs() < 1.5 * label.size
}

/// The columns below each label of a row that no rules part from the next. A label above another stands over all
/// columns beside it that are labelled at that height, if it stands over their middle; else fewer labels than below share
/// all columns out where each then stands over the middle of its own.
fn columns_without_rules(rows: &[Printed], at: usize, edges: &[f64]) -> Vec<(usize, usize)> {
    let row = &rows[at];
    let under: Vec<(usize, usize)> = row.parts.iter().map(|part| columns_under(part, edges)).collect();
    // The height of the first label of each column further below.
    let next = |column: usize| {
        let labels = rows[at + 1..].iter().flat_map(|row| &row.parts);
        labels
            .filter(|label| columns_under(label, edges) == (column, column))
            .map(|label| label.baseline)
            .reduce(f64::min)
    };
    let next: Vec<Option<f64>> = (0..edges.len() - 1).map(next).collect();
    let beside = |(first, last): (usize, usize)| {
        let height = next[first]?;
        let is_level = |column: &usize| next[*column].is_some_and(|other| (other - height).abs() < 1.0);
        let start = (0..first).rev().take_while(is_level).last().unwrap_or(first);
        let end = (last + 1..next.len()).take_while(is_level).last().unwrap_or(last);
        let is_alone = under.iter().filter(|other| start <= other.0 && other.1 <= end).count() == 1;
        is_alone.then_some((start, end))
    };
    // Edges lie between what is written: labels of one width tell the middle better.
    let middle_of = |column: usize| {
        let labels = rows[at + 1..].iter().flat_map(|row| &row.parts);
        labels.map(|label| label.area.middle().0).find(|middle| edges[column] <= *middle && *middle < edges[column + 1])
    };
    let stands_over_labels = |part: &WrittenRow, (first, last): (usize, usize)| {
        let ends = middle_of(first).zip(middle_of(last));
        ends.is_some_and(|(one, other)| (f64::midpoint(one, other) - part.area.middle().0).abs() < part.size)
    };
    let wider = |(part, under): (&WrittenRow, &(usize, usize))| {
        let fits = |wider: &(usize, usize)| stands_over(part, *wider, edges) || stands_over_labels(part, *wider);
        beside(*under).filter(fits).unwrap_or(*under)
    };
    let wider: Vec<(usize, usize)> = row.parts.iter().zip(&under).map(wider).collect();
    let is_fewer = || rows[at + 1..].iter().any(|below| below.parts.len() > row.parts.len());
    if wider == under && is_fewer() { shares(&row.parts, edges).unwrap_or(under) } else { wider }
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
        let first = taken[..levels].iter().rposition(|level| level[column]).map_or(0, |level| level + 1);
        let own = narrow.iter().filter(|label| label.columns.0 == column);
        let glyphs: Vec<Glyph> = own.flat_map(|label| label.glyphs.iter().copied()).collect();
        if first < levels && !glyphs.is_empty() {
            regions.push(region((first, column), (levels - 1, column), glyphs));
        }
    }
    regions
}

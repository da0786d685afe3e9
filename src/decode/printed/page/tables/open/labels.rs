//! The labels of a header that no rule parts: lines of one label belong together.

use crate::decode::printed::page::lines::writing::{Printed, WrittenRow, is_close};

/// The labels, each whole, in rows of one height. A line goes on with the label close above it that has the same middle or
/// begins at the same place, unless it stands beside a label with nothing above: then both are a level of their own.
pub fn whole_labels(rows: &[Printed]) -> Vec<Printed> {
    let mut labels: Vec<Vec<&WrittenRow>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let above: Vec<usize> = row.parts.iter().filter_map(|part| label_above(&labels, rows, at, part)).collect();
        let is_level = row.parts.iter().enumerate().any(|(place, part)| {
            label_above(&labels, rows, at, part).is_some() && stands_beside_a_first(rows, at, place)
        });
        let is_shared = |label: usize| above.iter().filter(|other| **other == label).count() > 1;
        for part in &row.parts {
            match label_above(&labels, rows, at, part).filter(|label| !is_level && !is_shared(*label)) {
                Some(label) => labels[label].push(part),
                None => labels.push(vec![part]),
            }
        }
    }
    let of_middles = at_heights(&labels, f64::midpoint);
    let of_tops = at_heights(&labels, |first, _| first);
    if of_tops.len() < of_middles.len() { of_tops } else { of_middles }
}

/// Labels in rows of one height: that of their middles, or of their first lines where texts stand at the top.
fn at_heights(labels: &[Vec<&WrittenRow>], height: fn(f64, f64) -> f64) -> Vec<Printed> {
    let mut whole: Vec<WrittenRow> = labels.iter().filter_map(|lines| WrittenRow::of_lines(lines, height)).collect();
    whole.sort_by(|one, other| one.baseline.total_cmp(&other.baseline));
    let mut heights: Vec<Vec<WrittenRow>> = Vec::new();
    for label in whole {
        match heights.last_mut() {
            Some(row) if label.baseline - row[0].baseline <= 0.35 * label.size => row.push(label),
            _ => heights.push(vec![label]),
        }
    }
    let printed = |mut parts: Vec<WrittenRow>| {
        parts.sort_by(|one, other| one.area.left.total_cmp(&other.area.left));
        let lines: Vec<&WrittenRow> = parts.iter().collect();
        let row = WrittenRow::of_lines(&lines, |first, _| first)?;
        Some(Printed { row, parts })
    };
    heights.into_iter().filter_map(printed).collect()
}

/// The label whose last line stands close above a part and is set like it.
fn label_above(labels: &[Vec<&WrittenRow>], rows: &[Printed], at: usize, part: &WrittenRow) -> Option<usize> {
    let goes_on = |label: &Vec<&WrittenRow>| {
        let Some(last) = label.last() else { return false };
        let near = 0.6 * part.size;
        let step = part.baseline - last.baseline;
        let is_set_alike = (last.area.middle().0 - part.area.middle().0).abs() < near
            || (last.area.left - part.area.left).abs() < near;
        let is_wider = last.area.width() > part.area.width() - 0.5 * part.size;
        !last.is_number() && !part.is_number() && 0.0 < step && step < 1.6 * part.size && is_set_alike && is_wider
    };
    let is_row = at > 0 && rows[..at].iter().any(|row| is_close(row, &rows[at]));
    if is_row { labels.iter().rposition(goes_on) } else { None }
}

/// A neighbour of the part in its row has nothing above it and nothing that goes on below it.
fn stands_beside_a_first(rows: &[Printed], at: usize, place: usize) -> bool {
    let row = &rows[at].parts;
    let overlaps =
        |one: &WrittenRow, other: &WrittenRow| one.area.left < other.area.right && other.area.left < one.area.right;
    let is_first = |part: &WrittenRow| {
        let others = rows.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, row)| &row.parts);
        others.into_iter().all(|other| !overlaps(part, other))
    };
    let parts_between = |one: &WrittenRow, other: &WrittenRow| {
        let (left, right) = (one.area.right.min(other.area.right), one.area.left.max(other.area.left));
        let middle = |part: &WrittenRow| part.area.middle().0;
        let others = rows.iter().flat_map(|row| &row.parts);
        others.into_iter().any(|part| left < middle(part) && middle(part) < right)
    };
    let neighbours = place.checked_sub(1).into_iter().chain([place + 1]).filter_map(|other| row.get(other));
    neighbours.into_iter().any(|other| is_first(other) && !parts_between(&row[place], other))
}

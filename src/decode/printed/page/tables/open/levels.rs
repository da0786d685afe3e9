//! Which columns the labels of a header stand over where no rule parts them: from the lowest row up, each over the middle of
//! what it heads.

use crate::decode::printed::page::lines::writing::{Printed, WrittenRow};

/// Labels whose heights differ by less stand on one level, in points.
const SAME_LEVEL: f64 = 1.0;

/// The columns of the labels of each row.
pub fn columns_of_labels(rows: &[Printed], edges: &[f64]) -> Vec<Vec<(usize, usize)>> {
    let count = edges.len() - 1;
    let mut below =
        Below { tops: vec![None; count], blocks: (0..count).map(|at| (at, at)).collect(), own: vec![None; count] };
    let mut spans: Vec<Vec<(usize, usize)>> = Vec::new();
    for at in (0..rows.len()).rev() {
        let parts = &rows[at].parts;
        let under: Vec<(usize, usize)> = parts.iter().map(|part| columns_under(part, edges)).collect();
        let own = below.spans(parts, &under, edges);
        let is_fewer = || rows[at + 1..].iter().any(|row| row.parts.len() > parts.len());
        let own = if own == under && is_fewer() { shares(parts, edges).unwrap_or(own) } else { own };
        parts.iter().zip(&own).for_each(|(part, span)| below.add(part, *span));
        spans.push(own);
    }
    spans.reverse();
    spans
}

/// The labels of the rows below, by column.
struct Below {
    /// The height of the highest label.
    tops: Vec<Option<f64>>,
    /// The columns that this label stands over.
    blocks: Vec<(usize, usize)>,
    /// The middle of the label that heads the column alone.
    own: Vec<Option<f64>>,
}

/// Columns that a label may head, and how far from their middle it stands.
#[derive(Clone, Copy)]
struct Candidate {
    columns: (usize, usize),
    off: f64,
}

impl Below {
    fn add(&mut self, part: &WrittenRow, (first, last): (usize, usize)) {
        for column in first..=last {
            (self.tops[column], self.blocks[column]) = (Some(part.baseline), (first, last));
        }
        if first == last {
            self.own[first].get_or_insert(part.area.middle().0);
        }
    }

    /// The columns of these labels, which stand in one row: each the least that it stands over the middle of, then more
    /// where none of the others is over them.
    fn spans(&self, parts: &[WrittenRow], under: &[(usize, usize)], edges: &[f64]) -> Vec<(usize, usize)> {
        let middle =
            |part: &WrittenRow| edges[1..edges.len() - 1].partition_point(|edge| *edge <= part.area.middle().0);
        let own: Vec<usize> = parts.iter().map(middle).collect();
        let candidates: Vec<Vec<Candidate>> =
            parts.iter().enumerate().map(|(at, part)| self.candidates(part, at, &own, edges)).collect();
        let mut chosen: Vec<Option<Candidate>> = candidates.iter().map(|of_part| of_part.first().copied()).collect();
        let mut spans: Vec<(usize, usize)> =
            chosen.iter().zip(under).map(|(chosen, under)| chosen.map_or(*under, |chosen| chosen.columns)).collect();
        for at in 0..parts.len() {
            for wider in &candidates[at] {
                let is_free = spans
                    .iter()
                    .enumerate()
                    .all(|(other, span)| other == at || span.1 < wider.columns.0 || wider.columns.1 < span.0);
                let fits_as_well = chosen[at].is_some_and(|chosen| wider.off <= chosen.off + 0.3 * parts[at].size);
                if is_free && fits_as_well {
                    (spans[at], chosen[at]) = (wider.columns, Some(*wider));
                }
            }
        }
        spans
    }

    /// Several columns, whole groups of the rows below and none higher than the label right below this one, over whose
    /// middle it stands; the fewest first.
    fn candidates(&self, part: &WrittenRow, at: usize, own: &[usize], edges: &[f64]) -> Vec<Candidate> {
        let place = own[at];
        let Some(top) = self.tops[place].filter(|top| *top > part.baseline + 0.35 * part.size) else {
            return Vec::new();
        };
        let is_below = |column: &usize| self.tops[*column].is_some_and(|other| other > top - SAME_LEVEL);
        let holds_other = |column: &usize| own.iter().enumerate().any(|(other, own)| other != at && own == column);
        let may_head = |column: &usize| is_below(column) && !holds_other(column);
        let first = (0..place).rev().take_while(may_head).last().unwrap_or(place);
        let last = (place + 1..edges.len() - 1).take_while(may_head).last().unwrap_or(place);
        let mut found: Vec<Candidate> = Vec::new();
        for from in first..=place {
            for to in place..=last {
                let is_whole = self.blocks[from].0 == from && self.blocks[to].1 == to;
                let is_one = self.blocks[place] == (from, to);
                if !is_whole || is_one || from == to {
                    continue;
                }
                if let Some(off) = self.off(part, (from, to), edges) {
                    found.push(Candidate { columns: (from, to), off });
                }
            }
        }
        found.sort_by(|one, other| {
            let width = |of: &Candidate| of.columns.1 - of.columns.0;
            width(one).cmp(&width(other)).then(one.off.total_cmp(&other.off))
        });
        found
    }

    /// How far the label stands from the middle of these columns; none where it does not stand over it. Edges lie between
    /// what is written: labels of columns of one width tell the middle better.
    fn off(&self, part: &WrittenRow, (from, to): (usize, usize), edges: &[f64]) -> Option<f64> {
        let off = |left: f64, right: f64| (f64::midpoint(left, right) - part.area.middle().0).abs();
        let of_edges = Some(off(edges[from], edges[to + 1])).filter(|off| *off < 1.5 * part.size);
        let of_labels = self.own[from].zip(self.own[to]).map(|(left, right)| off(left, right));
        let of_labels = of_labels.filter(|off| *off < part.size);
        of_labels.into_iter().chain(of_edges).reduce(f64::min)
    }
}

/// Where labels have their middles, from left to right; the lines of one label stand below each other.
pub fn middles<'a>(labels: impl Iterator<Item = &'a WrittenRow>, size: f64) -> Vec<f64> {
    let mut middles: Vec<f64> = labels.map(|label| label.area.middle().0).collect();
    middles.sort_by(f64::total_cmp);
    middles.dedup_by(|one, other| (*one - *other).abs() < size);
    middles
}

/// The columns of one of several labels above one rule: they are shared out so that each label stands over the middle of
/// its own.
pub fn share_of(part: &WrittenRow, middles: &[f64], (first, last): (usize, usize), edges: &[f64]) -> (usize, usize) {
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

/// All columns, shared out between labels; `None` where one does not stand over the middle of its own.
pub fn shares(labels: &[WrittenRow], edges: &[f64]) -> Option<Vec<(usize, usize)>> {
    let middles = middles(labels.iter(), labels.first()?.size);
    let share = |part: &WrittenRow| {
        let share = share_of(part, &middles, (0, edges.len() - 2), edges);
        stands_over(part, share, edges).then_some(share)
    };
    if middles.len() > 1 { labels.iter().map(share).collect() } else { None }
}

/// The label stands over the middle of these columns.
pub fn stands_over(label: &WrittenRow, (first, last): (usize, usize), edges: &[f64]) -> bool {
    (f64::midpoint(edges[first], edges[last + 1]) - label.area.middle().0).abs() < 1.5 * label.size
}

/// The columns whose middle a label covers; at least the one it stands in.
pub fn columns_under(part: &WrittenRow, edges: &[f64]) -> (usize, usize) {
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

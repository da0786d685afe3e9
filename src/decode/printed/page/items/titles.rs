//! What the lines above the pages of a sheet say about their order: one title over all of them, or one each.

use crate::decode::printed::page::lines::PageLine;
use crate::decode::printed::page::tables::table::Table;

/// Lines on two pages of one sheet that stand this close are one.
pub const SAME_HEIGHT: f64 = 1.5;
/// A title that is set over a table stands over its middle as exactly as this.
const SAME_MIDDLE: f64 = 2.5;

/// A page of a sheet: its table, and the lines above that.
pub struct Part<'i> {
    pub table: &'i Table,
    pub lines: Vec<&'i PageLine>,
}

/// A line above the tables set beside each other.
struct Piece {
    baseline: f64,
    left: f64,
    right: f64,
    size: f64,
    part: usize,
}

/// Some title stands over the middle of all parts together, and none over the middle of its own.
pub fn stand_below_one_title(parts: &[Part<'_>]) -> bool {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut width = 0.0;
    for (at, part) in parts.iter().enumerate() {
        if part.lines.iter().any(|line| is_over(line, part.table)) {
            return false;
        }
        let shift = width - part.table.area.left;
        pieces.extend(part.lines.iter().filter(|line| may_be_title(line)).map(|line| Piece {
            baseline: line.baseline,
            left: line.area.left + shift,
            right: line.area.right + shift,
            size: line.size,
            part: at,
        }));
        width += part.table.area.width();
    }
    pieces.iter().any(|first| {
        // What the edges of the paper cut goes on at the same height.
        let (mut right, mut last) = (first.right, first.part);
        while let Some(next) = pieces.iter().find(|next| {
            next.part == last + 1
                && (next.baseline - first.baseline).abs() < SAME_HEIGHT
                && (next.left - right).abs() < 1.5 * first.size
        }) {
            (right, last) = (next.right, next.part);
        }
        (f64::midpoint(first.left, right) - width / 2.0).abs() < SAME_MIDDLE
    })
}

/// Nothing stands in other places of the line, and it does not say whose table it is, or its unit.
fn may_be_title(line: &PageLine) -> bool {
    !line.text.contains(['\t', '：', ':'])
}

/// A line of its own over the middle of a table, as its title is.
fn is_over(line: &PageLine, table: &Table) -> bool {
    may_be_title(line) && (line.area.middle().0 - table.area.middle().0).abs() < line.size
}

/// The parts do not have a title each.
pub fn is_between_both(above: &[&PageLine], lines: &[&PageLine], left: &Table, right: &Table) -> bool {
    let own =
        |line: &&&PageLine| is_over(line, right) && level(above, line).is_none_or(|other| other.text != line.text);
    let mut titles = lines.iter().filter(own);
    titles.next().is_none() || !above.iter().any(|line| is_over(line, left))
}

/// The lines above the right part of a table are those above the left part, or go on with them where the paper ended, or
/// stand at the edge: none is a title of its own.
pub fn lines_go_on(above: &[&PageLine], lines: &[&PageLine], left: &Table, right: &Table, names: usize) -> bool {
    lines.iter().all(|line| match level(above, line) {
        Some(above) => {
            let is_cut = above.area.right > left.area.right - line.size
                && (line.area.left - right.edges[names]).abs() < 2.0 * line.size;
            line.text.starts_with(&above.text) || is_cut
        }
        None => (line.area.middle().0 - right.area.middle().0).abs() > 2.0 * line.size,
    })
}

/// The line above the left part at the height of one above the right part.
fn level<'i>(above: &[&'i PageLine], line: &PageLine) -> Option<&'i PageLine> {
    above.iter().find(|other| other.page < line.page && (other.baseline - line.baseline).abs() < SAME_HEIGHT).copied()
}

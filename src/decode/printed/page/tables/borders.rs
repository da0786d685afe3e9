//! Borders that are drawn cell by cell part the cells where their pieces meet, though no vertical rule does.

use super::rules::{Rule, Rules, SAME, clustered, lines_of};
use crate::decode::printed::page::geometry::Glyph;

/// Shorter pieces are dashes, not the borders of cells.
const SHORTEST: f64 = 8.0;
/// Ends of pieces that touch are as close as this.
const TOUCHING: f64 = 0.6;
/// Pieces that meet at one place on so many lines are borders of cells.
const ENOUGH: usize = 3;
/// Lines further apart than this many rows belong to two tables, with nothing between them.
const FAR: f64 = 2.5;

/// Vertical rules where cells are parted and none is drawn: from one line down to the next that has a piece at the place,
/// where both are parted there, unless both also run through, as around merged cells. Where the line above only runs through
/// (it is the border of a merged cell above), the cells are parted if each holds a label and no rule is drawn further down.
pub fn between_cells(rules: &Rules, glyphs: &[Glyph]) -> Vec<Rule> {
    let pieces = rules.drawn.iter().filter(|piece| piece.to - piece.from > SHORTEST).copied().collect();
    let lines = without_hairlines(lines_of(pieces));
    let mut gaps: Vec<f64> = lines.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    gaps.sort_by(f64::total_cmp);
    let far = FAR * gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
    let is_drawn = |top: f64, bottom: f64| {
        let middle = f64::midpoint(top, bottom);
        rules.vertical.iter().any(|rule| rule.from < middle && middle < rule.to)
    };
    let meetings: Vec<f64> = lines.iter().flat_map(|(_, line)| meetings(line)).collect();
    let is_met = |place: &f64| meetings.iter().filter(|meeting| (*meeting - place).abs() < TOUCHING).count() >= ENOUGH;
    let places: Vec<f64> = clustered(meetings.clone(), TOUCHING).into_iter().filter(is_met).collect();
    let sides = Sides { lines: &lines, glyphs };
    let mut parted = Vec::new();
    for place in places.iter().copied() {
        let is_ruled = rules.vertical.iter().any(|rule| (rule.at - place).abs() < SAME);
        let mut touching: Vec<(f64, Touch)> =
            lines.iter().filter_map(|(at, line)| Some((*at, Touch::of(line, place)?))).collect();
        // Blank cells may have no border: the first row below them begins at the line of the other cells.
        let first = touching.first().and_then(|(first, _)| lines.iter().rev().find(|(at, _)| at < first));
        if let Some((at, _)) = first {
            touching.insert(0, (*at, Touch { ends: false, runs_through: true }));
        }
        for pair in touching.windows(2) {
            let ((top, above), (bottom, below)) = (pair[0], pair[1]);
            let are_parted = if above.ends {
                below.ends && !(above.runs_through && below.runs_through)
            } else {
                below.ends && !below.runs_through && !is_ruled && sides.hold_labels(place, top)
            };
            let within = |pair: &&[(f64, Vec<Rule>)]| top <= pair[0].0 && pair[1].0 <= bottom;
            let is_one_table = lines.windows(2).filter(within).all(|pair| pair[1].0 - pair[0].0 < far);
            if are_parted && is_one_table && !is_drawn(top, bottom) {
                parted.push(Rule { at: place, from: top, to: bottom });
            }
        }
    }
    parted
}

/// A rule over the whole table below its rows, drawn above the borders of their cells, runs through everywhere and merges none.
fn without_hairlines(mut lines: Vec<(f64, Vec<Rule>)>) -> Vec<(f64, Vec<Rule>)> {
    let is_whole = |piece: &Rule, line: &[Rule]| {
        line.iter().all(|other| piece.from - TOUCHING < other.from && other.to < piece.to + TOUCHING)
    };
    let parts = |line: &[Rule]| line.iter().filter(|piece| !is_whole(piece, line)).count();
    let parted = lines.iter().filter(|(_, line)| parts(line) > 1 || line.len() > 1 && parts(line) == 0).count();
    let ruled = |line: &[Rule]| parts(line) > 1 && parts(line) < line.len();
    let whole = lines.iter().filter(|(_, line)| ruled(line)).count();
    if whole >= ENOUGH && whole * 4 >= parted * 3 {
        for (_, line) in lines.iter_mut().filter(|(_, line)| ruled(line)) {
            let all = line.clone();
            line.retain(|piece| !is_whole(piece, &all));
        }
    }
    lines
}

/// The cells on both sides of a place, from a line down to the next one across each.
struct Sides<'l> {
    lines: &'l [(f64, Vec<Rule>)],
    glyphs: &'l [Glyph],
}

impl Sides<'_> {
    /// Something is written on both sides, and nothing across the place.
    fn hold_labels(&self, place: f64, top: f64) -> bool {
        let sides = self.piece_below(place - SHORTEST / 2.0, top).zip(self.piece_below(place + SHORTEST / 2.0, top));
        let Some((left, right)) = sides else { return false };
        let inside = |glyph: &&Glyph, bottom: f64| {
            let y = glyph.area.middle().1;
            !glyph.character.is_whitespace() && top < y && y < bottom
        };
        let written = |from: f64, to: f64, bottom: f64| {
            let mut glyphs = self.glyphs.iter().filter(|glyph| inside(glyph, bottom));
            glyphs.any(|glyph| from < glyph.area.middle().0 && glyph.area.middle().0 < to)
        };
        let is_across = |glyph: &Glyph| glyph.area.left + TOUCHING < place && place < glyph.area.right - TOUCHING;
        let mut between = self.glyphs.iter().filter(|glyph| inside(glyph, left.at.min(right.at)));
        written(left.from, place, left.at) && written(place, right.to, right.at) && !between.any(is_across)
    }

    /// The next piece below that lies over `x`.
    fn piece_below(&self, x: f64, top: f64) -> Option<Rule> {
        let below = self.lines.iter().filter(|(at, _)| *at > top + TOUCHING);
        below.flat_map(|(_, line)| line).find(|piece| piece.from <= x && x <= piece.to).copied()
    }
}

/// What the pieces of a line do at a place.
#[derive(Debug, Clone, Copy)]
struct Touch {
    ends: bool,
    runs_through: bool,
}

impl Touch {
    fn of(line: &[Rule], place: f64) -> Option<Self> {
        let is_near = |end: f64| (end - place).abs() < TOUCHING;
        let ends = line.iter().any(|piece| is_near(piece.from) || is_near(piece.to));
        let runs_through = line.iter().any(|piece| piece.from + SAME < place && place < piece.to - SAME);
        (ends || runs_through).then_some(Self { ends, runs_through })
    }
}

/// Where one piece ends and another begins.
fn meetings(line: &[Rule]) -> Vec<f64> {
    let begins = |end: f64| line.iter().any(|other| (other.from - end).abs() < TOUCHING);
    clustered(line.iter().map(|piece| piece.to).filter(|end| begins(*end)).collect(), TOUCHING)
}

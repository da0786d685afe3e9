//! Turns a page so that its text runs from left to right, puts aside what runs otherwise (slanted watermarks among it), and
//! drops what is not part of the text: characters drawn twice for boldness, characters outside the paper.

use std::collections::HashMap;

use super::geometry::{Area, Glyph, Mark, PrintedPage};
use super::radicals::as_character;

/// Degrees by which text may lean.
const LEAN: f64 = 3.0;

/// The page as a reader holds it.
pub fn upright(mut page: PrintedPage) -> PrintedPage {
    let glyphs = std::mem::take(&mut page.glyphs);
    page.glyphs = glyphs.into_iter().filter(|glyph| page.shows(glyph)).collect();
    let turns = quarter_turns(&page.glyphs);
    let (glyphs, others): (Vec<Glyph>, Vec<Glyph>) =
        std::mem::take(&mut page.glyphs).into_iter().partition(|glyph| leans(glyph.angle, turns) < LEAN);
    page.glyphs = glyphs;
    page.aslant = others;
    if turns > 0 {
        turn(&mut page, turns);
    }
    let all = page.glyphs.iter_mut().chain(&mut page.aslant);
    all.for_each(|glyph| glyph.character = as_character(glyph.character));
    page.glyphs = once_each(page.glyphs);
    page.aslant = once_each(page.aslant);
    page
}

/// The direction most characters run in, in quarter turns clockwise.
fn quarter_turns(glyphs: &[Glyph]) -> usize {
    let mut counts = [0usize; 4];
    for glyph in glyphs {
        counts[((glyph.angle.rem_euclid(360.0) + 45.0) / 90.0) as usize % 4] += 1;
    }
    (0..4).max_by_key(|turns| (counts[*turns], 4 - turns)).unwrap_or(0)
}

fn leans(angle: f64, turns: usize) -> f64 {
    let off = (angle - 90.0 * turns as f64).rem_euclid(360.0);
    off.min(360.0 - off)
}

/// Whether a character runs so many quarter turns clockwise of the text.
pub fn runs(glyph: &Glyph, turns: usize) -> bool {
    leans(glyph.angle, turns) < LEAN
}

/// Quarter turns, clockwise, of a page that is so large before it is turned.
#[derive(Debug, Clone, Copy)]
pub struct Turning {
    pub turns: usize,
    pub width: f64,
    pub height: f64,
}

impl Turning {
    fn point(self, (x, y): (f64, f64)) -> (f64, f64) {
        match self.turns {
            0 => (x, y),
            1 => (y, self.width - x),
            2 => (self.width - x, self.height - y),
            _ => (self.height - y, x),
        }
    }

    pub fn area(self, area: Area) -> Area {
        Area::around(self.point((area.left, area.top)), self.point((area.right, area.bottom)))
    }

    /// The one that turns the page back.
    pub fn back(self) -> Self {
        let (width, height) = if self.turns % 2 == 1 { (self.height, self.width) } else { (self.width, self.height) };
        Self { turns: (4 - self.turns) % 4, width, height }
    }
}

pub fn turn(page: &mut PrintedPage, turns: usize) -> Turning {
    let turning = Turning { turns, width: page.width, height: page.height };
    for glyph in page.glyphs.iter_mut().chain(&mut page.aslant) {
        glyph.area = turning.area(glyph.area);
        glyph.origin = turning.point(glyph.origin);
        glyph.angle = (glyph.angle - 90.0 * turns as f64).rem_euclid(360.0);
    }
    for mark in &mut page.marks {
        *mark = match *mark {
            Mark::Stroke(from, to) => Mark::Stroke(turning.point(from), turning.point(to)),
            Mark::Fill(area) => Mark::Fill(turning.area(area)),
        };
    }
    (page.width, page.height) = (turning.back().width, turning.back().height);
    turning
}

/// Where each character was met, by tile of the page.
type Seen = HashMap<(char, i64, i64), Vec<(f64, f64)>>;

/// Boldness is often printed by drawing a character twice, in the same place or a hair beside it.
fn once_each(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut seen = Seen::new();
    let mut kept = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let (x, y) = glyph.origin;
        let near = (glyph.size / 4.0).min(glyph.area.width() / 2.0).max(0.1);
        let tile = |value: f64| (value / 8.0).floor() as i64;
        let is_seen = |seen: &Seen| {
            let tiles = [tile(x - near), tile(x + near)].into_iter().flat_map(|column| {
                [tile(y - near), tile(y + near)].into_iter().map(move |row| (glyph.character, column, row))
            });
            tiles.into_iter().any(|tile| {
                seen.get(&tile)
                    .is_some_and(|places| places.iter().any(|(px, py)| (px - x).abs() < near && (py - y).abs() < near))
            })
        };
        if !glyph.character.is_whitespace() {
            if is_seen(&seen) {
                continue;
            }
            seen.entry((glyph.character, tile(x), tile(y))).or_default().push((x, y));
        }
        kept.push(glyph);
    }
    kept
}

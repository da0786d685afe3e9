//! Texts that stand a quarter turn off in the cells of a table, as narrow columns set their labels.

use crate::decode::printed::page::geometry::{Area, Glyph};

/// Room left between a text and the rules around it.
const MARGIN: f64 = 1.0;

/// The characters of a cell turned around its middle and made small enough for it, so that they read from left to right.
pub fn laid_down(glyphs: &[Glyph], cell: Area) -> Vec<Glyph> {
    let Some(whole) = glyphs.iter().map(|glyph| glyph.area).reduce(Area::with) else { return Vec::new() };
    let upwards = glyphs.iter().filter(|glyph| glyph.angle.rem_euclid(360.0) > 180.0).count() * 2 > glyphs.len();
    let room = |length: f64, written: f64| (length - 2.0 * MARGIN).max(1.0) / written.max(1.0);
    let scale = room(cell.width(), whole.height()).min(room(cell.height(), whole.width())).min(1.0);
    let (from, to) = (whole.middle(), cell.middle());
    let moved = |(x, y): (f64, f64)| {
        let (x, y) = ((x - from.0) * scale, (y - from.1) * scale);
        if upwards { (to.0 - y, to.1 + x) } else { (to.0 + y, to.1 - x) }
    };
    let laid = |glyph: &Glyph| Glyph {
        area: Area::around(moved((glyph.area.left, glyph.area.top)), moved((glyph.area.right, glyph.area.bottom))),
        origin: moved(glyph.origin),
        size: glyph.size * scale,
        angle: 0.0,
        ..*glyph
    };
    glyphs.iter().map(laid).collect()
}

//! Tables side by side on one page: what stands above and below each belongs to it.

use super::geometry::Area;
use super::lines::writing::{WrittenRow, rows_of};
use super::tables::table::Table;

/// The white strip between two tables, as far up and down as no line runs across it.
pub struct Gutter {
    at: f64,
    top: f64,
    bottom: f64,
}

impl Gutter {
    /// The strip between the first two tables that stand beside each other, if all tables there stand on one of its sides.
    pub fn between(tables: &[Table], rows: &[WrittenRow]) -> Option<Self> {
        let areas: Vec<Area> = tables.iter().map(|table| table.area).collect();
        let stands_beside =
            |left: &Area, right: &Area| left.right < right.left && left.top < right.bottom && right.top < left.bottom;
        let (left, right) =
            areas.iter().find_map(|left| Some((left, areas.iter().find(|area| stands_beside(left, area))?)))?;
        let at = f64::midpoint(left.right, right.left);
        let both = left.with(*right);
        let crosses = |area: Area| area.left < at && at < area.right;
        if areas.iter().any(|area| crosses(*area) && area.top < both.bottom && both.top < area.bottom) {
            return None;
        }
        let across = rows.iter().filter(|row| row.parts().iter().any(|part| crosses(part.area))).map(|row| row.area);
        let across: Vec<Area> = across.chain(areas.iter().copied().filter(|area| crosses(*area))).collect();
        if across.iter().any(|area| both.holds(area.middle())) {
            return None;
        }
        let above = across.iter().filter(|area| area.bottom <= both.top + 1.0).map(|area| area.bottom);
        let below = across.iter().filter(|area| both.bottom - 1.0 <= area.top).map(|area| area.top);
        let (top, bottom) = (above.fold(f64::MIN, f64::max), below.fold(f64::MAX, f64::min));
        Some(Self { at, top, bottom })
    }

    /// The order in which to read: what stands above the strip, on its left, on its right, below it.
    pub fn order(&self, area: Area) -> usize {
        let (x, y) = area.middle();
        match () {
            () if y < self.top => 0,
            () if y > self.bottom => 3,
            () if x < self.at => 1,
            () => 2,
        }
    }

    /// A row beside the strip is two.
    pub fn parted(&self, row: WrittenRow) -> Vec<WrittenRow> {
        let (left, right): (Vec<_>, Vec<_>) = row.glyphs().iter().partition(|glyph| glyph.area.middle().0 < self.at);
        match self.order(row.area) {
            1 | 2 => rows_of(left).into_iter().chain(rows_of(right)).collect(),
            _ => vec![row],
        }
    }
}

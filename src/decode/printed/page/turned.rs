//! What runs in another direction than the text of its page: a table printed on its side is read as on a page of its own,
//! amounts elsewhere are told.

use std::collections::BTreeMap;

use super::geometry::{Area, Glyph, Mark, PrintedPage};
use super::items::Item;
use super::layout::{in_order, outside, tables_of};
use super::lines::writing::{Gaps, WrittenRow, parts_digits, rows_of};
use super::tables::rules::Rules;
use super::tables::table::Table;
use super::upright::{runs, turn};
use crate::vocabulary::amounts_within;

/// Fewer rules that touch are the frame of a text.
const FEWEST_RULES: usize = 5;

/// Tables on their side, with the lines above and below them.
pub struct Block {
    items: Vec<Item>,
    /// Where it begins on the page.
    top: f64,
}

/// Takes off a page the tables that run in other directions than its text.
pub fn taken_off(page: &mut PrintedPage, above: Option<&Table>) -> Vec<Block> {
    if amounts(&page.aslant).is_empty() {
        return Vec::new();
    }
    let grids = upright_grids(page);
    (1..4).filter_map(|turns| block(page, turns, &grids, above)).collect()
}

/// Puts blocks between the items of their page.
pub fn put_between(items: &mut Vec<Item>, mut blocks: Vec<Block>) {
    blocks.sort_by(|one, other| other.top.total_cmp(&one.top));
    for block in blocks {
        let at = items.iter().position(|item| item.area().top > block.top).unwrap_or(items.len());
        items.splice(at..at, block.items);
    }
}

/// The amounts among characters, each along its own direction.
pub fn amounts(glyphs: &[Glyph]) -> Vec<String> {
    let mut by_angle: BTreeMap<i64, Vec<Glyph>> = BTreeMap::new();
    for glyph in glyphs {
        by_angle.entry(glyph.angle.rem_euclid(360.0).round() as i64).or_default().push(along(glyph));
    }
    let texts = by_angle.into_values().flat_map(rows_of).map(|row| row.text(Gaps::Tabs));
    texts.flat_map(|text| amounts_within(&text).into_iter().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// A character turned about the corner of the page so that it runs from left to right.
fn along(glyph: &Glyph) -> Glyph {
    let (sin, cos) = glyph.angle.to_radians().sin_cos();
    let (x, y) = glyph.origin;
    let (x, y) = (x * cos + y * sin, y * cos - x * sin);
    let wide = if cos.abs() > sin.abs() {
        (glyph.area.width() - glyph.size * sin.abs()) / cos.abs()
    } else {
        (glyph.area.height() - glyph.size * cos.abs()) / sin.abs()
    };
    let area = Area { left: x, top: y - glyph.size, right: x + wide.max(0.0), bottom: y };
    Glyph { area, origin: (x, y), angle: 0.0, ..*glyph }
}

/// Where rules make up tables that hold more text of the page's own direction than of others.
fn upright_grids(page: &PrintedPage) -> Vec<Area> {
    let is_grid = |rules: &Rules| {
        rules.horizontal.len().min(rules.vertical.len()) > 1
            && rules.horizontal.len() + rules.vertical.len() >= FEWEST_RULES
    };
    let ink = |glyphs: &[Glyph], area: Area| {
        let inside = glyphs.iter().filter(|glyph| area.holds(glyph.area.middle()));
        inside.filter(|glyph| !glyph.character.is_whitespace()).count()
    };
    let components = Rules::of(&page.marks).components();
    let areas = components.iter().filter(|rules| is_grid(rules)).filter_map(Rules::area);
    areas.filter(|area| ink(&page.glyphs, *area) >= ink(&page.aslant, *area)).collect()
}

/// The tables that run so many quarter turns off, where they hold amounts.
fn block(page: &mut PrintedPage, turns: usize, grids: &[Area], above: Option<&Table>) -> Option<Block> {
    let is_free = |(x, y): (f64, f64)| !grids.iter().any(|grid| grid.grown(2.0).holds((x, y)));
    let is_taken = |glyph: &Glyph| runs(glyph, turns) && is_free(glyph.area.middle());
    let glyphs: Vec<Glyph> = page.aslant.iter().filter(|glyph| is_taken(glyph)).copied().collect();
    if amounts(&glyphs).is_empty() {
        return None;
    }
    let marks = page.marks.iter().filter(|mark| is_free(around(**mark).middle())).copied().collect();
    let (number, width, height) = (page.number, page.width, page.height);
    let aslant = page.glyphs.clone();
    let mut turned = PrintedPage { number, width, height, glyphs, aslant, marks, ..PrintedPage::default() };
    let back = turn(&mut turned, turns).back();
    let (mut tables, _) = tables_of(&mut turned, above);
    tables.retain(holds_amounts);
    let rest = outside(&tables, turned.glyphs.clone());
    let is_beside = |row: &WrittenRow| {
        tables.iter().any(|table| row.area.left < table.area.right && table.area.left < row.area.right)
    };
    let rows: Vec<WrittenRow> = rows_of(rest).into_iter().filter(is_beside).collect();
    let held: Vec<Area> = tables.iter().map(|table| back.area(table.area.grown(2.0))).collect();
    let read: Vec<Area> = rows.iter().map(|row| back.area(row.area.grown(1.0))).chain(held.iter().copied()).collect();
    let top = held.iter().map(|area| area.top).reduce(f64::min)?;
    let is_in = |areas: &[Area], area: Area| areas.iter().any(|other| other.holds(area.middle()));
    page.aslant.retain(|glyph| !(is_taken(glyph) && is_in(&read, glyph.area)));
    page.glyphs.retain(|glyph| !is_in(&held, glyph.area));
    page.marks.retain(|mark| !is_in(&held, around(*mark)));
    // Text of the page's own direction that is the text of no cell of theirs.
    page.aslant.extend(outside_of_cells(&turned, &tables));
    for cell in tables.iter_mut().flat_map(|table| &mut table.rows).flat_map(|row| row.cells.iter_mut().flatten()) {
        cell.area = back.area(cell.area);
    }
    Some(Block { items: in_order(&turned, tables, rows), top })
}

fn outside_of_cells(turned: &PrintedPage, tables: &[Table]) -> Vec<Glyph> {
    let is_held = |glyph: &&Glyph| tables.iter().any(|table| table.area.grown(2.0).holds(glyph.area.middle()));
    turned.aslant.iter().filter(is_held).copied().collect()
}

fn holds_amounts(table: &Table) -> bool {
    let mut cells = table.rows.iter().flat_map(|row| row.cells.iter().flatten());
    cells.any(|cell| cell.is_number && cell.text.contains(parts_digits))
}

fn around(mark: Mark) -> Area {
    match mark {
        Mark::Stroke(from, to) => Area::around(from, to),
        Mark::Fill(area) => area,
    }
}

//! One page → its tables, and the lines outside of them, in reading order.

use super::geometry::{Glyph, PrintedPage};
use super::gutter::Gutter;
use super::items::Item;
use super::lines::PageLine;
use super::lines::writing::{Gaps, WrittenRow, rows_of};
use super::tables::borders::between_cells;
use super::tables::open::open_tables;
use super::tables::ruled::ruled_table;
use super::tables::rules::{Rule, Rules};
use super::tables::table::Table;

/// The border of a page holds more than this of its width and height.
const WHOLE: f64 = 0.8;
/// Its lines stand closer to each other than this.
const BORDER: f64 = 10.0;

/// The tables of a page, and the characters outside of them. `above` is the last table of the page before.
pub fn tables_of(page: &mut PrintedPage, above: Option<&Table>) -> (Vec<Table>, Vec<Glyph>) {
    let mut rules = Rules::of(&page.marks);
    rules.vertical.append(&mut between_cells(&rules, &page.glyphs));
    let components = rules.components();
    let borders: Vec<&Rule> = components
        .iter()
        .filter(|component| is_border(component, page))
        .flat_map(|border| &border.horizontal)
        .collect();
    let mut tables: Vec<Table> = components
        .iter()
        .filter_map(|component| ruled_table(page.number, component, &page.glyphs, &mut page.aslant))
        .collect();
    let mut rest = outside(&tables, page.glyphs.clone());
    let is_free = |rule: &Rule| {
        !borders.contains(&rule) && !tables.iter().any(|table| table.area.grown(2.0).holds((rule.from, rule.at)))
    };
    let free = Rules { horizontal: rules.horizontal.iter().filter(|rule| is_free(rule)).copied().collect(), ..rules };
    let open = open_tables(page.number, &free, &rest, above);
    rest = outside(&open, rest);
    tables.extend(open);
    (tables, rest)
}

/// Rules around the whole page, which are the frame of no table.
fn is_border(rules: &Rules, page: &PrintedPage) -> bool {
    let Some(area) = rules.area().filter(|_| rules.horizontal.len() > 1 && rules.vertical.len() > 1) else {
        return false;
    };
    let is_outer = |at: f64, from: f64, to: f64| (at - from).abs() < BORDER || (at - to).abs() < BORDER;
    area.width() > WHOLE * page.width
        && area.height() > WHOLE * page.height
        && rules.horizontal.iter().all(|rule| is_outer(rule.at, area.top, area.bottom))
        && rules.vertical.iter().all(|rule| is_outer(rule.at, area.left, area.right))
}

/// Tables and the rows of the other characters, from top to bottom; tables that stand beside each other one after the other.
pub fn in_order(page: &PrintedPage, tables: Vec<Table>, rows: Vec<WrittenRow>) -> Vec<Item> {
    let line = |row: WrittenRow| {
        Item::Line(PageLine {
            page: page.number,
            paper: (page.width, page.height),
            text: row.text(Gaps::Tabs),
            area: row.area,
            baseline: row.baseline,
            size: row.size,
            score: row.score(),
        })
    };
    let gutter = Gutter::between(&tables, &rows);
    let rows: Vec<WrittenRow> = match &gutter {
        Some(gutter) => rows.into_iter().flat_map(|row| gutter.parted(row)).collect(),
        None => rows,
    };
    let mut items: Vec<Item> = rows.into_iter().map(line).chain(tables.into_iter().map(Item::Table)).collect();
    let order = |item: &Item| gutter.as_ref().map_or(0, |gutter| gutter.order(item.area()));
    items.sort_by(|one, other| order(one).cmp(&order(other)).then(one.area().top.total_cmp(&other.area().top)));
    items
}

/// The items of a page that holds text of one direction.
pub fn items_of(page: &mut PrintedPage, above: Option<&Table>) -> Vec<Item> {
    let (tables, rest) = tables_of(page, above);
    in_order(page, tables, rows_of(rest))
}

/// The characters that no table holds.
pub fn outside(tables: &[Table], glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let is_inside = |glyph: &Glyph| tables.iter().any(|table| table.area.grown(2.0).holds(glyph.area.middle()));
    glyphs.into_iter().filter(|glyph| !is_inside(glyph)).collect()
}

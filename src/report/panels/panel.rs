//! One answer as a panel: a chart, and its figures as a table beneath.
//!
//! Long rows (`item`, `col`, `value`, `unit`) become a table of items by columns and may be drawn; any other rows become
//! a plain table. A column `x_to` says where `x` leads, `x_en` is its English; neither is shown by itself.

use rust_decimal::Decimal;
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::amount::{Scale, grouped};
use super::chart::{self, Chart, MOST_BARS, Point};
use crate::error::Result;
use crate::report::places::Places;
use crate::report::store::{Rows, Store};
use crate::report::templates::Speech;
use crate::vocabulary::Unit;
use crate::warehouse::{Header, Notes, Value};

/// Series beside each other at most: as many as there are patterns.
const MOST_SERIES: usize = 3;
const MOST_GROUPS: usize = 8;
/// Sources of one number that are linked at most.
const MOST_LINKS: usize = 6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Columns,
    Bars,
    Table,
}

/// A file of `sql/report/<folder>/`, asked and kept.
#[derive(Debug)]
pub struct PanelSource {
    pub table: String,
    name: String,
    title: (String, String),
    note: (String, String),
    view: String,
    kind: Kind,
    /// The items drawn; empty: the largest.
    drawn: Vec<String>,
    notes: Notes,
    header: Header,
}

/// A panel as its template shows it.
#[derive(Debug, Default, Serialize)]
pub struct Panel {
    pub name: String,
    pub title: String,
    pub note: String,
    /// The page of the view it is taken from, and its name.
    pub view: String,
    pub view_link: String,
    pub kind: &'static str,
    /// Items by columns; else plain rows.
    pub is_grid: bool,
    pub chart: Option<Chart>,
    pub chart_says: String,
    /// What the axis and what the table counts in.
    pub unit: String,
    pub table_unit: String,
    pub now: String,
    pub before: String,
    pub drawn: usize,
    pub items: usize,
    pub headings: Vec<String>,
    pub rows: Vec<PanelRow>,
    pub doubts: Vec<String>,
}

#[derive(Debug, Default, Serialize)]
pub struct PanelRow {
    pub name: String,
    pub link: String,
    pub unit: String,
    pub cells: Vec<PanelCell>,
}

#[derive(Debug, Default, Clone, Serialize)]
pub struct PanelCell {
    pub text: String,
    pub links: Vec<String>,
    pub doubt: String,
    pub is_number: bool,
}

/// The files of `sql/report/<folder>/`, each asked once.
///
/// # Errors
/// One of them fails.
pub fn keep_panels(store: &Store<'_>, folder: &str) -> Result<Vec<PanelSource>> {
    let common = Notes::common(store.project)?;
    let path = format!("sql/report/{folder}");
    let files: Vec<String> = store.project.under(&path, "sql").map(|file| file.path.clone()).collect();
    let mut panels = Vec::new();
    for file in files {
        let stem = file.rsplit('/').next().unwrap_or_default().trim_end_matches(".sql");
        let name = stem.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('_').to_owned();
        let table = format!("report_{folder}_{name}");
        let header = store.keep(&table, &file)?;
        let remark = |key: &str| header.remark(key).map_or(("", ""), |found| found);
        let both = |key: &str| (remark(key).0.to_owned(), remark(key).1.to_owned());
        panels.push(PanelSource {
            title: header.title.clone(),
            note: both("note"),
            view: remark("view").0.to_owned(),
            kind: match remark("chart").0 {
                "columns" => Kind::Columns,
                "bars" => Kind::Bars,
                _ => Kind::Table,
            },
            drawn: remark("shown").0.split_whitespace().map(str::to_owned).collect(),
            notes: common.clone(),
            header,
            table,
            name,
        });
    }
    Ok(panels)
}

/// One column of a table of items; years between the first and the last that nothing is known of are there, too.
pub fn with_gaps(mut columns: Vec<String>) -> Vec<String> {
    columns.sort();
    columns.dedup();
    let years: Vec<i32> = columns.iter().filter_map(|column| column.parse().ok()).collect();
    if let (Some(first), Some(last)) = (years.first(), years.last())
        && last - first < 60
    {
        columns.extend((*first..=*last).map(|year| year.to_string()));
        columns.sort();
        columns.dedup();
    }
    columns
}

impl PanelSource {
    /// The panel of one page; `columns` are the page's, or empty where they follow from the rows.
    pub fn panel(&self, rows: &Rows, columns: &[String], places: &Places, from_folder: bool, speech: &Speech) -> Panel {
        let view_link = places.links(&["view", &self.view].join(" "), from_folder);
        let mut panel = Panel {
            name: self.name.clone(),
            title: speech.pick(&self.title).to_owned(),
            note: speech.pick(&self.note).to_owned(),
            view: self.view.clone(),
            view_link: view_link.into_iter().next().unwrap_or_default(),
            kind: match self.kind {
                Kind::Columns => "columns",
                Kind::Bars => "bars",
                Kind::Table => "table",
            },
            ..Panel::default()
        };
        let links = |target: &str| {
            let mut links = places.links(target, from_folder);
            links.truncate(MOST_LINKS);
            links
        };
        if rows.columns.iter().any(|column| column == "col") {
            let grid = Items::read(rows, columns, &links, speech);
            panel.is_grid = true;
            self.draw(&mut panel, &grid, speech);
            grid.fill(&mut panel, speech);
        } else {
            self.plain(&mut panel, rows, &links, speech);
        }
        panel
    }

    fn plain(&self, panel: &mut Panel, rows: &Rows, links: &impl Fn(&str) -> Vec<String>, speech: &Speech) {
        let is_shown = |name: &str| {
            let is_other_language = match name.strip_suffix("_en") {
                Some(_) => speech.is_chinese,
                None => !speech.is_chinese && rows.columns.contains(&format!("{name}_en")),
            };
            name != "page_key" && !name.ends_with("_to") && !is_other_language
        };
        let shown: Vec<String> = rows.columns.iter().filter(|name| is_shown(name)).cloned().collect();
        panel.headings = self.headings(&shown, speech);
        let row_of = |row: &Vec<Value>| {
            let cell = |name: &String| {
                let value = rows.value(row, name);
                let target = rows.text(row, &format!("{}_to", name.trim_end_matches("_en")));
                let is_number = matches!(value, Value::Decimal(_) | Value::Integer(_)) && name != "fiscal_year";
                PanelCell {
                    text: shown_value(&value, speech),
                    links: links(&target),
                    is_number,
                    ..PanelCell::default()
                }
            };
            PanelRow { cells: shown.iter().map(cell).collect(), ..PanelRow::default() }
        };
        panel.rows = rows.rows.iter().map(row_of).collect();
        panel.items = panel.rows.len();
    }

    /// What its own file writes over a column stands there whole, with its unit.
    fn headings(&self, columns: &[String], speech: &Speech) -> Vec<String> {
        let shared = self.notes.headings(columns, speech.is_chinese);
        let own = |(column, shared): (&String, String)| match self.header.columns.iter().find(|it| it.column == *column)
        {
            Some(note) if speech.is_chinese => note.chinese.clone(),
            Some(note) => note.english.clone(),
            None => shared,
        };
        columns.iter().zip(shared).map(own).collect()
    }

    fn draw(&self, panel: &mut Panel, grid: &Items, speech: &Speech) {
        let scale = grid.scale();
        panel.unit = speech.unit(scale, &grid.unit());
        panel.table_unit = speech.unit(scale.of_table(), "");
        panel.items = grid.items.len();
        let point = |item: &Item, at: usize| {
            let cell = item.cells.get(at)?.as_ref().filter(|_| item.unit == grid.unit())?;
            let says = format!("{} {}: {} {}", item.name, grid.columns[at], scale.shown(cell.value), panel.unit);
            Some(Point { value: cell.value, link: cell.links.first().cloned().unwrap_or_default(), says })
        };
        let is_drawn = |item: &&Item| self.drawn.is_empty() || self.drawn.contains(&item.key);
        let chart = match self.kind {
            Kind::Table => return,
            Kind::Columns => {
                let first = grid.columns.len().saturating_sub(MOST_GROUPS);
                let drawn: Vec<&Item> = grid.items.iter().filter(is_drawn).take(MOST_SERIES).collect();
                panel.drawn = drawn.len();
                let series: Vec<(String, Vec<Option<Point>>)> = drawn
                    .iter()
                    .map(|item| (item.name.clone(), (first..grid.columns.len()).map(|at| point(item, at)).collect()))
                    .collect();
                chart::columns(&grid.columns[first..], &series, scale)
            }
            Kind::Bars => {
                let has_value =
                    |at: &usize| grid.items.iter().any(|item| item.cells.get(*at).is_some_and(Option::is_some));
                let mut with_values = (0..grid.columns.len()).rev().filter(has_value);
                let Some(now) = with_values.next() else { return };
                let before = now.checked_sub(1).filter(has_value);
                panel.now = grid.columns[now].clone();
                panel.before = before.map(|at| grid.columns[at].clone()).unwrap_or_default();
                let mut rows: Vec<(String, Option<Point>, Option<Point>)> = grid
                    .items
                    .iter()
                    .filter(is_drawn)
                    .map(|item| (shortened(&item.name), point(item, now), before.and_then(|at| point(item, at))))
                    .filter(|(_, now, before)| [now, before].into_iter().flatten().any(|point| !point.value.is_zero()))
                    .collect();
                rows.sort_by_key(|(_, now, _)| std::cmp::Reverse(now.as_ref().map(|point| point.value)));
                rows.truncate(MOST_BARS);
                panel.drawn = rows.len();
                chart::bars(&rows, scale)
            }
        };
        panel.chart_says = format!("{}, {}", panel.title, panel.unit);
        panel.chart = Some(chart).filter(|chart| !chart.bars.is_empty());
    }
}

/// Names that fit beside a bar; the table has them whole.
fn shortened(name: &str) -> String {
    const MOST: usize = 50;
    if name.width() <= MOST {
        return name.to_owned();
    }
    let mut room = MOST - 1;
    let fits = |letter: &char| {
        let width = letter.width().unwrap_or(0);
        let fits = width <= room;
        room = room.saturating_sub(width);
        fits
    };
    name.chars().take_while(fits).chain(['…']).collect()
}

fn shown_value(value: &Value, speech: &Speech) -> String {
    match value {
        Value::Decimal(number) => grouped(&number.normalize().to_string()),
        Value::Text(text) => speech.say(text),
        Value::Timestamp(moment) => moment.replace('T', " "),
        other => other.shown(),
    }
}

/// Long rows, by item and column.
struct Items {
    columns: Vec<String>,
    items: Vec<Item>,
}

struct Item {
    key: String,
    name: String,
    link: String,
    unit: String,
    cells: Vec<Option<ItemCell>>,
}

struct ItemCell {
    value: Decimal,
    out_of: Option<String>,
    links: Vec<String>,
    doubt: String,
}

impl Items {
    fn read(rows: &Rows, columns: &[String], links: &impl Fn(&str) -> Vec<String>, speech: &Speech) -> Self {
        let columns = match columns {
            [] => with_gaps(rows.rows.iter().map(|row| rows.text(row, "col")).collect()),
            columns => columns.to_vec(),
        };
        let mut items: Vec<Item> = Vec::new();
        for row in &rows.rows {
            let key = rows.text(row, "item");
            let at = items.iter().position(|item| item.key == key).unwrap_or_else(|| {
                let english = rows.text(row, "item_name_en");
                let name = if speech.is_chinese || english.is_empty() { rows.text(row, "item_name") } else { english };
                items.push(Item {
                    key,
                    name: speech.say(&name),
                    link: links(&rows.text(row, "item_to")).into_iter().next().unwrap_or_default(),
                    unit: rows.text(row, "unit"),
                    cells: columns.iter().map(|_| None).collect(),
                });
                items.len() - 1
            });
            let column = columns.iter().position(|column| *column == rows.text(row, "col"));
            if let (Some(column), Some(value)) = (column, rows.value(row, "value").as_decimal()) {
                items[at].cells[column] = Some(ItemCell {
                    value,
                    out_of: rows.value(row, "out_of").as_integer().map(|count| count.to_string()),
                    links: links(&rows.text(row, "value_to")),
                    doubt: rows.text(row, "doubt"),
                });
            }
        }
        Self { columns, items }
    }

    /// The unit of what is drawn.
    fn unit(&self) -> String {
        self.items.first().map(|item| item.unit.clone()).unwrap_or_default()
    }

    fn is_money(item: &Item) -> bool {
        Unit::from_printed(&item.unit) == Unit::Yuan
    }

    fn scale(&self) -> Scale {
        if !self.items.first().is_some_and(Self::is_money) {
            return Scale::Plain;
        }
        let amounts = self.items.iter().filter(|item| Self::is_money(item));
        let largest = amounts.flat_map(|item| item.cells.iter().flatten()).map(|cell| cell.value.abs()).max();
        Scale::of(largest.unwrap_or_default())
    }

    fn fill(self, panel: &mut Panel, speech: &Speech) {
        let scale = self.scale().of_table();
        panel.headings = self.columns.iter().map(|column| speech.say(column)).collect();
        let has_one_unit = self.items.iter().all(|item| item.unit == self.unit());
        for item in self.items {
            let own = if Self::is_money(&item) && scale != Scale::Plain { scale } else { Scale::Plain };
            let unit = if has_one_unit && own != Scale::Plain { String::new() } else { speech.unit(own, &item.unit) };
            let mut row = PanelRow { name: item.name, link: item.link, unit, cells: Vec::new() };
            for (column, cell) in self.columns.iter().zip(item.cells) {
                let Some(cell) = cell else {
                    row.cells.push(PanelCell::default());
                    continue;
                };
                let mut text = own.shown(cell.value);
                if let Some(out_of) = cell.out_of {
                    text = format!("{text} / {out_of}");
                }
                if !cell.doubt.is_empty() {
                    panel.doubts.push(format!("{} {column}: {}", row.name, cell.doubt));
                }
                row.cells.push(PanelCell { text, links: cell.links, doubt: cell.doubt, is_number: true });
            }
            panel.rows.push(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_nothing_is_known_of_are_columns_too() {
        let columns = |names: &[&str]| with_gaps(names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(columns(&["2023", "2020", "2020"]), ["2020", "2021", "2022", "2023"]);
        assert_eq!(columns(&["B", "A"]), ["A", "B"]);
    }
}

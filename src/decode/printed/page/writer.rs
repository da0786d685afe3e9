//! Takes page after page and writes the document they make up.

use super::geometry::{Glyph, PrintedPage};
use super::lines::PageLine;
use super::lines::furniture::is_furniture;
use super::lines::paragraphs::{Joiner, Paragraph};
use super::lines::writing::{Gaps, rows_of};
use super::notes::{Notes, listed};
use super::tables::joining::{goes_on, join, stands_beside};
use super::tables::open::open_tables;
use super::tables::ruled::ruled_table;
use super::tables::rules::{Rule, Rules};
use super::tables::table::Table;
use super::upright::upright;
use crate::decode::document::{CellValue, Document, Format, Line, Pages, PrintedAt, PrintedLine, TableCell};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::decode::sheets::builder::GridBuilder;
use crate::vocabulary::{CellReference, Finding, Place, Severity};

/// What stands on a page, from top to bottom.
enum Item {
    Line(PageLine),
    Table(Table),
}

/// Collects what pages print; `finish` joins what goes on from one to the next.
#[derive(Default)]
pub struct PageWriter {
    items: Vec<Item>,
    notes: Notes,
    rules: u32,
}

impl PageWriter {
    /// What is told of the pages.
    pub fn notes(&mut self) -> &mut Notes {
        &mut self.notes
    }

    /// Takes the next page in reading order.
    pub fn page(&mut self, page: PrintedPage) {
        self.notes.take(&page);
        let page = upright(page);
        let (tables, rest) = self.tables_of(&page);
        let line = |row: super::lines::writing::WrittenRow| {
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
        let mut items: Vec<Item> =
            rows_of(rest).into_iter().map(line).chain(tables.into_iter().map(Item::Table)).collect();
        items.sort_by(|one, other| top(one).total_cmp(&top(other)));
        self.items.append(&mut items);
    }

    /// The tables of a page, and the characters outside of them.
    fn tables_of(&mut self, page: &PrintedPage) -> (Vec<Table>, Vec<Glyph>) {
        let rules = Rules::of(&page.marks);
        self.rules += (rules.horizontal.len() + rules.vertical.len()) as u32;
        let mut tables: Vec<Table> = rules
            .components()
            .iter()
            .filter_map(|component| ruled_table(page.number, component, &page.glyphs))
            .collect();
        let mut rest = outside(&tables, page.glyphs.clone());
        let is_free = |rule: &Rule| !tables.iter().any(|table| table.area.grown(2.0).holds((rule.from, rule.at)));
        let free =
            Rules { horizontal: rules.horizontal.iter().filter(|rule| is_free(rule)).copied().collect(), ..rules };
        let last = self.items.iter().rev().find_map(|item| match item {
            Item::Table(table) => Some(table),
            Item::Line(_) => None,
        });
        let above = last.filter(|table| table.last_page() + 1 == page.number);
        let open = open_tables(page.number, &free, &rest, above);
        rest = outside(&open, rest);
        tables.extend(open);
        (tables, rest)
    }

    /// The document all pages make up.
    ///
    /// # Errors
    /// Nothing is written on them: they are pictures, or blank.
    pub fn finish(mut self, format: Format, limits: &Limits) -> Result<Document, DecodeFailure> {
        if self.items.is_empty() {
            return Err(self.notes.nothing_written());
        }
        self.drop_furniture();
        let items = joined(std::mem::take(&mut self.items));
        let mut findings = self.notes.findings();
        findings.extend(printed_across(&items));
        let mut writing = Writing { limits, document: empty(format, findings), cells: 0 };
        let joiner = Joiner::of(items.iter().filter_map(|item| match item {
            Item::Line(line) => Some(line),
            Item::Table(_) => None,
        }));
        let mut stretch: Vec<&PageLine> = Vec::new();
        for item in &items {
            match item {
                Item::Line(line) => stretch.push(line),
                Item::Table(table) => {
                    writing.paragraphs(joiner.paragraphs(&std::mem::take(&mut stretch)));
                    writing.table(table)?;
                }
            }
        }
        writing.paragraphs(joiner.paragraphs(&stretch));
        writing.document.pages.count = self.notes.pages;
        writing.document.pages.rules = self.rules;
        if writing.document.lines.is_empty() { Err(self.notes.nothing_written()) } else { Ok(writing.document) }
    }

    fn drop_furniture(&mut self) {
        let lines: Vec<&PageLine> = self
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Line(line) => Some(line),
                Item::Table(_) => None,
            })
            .collect();
        let mut furniture = is_furniture(&lines, self.notes.pages as usize).into_iter();
        self.items.retain(|item| matches!(item, Item::Table(_)) || !furniture.next().unwrap_or(false));
    }
}

/// The characters that no table holds.
fn outside(tables: &[Table], glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let is_inside = |glyph: &Glyph| tables.iter().any(|table| table.area.grown(2.0).holds(glyph.area.middle()));
    glyphs.into_iter().filter(|glyph| !is_inside(glyph)).collect()
}

fn top(item: &Item) -> f64 {
    match item {
        Item::Line(line) => line.area.top,
        Item::Table(table) => table.area.top,
    }
}

/// Pages that look like one sheet printed several pages across.
fn printed_across(items: &[Item]) -> Option<Finding> {
    let tables: Vec<&Table> = items
        .iter()
        .filter_map(|item| match item {
            Item::Table(table) => Some(table),
            Item::Line(_) => None,
        })
        .collect();
    let is_next = |pair: &&[&Table]| pair[1].rows.first().is_some_and(|row| row.page == pair[0].last_page() + 1);
    let beside = tables.windows(2).filter(is_next).filter(|pair| stands_beside(pair[0], pair[1]));
    let pages: Vec<u32> = beside.map(|pair| pair[1].last_page()).collect();
    (!pages.is_empty()).then(|| {
        Finding::extraction(
            "decode.printed_across",
            Severity::Warning,
            Place::File,
            format!("{} pages hold the rows of the page before under other columns (page {}): a sheet may be printed several pages across, and each page is read by itself", pages.len(), listed(&pages)),
            "look for the publisher's Excel attachment, or compare these pages by eye".to_owned(),
        )
    })
}

/// Tables that go on are one. Lines between them that only repeat what stands above the first are dropped.
fn joined(items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    for item in items {
        let Item::Table(table) = item else {
            out.push(item);
            continue;
        };
        match above(&out, &table) {
            Some(at) => {
                out.truncate(at + 1);
                if let Some(Item::Table(above)) = out.last_mut() {
                    join(above, table);
                }
            }
            None => out.push(Item::Table(table)),
        }
    }
    out
}

/// Where the table stands that this one goes on with.
fn above(out: &[Item], table: &Table) -> Option<usize> {
    let at = out.iter().rposition(|item| matches!(item, Item::Table(_)))?;
    let Item::Table(above) = &out[at] else { return None };
    let page = table.rows.first()?.page;
    if above.last_page() + 1 != page || !goes_on(above, table) {
        return None;
    }
    let text = |item: &Item| match item {
        Item::Line(line) => Some(line.text.clone()),
        Item::Table(_) => None,
    };
    let between: Vec<String> = out[at + 1..].iter().filter_map(text).collect();
    let before: Vec<String> = out[..at].iter().rev().map_while(text).take(between.len()).collect();
    let repeats = between.iter().rev().eq(before.iter());
    repeats.then_some(at)
}

fn empty(format: Format, findings: Vec<Finding>) -> Document {
    Document {
        format,
        encoding: String::new(),
        grids: Vec::new(),
        lines: Vec::new(),
        findings,
        pages: Pages::default(),
    }
}

/// The document while it is written.
struct Writing<'l> {
    limits: &'l Limits,
    document: Document,
    cells: usize,
}

impl Writing<'_> {
    fn paragraphs(&mut self, paragraphs: Vec<Paragraph>) {
        for Paragraph { text, pages, score } in paragraphs {
            self.line(text, None, PrintedLine { pages, score });
        }
    }

    fn line(&mut self, text: String, cell: Option<TableCell>, printed: PrintedLine) {
        let number = self.document.lines.len() as u32 + 1;
        self.document.lines.push(Line { number, text, cell });
        self.document.pages.lines.push(printed);
    }

    fn table(&mut self, table: &Table) -> Result<(), DecodeFailure> {
        let index = self.document.grids.len();
        self.limits.check_sheets(index + 1)?;
        let after_line = self.document.lines.last().map(|line| line.number);
        let mut grid = GridBuilder::new(&format!("table {}", index + 1), index + 1, false);
        let mut places = Vec::new();
        for (row, printed) in table.rows.iter().enumerate() {
            for (column, cell) in printed.cells.iter().enumerate() {
                let Some(cell) = cell else { continue };
                self.cells += 1;
                let at = CellReference::new(row as u32, column as u32);
                grid.add(at.row, at.column, CellValue::Text(cell.text.clone()));
                places.push((at, PrintedAt { page: printed.page, area: cell.area, score: cell.score }));
                let line = PrintedLine { pages: vec![(0, printed.page)], score: cell.score };
                self.line(cell.text.clone(), Some(TableCell { grid: index, at }), line);
            }
        }
        self.limits.check_cells(self.cells)?;
        for span in &table.spans {
            let at = |(row, column): (usize, usize)| (row as u32, column as u32);
            grid.merge(at(span.first), at(span.last));
        }
        let mut grid = grid.finish(self.limits, &mut self.document.findings);
        grid.rows = table.rows.len() as u32;
        grid.columns = table.columns() as u32;
        grid.after_line = after_line;
        self.document.grids.push(grid);
        self.document.pages.cells.push(places);
        Ok(())
    }
}

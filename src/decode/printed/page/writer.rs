//! Takes page after page and writes the document they make up.

use super::geometry::PrintedPage;
use super::items::{Item, whole};
use super::layout::items_of;
use super::lines::PageLine;
use super::lines::furniture::is_furniture;
use super::lines::paragraphs::{Joiner, Paragraph};
use super::notes::Notes;
use super::tables::rules::Rules;
use super::tables::table::Table;
use super::turned::{amounts, put_between, taken_off};
use super::upright::upright;
use crate::decode::document::{CellValue, Document, Format, Line, Pages, PrintedAt, PrintedLine, TableCell};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::decode::sheets::builder::GridBuilder;
use crate::vocabulary::{CellReference, Finding};

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
        let mut page = upright(page);
        let rules = Rules::of(&page.marks);
        self.rules += (rules.horizontal.len() + rules.vertical.len()) as u32;
        let last = self.items.iter().rev().find_map(Item::table);
        let above = last.filter(|table| table.last_page + 1 == page.number);
        let blocks = taken_off(&mut page, above);
        let mut items = items_of(&mut page, above);
        put_between(&mut items, blocks);
        self.items.append(&mut items);
        self.notes.aslant(page.number, amounts(&page.aslant));
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
        let (items, across) = whole(std::mem::take(&mut self.items));
        let mut findings = self.notes.findings();
        findings.extend(across);
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
                places.push((at, PrintedAt { page: cell.page, area: cell.area, score: cell.score }));
                let line = PrintedLine { pages: vec![(0, cell.page)], score: cell.score };
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

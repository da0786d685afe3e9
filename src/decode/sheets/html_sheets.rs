//! HTML tables saved as .xls: each `<table>` a grid, `colspan` and `rowspan` as merges.

use scraper::{ElementRef, Html, Selector};

use super::builder::GridBuilder;
use super::html_look::PageLook;
use crate::decode::document::{CellValue, Document, Format, Grid, Pages};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::decode::shown::value::text_shown;
use crate::vocabulary::Finding;

/// Rows and columns one `rowspan` or `colspan` may cover.
const LARGEST_SPAN: u32 = 1000;

pub fn decode_html_workbook(text: &str, encoding: &str, limits: &Limits) -> Result<Document, DecodeFailure> {
    let page = Html::parse_document(text);
    let mut findings = Vec::new();
    let grids = html_grids(page.root_element(), limits, &mut findings)?;
    Ok(Document {
        format: Format::Html,
        encoding: encoding.to_owned(),
        grids,
        lines: Vec::new(),
        findings,
        pages: Pages::default(),
    })
}

/// The outermost tables below an element, in document order.
pub fn html_grids(
    root: ElementRef<'_>,
    limits: &Limits,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Grid>, DecodeFailure> {
    let selector = Selector::parse("table").map_err(DecodeFailure::damaged)?;
    let look = PageLook::around(root);
    let mut grids = Vec::new();
    let mut cells = 0;
    for table in root.select(&selector).filter(|table| !is_inside_table(*table)) {
        limits.check_sheets(grids.len() + 1)?;
        let grid = read_table(table, grids.len() + 1, &look, limits, findings)?;
        cells += grid.cells.len();
        limits.check_cells(cells)?;
        if !grid.cells.is_empty() {
            grids.push(grid);
        }
    }
    Ok(grids)
}

fn is_inside_table(table: ElementRef<'_>) -> bool {
    table.ancestors().filter_map(ElementRef::wrap).any(|element| element.value().name() == "table")
}

fn read_table(
    table: ElementRef<'_>,
    number: usize,
    look: &PageLook,
    limits: &Limits,
    findings: &mut Vec<Finding>,
) -> Result<Grid, DecodeFailure> {
    let mut grid = GridBuilder::new(&format!("table {number}"), number, false);
    hide_columns(table, look, &mut grid);
    let mut hidden_cells = Vec::new();
    // For each column, the first row that no cell from above reaches into.
    let mut free_from: Vec<u32> = Vec::new();
    let lines = table.descendent_elements().filter(|element| element.value().name() == "tr");
    for (row, element) in (0u32..).zip(lines) {
        let mut column = 0u32;
        if look.is_hidden(element) {
            grid.hide_rows(row, row);
        }
        for cell in element.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th")) {
            while free_from.get(column as usize).is_some_and(|free| *free > row) {
                column += 1;
            }
            let (across, down) = (span(cell, "colspan"), span(cell, "rowspan"));
            if let Some(value) = value_of(cell, look) {
                grid.add(row, column, value);
                limits.check_cells(grid.cells())?;
            }
            if look.is_hidden(cell) {
                hidden_cells.push((row, column));
            }
            grid.merge((row, column), (row + down - 1, column + across - 1));
            let end = (column + across) as usize;
            if end as u64 > limits.area {
                return Err(DecodeFailure::TooLarge { reason: "its cells span more than a sheet holds".to_owned() });
            }
            free_from.resize(free_from.len().max(end), 0);
            free_from[column as usize..end].fill(row + down);
            column += across;
        }
    }
    hidden_cells.into_iter().for_each(|(row, column)| grid.hide_cell(row, column));
    Ok(grid.finish(limits, findings))
}

fn hide_columns(table: ElementRef<'_>, look: &PageLook, grid: &mut GridBuilder) {
    let mut column = 0;
    for element in table.descendent_elements().filter(|element| element.value().name() == "col") {
        let width = span(element, "span");
        if look.is_hidden(element) {
            grid.hide_columns(column, column + width - 1);
        }
        column += width;
    }
}

/// A formula that nobody has worked out, struck-out numbers, or the text as shown.
fn value_of(cell: ElementRef<'_>, look: &PageLook) -> Option<CellValue> {
    let (text, kept) = (cell_text(cell, None), cell_text(cell, Some(look)));
    match cell.attr("x:fmla") {
        Some(formula) if text.is_empty() => Some(CellValue::Formula(formula.to_owned())),
        _ if text.is_empty() => None,
        _ => Some(text_shown(text.clone(), (kept != text).then_some(kept))),
    }
}

fn span(cell: ElementRef<'_>, name: &str) -> u32 {
    cell.attr(name).and_then(|text| text.trim().parse::<u32>().ok()).unwrap_or(1).clamp(1, LARGEST_SPAN)
}

/// The text of a cell, without what the look of the page strikes out where one is given; `<br>` and block ends become line breaks, source line breaks
/// mere spaces.
fn cell_text(cell: ElementRef<'_>, look: Option<&PageLook>) -> String {
    let mut text = String::new();
    for node in cell.descendants() {
        let mut elements = node.ancestors().filter_map(ElementRef::wrap);
        if look.is_some_and(|look| elements.any(|element| look.is_struck(element))) {
            continue;
        }
        if let Some(part) = node.value().as_text() {
            let mut words = part.split_ascii_whitespace();
            if part.starts_with(|character: char| character.is_ascii_whitespace()) && !text.is_empty() {
                text.push(' ');
            }
            if let Some(first) = words.next() {
                text.push_str(first);
            }
            for word in words {
                text.push(' ');
                text.push_str(word);
            }
        } else if node.value().as_element().is_some_and(|element| matches!(element.name(), "br" | "p" | "div"))
            && !text.is_empty()
        {
            text.push('\n');
        }
    }
    text.trim_matches(|character: char| character.is_whitespace() || character == '\u{a0}').replace('\u{a0}', " ")
}

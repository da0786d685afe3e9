//! Sheets stored as XML text: OpenDocument spreadsheets (.ods, or flat in one file) and Excel 2003 SpreadsheetML.
//! Elements and attributes go by their local names: writers choose their own prefixes.

mod data_style;
mod styles;

use std::sync::Arc;

use quick_xml::events::BytesStart;
use styles::Styles;

use super::builder::GridBuilder;
use super::number::cell_shown;
use crate::decode::document::{CellValue, Document, Format, Grid, Pages};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::decode::shown::number_format::NumberFormat;
use crate::decode::shown::value::{Epoch, ValueShown, date_as_text, number_as_text, struck, text_shown};
use crate::decode::xml::{self, Parts, attribute, is_set};
use crate::vocabulary::Finding;

/// What differs between the two dialects.
struct Dialect {
    format: Format,
    sheet: &'static str,
    row: &'static str,
    cells: &'static [&'static str],
}

const OPEN_DOCUMENT: Dialect =
    Dialect { format: Format::Ods, sheet: "table", row: "table-row", cells: &["table-cell", "covered-table-cell"] };

const SPREADSHEET_ML: Dialect = Dialect { format: Format::Xls, sheet: "Worksheet", row: "Row", cells: &["Cell"] };

/// Reads the `styles.xml` and the `content.xml` of an OpenDocument spreadsheet; a flat one is all content.
pub fn decode_open_document(styles: &str, content: &str, limits: &Limits) -> Result<Document, DecodeFailure> {
    let mut walk = Walk::new(&OPEN_DOCUMENT, limits);
    if !styles.is_empty() {
        xml::read(xml::reader(styles), &mut walk)?;
    }
    xml::read(xml::reader(content), &mut walk)?;
    Ok(walk.finish())
}

/// Reads a workbook saved as "XML Spreadsheet 2003", usually under the extension .xls or .xml.
pub fn decode_spreadsheet_ml(text: &str, limits: &Limits) -> Result<Document, DecodeFailure> {
    let mut walk = Walk::new(&SPREADSHEET_ML, limits);
    xml::read(xml::reader(text), &mut walk)?;
    Ok(walk.finish())
}

struct Walk<'a> {
    dialect: &'a Dialect,
    limits: &'a Limits,
    grids: Vec<Grid>,
    findings: Vec<Finding>,
    styles: Styles,
    sheet: Option<GridBuilder>,
    cells_before: usize,
    /// The column that is described next, and the styles of the runs described so far.
    described_column: u32,
    column_styles: Vec<(u32, u32, String)>,
    row: u32,
    row_repeats: u32,
    row_style: Option<String>,
    row_cells: Vec<(u32, ValueShown)>,
    column: u32,
    cell: Option<OpenCell>,
    skipped_depth: u32,
    group_depth: u32,
    /// Inside the element that says whether a sheet is visible.
    reads_visibility: bool,
    /// Open spans of text, struck out or not.
    spans: Vec<bool>,
}

/// A cell whose text is still being read.
struct OpenCell {
    column: u32,
    repeats: u32,
    kind: String,
    style: Option<String>,
    formula: Option<String>,
    stored: Option<String>,
    text: String,
    /// The text without what is struck out, where anything is.
    kept: Option<String>,
    paragraphs: u32,
}

impl Parts for Walk<'_> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), DecodeFailure> {
        let name = element.local_name().into_inner();
        if self.skipped_depth > 0 || matches!(name, "annotation" | "Comment") {
            self.skipped_depth += 1;
            return Ok(());
        }
        if let Some(cell) = &mut self.cell {
            match name {
                "Data" => cell.kind = attribute(element, "Type").unwrap_or_default(),
                "p" => {
                    if cell.paragraphs > 0 {
                        self.text("\n");
                    }
                    if let Some(cell) = &mut self.cell {
                        cell.paragraphs += 1;
                    }
                }
                "s" => self.text(&" ".repeat(count(element, "c").min(64) as usize)),
                "line-break" => self.text("\n"),
                "span" => {
                    let is_struck = attribute(element, "style-name").is_some_and(|style| self.styles.is_struck(&style));
                    self.spans.push(is_struck);
                }
                // Struck-out text inside the data of SpreadsheetML.
                "S" => self.spans.push(true),
                _ => {}
            }
            return Ok(());
        }
        match name {
            _ if name == self.dialect.sheet => self.start_sheet(element)?,
            _ if name == self.dialect.row && self.sheet.is_some() => self.start_row(element),
            _ if self.dialect.cells.contains(&name) && self.sheet.is_some() => self.start_cell(element),
            "table-column" | "Column" => self.describe_columns(element),
            "table-row-group" | "table-column-group" => self.group_depth += 1,
            "Visible" => self.reads_visibility = true,
            _ if self.sheet.is_none() => self.styles.start(name, element),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), DecodeFailure> {
        if self.skipped_depth > 0 {
            self.skipped_depth -= 1;
            return Ok(());
        }
        if self.dialect.cells.contains(&name) {
            if let Some(cell) = self.cell.take() {
                self.end_cell(cell);
            }
        } else if self.cell.is_some() {
            if matches!(name, "span" | "S") {
                self.spans.pop();
            }
        } else if name == self.dialect.row {
            self.end_row()?;
        } else if name == self.dialect.sheet {
            if let Some(sheet) = self.sheet.take() {
                self.cells_before += sheet.cells();
                self.grids.push(sheet.finish(self.limits, &mut self.findings));
            }
        } else if matches!(name, "table-row-group" | "table-column-group") {
            self.group_depth = self.group_depth.saturating_sub(1);
        } else if name == "Visible" {
            self.reads_visibility = false;
        } else if self.sheet.is_none() {
            self.styles.end(name);
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.skipped_depth > 0 {
            return;
        }
        let Some(cell) = &mut self.cell else {
            if self.sheet.is_none() {
                self.styles.text(text);
            } else if self.reads_visibility && text.contains("Hidden") {
                self.sheet.iter_mut().for_each(GridBuilder::set_hidden);
            }
            return;
        };
        if self.dialect.format != Format::Xls && cell.paragraphs == 0 {
            return;
        }
        let is_struck = self.spans.contains(&true);
        match &mut cell.kept {
            kept @ None if is_struck => *kept = Some(cell.text.clone()),
            Some(kept) if !is_struck => kept.push_str(text),
            _ => {}
        }
        cell.text.push_str(text);
    }

    fn unfinished(&self) -> Option<DecodeFailure> {
        self.sheet.is_some().then(|| DecodeFailure::damaged("it ends inside a sheet"))
    }
}

impl<'a> Walk<'a> {
    fn new(dialect: &'a Dialect, limits: &'a Limits) -> Self {
        Self {
            dialect,
            limits,
            grids: Vec::new(),
            findings: Vec::new(),
            styles: Styles::default(),
            sheet: None,
            cells_before: 0,
            described_column: 0,
            column_styles: Vec::new(),
            row: 0,
            row_repeats: 1,
            row_style: None,
            row_cells: Vec::new(),
            column: 0,
            cell: None,
            skipped_depth: 0,
            group_depth: 0,
            reads_visibility: false,
            spans: Vec::new(),
        }
    }

    fn finish(self) -> Document {
        Document {
            format: self.dialect.format,
            encoding: String::new(),
            grids: self.grids,
            lines: Vec::new(),
            findings: self.findings,
            pages: Pages::default(),
        }
    }

    fn start_sheet(&mut self, element: &BytesStart<'_>) -> Result<(), DecodeFailure> {
        let name = attribute(element, if self.dialect.sheet == "table" { "name" } else { "Name" }).unwrap_or_default();
        let hidden = attribute(element, "style-name").is_some_and(|style| self.styles.hides_sheet(&style));
        self.limits.check_sheets(self.grids.len() + 1)?;
        self.sheet = Some(GridBuilder::new(&name, self.grids.len() + 1, hidden));
        (self.row, self.described_column, self.group_depth) = (0, 0, 0);
        self.column_styles.clear();
        Ok(())
    }

    fn describe_columns(&mut self, element: &BytesStart<'_>) {
        let first = index(element).unwrap_or(self.described_column);
        let width = count(element, "number-columns-repeated").max(xml::number(element, "Span").unwrap_or(0u32) + 1);
        let last = first.saturating_add(width - 1);
        self.described_column = last.saturating_add(1);
        if let Some(style) = attribute(element, "default-cell-style-name").or_else(|| attribute(element, "StyleID")) {
            self.column_styles.push((first, last, style));
        }
        if self.is_hidden(element, "Width")
            && let Some(sheet) = &mut self.sheet
        {
            sheet.hide_columns(first, last);
        }
    }

    /// Members of a folded group are a click away: they count as seen.
    fn is_hidden(&self, element: &BytesStart<'_>, size: &str) -> bool {
        let is_invisible = attribute(element, "visibility").is_some_and(|word| word != "visible");
        let has_no_size = xml::number::<f64>(element, size).is_some_and(|size| size <= 0.0);
        self.group_depth == 0 && (is_invisible || is_set(element, "Hidden") || has_no_size)
    }

    fn start_row(&mut self, element: &BytesStart<'_>) {
        if let Some(index) = index(element) {
            self.row = index.max(self.row);
        }
        self.row_repeats = count(element, "number-rows-repeated").max(xml::number(element, "Span").unwrap_or(0u32) + 1);
        self.row_style = attribute(element, "default-cell-style-name").or_else(|| attribute(element, "StyleID"));
        self.column = 0;
        self.row_cells.clear();
        if self.is_hidden(element, "Height")
            && let Some(sheet) = &mut self.sheet
        {
            sheet.hide_rows(self.row, self.row.saturating_add(self.row_repeats - 1));
        }
    }

    fn start_cell(&mut self, element: &BytesStart<'_>) {
        if let Some(index) = index(element) {
            self.column = index.max(self.column);
        }
        let across = xml::number(element, "MergeAcross").unwrap_or(0u32);
        let down = xml::number(element, "MergeDown").unwrap_or(0u32);
        let across = across.max(count(element, "number-columns-spanned") - 1);
        let down = down.max(count(element, "number-rows-spanned") - 1);
        if let Some(sheet) = &mut self.sheet {
            let last = (self.row.saturating_add(down), self.column.saturating_add(across));
            sheet.merge((self.row, self.column), last);
        }
        let kind = attribute(element, "value-type").unwrap_or_default();
        let stored = match kind.as_str() {
            "date" => attribute(element, "date-value"),
            "time" => attribute(element, "time-value"),
            "boolean" => attribute(element, "boolean-value"),
            _ => attribute(element, "value"),
        };
        let repeats = count(element, "number-columns-repeated");
        let style = attribute(element, "style-name").or_else(|| attribute(element, "StyleID"));
        let of_column = || {
            let mut runs = self.column_styles.iter();
            let run = runs.find(|(first, last, _)| (*first..=*last).contains(&self.column));
            run.map(|(_, _, style)| style.clone())
        };
        let style = style.or_else(|| self.row_style.clone()).or_else(of_column);
        let formula = attribute(element, "formula").or_else(|| attribute(element, "Formula"));
        let open = OpenCell {
            column: self.column,
            repeats,
            kind,
            style,
            formula,
            stored,
            text: String::new(),
            kept: None,
            paragraphs: 0,
        };
        // A merged cell of SpreadsheetML is written once; OpenDocument writes the covered ones too.
        let width = if self.dialect.format == Format::Xls { across.saturating_add(1) } else { repeats };
        self.column = self.column.saturating_add(width);
        self.cell = Some(open);
        self.spans.clear();
    }

    fn end_cell(&mut self, cell: OpenCell) {
        let style = cell.style.as_deref();
        let format = style.and_then(|style| self.styles.format(style));
        let is_struck = style.is_some_and(|style| self.styles.is_struck(style));
        let (column, repeats) = (cell.column, cell.repeats.min(1024));
        let Some(shown) = shown(cell, format) else { return };
        let shown = if is_struck { struck(shown) } else { shown };
        for repeat in 0..repeats {
            self.row_cells.push((column.saturating_add(repeat), shown.clone()));
        }
    }

    fn end_row(&mut self) -> Result<(), DecodeFailure> {
        if let Some(sheet) = &mut self.sheet {
            let repeats = if self.row_cells.is_empty() { 0 } else { self.row_repeats };
            for repeat in 0..repeats {
                for (column, value) in &self.row_cells {
                    sheet.put(self.row.saturating_add(repeat), *column, value.clone());
                }
                self.limits.check_cells(self.cells_before + sheet.cells())?;
            }
        }
        self.row = self.row.saturating_add(self.row_repeats);
        Ok(())
    }
}

fn shown(cell: OpenCell, format: Option<Arc<NumberFormat>>) -> Option<ValueShown> {
    let text = cell.text.as_str();
    let stored = cell.stored.as_deref().unwrap_or(text).trim();
    if let Some(formula) = cell.formula.filter(|_| stored.is_empty() && cell.kind != "string" && cell.kind != "String")
    {
        return Some(CellValue::Formula(formula).into());
    }
    Some(match cell.kind.as_str() {
        "float" | "currency" | "percentage" | "Number" => match stored.parse::<f64>() {
            Ok(number) => match format {
                Some(format) => cell_shown(number, &format, Epoch::From1900),
                None => number_as_text(cell_shown(number, NumberFormat::general(), Epoch::From1900), text),
            },
            Err(_) if text.trim().is_empty() => return None,
            Err(_) => text_shown(cell.text, cell.kept).into(),
        },
        "date" | "time" | "DateTime" => date_as_text(stored.trim_end_matches("T00:00:00.000")).into(),
        "boolean" | "Boolean" => CellValue::Boolean(matches!(stored, "true" | "TRUE" | "1")).into(),
        "Error" => CellValue::Error(cell.text).into(),
        _ if text.trim().is_empty() => return None,
        _ if matches!(text, "#REF!" | "#DIV/0!" | "#N/A" | "#NAME?" | "#VALUE!" | "#NUM!") => {
            CellValue::Error(cell.text).into()
        }
        _ => text_shown(cell.text, cell.kept).into(),
    })
}

/// A position counted from one, as SpreadsheetML states it where it skips blanks.
fn index(element: &BytesStart<'_>) -> Option<u32> {
    xml::number::<u32>(element, "Index").map(|index| index.saturating_sub(1))
}

/// A repeat or span: at least one, at most what a sheet can hold.
fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    xml::number(element, name).unwrap_or(1u32).clamp(1, 1 << 20)
}

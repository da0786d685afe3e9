//! Sheets stored as XML text: OpenDocument spreadsheets (.ods) and Excel 2003 SpreadsheetML.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::builder::GridBuilder;
use super::number::cell_from_float;
use crate::decode::document::{CellValue, Document, Format, Grid};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::vocabulary::Finding;

/// What differs between the two dialects, by element and attribute name.
struct Dialect {
    format: Format,
    sheet: &'static str,
    sheet_name: &'static str,
    row: &'static str,
    cells: &'static [&'static str],
}

const OPEN_DOCUMENT: Dialect = Dialect {
    format: Format::Ods,
    sheet: "table:table",
    sheet_name: "table:name",
    row: "table:table-row",
    cells: &["table:table-cell", "table:covered-table-cell"],
};

const SPREADSHEET_ML: Dialect =
    Dialect { format: Format::Xls, sheet: "Worksheet", sheet_name: "ss:Name", row: "Row", cells: &["Cell"] };

/// Reads the `content.xml` of an OpenDocument spreadsheet.
pub fn decode_open_document(content: &str, limits: &Limits) -> Result<Document, DecodeFailure> {
    Walk::new(&OPEN_DOCUMENT, limits).read(content)
}

/// Reads a workbook saved as "XML Spreadsheet 2003", usually under the extension .xls or .xml.
pub fn decode_spreadsheet_ml(text: &str, limits: &Limits) -> Result<Document, DecodeFailure> {
    Walk::new(&SPREADSHEET_ML, limits).read(text)
}

struct Walk<'a> {
    dialect: &'a Dialect,
    limits: &'a Limits,
    grids: Vec<Grid>,
    findings: Vec<Finding>,
    hidden_styles: Vec<String>,
    style: Option<String>,
    sheet: Option<GridBuilder>,
    cells_before: usize,
    row: u32,
    row_repeats: u32,
    row_cells: Vec<(u32, CellValue)>,
    column: u32,
    cell: Option<OpenCell>,
    skipped_depth: u32,
}

/// A cell whose text is still being read.
struct OpenCell {
    column: u32,
    repeats: u32,
    kind: String,
    stored: Option<String>,
    text: String,
    paragraphs: u32,
}

impl<'a> Walk<'a> {
    fn new(dialect: &'a Dialect, limits: &'a Limits) -> Self {
        Self {
            dialect,
            limits,
            grids: Vec::new(),
            findings: Vec::new(),
            hidden_styles: Vec::new(),
            style: None,
            sheet: None,
            cells_before: 0,
            row: 0,
            row_repeats: 1,
            row_cells: Vec::new(),
            column: 0,
            cell: None,
            skipped_depth: 0,
        }
    }

    fn read(mut self, text: &str) -> Result<Document, DecodeFailure> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().check_end_names = false;
        loop {
            match reader.read_event().map_err(DecodeFailure::damaged)? {
                Event::Start(element) => self.start(&element)?,
                Event::End(element) => self.end(element.name().0)?,
                Event::Text(part) => self.text(&part.xml10_content()),
                Event::CData(part) => self.text(&part.xml10_content()),
                Event::GeneralRef(reference) => {
                    let character = reference.resolve_char_ref().ok().flatten();
                    let name = reference.xml10_content();
                    match character {
                        Some(character) => self.text(character.encode_utf8(&mut [0; 4])),
                        None => self.text(quick_xml::escape::resolve_predefined_entity(&name).unwrap_or("")),
                    }
                }
                Event::Eof if self.sheet.is_some() => return Err(DecodeFailure::damaged("it ends inside a sheet")),
                Event::Eof => break,
                _ => {}
            }
        }
        let (format, grids, findings) = (self.dialect.format, self.grids, self.findings);
        Ok(Document { format, encoding: String::new(), grids, lines: Vec::new(), findings })
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), DecodeFailure> {
        let name = element.name().0;
        match name {
            "office:annotation" | "Comment" => self.skipped_depth += 1,
            "style:style" => self.style = attribute(element, "style:name"),
            "style:table-properties" if attribute(element, "table:display").as_deref() == Some("false") => {
                self.hidden_styles.extend(self.style.clone());
            }
            "Visible" if self.skipped_depth == 0 => {}
            _ if name == self.dialect.sheet => {
                let sheet_name = attribute(element, self.dialect.sheet_name).unwrap_or_default();
                let hidden =
                    attribute(element, "table:style-name").is_some_and(|style| self.hidden_styles.contains(&style));
                self.limits.check_sheets(self.grids.len() + 1)?;
                self.sheet = Some(GridBuilder::new(&sheet_name, self.grids.len() + 1, hidden));
                self.row = 0;
            }
            _ if name == self.dialect.row => {
                if let Some(index) = attribute(element, "ss:Index").and_then(|index| index.parse::<u32>().ok()) {
                    self.row = index.saturating_sub(1).max(self.row);
                }
                self.row_repeats = count(element, "table:number-rows-repeated");
                self.column = 0;
                self.row_cells.clear();
            }
            _ if self.dialect.cells.contains(&name) => self.start_cell(element),
            "Data" | "ss:Data" => {
                if let Some(cell) = &mut self.cell {
                    cell.kind = attribute(element, "ss:Type").unwrap_or_default();
                }
            }
            "text:p" => {
                if let Some(cell) = &mut self.cell {
                    if cell.paragraphs > 0 {
                        cell.text.push('\n');
                    }
                    cell.paragraphs += 1;
                }
            }
            "text:s" => self.text(&" ".repeat(count(element, "text:c").min(64) as usize)),
            "text:line-break" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn start_cell(&mut self, element: &BytesStart<'_>) {
        if let Some(index) = attribute(element, "ss:Index").and_then(|index| index.parse::<u32>().ok()) {
            self.column = index.saturating_sub(1).max(self.column);
        }
        let across = attribute(element, "ss:MergeAcross").and_then(|text| text.parse().ok()).unwrap_or(0u32);
        let down = attribute(element, "ss:MergeDown").and_then(|text| text.parse().ok()).unwrap_or(0u32);
        let across = across.max(count(element, "table:number-columns-spanned") - 1);
        let down = down.max(count(element, "table:number-rows-spanned") - 1);
        if let Some(sheet) = &mut self.sheet {
            let last = (self.row.saturating_add(down), self.column.saturating_add(across));
            sheet.merge((self.row, self.column), last);
        }
        let kind = attribute(element, "office:value-type").unwrap_or_default();
        let stored = match kind.as_str() {
            "date" => attribute(element, "office:date-value"),
            "time" => attribute(element, "office:time-value"),
            "boolean" => attribute(element, "office:boolean-value"),
            _ => attribute(element, "office:value"),
        };
        let repeats = count(element, "table:number-columns-repeated");
        let open = OpenCell { column: self.column, repeats, kind, stored, text: String::new(), paragraphs: 0 };
        // A merged cell of SpreadsheetML is written once; OpenDocument writes the covered ones too.
        let width = if self.dialect.format == Format::Xls { across.saturating_add(1) } else { repeats };
        self.column = self.column.saturating_add(width);
        self.cell = Some(open);
    }

    fn text(&mut self, text: &str) {
        if self.skipped_depth == 0
            && let Some(cell) = &mut self.cell
            && (self.dialect.format == Format::Xls || cell.paragraphs > 0)
        {
            cell.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), DecodeFailure> {
        if matches!(name, "office:annotation" | "Comment") {
            self.skipped_depth = self.skipped_depth.saturating_sub(1);
        } else if self.dialect.cells.contains(&name) {
            if let Some(cell) = self.cell.take()
                && let Some(value) = value_of(&cell)
            {
                for repeat in 0..cell.repeats.min(1024) {
                    self.row_cells.push((cell.column.saturating_add(repeat), value.clone()));
                }
            }
        } else if name == self.dialect.row {
            self.end_row()?;
        } else if name == self.dialect.sheet
            && let Some(sheet) = self.sheet.take()
        {
            self.cells_before += sheet.cells();
            self.grids.push(sheet.finish(self.limits, &mut self.findings));
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), DecodeFailure> {
        if let Some(sheet) = &mut self.sheet {
            let repeats = if self.row_cells.is_empty() { 0 } else { self.row_repeats };
            for repeat in 0..repeats {
                for (column, value) in &self.row_cells {
                    sheet.add(self.row.saturating_add(repeat), *column, value.clone());
                }
                self.limits.check_cells(self.cells_before + sheet.cells())?;
            }
        }
        self.row = self.row.saturating_add(self.row_repeats);
        Ok(())
    }
}

fn value_of(cell: &OpenCell) -> Option<CellValue> {
    let text = cell.text.as_str();
    let stored = cell.stored.as_deref().unwrap_or(text).trim();
    Some(match cell.kind.as_str() {
        "float" | "currency" | "percentage" | "Number" => match stored.parse::<f64>() {
            Ok(float) => cell_from_float(float),
            Err(_) => CellValue::Text(text.to_owned()),
        },
        "date" | "time" | "DateTime" => CellValue::Date(stored.trim_end_matches("T00:00:00.000").to_owned()),
        "boolean" | "Boolean" => CellValue::Boolean(matches!(stored, "true" | "TRUE" | "1")),
        "Error" => CellValue::Error(text.to_owned()),
        _ if text.trim().is_empty() => return None,
        _ if text.starts_with('#') && matches!(text, "#REF!" | "#DIV/0!" | "#N/A" | "#NAME?" | "#VALUE!" | "#NUM!") => {
            CellValue::Error(text.to_owned())
        }
        _ => CellValue::Text(text.to_owned()),
    })
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok().flatten()?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// A repeat or span: at least one, at most what a sheet can hold.
fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(1).clamp(1, 1 << 20)
}

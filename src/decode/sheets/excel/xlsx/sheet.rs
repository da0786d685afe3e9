//! One sheet: cells with what their styles show, hidden rows and columns, merges.

use quick_xml::events::{BytesStart, Event};

use super::strings::{SharedText, TextBuilder, unescaped};
use super::workbook::Workbook;
use crate::decode::document::CellValue;
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;
use crate::decode::sheets::builder::GridBuilder;
use crate::decode::sheets::number::cell_shown;
use crate::decode::shown::number_format::NumberFormat;
use crate::decode::shown::value::{ValueShown, struck, text_shown};
use crate::decode::xml;
use crate::vocabulary::CellReference;

/// Rows and columns a sheet can have.
const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u32 = 16_383;

struct SheetWalk<'a> {
    workbook: &'a Workbook,
    grid: &'a mut GridBuilder,
    /// Where a row or cell without a reference stands.
    next_row: u32,
    next_column: u32,
    row: u32,
    cell: Option<OpenCell>,
}

/// A cell whose parts are still being read.
#[derive(Default)]
struct OpenCell {
    column: u32,
    kind: String,
    style: usize,
    value: Option<String>,
    formula: Option<String>,
    inline: Option<TextBuilder>,
    reads: Part,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Part {
    #[default]
    None,
    Value,
    Formula,
}

/// Reads the sheet into `grid`; `before` cells were read from other sheets.
pub fn read(
    text: &str,
    workbook: &Workbook,
    grid: &mut GridBuilder,
    before: usize,
    limits: &Limits,
) -> Result<(), DecodeFailure> {
    let mut reader = xml::reader(text);
    let mut walk = SheetWalk { workbook, grid, next_row: 0, next_column: 0, row: 0, cell: None };
    let mut depth = 0usize;
    loop {
        match reader.read_event().map_err(DecodeFailure::damaged)? {
            Event::Start(element) => {
                depth += 1;
                walk.start(&element)?;
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                walk.end(element.local_name().into_inner());
                limits.check_cells(before + walk.grid.cells())?;
            }
            Event::Text(part) => walk.text(|sink| sink.push_str(&part.xml10_content())),
            Event::CData(part) => walk.text(|sink| sink.push_str(&part.xml10_content())),
            Event::GeneralRef(reference) => walk.text(|sink| xml::push_reference(sink, &reference)),
            Event::Eof if depth > 0 => return Err(DecodeFailure::damaged("it ends inside a sheet")),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

impl SheetWalk<'_> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), DecodeFailure> {
        let name = element.local_name().into_inner();
        if let Some(cell) = &mut self.cell {
            cell.start(name, element);
            return Ok(());
        }
        match name {
            "col" => self.column_width(element),
            "row" => self.start_row(element),
            "c" => self.start_cell(element)?,
            "mergeCell" => {
                if let Some((first, last)) = xml::attribute(element, "ref").as_deref().and_then(range) {
                    self.grid.merge((first.row, first.column), (last.row, last.column));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn column_width(&mut self, element: &BytesStart<'_>) {
        if let (Some(first @ 1..), Some(last)) =
            (xml::number::<u32>(element, "min"), xml::number::<u32>(element, "max"))
            && is_hidden(element, "width")
        {
            self.grid.hide_columns(first - 1, last.min(LAST_COLUMN + 1).saturating_sub(1));
        }
    }

    fn start_row(&mut self, element: &BytesStart<'_>) {
        self.row = match xml::number::<u32>(element, "r") {
            Some(row @ 1..) => row - 1,
            _ => self.next_row,
        };
        self.next_row = self.row.saturating_add(1);
        self.next_column = 0;
        if is_hidden(element, "ht") {
            self.grid.hide_rows(self.row, self.row);
        }
    }

    fn start_cell(&mut self, element: &BytesStart<'_>) -> Result<(), DecodeFailure> {
        let at = xml::attribute(element, "r").and_then(|reference| CellReference::parse(&reference.replace('$', "")));
        if let Some(at) = at {
            self.row = at.row;
            self.next_column = at.column;
        }
        if self.row > LAST_ROW || self.next_column > LAST_COLUMN {
            return Err(DecodeFailure::damaged("a cell stands outside of what a sheet can hold"));
        }
        self.cell = Some(OpenCell {
            column: self.next_column,
            kind: xml::attribute(element, "t").unwrap_or_default(),
            style: xml::number(element, "s").unwrap_or(0),
            ..OpenCell::default()
        });
        self.next_column += 1;
        Ok(())
    }

    fn text(&mut self, push: impl FnOnce(&mut String)) {
        let Some(cell) = &mut self.cell else { return };
        let sink = match cell.reads {
            Part::Value => cell.value.as_mut(),
            Part::Formula => cell.formula.as_mut(),
            Part::None => cell.inline.as_mut().and_then(TextBuilder::sink),
        };
        if let Some(sink) = sink {
            push(sink);
        }
    }

    fn end(&mut self, name: &str) {
        match (name, &mut self.cell) {
            ("c", Some(_)) => {
                if let Some(cell) = self.cell.take() {
                    self.put(cell);
                }
            }
            ("v" | "f", Some(cell)) => cell.reads = Part::None,
            (name, Some(OpenCell { inline: Some(inline), .. })) => inline.end(name),
            _ => {}
        }
    }

    fn put(&mut self, cell: OpenCell) {
        let column = cell.column;
        if let Some(shown) = cell.shown(self.workbook) {
            self.grid.put(self.row, column, shown);
        }
    }
}

impl OpenCell {
    fn start(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "v" => {
                self.value = Some(String::new());
                self.reads = Part::Value;
            }
            "f" => {
                self.formula = Some("=".to_owned());
                self.reads = Part::Formula;
            }
            "is" => self.inline = Some(TextBuilder::default()),
            name => {
                if let Some(inline) = &mut self.inline {
                    inline.start(name, element);
                }
            }
        }
    }

    fn shown(self, workbook: &Workbook) -> Option<ValueShown> {
        let style = workbook.styles.get(self.style);
        let stored = self.value.as_deref().map(str::trim);
        if let Some(formula) = &self.formula {
            let is_text = self.kind == "str" && self.value.is_some();
            let lacks_value = stored.is_none_or(str::is_empty) && !is_text && self.inline.is_none();
            let is_placeholder = workbook.is_recalculated
                && matches!(self.kind.as_str(), "" | "n")
                && stored.is_some_and(|stored| stored.parse() == Ok(0.0));
            if lacks_value || is_placeholder {
                return Some(CellValue::Formula(formula.clone()).into());
            }
        }
        let is_struck = style.is_some_and(|style| style.is_struck);
        let shown = match (self.kind.as_str(), self.inline) {
            ("s", _) => {
                let text = workbook.strings.get(stored?.parse::<usize>().ok()?)?;
                text_of(text.clone())
            }
            (_, Some(inline)) if self.value.is_none() || self.kind == "inlineStr" => text_of(inline.finish()),
            ("str" | "inlineStr", _) => CellValue::Text(unescaped(&self.value?)).into(),
            ("b", _) => CellValue::Boolean(matches!(stored?, "1" | "true")).into(),
            ("e", _) => CellValue::Error(stored?.to_owned()).into(),
            ("d", _) => CellValue::date(stored?).into(),
            _ => match stored?.parse::<f64>() {
                Ok(number) => match style {
                    Some(style) => cell_shown(number, &style.format, workbook.epoch),
                    None => cell_shown(number, NumberFormat::general(), workbook.epoch),
                },
                Err(_) => CellValue::Text(stored.filter(|text| !text.is_empty())?.to_owned()).into(),
            },
        };
        Some(if is_struck { struck(shown) } else { shown })
    }
}

fn text_of(text: SharedText) -> ValueShown {
    text_shown(text.whole, text.kept).into()
}

/// Hidden, or of no height (or width). Members of a folded outline group are a click away: they count as seen.
fn is_hidden(element: &BytesStart<'_>, size: &str) -> bool {
    let is_in_group = xml::number::<u8>(element, "outlineLevel").is_some_and(|level| level > 0);
    let has_no_size = xml::number::<f64>(element, size).is_some_and(|size| size <= 0.0);
    !is_in_group && (xml::is_set(element, "hidden") || has_no_size)
}

fn range(text: &str) -> Option<(CellReference, CellReference)> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some((CellReference::parse(first)?, CellReference::parse(last)?))
}

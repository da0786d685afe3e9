//! Body rows under a bound header → raw figures.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::bind::{AmountColumn, Binding, Segment};
use super::furniture::{PrintedUnit, is_furniture, note_of};
use super::header::{Header, is_numbering_row};
use super::key::{KeyReader, RowKey};
use super::label::{normal, without_numbering};
use super::layout::Measure;
use super::load::{BoundBlock, Layouts};
use super::sheet::{Sheet, is_numeric, text};
use super::{RawFigure, RowRole};
use crate::decode::{Cell, CellValue};
use crate::vocabulary::CellReference;

/// What the body of one table gave.
#[derive(Debug, Default)]
pub struct BodyReading {
    pub figures: Vec<RawFigure>,
    pub notes: Vec<String>,
    /// Labels with figures that mean no known line.
    pub unknown_rows: Vec<(CellReference, String)>,
    /// Numbers outside every bound column.
    pub strays: Vec<CellReference>,
}

/// Rows that continue on another page keep their place in the list.
#[derive(Debug, Default)]
pub struct ListState {
    segments: BTreeMap<usize, KeyReader>,
}

/// What stays the same for all rows of a table.
pub struct Body<'a> {
    pub sheet: &'a Sheet<'a>,
    pub binding: &'a Binding,
    pub unit: &'a PrintedUnit,
    /// The fund the title names, where the layout tells titles apart by it.
    pub title_fund: &'a str,
    pub layouts: &'a Layouts,
}

/// Reads the rows below a header. Rows that repeat it, number the columns or carry furniture are passed over.
pub fn read_body(body: &Body<'_>, rows: Range<u32>, header: &Header, state: &mut ListState) -> BodyReading {
    let (sheet, binding, layouts) = (body.sheet, body.binding, body.layouts);
    let mut reading = BodyReading::default();
    let header_rows: Vec<Vec<String>> = header.rows.clone().map(|row| row_texts(sheet.row(row))).collect();
    let claimed: HashSet<u32> = claimed_columns(binding);
    for row in non_blank_rows(sheet, rows) {
        let cells = sheet.row(row);
        if is_numbering_row(cells, layouts) || is_furniture(cells, layouts) || header_rows.contains(&row_texts(cells)) {
            continue;
        }
        if let Some(note) = note_of(cells, layouts) {
            reading.notes.push(note);
            continue;
        }
        let mut waiting: Option<RowKey> = None;
        for (at, segment) in binding.segments.iter().enumerate() {
            let reader = state.segments.entry(at).or_default();
            let block = &layouts.layout(binding.layout).blocks[segment.block];
            let mut key = reader.read(sheet, row, segment, block, layouts);
            // A label whose own amount columns are blank may name the amount of the next list (公用经费合计).
            if key.label.is_empty()
                && let Some(left) = waiting.take()
            {
                key = left;
            }
            let has_figures = body.read_segment(row, segment, &key, &mut reading);
            waiting = (!has_figures && !key.label.is_empty()).then_some(key);
        }
        let is_stray = |cell: &&Cell| is_numeric(&cell.value) && !claimed.contains(&cell.at.column);
        reading.strays.extend(cells.iter().filter(is_stray).map(|cell| cell.at));
    }
    mark_subtotals(&mut reading.figures);
    reading
}

fn non_blank_rows(sheet: &Sheet<'_>, rows: Range<u32>) -> impl Iterator<Item = u32> {
    let cells = &sheet.grid.cells;
    let first = cells.partition_point(|cell| cell.at.row < rows.start);
    let mut last = None;
    cells[first..].iter().map(|cell| cell.at.row).take_while(move |row| *row < rows.end).filter(move |row| {
        let is_new = last != Some(*row);
        last = Some(*row);
        is_new
    })
}

fn row_texts(cells: &[Cell]) -> Vec<String> {
    cells.iter().map(|cell| text(cell).map_or_else(|| cell.value.printed(), normal)).collect()
}

fn claimed_columns(binding: &Binding) -> HashSet<u32> {
    let amounts = binding.segments.iter().flat_map(|segment| segment.amounts.iter().map(|amount| amount.column));
    let keys = binding.segments.iter().flat_map(|segment| segment.keys.iter().copied());
    amounts.chain(keys).chain(binding.ignored.iter().copied()).collect()
}

impl Body<'_> {
    /// Reads the amounts of one row of one list; tells whether there were any.
    fn read_segment(&self, row: u32, segment: &Segment, key: &RowKey, reading: &mut BodyReading) -> bool {
        let block = &self.layouts.layout(self.binding.layout).blocks[segment.block];
        let before = reading.figures.len();
        for amount in &segment.amounts {
            let at = CellReference::new(row, amount.column);
            let Some(value) = self.sheet.grid.value(at) else { continue };
            if is_amount(value, self.layouts) {
                reading.figures.push(self.figure(at, value, amount, key, block));
            } else if let CellValue::Text(text) = value
                && !self.layouts.header_labels.contains(&normal(text))
            {
                reading.notes.push(format!("{at}: {}", text.trim()));
            }
        }
        let has_figures = reading.figures.len() > before;
        let is_known = key.line.is_some() || key.code.is_some() || block.rule.lines.is_empty();
        if has_figures && !is_known && segment.amounts.iter().any(|amount| !names_own_line(amount, block)) {
            let at = CellReference::new(row, segment.keys.first().copied().unwrap_or(0));
            reading.unknown_rows.push((at, key.label.clone()));
        }
        has_figures
    }

    fn figure(
        &self,
        at: CellReference,
        value: &CellValue,
        amount: &AmountColumn,
        key: &RowKey,
        block: &BoundBlock,
    ) -> RawFigure {
        let layout = self.layouts.layout(self.binding.layout);
        let measure = amount.measure.map(|at| &block.rule.measures[at]);
        let own_line = measure.and_then(|measure| measure.line.clone());
        let line = own_line.clone().or_else(|| key.line.clone());
        let (component, fund, flow) = self.facets(measure, line.as_deref(), key, block);
        let (unit, unit_source) = self.unit(measure, line.as_deref(), key, amount, block);
        let (row_label, parent_label) = match own_line {
            Some(_) => (amount.item.clone(), Some(key.label.clone()).filter(|label| !label.is_empty())),
            None => (key.label.clone(), key.parent.clone()),
        };
        RawFigure {
            sheet_number: self.sheet.grid.sheet_number,
            sheet: self.sheet.grid.sheet.clone(),
            cell: at,
            layout: layout.id.clone(),
            report_table: layout.report_table.clone(),
            side: block.rule.side.clone(),
            component,
            phase: amount.phase.clone(),
            fund,
            flow,
            row_role: measure
                .and_then(|measure| measure.line.as_deref())
                .map_or(key.role, |line| line_role(line, self.layouts)),
            line,
            code: key.code.clone(),
            classification: key.classification.clone(),
            row_label,
            parent_label,
            header_path: amount.path.clone(),
            value: value.clone(),
            unit,
            unit_source,
        }
    }

    /// Component, fund and flow: what the column says, then the line, then the printed code, then the block.
    /// All empty in a column the layout does not know.
    fn facets(
        &self,
        measure: Option<&Measure>,
        line: Option<&str>,
        key: &RowKey,
        block: &BoundBlock,
    ) -> (String, String, String) {
        let Some(measure) = measure else { return Default::default() };
        let by_line = |map: &BTreeMap<String, String>| line.and_then(|line| map.get(line)).cloned().unwrap_or_default();
        let by_code = key.code.as_ref().and_then(|code| {
            let map = &block.rule.component_by_code;
            map.iter().find(|(prefix, _)| code.starts_with(prefix.as_str())).map(|(_, component)| component.clone())
        });
        let first = |values: &[&str]| values.iter().find(|value| !value.is_empty()).copied().unwrap_or("").to_owned();
        let component = first(&[
            &measure.component,
            &by_line(&block.rule.component_by_line),
            &by_code.unwrap_or_default(),
            &block.rule.component,
            "total",
        ]);
        let fund =
            first(&[&measure.fund, &by_line(&block.rule.fund_by_line), self.title_fund, &block.rule.fund, "all"]);
        let group_flow = key.group_flow.as_deref().unwrap_or("");
        let flow = first(&[&measure.flow, group_flow, line_flow(line, self.layouts), &block.rule.flow]);
        (component, fund, flow)
    }

    /// The unit of the row, the column, the layout or the table, the nearest one first.
    fn unit(
        &self,
        measure: Option<&Measure>,
        line: Option<&str>,
        key: &RowKey,
        amount: &AmountColumn,
        block: &BoundBlock,
    ) -> (String, String) {
        let own = measure.map_or("", |measure| measure.unit.as_str());
        let is_money = measure.is_some_and(|measure| measure.is_money);
        let by_line = || {
            block
                .rule
                .unit_by_line
                .iter()
                .rfind(|(prefix, _)| line.is_some_and(|line| line.starts_with(prefix.as_str())))
        };
        let (unit, source) = match (&key.unit, &amount.unit) {
            _ if !own.is_empty() => (own, "layout"),
            (Some(unit), _) if !is_money => (unit.as_str(), "row label"),
            (_, Some(unit)) => (unit.as_str(), "header"),
            _ => match by_line().filter(|_| !is_money) {
                Some((_, unit)) => (unit.as_str(), "layout"),
                None => (self.unit.unit.as_str(), self.unit.source.as_str()),
            },
        };
        (unit.to_owned(), source.to_owned())
    }
}

fn names_own_line(amount: &AmountColumn, block: &BoundBlock) -> bool {
    amount.measure.is_some_and(|at| block.rule.measures[at].line.is_some())
}

/// Numbers in any writing, dashes, dates and errors; other texts are remarks.
fn is_amount(value: &CellValue, layouts: &Layouts) -> bool {
    let CellValue::Text(text) = value else { return true };
    let label = normal(text);
    let is_dash = !label.is_empty() && label.chars().all(|c| "-—–−―/\\无無─".contains(c));
    let starts_like_number = label.starts_with(|c: char| c.is_ascii_digit() || "-+(.¥".contains(c));
    let is_number_with_unit = starts_like_number
        && label.chars().any(|c| c.is_ascii_digit())
        && label.chars().count() <= 30
        && !layouts.header_labels.contains(&label);
    is_dash || is_numeric(value) || is_number_with_unit
}

fn line_flow<'a>(line: Option<&str>, layouts: &'a Layouts) -> &'a str {
    layouts.lists.line_row(line.unwrap_or("")).map_or("", |row| row.flow.as_str())
}

pub fn line_role(line: &str, layouts: &Layouts) -> RowRole {
    let role = layouts.lists.line_row(line).map_or("", |row| row.role.as_str());
    match role {
        "total" => RowRole::Total,
        "subtotal" => RowRole::Subtotal,
        "of_which" => RowRole::OfWhich,
        _ => RowRole::Detail,
    }
}

/// A coded row with deeper codes in the same table sums them.
fn mark_subtotals(figures: &mut [RawFigure]) {
    let mut codes: Vec<String> = figures.iter().filter_map(|figure| figure.code.clone()).collect();
    codes.sort_unstable();
    codes.dedup();
    for figure in figures.iter_mut().filter(|figure| figure.row_role == RowRole::Detail) {
        let Some(code) = &figure.code else { continue };
        let next = codes.partition_point(|other| other <= code);
        if codes.get(next).is_some_and(|other| other.starts_with(code.as_str())) {
            figure.row_role = RowRole::Subtotal;
        }
    }
}

/// The label without numbering, as totals are compared.
pub fn is_total_label(normal_label: &str, layouts: &Layouts) -> bool {
    layouts.words.totals.contains(without_numbering(normal_label))
}

//! Body rows under a bound header → raw figures.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::bind::{AmountColumn, Binding, Segment};
use super::furniture::{is_furniture, note_of};
use super::header::{Header, is_numbering_row};
use super::key::{KeyReader, RowKey};
use super::label::{normal, without_numbering};
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

/// Names that stay the same for all figures of a table.
pub struct Naming<'a> {
    pub sheet_number: u32,
    pub sheet: &'a str,
    pub unit: &'a str,
    pub unit_source: &'a str,
}

pub fn read_body(
    sheet: &Sheet<'_>,
    rows: Range<u32>,
    header: &Header,
    binding: &Binding,
    state: &mut ListState,
    naming: &Naming<'_>,
    layouts: &Layouts,
) -> BodyReading {
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
        for (at, segment) in binding.segments.iter().enumerate() {
            let reader = state.segments.entry(at).or_default();
            read_segment(sheet, row, segment, binding, reader, naming, layouts, &mut reading);
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

#[allow(clippy::too_many_arguments)]
fn read_segment(
    sheet: &Sheet<'_>,
    row: u32,
    segment: &Segment,
    binding: &Binding,
    reader: &mut KeyReader,
    naming: &Naming<'_>,
    layouts: &Layouts,
    reading: &mut BodyReading,
) {
    let block = &layouts.layout(binding.layout).blocks[segment.block];
    let key = reader.read(sheet, row, segment, block, layouts);
    let mut has_figures = false;
    for amount in &segment.amounts {
        let at = CellReference::new(row, amount.column);
        let Some(value) = sheet.grid.value(at) else { continue };
        if !is_amount(value, layouts) {
            if let CellValue::Text(text) = value
                && !layouts.header_labels.contains(&normal(text))
            {
                reading.notes.push(format!("{at}: {}", text.trim()));
            }
            continue;
        }
        has_figures = true;
        reading.figures.push(figure(at, value, amount, &key, block, binding, naming, layouts));
    }
    let is_known = key.line.is_some() || key.code.is_some() || block.rule.keys.is_empty();
    let names_lines = !block.rule.lines.is_empty();
    if has_figures && !is_known && names_lines && segment.amounts.iter().any(|amount| !names_own_line(amount, block)) {
        let at = CellReference::new(row, segment.keys.first().copied().unwrap_or(0));
        reading.unknown_rows.push((at, key.label));
    }
}

fn names_own_line(amount: &AmountColumn, block: &BoundBlock) -> bool {
    amount.measure.is_some_and(|at| block.rule.measures[at].line.is_some())
}

/// Numbers in any writing, dashes, dates and errors; other texts are remarks.
fn is_amount(value: &CellValue, layouts: &Layouts) -> bool {
    match value {
        CellValue::Text(text) => {
            let label = normal(text);
            let is_dash = !label.is_empty() && label.chars().all(|c| "-—–−―/\\无無─".contains(c));
            let starts_like_number = label.starts_with(|c: char| c.is_ascii_digit() || "-+(.¥¥".contains(c));
            is_dash
                || is_numeric(value)
                || (starts_like_number
                    && label.chars().any(|c| c.is_ascii_digit())
                    && label.chars().count() <= 30
                    && !layouts.header_labels.contains(&label))
        }
        _ => true,
    }
}

#[allow(clippy::too_many_arguments)]
fn figure(
    at: CellReference,
    value: &CellValue,
    amount: &AmountColumn,
    key: &RowKey,
    block: &BoundBlock,
    binding: &Binding,
    naming: &Naming<'_>,
    layouts: &Layouts,
) -> RawFigure {
    let layout = layouts.layout(binding.layout);
    let measure = amount.measure.map(|at| &block.rule.measures[at]);
    let own_line = measure.and_then(|measure| measure.line.clone());
    let line = own_line.clone().or_else(|| key.line.clone());
    let first = |values: &[Option<&str>]| -> String {
        values.iter().flatten().find(|value| !value.is_empty()).map_or_else(String::new, |value| (*value).to_owned())
    };
    let by_line = |map: &BTreeMap<String, String>| line.as_ref().and_then(|line| map.get(line)).cloned();
    let by_code = key.code.as_ref().and_then(|code| {
        block
            .rule
            .component_by_code
            .iter()
            .find(|(prefix, _)| code.starts_with(prefix.as_str()))
            .map(|(_, c)| c.clone())
    });
    let (component, fund, flow) = match measure {
        None => (String::new(), String::new(), String::new()),
        Some(measure) => (
            first(&[
                Some(&measure.component),
                by_line(&block.rule.component_by_line).as_deref(),
                by_code.as_deref(),
                Some(&block.rule.component),
                Some("total"),
            ]),
            first(&[
                Some(&measure.fund),
                by_line(&block.rule.fund_by_line).as_deref(),
                Some(&block.rule.fund),
                Some("all"),
            ]),
            first(&[
                Some(&measure.flow),
                key.group_flow.as_deref(),
                line_flow(line.as_deref(), layouts),
                Some(&block.rule.flow),
            ]),
        ),
    };
    let (unit, unit_source) = match (&key.unit, measure.map(|measure| measure.unit.as_str()), &amount.unit) {
        (_, Some(unit), _) if !unit.is_empty() => (unit.to_owned(), "layout".to_owned()),
        (Some(unit), _, _) => (unit.clone(), "row label".to_owned()),
        (None, _, Some(unit)) => (unit.clone(), "header".to_owned()),
        _ => (naming.unit.to_owned(), naming.unit_source.to_owned()),
    };
    let (row_label, parent_label) = match own_line {
        Some(_) => (amount.item.clone(), Some(key.label.clone()).filter(|label| !label.is_empty())),
        None => (key.label.clone(), key.parent.clone()),
    };
    let row_role = match &measure.and_then(|measure| measure.line.as_ref()) {
        Some(line) => line_role(line, layouts),
        None => key.role,
    };
    RawFigure {
        sheet_number: naming.sheet_number,
        sheet: naming.sheet.to_owned(),
        cell: at,
        layout: layout.id.clone(),
        report_table: layout.report_table.clone(),
        side: block.rule.side.clone(),
        component,
        phase: amount.phase.clone(),
        fund,
        flow,
        row_role,
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

fn line_flow<'a>(line: Option<&str>, layouts: &'a Layouts) -> Option<&'a str> {
    layouts.lists.line_rows.iter().find(|row| Some(row.line.as_str()) == line).map(|row| row.flow.as_str())
}

pub fn line_role(line: &str, layouts: &Layouts) -> RowRole {
    let role = layouts.lists.line_rows.iter().find(|row| row.line == line).map_or("", |row| row.role.as_str());
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

//! Body rows under a bound header → raw figures.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::figure::{RawFigure, RowRole};
use super::key::{KeyReader, RowKey, role_of_line};
use crate::decode::{CellValue, Merge};
use crate::extract::table::find::bind::{AmountColumn, Binding, Segment};
use crate::extract::table::find::furniture::{PrintedUnit, is_furniture, note_of};
use crate::extract::table::find::header::{Header, is_numbering_row};
use crate::extract::table::find::sheet::{Sheet, SheetCell};
use crate::extract::table::layouts::layout::Measure;
use crate::extract::table::layouts::load::{BoundBlock, Layouts};
use crate::vocabulary::{CellReference, is_nothing, numeral};

/// What the body of one table gave.
#[derive(Debug, Default)]
pub struct BodyReading {
    pub figures: Vec<RawFigure>,
    pub notes: Vec<String>,
    /// Labels with figures that mean no known line.
    pub unknown_rows: Vec<(CellReference, String)>,
    /// Numbers outside every bound column.
    pub strays: Vec<CellReference>,
    /// Amounts of rows that hold an amount where their name belongs.
    pub shifted: Vec<CellReference>,
    /// Amounts of rows whose names no column holds.
    pub nameless: Vec<CellReference>,
    /// Words where the other cells of the row hold amounts.
    pub words: Vec<(CellReference, String)>,
    /// Amount cells that share one printed amount with others: the cell, and the merge it belongs to.
    pub shared: Vec<(CellReference, Merge)>,
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
    let repeats_header = |cells: &[SheetCell<'_>]| header.rows.clone().any(|row| says_the_same(sheet.row(row), cells));
    let claimed: HashSet<u32> = claimed_columns(binding);
    for cells in sheet.by_row(rows) {
        if is_numbering_row(cells, layouts) || is_furniture(cells, layouts) || repeats_header(cells) {
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
            let over = label_over_keys(sheet, cells, segment);
            let mut key = reader.read(cells, over, segment, block, layouts);
            // A label whose own amount columns are blank may name the amount of the next list (公用经费合计).
            if key.label.is_empty()
                && let Some(left) = waiting.take()
            {
                key = left;
            }
            let unnamed = if is_shifted(&key) {
                Some(&mut reading.shifted)
            } else {
                is_nameless(segment, block).then_some(&mut reading.nameless)
            };
            if let Some(unnamed) = unnamed {
                let amounts = cells.iter().filter(|cell| cell.is_numeric && has_amount(segment, cell.at.column));
                unnamed.extend(amounts.map(|cell| cell.at));
                continue;
            }
            let has_figures = body.read_segment(cells, segment, &key, &mut reading);
            waiting = (!has_figures && !key.label.is_empty()).then_some(key);
        }
        let is_stray = |cell: &&SheetCell<'_>| cell.is_numeric && !claimed.contains(&cell.at.column);
        reading.strays.extend(cells.iter().filter(is_stray).map(|cell| cell.at));
    }
    mark_subtotals(&mut reading.figures);
    reading
}

/// The label that is merged over the key columns from further left: 合计 below the numbers of the rows.
fn label_over_keys<'c>(sheet: &Sheet<'_>, cells: &'c [SheetCell<'_>], segment: &Segment) -> Option<&'c SheetCell<'c>> {
    let first = *segment.keys.first()?;
    let reaches = |cell: &&SheetCell<'_>| {
        !cell.is_numeric
            && cell.text().is_some()
            && sheet.merge_at(cell.at).is_some_and(|merge| merge.first == cell.at && merge.last.column >= first)
    };
    cells.iter().take_while(|cell| cell.at.column < first).filter(reaches).last()
}

/// An amount stands where the row's name belongs: its columns are not those of the header.
fn is_shifted(key: &RowKey) -> bool {
    let label = key.label.trim_start_matches('-');
    label.contains('.') && label.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
}

/// The rows of this list have names, and none of its columns holds them: they stand on another page.
fn is_nameless(segment: &Segment, block: &BoundBlock) -> bool {
    segment.keys.is_empty()
        && !block.rule.keys.is_empty()
        && (!block.rule.lines.is_empty() || !block.rule.classification.is_empty())
        && !segment.amounts.iter().any(|amount| names_own_line(amount, block))
}

fn has_amount(segment: &Segment, column: u32) -> bool {
    segment.amounts.iter().any(|amount| amount.column == column)
}

/// Whether two rows print the same labels and values, wherever they stand.
fn says_the_same(one: &[SheetCell<'_>], other: &[SheetCell<'_>]) -> bool {
    let same = |(one, other): (&SheetCell<'_>, &SheetCell<'_>)| match (&one.label, &other.label) {
        (None, None) => one.value.printed() == other.value.printed(),
        (Some(label), None) => *label == other.value.printed(),
        (None, Some(label)) => *label == one.value.printed(),
        (one, other) => one == other,
    };
    one.len() == other.len() && one.iter().zip(other).all(same)
}

fn claimed_columns(binding: &Binding) -> HashSet<u32> {
    let amounts = binding.segments.iter().flat_map(|segment| segment.amounts.iter().map(|amount| amount.column));
    let keys = binding.segments.iter().flat_map(|segment| segment.keys.iter().copied());
    amounts.chain(keys).chain(binding.ignored.iter().copied()).collect()
}

impl Body<'_> {
    /// Reads the amounts of one row of one list; tells whether there were any.
    fn read_segment(
        &self,
        cells: &[SheetCell<'_>],
        segment: &Segment,
        key: &RowKey,
        reading: &mut BodyReading,
    ) -> bool {
        let block = &self.layouts.layout(self.binding.layout).blocks[segment.block];
        let before = reading.figures.len();
        for amount in &segment.amounts {
            let Ok(found) = cells.binary_search_by_key(&amount.column, |cell| cell.at.column) else { continue };
            let cell = &cells[found];
            if is_amount(cell, self.layouts) {
                reading.shared.extend(self.shared_by(cell.at, segment));
                reading.figures.push(self.figure(cell, amount, key, block));
            } else if let CellValue::Text(text) = &cell.value {
                if !cell.is_label(|label| self.layouts.header_labels.contains(label)) {
                    reading.notes.push(format!("{}: {}", cell.at, text.trim()));
                }
                let is_row_of_amounts = cells.iter().any(|cell| cell.is_numeric || is_amount(cell, self.layouts));
                if is_row_of_amounts || numeral::is_written_amount(text.trim()) {
                    reading.words.push((cell.at, text.trim().to_owned()));
                }
            }
        }
        let has_figures = reading.figures.len() > before;
        let is_known = key.line.is_some() || key.code.is_some() || block.rule.lines.is_empty();
        if has_figures && !is_known && segment.amounts.iter().any(|amount| !names_own_line(amount, block)) {
            let at = CellReference::new(cells[0].at.row, segment.keys.first().copied().unwrap_or(0));
            reading.unknown_rows.push((at, key.label.clone()));
        }
        has_figures
    }

    /// The amount cells of one merge, where it reaches over several: rows that print something of their own, or columns
    /// that mean something of their own.
    fn shared_by(&self, at: CellReference, segment: &Segment) -> Vec<(CellReference, Merge)> {
        let Some(merge) = self.sheet.merge_at(at).filter(|merge| merge.first == at) else { return Vec::new() };
        let rows = (merge.first.row..=merge.last.row).filter(|row| *row == at.row || !self.sheet.row(*row).is_empty());
        let is_amount = |column: &u32| segment.amounts.iter().any(|amount| amount.column == *column);
        let columns: Vec<u32> = (merge.first.column..=merge.last.column).filter(is_amount).collect();
        let cells: Vec<(CellReference, Merge)> =
            rows.flat_map(|row| columns.iter().map(move |column| (CellReference::new(row, *column), merge))).collect();
        if cells.len() > 1 { cells } else { Vec::new() }
    }

    fn figure(&self, cell: &SheetCell<'_>, amount: &AmountColumn, key: &RowKey, block: &BoundBlock) -> RawFigure {
        let layout = self.layouts.layout(self.binding.layout);
        let measure = amount.measure.map(|at| &block.rule.measures[at]);
        let own_line = measure.and_then(|measure| measure.line.clone());
        let line = own_line.clone().or_else(|| key.line.clone());
        let (component, fund, flow) = self.facets(measure, line.as_deref(), key, block);
        let (unit, unit_source) = self.unit(measure, line.as_deref(), key, amount, block);
        let phase = self.layouts.words.phase_of_row(&key.label).unwrap_or(&amount.phase).to_owned();
        let (row_label, parent_label) = match own_line {
            Some(_) => (amount.item.clone(), Some(key.label.clone()).filter(|label| !label.is_empty())),
            None => (key.label.clone(), key.parent.clone()),
        };
        RawFigure {
            sheet_number: self.sheet.grid.sheet_number,
            sheet: self.sheet.grid.sheet.clone(),
            cell: cell.at,
            layout: layout.id.clone(),
            report_table: layout.report_table.clone(),
            side: block.rule.side.clone(),
            component,
            phase,
            fund,
            flow,
            row_role: measure
                .and_then(|measure| measure.line.as_deref())
                .map_or(key.role, |line| role_of_line(line, self.layouts)),
            line,
            code: key.code.clone(),
            classification: key.classification.clone(),
            row_label,
            parent_label,
            header_path: amount.path.clone(),
            value: cell.value.clone(),
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
        let rule = &block.rule;
        let by_code = key.code.as_ref().and_then(|code| {
            let mut prefixes = rule.component_by_code.iter();
            prefixes.find(|(prefix, _)| code.starts_with(prefix.as_str())).map(|(_, component)| component.as_str())
        });
        let first = |values: &[&str]| values.iter().find(|value| !value.is_empty()).copied().unwrap_or("").to_owned();
        let component = first(&[
            &measure.component,
            by_line(&rule.component_by_line, line),
            by_code.unwrap_or(""),
            &block.rule.component,
            "total",
        ]);
        let fund = first(&[&measure.fund, by_line(&rule.fund_by_line, line), self.title_fund, &block.rule.fund, "all"]);
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

fn by_line<'a>(map: &'a BTreeMap<String, String>, line: Option<&str>) -> &'a str {
    line.and_then(|line| map.get(line)).map_or("", String::as_str)
}

fn names_own_line(amount: &AmountColumn, block: &BoundBlock) -> bool {
    amount.measure.is_some_and(|at| block.rule.measures[at].line.is_some())
}

/// Numbers in any writing, dashes, dates and errors; other texts are remarks.
fn is_amount(cell: &SheetCell<'_>, layouts: &Layouts) -> bool {
    let Some(label) = &cell.label else { return true };
    // A formula that was saved as its own text.
    if cell.text().is_some_and(|text| text.trim_start().starts_with('=')) {
        return true;
    }
    let is_dash = is_nothing(label);
    let starts_like_number = label.starts_with(|c: char| c.is_ascii_digit() || "-+(.¥".contains(c));
    let is_number_with_unit = starts_like_number
        && label.chars().any(|c| c.is_ascii_digit())
        && label.chars().count() <= 30
        && !layouts.header_labels.contains(label);
    is_dash || cell.is_numeric || is_number_with_unit || ends_like_amount(label)
}

/// `RMB100.10`, `约1,200`: a short word before what can only be an amount.
fn ends_like_amount(label: &str) -> bool {
    let digits = label.trim_start_matches(|c: char| !c.is_ascii_digit());
    let word = label.len() - digits.len();
    let is_amount = digits.contains('.') || digits.len() > 4;
    is_amount
        && label[..word].chars().count() <= 4
        && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
}

fn line_flow<'a>(line: Option<&str>, layouts: &'a Layouts) -> &'a str {
    layouts.lists.line_row(line.unwrap_or("")).map_or("", |row| row.flow.as_str())
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

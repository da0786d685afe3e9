//! Header paths + layout → what each column means.

use super::header::{Column, Header, HeaderLabel};
use super::sheet::Sheet;
use super::years::FINAL_ACCOUNT;
use crate::extract::table::layouts::load::{BoundBlock, Layout, Layouts, Path};
use crate::extract::table::rows::label::normal;

const ECONOMIC: &str = "{economic}";

/// A layout bound to one header.
#[derive(Debug, Clone)]
pub struct Binding {
    pub layout: usize,
    pub segments: Vec<Segment>,
    pub ignored: Vec<u32>,
}

/// One run of key columns with the amount columns that follow it: half of a two-sided table, one of three blocks.
#[derive(Debug, Clone)]
pub struct Segment {
    pub block: usize,
    pub keys: Vec<u32>,
    pub amounts: Vec<AmountColumn>,
}

#[derive(Debug, Clone)]
pub struct AmountColumn {
    pub column: u32,
    /// Index into the block's measures; `None` where the layout does not know the header path, or cannot tell the column from
    /// its twin.
    pub measure: Option<usize>,
    /// Another column of the segment has the same labels and would mean the same.
    pub has_twin: bool,
    pub phase: String,
    pub unit: Option<String>,
    pub path: Vec<String>,
    /// The label that names what is measured: the last one that is no phase and no total.
    pub item: String,
}

enum Meaning {
    Key,
    Ignored,
    Amount { measure: Option<usize>, phase: Option<String> },
}

/// Binds a layout to a header.
///
/// # Errors
/// What the header lacks (or has too much of) for this layout.
pub fn bind(
    header: &Header,
    sheet: &Sheet<'_>,
    body: std::ops::Range<u32>,
    at: usize,
    layouts: &Layouts,
) -> Result<Binding, Vec<String>> {
    let layout = layouts.layout(at);
    let mut lacks = match bind_columns(header, at, layouts) {
        Ok(binding) if layout.rows.is_empty() || has_row(sheet, body.clone(), &layout.rows) => return Ok(binding),
        Ok(_) => Vec::new(),
        Err(lacks) => lacks,
    };
    if !layout.rows.is_empty() && !has_row(sheet, body, &layout.rows) {
        lacks.push(format!("a row {}", layout.rows.join(" or ")));
    }
    Err(lacks)
}

/// Binds by the header alone: the next page of a table need not repeat its telling rows.
///
/// # Errors
/// What the header lacks.
pub fn bind_columns(header: &Header, at: usize, layouts: &Layouts) -> Result<Binding, Vec<String>> {
    let layout = layouts.layout(at);
    let mut lacks = missing_columns(header, layout);
    let binding = assign(header, at, layout, layouts);
    let amounts = || binding.segments.iter().flat_map(|segment| &segment.amounts);
    if !amounts().any(|amount| amount.measure.is_some()) {
        let has_twins = amounts().any(|amount| amount.has_twin);
        lacks.push(if has_twins { "a label that tells its columns apart" } else { "an amount column" }.to_owned());
    }
    if lacks.is_empty() { Ok(binding) } else { Err(lacks) }
}

fn missing_columns(header: &Header, layout: &Layout) -> Vec<String> {
    let has = |labels: &Vec<String>| {
        header.columns.iter().flat_map(|column| &column.labels).any(|label| labels.contains(&label.normal))
    };
    let missing = layout.columns.iter().filter(|labels| !has(labels)).map(|labels| labels.join(" or "));
    let excess = layout.absent.iter().filter(|labels| has(labels)).map(|labels| format!("no {}", labels.join(" or ")));
    missing.chain(excess).collect()
}

/// Whether one of these stands in a label of the rows.
pub fn has_row(sheet: &Sheet<'_>, body: std::ops::Range<u32>, wanted: &[String]) -> bool {
    let mut labels = sheet.rows(body).iter().filter_map(|cell| cell.label.as_ref());
    labels.any(|label| wanted.iter().any(|row| label.contains(row.as_str())))
}

fn assign(header: &Header, at: usize, layout: &Layout, layouts: &Layouts) -> Binding {
    let mut binding = Binding { layout: at, segments: Vec::new(), ignored: Vec::new() };
    let mut runs = 0usize;
    let mut was_key = false;
    for column in &header.columns {
        let current = binding.segments.last().map(|segment| segment.block);
        let block_at = block_of(column, layout, current, if was_key { runs.max(1) } else { runs + 1 });
        let Some(block) = layout.blocks.get(block_at) else { continue };
        match meaning(column, block, layouts) {
            Meaning::Ignored => binding.ignored.push(column.column),
            Meaning::Key => {
                if was_key && current == Some(block_at) {
                    if let Some(segment) = binding.segments.last_mut() {
                        segment.keys.push(column.column);
                    }
                } else {
                    runs += 1;
                    binding.segments.push(Segment { block: block_at, keys: vec![column.column], amounts: Vec::new() });
                }
                was_key = true;
            }
            Meaning::Amount { measure, phase } => {
                if current != Some(block_at) {
                    binding.segments.push(Segment { block: block_at, keys: Vec::new(), amounts: Vec::new() });
                }
                let amount = amount_column(column, block, measure, phase, layouts);
                if let Some(segment) = binding.segments.last_mut() {
                    segment.amounts.push(amount);
                }
                was_key = false;
            }
        }
    }
    extend_keys(&mut binding, header);
    binding.segments.iter_mut().for_each(disown_twins);
    binding
}

/// Columns under the same labels lost the label that tells them apart, such as the budget from the final account: neither is
/// taken for what the label alone would mean.
fn disown_twins(segment: &mut Segment) {
    let known = || segment.amounts.iter().filter(|amount| amount.measure.is_some());
    let is_same = |one: &AmountColumn, other: &AmountColumn| {
        one.column != other.column && (one.measure, &one.phase, &one.path) == (other.measure, &other.phase, &other.path)
    };
    let twins: Vec<u32> =
        known().filter(|one| known().any(|other| is_same(one, other))).map(|amount| amount.column).collect();
    for amount in segment.amounts.iter_mut().filter(|amount| twins.contains(&amount.column)) {
        (amount.measure, amount.has_twin) = (None, true);
        amount.phase.clear();
    }
}

/// Columns without a header right of a key column belong to it: a code header over 类, 款 and 项 that lost its merge.
fn extend_keys(binding: &mut Binding, header: &Header) {
    let is_labelled = |column: u32| header.columns.iter().any(|labelled| labelled.column == column);
    let last = header.columns.last().map_or(0, |column| column.column);
    for segment in &mut binding.segments {
        let more: Vec<u32> =
            segment.keys.iter().flat_map(|key| (key + 1..=last).take_while(|column| !is_labelled(*column))).collect();
        segment.keys.extend(more);
        segment.keys.sort_unstable();
    }
}

/// The block a column belongs to: by its banner; by key labels only one block has; else by order of the key columns.
fn block_of(column: &Column, layout: &Layout, current: Option<usize>, run: usize) -> usize {
    if layout.blocks.len() == 1 {
        return 0;
    }
    let has = |set: &std::collections::HashSet<String>| column.labels.iter().any(|label| set.contains(&label.normal));
    let with_banner: Vec<usize> = (0..layout.blocks.len()).filter(|at| has(&layout.blocks[*at].banner)).collect();
    let own_key = |at: &usize| {
        let own = &layout.blocks[*at].rule.key_labels;
        own.iter().any(|label| column.labels.iter().any(|found| found.normal == normal(label)))
    };
    let candidates: Vec<usize> = if with_banner.is_empty() { (0..layout.blocks.len()).collect() } else { with_banner };
    if let Some(at) = candidates.iter().find(|at| own_key(at)) {
        return *at;
    }
    if let [only] = candidates.as_slice() {
        return *only;
    }
    let is_key = column
        .labels
        .last()
        .is_some_and(|label| candidates.iter().any(|at| layout.blocks[*at].keys.contains(&label.normal)));
    match current {
        Some(at) if !is_key && candidates.contains(&at) => at,
        _ => *candidates.iter().find(|at| **at + 1 == run).or(candidates.last()).unwrap_or(&0),
    }
}

fn meaning(column: &Column, block: &BoundBlock, layouts: &Layouts) -> Meaning {
    let labels: Vec<&str> = column.labels.iter().map(|label| label.normal.as_str()).collect();
    let last = labels.last().copied().unwrap_or("");
    // A label above two key columns may stand in one cell with that of the second: 项目科目名称.
    let are_two = |label: &str| {
        let rests = block.keys.iter().filter_map(|first| label.strip_prefix(first.as_str()));
        rests.into_iter().any(|rest| block.keys.contains(rest))
    };
    let is_key = |label: &str| block.keys.contains(label) || are_two(label);
    if block.ignore.contains(last) {
        return Meaning::Ignored;
    }
    let splits_code = layouts.words.code_parts.contains(last) && labels.iter().any(|label| is_key(label));
    if is_key(last) || splits_code {
        return Meaning::Key;
    }
    let (path, phase) = distinctive(&labels, block, layouts);
    let measure = block.paths.iter().position(|paths| paths.iter().any(|pattern| fits(pattern, &path, layouts)));
    if measure.is_none() && labels.iter().any(|label| is_key(label)) {
        return Meaning::Key;
    }
    Meaning::Amount { measure, phase }
}

/// The labels that tell columns apart: without banner, phase and transparent ones, and those of which only a year was left.
fn distinctive<'a>(labels: &[&'a str], block: &BoundBlock, layouts: &'a Layouts) -> (Vec<&'a str>, Option<String>) {
    let mut phase = None;
    let mut path = Vec::new();
    for label in labels {
        if let Some(found) = layouts.words.phases.get(*label) {
            phase = Some(found.clone());
        } else if !(label.is_empty() || block.transparent.contains(*label) || block.banner.contains(*label)) {
            path.push(*label);
        }
    }
    (path, phase)
}

fn fits(pattern: &Path, path: &[&str], layouts: &Layouts) -> bool {
    if let [labels] = pattern.as_slice()
        && labels.iter().any(|label| label == ECONOMIC)
    {
        let is_economic = |label: &str| {
            layouts.lists.economic.contains(label)
                || layouts.lists.economic.contains(label.trim_start_matches(|c: char| c.is_ascii_digit()))
        };
        return path.iter().any(|label| is_economic(label))
            && path.iter().all(|label| is_economic(label) || layouts.words.totals.contains(*label));
    }
    pattern.len() == path.len()
        && pattern.iter().zip(path).all(|(labels, label)| labels.iter().any(|known| known == label))
}

fn amount_column(
    column: &Column,
    block: &BoundBlock,
    measure: Option<usize>,
    phase: Option<String>,
    layouts: &Layouts,
) -> AmountColumn {
    let rule = measure.map(|at| &block.rule.measures[at]);
    let stated = rule.map(|rule| rule.phase.clone()).filter(|phase| !phase.is_empty());
    let default = Some(block.rule.phase.clone()).filter(|phase| !phase.is_empty());
    let fallback = if measure.is_some() { FINAL_ACCOUNT } else { "" };
    let says_more = |label: &&HeaderLabel| {
        !layouts.words.phases.contains_key(&label.normal) && !block.transparent.contains(&label.normal)
    };
    let names_item = |label: &&HeaderLabel| says_more(label) && !layouts.words.totals.contains(&label.normal);
    let labels = || column.labels.iter().rev();
    let item = labels().find(names_item).or_else(|| labels().find(says_more)).or(column.labels.last());
    AmountColumn {
        column: column.column,
        measure,
        has_twin: false,
        phase: stated.or(phase).or(default).unwrap_or_else(|| fallback.to_owned()),
        unit: column.unit().map(str::to_owned),
        path: column.path(),
        item: item.map(|label| label.shown.clone()).unwrap_or_default(),
    }
}

//! `juesuan inspect`, as far as tables go: what was recognised, why, and what was not.

use std::fmt;

use serde::Serialize;

use super::examine::{Examined, Verdict, examine};
use crate::decode::Document;
use crate::extract::table::find::bind::Binding;
use crate::extract::table::layouts::layout::LayoutKind;
use crate::extract::table::layouts::load::Layouts;
use crate::identity::PlaceHint;
use crate::vocabulary::CellReference;

/// Every table of one document. `Display` is the text for a terminal.
#[derive(Debug, Clone, Serialize)]
pub struct Inspection {
    pub tables: Vec<InspectedTable>,
}

#[derive(Debug, Clone, Serialize)]
pub struct InspectedTable {
    pub sheet_number: u32,
    pub sheet: String,
    pub hidden: bool,
    /// First and last row, from 1.
    pub rows: (u32, u32),
    pub title: Option<String>,
    /// The title's cell, or `caption`, `sheet name`.
    pub title_place: Option<String>,
    pub layout: Option<String>,
    pub report_table: Option<String>,
    pub verdict: String,
    /// Other layouts with this title, and what the header lacked for them.
    pub lacking: Vec<Lacking>,
    pub columns: Vec<InspectedColumn>,
    pub unit: Option<String>,
    pub unit_place: Option<String>,
    pub departments: Vec<String>,
    pub years: Vec<i32>,
    pub state: String,
    pub figures: usize,
    pub unknown_rows: Vec<String>,
    pub stray_numbers: Vec<String>,
    pub notes: Vec<String>,
    /// It is read, and of final accounts.
    #[serde(skip)]
    pub is_final: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Lacking {
    pub layout: String,
    pub lacks: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct InspectedColumn {
    /// A, B ..
    pub column: String,
    pub header_path: Vec<String>,
    /// `row label`, `ignored`, `unknown`, or the meaning as `component/phase`.
    pub meaning: String,
}

/// Explains how each table of a document was read.
pub fn inspect(document: &Document, layouts: &Layouts, hint: &PlaceHint) -> Inspection {
    let tables = examine(document, layouts, hint).iter().map(|table| inspected(table, layouts)).collect();
    Inspection { tables }
}

fn inspected(table: &Examined, layouts: &Layouts) -> InspectedTable {
    let (binding, at) = match &table.verdict {
        Verdict::Matched { binding, .. } => (Some(binding), Some(binding.layout)),
        Verdict::Recognised { layout } => (None, Some(*layout)),
        _ => (None, None),
    };
    let layout = at.map(|at| layouts.layout(at));
    let title_place = table.title.as_ref().map(|title| match title.at {
        Some(cell) => cell.to_string(),
        None => table.title_source.in_words().to_owned(),
    });
    let is_final = binding.is_some() && layout.is_some_and(|layout| layout.kind == LayoutKind::Final);
    InspectedTable {
        is_final,
        sheet_number: table.sheet_number,
        sheet: table.sheet.clone(),
        hidden: table.hidden,
        rows: (table.rows.start + 1, table.rows.end),
        title: table.title.as_ref().map(|title| title.text.clone()),
        title_place,
        layout: layout.map(|layout| layout.id.clone()),
        report_table: layout.map(|layout| layout.report_table.clone()),
        verdict: verdict_in_words(table, layouts),
        lacking: table
            .lacks
            .iter()
            .map(|(at, lacks)| Lacking { layout: layouts.layout(*at).id.clone(), lacks: lacks.clone() })
            .collect(),
        columns: columns(table, binding, layouts),
        unit: Some(table.unit.unit.clone()).filter(|unit| !unit.is_empty()),
        unit_place: Some(table.unit.source.clone()).filter(|place| !place.is_empty()),
        departments: table.furniture.departments.clone(),
        years: table.furniture.years.clone(),
        state: table.state.as_str().to_owned(),
        figures: table.body.figures.len(),
        unknown_rows: table.body.unknown_rows.iter().map(|(at, label)| format!("{at} {label}")).collect(),
        stray_numbers: stray_numbers(table),
        notes: table.body.notes.clone(),
    }
}

/// Numbers that belong to no column or to no row.
fn stray_numbers(table: &Examined) -> Vec<String> {
    let body = &table.body;
    body.strays.iter().chain(&body.shifted).chain(&body.nameless).map(ToString::to_string).collect()
}

/// What was decided about a table, in one clause.
pub fn verdict_in_words(table: &Examined, layouts: &Layouts) -> String {
    let ids = |found: &[usize]| found.iter().map(|at| layouts.layout(*at).id.as_str()).collect::<Vec<_>>().join(", ");
    match &table.verdict {
        Verdict::Matched { binding, why } => format!("{}: {}", layouts.layout(binding.layout).id, why.in_words()),
        Verdict::Recognised { layout } => {
            let layout = layouts.layout(*layout);
            match layout.kind {
                LayoutKind::Final => format!("{}: declared empty, without a grid", layout.id),
                other => {
                    let kind = other.as_str();
                    format!("{}: a {kind} table, not loaded", layout.id)
                }
            }
        }
        Verdict::Ambiguous(found) => format!("ambiguous: {}", ids(found)),
        Verdict::Unfit if table.header.is_none() => "a known title, but no header row was found".to_owned(),
        Verdict::Unfit => "a known title, but its columns fit no layout with that title".to_owned(),
        Verdict::Unplaced => {
            "the labels of its header lost their columns, and fit no layout in one way alone".to_owned()
        }
        Verdict::Unknown if table.numbers == 0 => "no title of a table, and no numbers".to_owned(),
        Verdict::Unknown => "no layout knows this title".to_owned(),
    }
}

fn columns(table: &Examined, binding: Option<&Binding>, layouts: &Layouts) -> Vec<InspectedColumn> {
    let Some(header) = &table.header else { return Vec::new() };
    let name = |column: u32| {
        CellReference::new(0, column).to_string().trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()
    };
    let meaning = |column: u32| -> String {
        let Some(binding) = binding else { return String::new() };
        if binding.ignored.contains(&column) {
            return "ignored".to_owned();
        }
        for segment in &binding.segments {
            let block = &layouts.layout(binding.layout).blocks[segment.block].rule;
            if segment.keys.contains(&column) {
                return "row label".to_owned();
            }
            if let Some(amount) = segment.amounts.iter().find(|amount| amount.column == column) {
                return match amount.measure.map(|at| &block.measures[at]) {
                    None => "unknown".to_owned(),
                    Some(measure) => {
                        let parts = [
                            block.name.as_str(),
                            measure.line.as_deref().unwrap_or(&measure.component),
                            measure.flow.as_str(),
                            measure.fund.as_str(),
                            amount.phase.as_str(),
                        ];
                        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
                    }
                };
            }
        }
        "unknown".to_owned()
    };
    header
        .columns
        .iter()
        .map(|column| InspectedColumn {
            column: name(column.column),
            header_path: column.path(),
            meaning: meaning(column.column),
        })
        .collect()
}

impl fmt::Display for Inspection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for table in &self.tables {
            write!(formatter, "{table}")?;
        }
        Ok(())
    }
}

impl fmt::Display for InspectedTable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = if self.hidden { " (hidden)" } else { "" };
        writeln!(out, "sheet {} “{}”{hidden}, rows {} to {}", self.sheet_number, self.sheet, self.rows.0, self.rows.1)?;
        if let (Some(title), Some(place)) = (&self.title, &self.title_place) {
            writeln!(out, "  title    {title}  [{place}]")?;
        }
        writeln!(out, "  layout   {}", self.verdict)?;
        for other in &self.lacking {
            writeln!(out, "  not      {}: lacks {}", other.layout, other.lacks.join(", "))?;
        }
        match (&self.unit, &self.unit_place) {
            (Some(unit), Some(place)) => writeln!(out, "  unit     {unit}  [{place}]")?,
            _ => writeln!(out, "  unit     none printed")?,
        }
        if !self.departments.is_empty() {
            writeln!(out, "  printed  {}", self.departments.join(", "))?;
        }
        for column in &self.columns {
            writeln!(out, "  {:<8} {}  → {}", column.column, column.header_path.join(" > "), column.meaning)?;
        }
        writeln!(out, "  figures  {} ({})", self.figures, self.state)?;
        for row in &self.unknown_rows {
            writeln!(out, "  unknown row     {row}")?;
        }
        for cell in &self.stray_numbers {
            writeln!(out, "  stray number    {cell}")?;
        }
        for note in &self.notes {
            writeln!(out, "  note     {note}")?;
        }
        writeln!(out)
    }
}

//! From examined tables to the room's result: figures, tables, names, years, findings.

use super::examine::{Examined, Verdict, examine};
use super::report::{contradicting_units, report};
use super::unread::report_unread;
use crate::decode::Document;
use crate::extract::table::layouts::layout::LayoutKind;
use crate::extract::table::layouts::load::Layouts;
use crate::extract::table::rows::figure::{FoundTable, TableReading, TableState};
use crate::extract::table::rows::label::{normal, years_in};
use crate::identity::PlaceHint;

/// Reads every table of a document.
///
/// Each non-blank amount cell under a recognised layout becomes one figure: numbers in any writing, and also what the
/// normaliser has to judge — dashes (nothing to report), dates, spreadsheet errors. Blank cells give none. A column the
/// layout does not know gives figures too, with an empty `component`, `fund`, `flow` and `phase`, and a finding.
/// Tables of budgets and performance reports are listed; where a layout describes a budget table's columns its figures are
/// kept apart, for comparing with what the final accounts call the initial budget.
pub fn read(document: &Document, layouts: &Layouts, hint: &PlaceHint) -> TableReading {
    let examined = examine(document, layouts, hint);
    let mut reading = TableReading::default();
    contradicting_units(&examined, &mut reading.findings);
    report_unread(document, &examined, layouts, &mut reading.findings);
    for mut table in examined {
        reading.printed_departments.extend(table.furniture.departments.iter().cloned());
        reading.printed_years.extend(std::mem::take(&mut table.furniture.years));
        let is_final = |at: usize| layouts.layout(at).kind == LayoutKind::Final;
        if !matches!(&table.verdict, Verdict::Matched { binding, .. } if !is_final(binding.layout)) {
            report(&table, layouts, &mut reading.findings);
        }
        let layout = match &table.verdict {
            Verdict::Matched { binding, .. } => binding.layout,
            Verdict::Recognised { layout } => *layout,
            _ => continue,
        };
        push_table(&mut reading.tables, &table, layout, layouts);
        let figures = if is_final(layout) { &mut reading.figures } else { &mut reading.budget_figures };
        figures.append(&mut table.body.figures);
    }
    most_frequent_first(&mut reading.printed_departments);
    most_frequent_first(&mut reading.printed_years);
    reading
}

/// Pages of one table on one sheet are one table, unless they print other names or years.
fn push_table(tables: &mut Vec<FoundTable>, table: &Examined, at: usize, layouts: &Layouts) {
    let layout = layouts.layout(at);
    let figures = u32::try_from(table.body.figures.len()).unwrap_or(u32::MAX);
    let (title, before_title) =
        table.title.as_ref().map(|title| (title.text.clone(), title.before.clone())).unwrap_or_default();
    let years = years_in(&normal(&title));
    if let Some(last) = tables.last_mut()
        && last.layout == layout.id
        && last.sheet_number == table.sheet_number
        && is_same_or_absent(&table.furniture.departments, &last.departments)
        && is_same_or_absent(&years, &last.title_years)
    {
        last.figures = last.figures.saturating_add(figures);
        if table.state == TableState::Data {
            last.state = TableState::Data;
        }
        for note in &table.body.notes {
            last.notes = format!("{}\n{note}", last.notes).trim().to_owned();
        }
        return;
    }
    tables.push(FoundTable {
        sheet_number: table.sheet_number,
        sheet: table.sheet.clone(),
        report_table: layout.report_table.clone(),
        layout: layout.id.clone(),
        title,
        before_title,
        title_years: years,
        state: table.state,
        unit: table.unit.unit.clone(),
        departments: table.furniture.departments.clone(),
        notes: table.body.notes.join("\n"),
        kind: layout.kind,
        is_hidden: table.hidden,
        figures,
    });
}

fn is_same_or_absent<T: PartialEq>(said: &[T], before: &[T]) -> bool {
    said.is_empty() || said == before
}

fn most_frequent_first<T: Clone + PartialEq>(values: &mut Vec<T>) {
    let mut counted: Vec<(T, usize)> = Vec::new();
    for value in values.drain(..) {
        match counted.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => counted.push((value, 1)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    values.extend(counted.into_iter().map(|(value, _)| value));
}

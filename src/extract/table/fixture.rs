//! A layout's own examples: small grids written in TOML, and the figures that must come out.

use super::examine::{Verdict, examine};
use crate::decode::{Cell, CellValue, Document, Format, Grid, Merge, Pages};
use crate::extract::table::layouts::layout::Fixture;
use crate::extract::table::layouts::load::{Layout, Layouts};
use crate::extract::table::rows::figure::RawFigure;
use crate::identity::PlaceHint;
use crate::vocabulary::{CellReference, example_in};

const LEFT: &str = "<";
const ABOVE: &str = "^";

/// Runs one fixture; the differences, in words. None when all is as expected.
pub fn run_fixture(fixture: &Fixture, layout: &Layout, layouts: &Layouts) -> Vec<String> {
    let document = document_of(fixture);
    let hint = PlaceHint {
        region_code: layout.regions.first().map(|region| example_in(region)),
        fiscal_year: layout.a_year(),
        ..PlaceHint::default()
    };
    let examined = examine(&document, layouts, &hint);
    let mut figures: Vec<&RawFigure> = Vec::new();
    let mut state = "";
    let mut verdicts = Vec::new();
    for table in &examined {
        let at = match &table.verdict {
            Verdict::Matched { binding, .. } => Some(binding.layout),
            Verdict::Recognised { layout } => Some(*layout),
            _ => None,
        };
        match at.map(|at| &layouts.layout(at).id) {
            Some(id) if *id == layout.id => {
                figures.extend(&table.body.figures);
                state = table.state.as_str();
            }
            Some(id) => verdicts.push(format!("taken for {id}")),
            None => verdicts.push(super::inspect::verdict_in_words(table, layouts)),
        }
    }
    let mut problems = compare(fixture, &figures);
    if !fixture.state.is_empty() && fixture.state != state {
        problems.push(format!("the table is {state}, expected {}", fixture.state));
    }
    if !problems.is_empty() && !verdicts.is_empty() {
        problems.push(verdicts.join("; "));
    }
    problems
}

fn compare(fixture: &Fixture, figures: &[&RawFigure]) -> Vec<String> {
    let mut problems = Vec::new();
    for expected in &fixture.expect {
        let parts: Vec<&str> = expected.split('|').map(str::trim).collect();
        let Some(figure) = figures.iter().find(|figure| figure.cell.to_string() == parts[0]) else {
            problems.push(format!("no figure in {}", parts[0]));
            continue;
        };
        let found = described(figure);
        let wrong =
            parts.iter().zip(&found).skip(1).find(|(expected, found)| !expected.is_empty() && *expected != found);
        if let Some((expected, found)) = wrong {
            problems.push(format!("{}: found “{found}”, expected “{expected}”", parts[0]));
        }
        if parts.len() > found.len() {
            problems.push(format!("{}: {} parts, at most {}", parts[0], parts.len(), found.len()));
        }
    }
    let wanted = fixture.figures.unwrap_or(fixture.expect.len());
    if figures.len() != wanted {
        let cells: Vec<String> = figures.iter().map(|figure| figure.cell.to_string()).collect();
        problems.push(format!("{} figures ({}), expected {wanted}", figures.len(), cells.join(" ")));
    }
    problems
}

/// cell | side | code | label | line | component | phase | fund | flow | value unit
fn described(figure: &RawFigure) -> [String; 10] {
    [
        figure.cell.to_string(),
        figure.side.clone(),
        figure.code.clone().unwrap_or_default(),
        figure.row_label.clone(),
        figure.line.clone().unwrap_or_default(),
        figure.component.clone(),
        figure.phase.clone(),
        figure.fund.clone(),
        figure.flow.clone(),
        format!("{} {}", figure.value.printed(), figure.unit).trim().to_owned(),
    ]
}

/// The grid of a fixture as a document of one sheet.
pub fn document_of(fixture: &Fixture) -> Document {
    let rows: Vec<Vec<&str>> = fixture.rows.iter().map(|row| row.split('|').map(str::trim).collect()).collect();
    let at = |row: usize, column: usize| rows.get(row).and_then(|cells| cells.get(column)).copied().unwrap_or("");
    let mut cells = Vec::new();
    let mut merges = Vec::new();
    for (row, line) in rows.iter().enumerate() {
        for (column, text) in line.iter().enumerate().filter(|(_, text)| !matches!(**text, "" | LEFT | ABOVE)) {
            let reference = |row: usize, column: usize| CellReference::new(row as u32, column as u32);
            cells.push(Cell { at: reference(row, column), value: CellValue::Text((*text).to_owned()) });
            let right = (column + 1..).take_while(|next| at(row, *next) == LEFT).last().unwrap_or(column);
            let below = (row + 1..).take_while(|next| at(*next, column) == ABOVE).last().unwrap_or(row);
            if right > column || below > row {
                merges.push(Merge { first: reference(row, column), last: reference(below, right) });
            }
        }
    }
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let sheet = if fixture.sheet.is_empty() { "Sheet1".to_owned() } else { fixture.sheet.clone() };
    let grid = Grid {
        sheet,
        sheet_number: 1,
        hidden: false,
        rows: rows.len() as u32,
        columns: columns as u32,
        cells,
        hidden_cells: Vec::new(),
        merges,
        after_line: None,
        packed_rows: 0,
    };
    Document {
        format: Format::Xlsx,
        encoding: String::new(),
        grids: vec![grid],
        lines: Vec::new(),
        findings: Vec::new(),
        pages: Pages::default(),
    }
}

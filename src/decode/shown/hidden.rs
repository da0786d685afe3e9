//! What a document holds and does not show, told sheet by sheet.

use crate::decode::document::{CellValue, Document, Grid, Hidden, HiddenCell};
use crate::vocabulary::{CellReference, Finding, Place, Severity, parse_printed};

/// Places named in one finding; the rest is counted.
const NAMED: usize = 8;

/// One finding for each sheet and each way of hiding: how many cells, where, and what to do.
pub fn hidden_findings(document: &Document) -> Vec<Finding> {
    let kinds = [Hidden::Sheet, Hidden::Row, Hidden::Column, Hidden::Merge, Hidden::Format];
    document.grids.iter().flat_map(|grid| kinds.into_iter().filter_map(|why| finding(grid, why))).collect()
}

fn finding(grid: &Grid, why: Hidden) -> Option<Finding> {
    let hidden: Vec<&HiddenCell> = grid.hidden_cells.iter().filter(|hidden| hidden.why == why).collect();
    let first = hidden.first()?;
    let numbers = hidden.iter().filter(|hidden| is_number(&hidden.cell.value)).count();
    let places = places(&hidden, why);
    let cells = hidden.len();
    let message = match why {
        Hidden::Sheet => format!("the sheet is hidden: its {cells} cells, {numbers} of them numbers, are not loaded"),
        Hidden::Row => format!("rows {places} are hidden: {cells} cells, {numbers} of them numbers, are not loaded"),
        Hidden::Column => {
            format!("columns {places} are hidden: {cells} cells, {numbers} of them numbers, are not loaded")
        }
        Hidden::Merge => {
            format!("{places} lie below a merge: {cells} cells, {numbers} of them numbers, are not loaded")
        }
        Hidden::Format => format!("the number formats of {places} show nothing: {numbers} numbers are not loaded"),
    };
    let hint = match why {
        Hidden::Merge => "nothing to do unless the merge was made by mistake: then split it and add the values",
        _ => "a reader does not see them; `read_hidden = true` in the pipeline loads them all the same",
    };
    let place = match why {
        Hidden::Sheet => Place::Sheet { sheet: grid.sheet.clone() },
        _ => Place::Cell { sheet: grid.sheet.clone(), cell: first.cell.at },
    };
    let severity = if numbers > 0 { Severity::Warning } else { Severity::Info };
    Some(Finding::extraction("decode.hidden", severity, place, message, hint.to_owned()))
}

fn is_number(value: &CellValue) -> bool {
    match value {
        CellValue::Number(_) | CellValue::Formula(_) => true,
        CellValue::Text(text) => parse_printed(text).is_ok(),
        _ => false,
    }
}

/// Rows, columns or cells, in their order, each once.
fn places(hidden: &[&HiddenCell], why: Hidden) -> String {
    let column = |at: CellReference| {
        CellReference::new(0, at.column).to_string().trim_end_matches(|c: char| c.is_ascii_digit()).to_owned()
    };
    let mut named: Vec<(CellReference, String)> = hidden
        .iter()
        .map(|hidden| {
            let at = hidden.cell.at;
            match why {
                Hidden::Row => (CellReference::new(at.row, 0), (at.row + 1).to_string()),
                Hidden::Column => (CellReference::new(0, at.column), column(at)),
                _ => (at, at.to_string()),
            }
        })
        .collect();
    named.sort();
    named.dedup();
    let more = named.len().saturating_sub(NAMED);
    let names: Vec<&str> = named.iter().take(NAMED).map(|(_, name)| name.as_str()).collect();
    let tail = if more > 0 { format!(" (+{more})") } else { String::new() };
    format!("{}{tail}", names.join(", "))
}

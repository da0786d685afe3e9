//! Which checks a figure took part in, and with which other numbers.

use serde::Serialize;
use serde_json::Value as Json;

use crate::error::Result;
use crate::project::Project;
use crate::warehouse::{Value, Warehouse};

use super::figure_name::Found;
use super::section::Section;

/// One evaluation that names the figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckedAgainst {
    pub check_id: String,
    pub outcome: String,
    pub severity: String,
    pub left_value: Value,
    pub right_value: Value,
    pub difference: Value,
    pub allowed: Value,
    pub message: String,
    pub diagnosis: Value,
    pub operands: Vec<Operand>,
}

/// One number of an evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Operand {
    pub role: String,
    pub label: String,
    pub printed: String,
    pub unit: String,
    pub file: String,
    pub place: String,
    /// It is the figure that was asked about.
    pub is_this: bool,
}

/// The evaluations of the disclosure that have the found place among their operands.
pub fn checked_against(
    warehouse: &Warehouse,
    project: &Project,
    disclosure_key: &str,
    found: &Found,
) -> Result<Vec<CheckedAgainst>> {
    let section = Section::ask(warehouse, project, "sql/explain/checks.sql", &[disclosure_key.into()])?;
    let mut checks = Vec::new();
    for row in &section.frame.rows {
        let operands = operands_of(&row[9].shown(), found);
        if operands.iter().any(|operand| operand.is_this) {
            checks.push(CheckedAgainst {
                check_id: row[0].shown(),
                outcome: row[1].shown(),
                severity: row[2].shown(),
                left_value: row[3].clone(),
                right_value: row[4].clone(),
                difference: row[5].clone(),
                allowed: row[6].clone(),
                message: row[7].shown(),
                diagnosis: row[8].clone(),
                operands,
            });
        }
    }
    Ok(checks)
}

/// Reads the operands' JSON: a list of objects with document_key, place, role, label, printed and unit. What is not
/// there stays empty; what is no list of objects has no operands.
fn operands_of(json: &str, found: &Found) -> Vec<Operand> {
    let parsed: Json = serde_json::from_str(json).unwrap_or_default();
    let list = parsed.as_array().or_else(|| parsed.get("operands").and_then(Json::as_array));
    list.into_iter()
        .flatten()
        .map(|operand| Operand {
            role: text(operand, "role"),
            label: text(operand, "label"),
            printed: text(operand, "printed"),
            unit: text(operand, "unit"),
            file: text(operand, "file"),
            place: text(operand, "place"),
            is_this: is_this(operand, found),
        })
        .collect()
}

fn is_this(operand: &Json, found: &Found) -> bool {
    let place = text(operand, "place");
    match found {
        Found::Cell { document_key, sheet, cell, .. } => {
            text(operand, "document_key") == *document_key && place == format!("{sheet}!{cell}")
        }
        Found::Line { document_key, line, start } => {
            let span = match start {
                Some(start) => format!("line {line}:{start}-"),
                None => format!("line {line}:"),
            };
            text(operand, "document_key") == *document_key && place.starts_with(&span)
        }
    }
}

fn text(operand: &Json, name: &str) -> String {
    match operand.get(name) {
        Some(Json::String(text)) => text.clone(),
        None | Some(Json::Null) => String::new(),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_asked_operand_is_found_among_the_others() {
        let json = r#"[{"role": "+", "document_key": "doc_1", "file": "a.xls", "place": "附表!B3", "printed": "10"},
                       {"role": "-", "document_key": "doc_1", "place": "line 7:3-8", "value": 2}]"#;
        let cell = Found::Cell {
            document_key: "doc_1".to_owned(),
            sheet_number: 1,
            sheet: "附表".to_owned(),
            cell: "B3".to_owned(),
        };
        let marks: Vec<bool> = operands_of(json, &cell).iter().map(|operand| operand.is_this).collect();
        assert_eq!(marks, [true, false]);
        let line = Found::Line { document_key: "doc_1".to_owned(), line: 7, start: Some(3) };
        let marks: Vec<bool> = operands_of(json, &line).iter().map(|operand| operand.is_this).collect();
        assert_eq!(marks, [false, true]);
        assert_eq!(operands_of("{}", &line), vec![]);
        assert_eq!(operands_of("no json", &line), vec![]);
    }
}

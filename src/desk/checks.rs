//! Which checks a figure took part in, and with which other numbers.

use serde::Serialize;

use crate::error::Result;
use crate::project::Project;
use crate::warehouse::{Value, Warehouse};

use super::figure_name::Found;
use super::section::Section;

/// One evaluation that names the figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckedAgainst {
    pub check_id: String,
    pub check_name: String,
    pub check_name_en: String,
    /// The row, column or item compared.
    pub subject: String,
    pub outcome: String,
    pub severity: String,
    pub left_value: Value,
    pub right_value: Value,
    pub difference: Value,
    pub allowed: Value,
    /// Empty where the identity holds.
    pub message: String,
    pub diagnosis: String,
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

impl CheckedAgainst {
    /// Whether its message was stored in the other language than Chinese, or English.
    pub(super) fn is_in_other(&self, chinese: bool) -> bool {
        let (name, other) =
            if chinese { (&self.check_name, &self.check_name_en) } else { (&self.check_name_en, &self.check_name) };
        name != other && self.message.starts_with(other.as_str())
    }

    /// One line that says what was compared and, where it does not hold, how. A message speaks the language of the
    /// run that wrote it: the name it begins with is said in the one asked for.
    pub fn says(&self, chinese: bool) -> String {
        let (name, other) = match chinese {
            true => (&self.check_name, &self.check_name_en),
            false => (&self.check_name_en, &self.check_name),
        };
        if !self.message.is_empty() {
            return match self.message.strip_prefix(other.as_str()) {
                Some(rest) => format!("{name}{rest}"),
                None => self.message.clone(),
            };
        }
        match (self.subject.as_str(), chinese) {
            ("", _) => name.clone(),
            (subject, true) => format!("{name}（{subject}）"),
            (subject, false) => format!("{name} ({subject})"),
        }
    }
}

/// The evaluations of the disclosure that have the found place among their operands, broken ones first.
pub fn checked_against(
    warehouse: &Warehouse,
    project: &Project,
    disclosure_key: &str,
    found: &Found,
) -> Result<Vec<CheckedAgainst>> {
    let (document_key, place, is_beginning) = match found {
        Found::Cell { document_key, sheet_number, cell, .. } => (document_key, format!("{sheet_number}/{cell}"), false),
        Found::Line { document_key, line, start: Some(start) } => (document_key, format!("{line}:{start}"), false),
        Found::Line { document_key, line, start: None } => (document_key, format!("{line}:"), true),
    };
    let parameters = [disclosure_key.into(), document_key.as_str().into(), place.into(), is_beginning.into()];
    let section = Section::ask(warehouse, project, "sql/explain/checks.sql", &parameters)?;
    let mut checks: Vec<(Value, CheckedAgainst)> = Vec::new();
    for row in &section.frame.rows {
        let of = |column: &str| section.value(row, column);
        let text = |column: &str| of(column).shown();
        if checks.last().is_none_or(|(number, _)| *number != of("number")) {
            let check = CheckedAgainst {
                check_id: text("check_id"),
                check_name: text("check_name"),
                check_name_en: text("check_name_en"),
                subject: text("subject"),
                outcome: text("outcome"),
                severity: text("severity"),
                left_value: of("left_value"),
                right_value: of("right_value"),
                difference: of("difference"),
                allowed: of("allowed"),
                message: text("message"),
                diagnosis: text("diagnosis"),
                operands: Vec::new(),
            };
            checks.push((of("number"), check));
        }
        if let Some((_, check)) = checks.last_mut() {
            check.operands.push(Operand {
                role: text("role"),
                label: text("label"),
                printed: text("printed"),
                unit: text("unit"),
                file: text("file"),
                place: text("place"),
                is_this: of("is_this").as_boolean() == Some(true),
            });
        }
    }
    Ok(checks.into_iter().map(|(_, check)| check).collect())
}

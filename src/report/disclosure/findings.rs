//! The findings of a disclosure, worst first, each with its numbers side by side.

use std::collections::HashMap;

use serde::Serialize;

use crate::report::places::Places;
use crate::report::store::Rows;
use crate::report::templates::Speech;
use crate::warehouse::Value;

#[derive(Debug, Serialize)]
pub struct FindingShown {
    pub severity: String,
    pub severity_said: String,
    pub check_id: String,
    pub message: String,
    pub hint: String,
    pub cause: String,
    pub place: String,
    pub numbers: Vec<NumberShown>,
}

#[derive(Debug, Serialize)]
pub struct NumberShown {
    pub role: String,
    pub printed: String,
    pub link: String,
    pub label: String,
    pub place: String,
}

/// The findings of one page with their numbers, in the order of the rows.
pub fn shown(findings: &Rows, numbers: &Rows, places: &Places, speech: &Speech) -> Vec<FindingShown> {
    let mut by_finding: HashMap<String, Vec<&Vec<Value>>> = HashMap::new();
    for row in &numbers.rows {
        by_finding.entry(numbers.text(row, "finding")).or_default().push(row);
    }
    let number = |row: &&Vec<Value>| NumberShown {
        role: speech.say(&numbers.text(row, "role")),
        printed: format!("{} {}", speech.say(&numbers.text(row, "printed")), numbers.text(row, "unit"))
            .trim()
            .to_owned(),
        link: places.links(&numbers.text(row, "number_to"), true).into_iter().next().unwrap_or_default(),
        label: numbers.text(row, "label"),
        place: speech.say(&numbers.text(row, "place")),
    };
    let finding = |row: &Vec<Value>| {
        let text = |column: &str| findings.text(row, column);
        let (name, other) = match speech.is_chinese {
            true => (text("check_name"), text("check_name_en")),
            false => (text("check_name_en"), text("check_name")),
        };
        // A message speaks the language of the run that wrote it.
        let message = match text("message").strip_prefix(&other).filter(|_| !other.is_empty()) {
            Some(rest) => format!("{name}{rest}"),
            None => text("message"),
        };
        // What reading found has no check of the catalogue.
        let words = if name.is_empty() { &speech.of_findings } else { &speech.words };
        FindingShown {
            severity_said: speech.say(&text("severity")),
            severity: text("severity"),
            check_id: text("check_id"),
            message: words.say(&message),
            hint: words.say(&text("hint")),
            cause: speech.say(&text("cause")),
            place: speech.say(&text("place")),
            numbers: by_finding.get(&text("finding")).into_iter().flatten().map(number).collect(),
        }
    };
    findings.rows.iter().map(finding).collect()
}

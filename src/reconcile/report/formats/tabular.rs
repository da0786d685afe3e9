//! CSV and JSON, with the columns of the `findings` extract.

use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::reconcile::report::wording::{Group, Language, diagnosed, grouped, hint, message};
use crate::reconcile::write::records::{DisclosureReport, EvaluationRecord};

/// Columns of the `findings` extract, in order.
pub const FINDING_COLUMNS: [&str; 12] = [
    "check_id",
    "severity",
    "outcome",
    "cause",
    "file",
    "where",
    "left_value",
    "right_value",
    "difference",
    "allowed",
    "hint",
    "message",
];

pub fn csv_head() -> String {
    format!("{}\n", FINDING_COLUMNS.join(","))
}

pub fn csv_rows(records: &[&EvaluationRecord], language: Language) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |why: String| Error::usage("cannot write the findings as CSV").because(why);
    for record in records {
        let number = |value: Option<rust_decimal::Decimal>| value.map_or_else(String::new, |value| value.to_string());
        let row = [
            record.check.id.clone(),
            record.severity.as_str().to_owned(),
            record.outcome.as_str().to_owned(),
            record.cause.as_str().to_owned(),
            record.file.to_string(),
            places(record),
            number(record.left),
            number(record.right),
            number(record.difference),
            number(record.allowed),
            hint(record, language),
            message(record, language),
        ];
        writer.write_record(&row).map_err(|error| failed(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| failed(error.to_string()))
}

/// The finding's own place first, then those of its other operands.
fn places(record: &EvaluationRecord) -> String {
    let mut places = vec![record.place.to_string()];
    for operand in record.operands.iter().filter(|operand| !operand.file.is_empty()) {
        let place = if record.file == operand.file {
            operand.place.to_string()
        } else {
            format!("{} {}", operand.file, operand.place)
        };
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places.join("; ")
}

pub fn json_rows(
    report: &DisclosureReport,
    records: &[&EvaluationRecord],
    language: Language,
    written: usize,
) -> Result<String> {
    let mut text = String::new();
    let groups = grouped(records);
    for (at, record) in records.iter().enumerate() {
        let row = serde_json::to_string(&json_row(report, record, &groups, language))
            .map_err(|error| Error::usage("cannot write the findings as JSON").because(error))?;
        text.push_str(if written + at == 0 { "\n  " } else { ",\n  " });
        text.push_str(&row);
    }
    Ok(text)
}

fn json_row(report: &DisclosureReport, record: &EvaluationRecord, groups: &[Group], language: Language) -> Value {
    // Of one cause, or of equal notes, the first says how many stand beneath it, and the others which it is.
    let own = groups.iter().find(|group| std::ptr::eq(group.head, record));
    let over = groups.iter().find(|group| group.beneath.iter().any(|beneath| std::ptr::eq(*beneath, record)));
    let operands: Vec<Value> = record
        .operands
        .iter()
        .map(|operand| {
            json!({
                "role": operand.role, "file": operand.file, "where": operand.place.to_string(), "label": operand.label,
                "printed": operand.printed, "unit": operand.unit, "value": operand.value.to_string(),
                "half_unit": operand.half_unit.to_string(),
            })
        })
        .collect();
    let number = |value: Option<rust_decimal::Decimal>| value.map(|value| value.to_string());
    json!({
        "check_id": record.check.id, "severity": record.severity.as_str(), "outcome": record.outcome.as_str(),
        "cause": record.cause.as_str(), "disclosure": report.disclosure_key, "department": report.department,
        "fiscal_year": report.fiscal_year, "file": record.file.as_str(), "where": record.place.to_string(),
        "subject": record.subject.as_str(), "left_value": number(record.left), "right_value": number(record.right),
        "difference": number(record.difference), "allowed": number(record.allowed), "hint": hint(record, language),
        "message": message(record, language), "operands": operands,
        "diagnoses": record.diagnoses.iter().map(|diagnosis| diagnosed(diagnosis, language)).collect::<Vec<_>>(),
        "accepted": record.accepted, "beneath": own.map_or(0, |group| group.beneath.len()),
        "follows": over.map(|group| json!({
            "check_id": group.head.check.id, "file": group.head.file.as_str(), "where": group.head.place.to_string(),
        })),
    })
}

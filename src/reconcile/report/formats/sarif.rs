//! SARIF 2.1.0, which code review systems show beside the file.

use serde_json::json;

use crate::error::{Error, Result};
use crate::reconcile::report::wording::{Language, grouped, hint, message};
use crate::reconcile::write::records::EvaluationRecord;
use crate::vocabulary::{Outcome, Place, Severity};

pub const HEAD: &str = "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":\
{\"driver\":{\"name\":\"juesuan\",\"rules\":[]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[";
pub const TAIL: &str = "\n]}]}\n";

pub fn results(records: &[&EvaluationRecord], language: Language, written: usize) -> Result<String> {
    let mut text = String::new();
    for (record, times) in folded(records) {
        let level = match record.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "note",
        };
        let mut region = json!({});
        match &record.place {
            Place::Span { line, start, end } => {
                region = json!({"startLine": line, "startColumn": start + 1, "endColumn": end + 1});
            }
            Place::Line { line } => region = json!({"startLine": line}),
            Place::File | Place::Sheet { .. } | Place::Cell { .. } => {}
        }
        let mut location = json!({
            "physicalLocation": {"artifactLocation": {"uri": uri(&record.file)}},
            "logicalLocations": [{"fullyQualifiedName": record.place.to_string()}],
        });
        if region.as_object().is_some_and(|region| !region.is_empty()) {
            location["physicalLocation"]["region"] = region;
        }
        let hint = hint(record, language);
        let message = message(record, language);
        let said = if hint.is_empty() { message } else { format!("{message}\n{hint}") };
        let mut result = json!({
            "ruleId": record.check.id, "level": level, "message": {"text": said}, "locations": [location],
            "occurrenceCount": times,
            "partialFingerprints": {"place": format!("{}:{}:{}", record.check.id, record.file, record.place)},
        });
        if let Some(reason) = &record.accepted {
            result["suppressions"] = json!([{"kind": "external", "justification": reason}]);
        }
        let row = serde_json::to_string(&result)
            .map_err(|error| Error::usage("cannot write the findings as SARIF").because(error))?;
        text.push_str(if written == 0 && text.is_empty() { "\n" } else { ",\n" });
        text.push_str(&row);
    }
    Ok(text)
}

/// Notes of rounding of one check are one result, with how many they are; what has a cause in common stays apart, side by side.
fn folded<'a>(records: &[&'a EvaluationRecord]) -> Vec<(&'a EvaluationRecord, usize)> {
    let mut results = Vec::new();
    for group in grouped(records) {
        if group.head.outcome == Outcome::WithinRounding {
            results.push((group.head, 1 + group.beneath.len()));
        } else {
            results.push((group.head, 1));
            results.extend(group.beneath.into_iter().map(|beneath| (beneath, 1)));
        }
    }
    results
}

/// A relative path as a URI reference: everything but letters, digits, `-._~` and `/` percent-encoded.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("北京市/a b#1.xlsx"), "%E5%8C%97%E4%BA%AC%E5%B8%82/a%20b%231.xlsx");
    }
}

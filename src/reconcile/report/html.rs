//! One page that opens anywhere: no scripts, no outside files.

use std::fmt::Write;

use super::wording::{Language, hint, message, severity};
use crate::reconcile::write::records::{DisclosureReport, EvaluationRecord};

pub const TAIL: &str = "</body>\n</html>\n";

const STYLE: &str = "body{font:15px/1.6 'Noto Sans SC','Microsoft YaHei',sans-serif;margin:2em auto;max-width:72em;color:#222}\
h2{border-bottom:2px solid #ccc}section{margin:1em 0;padding:.6em 1em;border-left:5px solid #bbb;background:#fafafa}\
.error{border-color:#b3261e}.warning{border-color:#c77700}.accepted{opacity:.55}table{border-collapse:collapse}\
td{padding:.1em .8em .1em 0;vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
.hint{color:#355}code{color:#666}";

pub fn head(language: Language) -> String {
    let (code, title) = match language {
        Language::Chinese => ("zh-CN", "决算勾稽核对"),
        Language::English => ("en", "Reconciliation findings"),
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n"
    )
}

pub fn disclosure(report: &DisclosureReport, records: &[&EvaluationRecord], language: Language) -> String {
    let mut page = String::new();
    if records.is_empty() {
        return page;
    }
    let year = report.fiscal_year.map_or_else(String::new, |year| format!(" {year}"));
    let _ = writeln!(page, "<h2>{}{year}</h2>", escaped(&report.department));
    for record in records {
        let accepted = if record.accepted.is_some() { " accepted" } else { "" };
        let _ = writeln!(
            page,
            "<section class=\"{}{accepted}\"><b>{} {}</b> {}<br><code>{} {}</code>",
            record.severity.as_str(),
            severity(record, language),
            escaped(&record.check.id),
            escaped(&message(record, language)),
            escaped(&record.file),
            escaped(&record.place.to_string())
        );
        page.push_str("<table>");
        for operand in &record.operands {
            let _ = write!(
                page,
                "<tr><td>{}</td><td class=\"n\">{}{}</td><td><code>{}</code></td><td>{}</td></tr>",
                escaped(operand.role),
                escaped(&operand.printed),
                escaped(&operand.unit),
                escaped(&operand.place.to_string()),
                escaped(&operand.label)
            );
        }
        let _ = writeln!(page, "</table><p class=\"hint\">{}</p></section>", escaped(&hint(record, language)));
    }
    page
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

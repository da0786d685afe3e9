//! The report in a terminal: grouped by document, operands side by side, worst first.

use std::fmt::Write;

use crate::reconcile::Summary;
use crate::reconcile::report::ledger;
use crate::reconcile::report::queue::title;
use crate::reconcile::report::wording::{Language, grouped, hint, message, place, role, severity};
use crate::reconcile::write::records::{DisclosureReport, EvaluationRecord, OperandRecord};
use crate::vocabulary::Outcome;

const SENTENCE_SHOWN: usize = 60;

pub fn disclosure(report: &DisclosureReport, records: &[&EvaluationRecord], language: Language) -> String {
    let mut text = String::new();
    if records.is_empty() {
        return text;
    }
    let _ = writeln!(text, "== {} ==", title(report));
    let mut file = None;
    for group in grouped(records) {
        let record = group.head;
        if file != Some(&record.file) {
            let _ = writeln!(text, "\n{}", record.file);
            file = Some(&record.file);
        }
        let _ = writeln!(
            text,
            "  {} {} {}  {}",
            severity(record, language),
            record.check.id,
            place(&record.place, language),
            message(record, language)
        );
        if let Some(reason) = &record.accepted {
            let _ = writeln!(text, "      {}{reason}", language.pick("已接受：", "accepted: "));
        }
        for operand in &record.operands {
            let _ = writeln!(text, "      {}", operand_line(operand, &record.file, language));
        }
        let hint = hint(record, language);
        if !hint.is_empty() {
            let _ = writeln!(text, "      {}{hint}", language.pick("提示：", "hint: "));
        }
        // Notes of rounding are all alike: how many says enough.
        if record.outcome == Outcome::WithinRounding && !group.beneath.is_empty() {
            let more = group.beneath.len();
            let _ = match language {
                Language::Chinese => writeln!(text, "      同一核对另有 {more} 处在印刷精度之内"),
                Language::English => writeln!(text, "      {more} more of this check are within the printed precision"),
            };
            continue;
        }
        for record in group.beneath {
            let _ = writeln!(
                text,
                "      ↳ {} {} {}  {}",
                severity(record, language),
                record.check.id,
                place(&record.place, language),
                message(record, language)
            );
        }
    }
    text.push_str(&ledger::lines(report, language));
    text.push('\n');
    text
}

fn operand_line(operand: &OperandRecord, file: &str, language: Language) -> String {
    let at = place(&operand.place, language);
    let at = if operand.file == file { at } else { format!("{} {at}", operand.file) };
    let label: String = operand.label.chars().take(SENTENCE_SHOWN).collect();
    let printed = if operand.printed.is_empty() { operand.value.to_string() } else { operand.printed.clone() };
    format!("{:<7} {printed}{}  [{at}]  {label}", role(operand.role, language), operand.unit)
}

pub fn summary(summary: &Summary, language: Language) -> String {
    let count = |name: &str| summary.findings.get(name).copied().unwrap_or_default();
    let outcome = |name: &str| summary.outcomes.get(name).copied().unwrap_or_default();
    match language {
        Language::Chinese => format!(
            "{} 份材料：核对 {} 次（相等 {}，精度之内 {}，不符 {}，无法核对 {}）；错误 {}，警告 {}，提示 {}\n",
            summary.disclosures,
            summary.outcomes.values().sum::<usize>(),
            outcome("exact"),
            outcome("within_rounding"),
            outcome("broken"),
            outcome("not_evaluable"),
            count("error"),
            count("warning"),
            count("info")
        ),
        Language::English => format!(
            "{} disclosures: {} evaluations ({} exact, {} within rounding, {} broken, {} not evaluable); {} errors, {} warnings, {} notes\n",
            summary.disclosures,
            summary.outcomes.values().sum::<usize>(),
            outcome("exact"),
            outcome("within_rounding"),
            outcome("broken"),
            outcome("not_evaluable"),
            count("error"),
            count("warning"),
            count("info")
        ),
    }
}

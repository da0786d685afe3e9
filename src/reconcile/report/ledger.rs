//! The ledger of a disclosure: which checks were done, which do not apply to it, and which could not run and why.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::wording::{Language, about, message};
use crate::reconcile::evaluation::Reason;
use crate::reconcile::write::records::{DisclosureReport, EvaluationRecord};
use crate::vocabulary::Outcome;

/// What became of one check.
enum Entry<'a> {
    Done,
    DoesNotApply,
    CouldNotRun(&'a EvaluationRecord),
}

/// The ledger in a few lines: counts, then every check that could not run.
pub fn lines(report: &DisclosureReport, language: Language) -> String {
    let entries = entries(report);
    let stuck: Vec<&EvaluationRecord> = entries
        .values()
        .filter_map(|entry| match entry {
            Entry::CouldNotRun(record) => Some(*record),
            _ => None,
        })
        .collect();
    let done = entries.values().filter(|entry| matches!(entry, Entry::Done)).count();
    let idle = entries.len() - done - stuck.len();
    let mut text = match language {
        Language::Chinese => format!("核对清单：{done} 项已核对，{idle} 项不适用，{} 项无法核对\n", stuck.len()),
        Language::English => {
            format!("checks: {done} done, {idle} do not apply here, {} could not run\n", stuck.len())
        }
    };
    for record in stuck {
        let title = language.pick(&record.check.title_zh, &record.check.title_en);
        let why = why(record, language);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {}  {title}{}{why}", record.check.id, language.pick("：", ": "));
    }
    text
}

fn entries(report: &DisclosureReport) -> BTreeMap<&str, Entry<'_>> {
    let mut entries: BTreeMap<&str, Entry> = BTreeMap::new();
    for record in &report.evaluations {
        let entry = match &record.reason {
            _ if record.outcome != Outcome::NotEvaluable => Entry::Done,
            Some(reason) if applies(reason) => Entry::CouldNotRun(record),
            _ => Entry::DoesNotApply,
        };
        let known = entries.entry(&record.check.id).or_insert(Entry::DoesNotApply);
        match (&known, &entry) {
            (Entry::Done, _) | (_, Entry::DoesNotApply) => {}
            _ => *known = entry,
        }
    }
    entries
}

/// Whether the check is about something that is there: a row its table does not have, several numbers, a doubt. A table, a
/// statement, a year or a unit that is not there asks for nothing.
fn applies(reason: &Reason) -> bool {
    match reason {
        Reason::Missing(what) => what.contains('['),
        Reason::Ambiguous(_) | Reason::Doubtful(_) | Reason::TooLarge => true,
        Reason::ZeroBase => false,
    }
}

fn why(record: &EvaluationRecord, language: Language) -> String {
    match &record.reason {
        Some(Reason::Missing(_)) => {
            format!("{} {}", language.pick("表中没有", "the table does not print"), about(record, language))
        }
        _ => message(record, language),
    }
}

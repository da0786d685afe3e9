//! Reconciliation alone, on the transcription of real disclosures: what is found at which place, and no false alarm.

use crate::support::{gold, named};
use juesuan::inner::project::Project;
use juesuan::inner::reconcile::report::{Format, Language, ReportWriter};
use juesuan::inner::reconcile::{Catalogue, DisclosureReport, Summary, reconcile};
use juesuan::inner::vocabulary::{Outcome, Severity};

fn report(name: &str, year: i32) -> DisclosureReport {
    let real = crate::common::real_documents();
    let catalogue = Catalogue::load(&Project::built_in()).unwrap();
    let report = reconcile(&catalogue, &named::named(&gold::disclosure(&real.join(name), year)));
    let mut summary = Summary::default();
    summary.add(&report);
    let mut writer = ReportWriter::begin(std::io::stdout(), Format::Text, Language::Chinese).unwrap();
    writer.disclosure(&report).unwrap();
    writer.finish(&summary).unwrap();
    report
}

/// Broken, of this check, with an operand or its own place on this line.
fn is_found(report: &DisclosureReport, check: &str, line: u32) -> bool {
    let place = format!("line {line}");
    let is_there = |shown: String| shown == place || shown.starts_with(&format!("{place}:"));
    report.findings().any(|record| {
        record.outcome == Outcome::Broken
            && record.check.id == check
            && (is_there(record.place.to_string())
                || record.operands.iter().any(|operand| is_there(operand.place.to_string())))
    })
}

fn errors(report: &DisclosureReport) -> Vec<&str> {
    let mut ids: Vec<&str> = report
        .findings()
        .filter(|record| record.severity == Severity::Error)
        .map(|record| record.check.id.as_str())
        .collect();
    ids.dedup();
    ids
}

#[test]
#[cfg_attr(not(real_documents), ignore = "real disclosures are not beside the checkout")]
fn real_disclosure_with_tables() {
    let report = report("putuo_czj_2024", 2024);
    for (check, line) in [("X-04", 34), ("N-03b", 40), ("N-29", 58)] {
        assert!(is_found(&report, check, line), "{check} line {line}");
    }
    assert_eq!(errors(&report), ["X-04"], "rounding and scope are no errors");
    let rounding = report.findings().filter(|record| record.outcome == Outcome::WithinRounding).count();
    assert!(rounding >= 13, "rounding is seen and said: {rounding}");
}

#[test]
#[cfg_attr(not(real_documents), ignore = "real disclosures are not beside the checkout")]
fn real_disclosure_in_prose_only() {
    let report = report("mentougou_yjj_2023", 2023);
    for (check, line) in [
        ("N-02c", 70),
        ("N-26", 70),
        ("N-26", 427),
        ("N-03", 79),
        ("N-04", 79),
        ("N-07", 158),
        ("N-14", 158),
        ("N-12", 174),
        ("N-05", 127),
        ("N-05", 132),
        ("N-06", 127),
        ("N-19", 59),
        ("N-20", 427),
        ("N-27", 425),
        ("N-27", 429),
        ("Y-01c", 429),
        ("N-19b", 259),
        ("N-27b", 285),
        ("N-34b", 316),
        ("N-28", 86),
        ("N-28", 88),
        ("N-28", 93),
        ("N-28", 94),
    ] {
        assert!(is_found(&report, check, line), "{check} line {line}");
    }
    let real = ["N-02c", "N-02d", "N-03", "N-04", "N-05", "N-06", "N-07", "N-12", "N-14", "N-26", "N-27"];
    assert_eq!(errors(&report), real, "every error is a real one");
    let repair =
        report.findings().filter_map(|record| record.repair.as_ref()).find(|repair| repair.printed == "93,460.00");
    let repair = repair.expect("the transposed digits are named");
    assert_eq!((repair.suggested.to_string().as_str(), repair.mends.len()), ("93640.00", 2));
}

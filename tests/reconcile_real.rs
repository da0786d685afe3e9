//! Reconciliation alone, on the transcription of real disclosures: what is found, and no false alarm.

mod support {
    pub mod gold;
}

use juesuan::project::Project;
use juesuan::reconcile::{Catalogue, DisclosureReport, reconcile};
use juesuan::vocabulary::{Outcome, Severity};
use support::gold;

fn report(name: &str, year: i32) -> Option<DisclosureReport> {
    let Some(real) = gold::real_folder() else {
        println!("skipped: there is no ../shared/real beside this checkout");
        return None;
    };
    let catalogue = Catalogue::load(&Project::built_in()).unwrap();
    let facts = gold::disclosure(&real.join(name), year);
    let report = reconcile(&catalogue, &facts);
    for record in report.findings().filter(|record| record.outcome == Outcome::Broken) {
        println!(
            "{} {} {} | {} | {} {:?} {:?} d={:?} allowed={:?} {} {:?} {:?}",
            record.severity.as_str(),
            record.check_id,
            record.title_zh,
            record.subject,
            record.place,
            record.left,
            record.right,
            record.difference,
            record.allowed,
            record.detail_zh,
            record.diagnoses,
            record.repair
        );
    }
    let count = |outcome| report.evaluations.iter().filter(|record| record.outcome == outcome).count();
    println!(
        "{name}: exact {} within {} broken {} not evaluable {}",
        count(Outcome::Exact),
        count(Outcome::WithinRounding),
        count(Outcome::Broken),
        count(Outcome::NotEvaluable)
    );
    for record in report.evaluations.iter().filter(|record| record.outcome == Outcome::NotEvaluable) {
        println!("  n/e {} {} {:?}", record.check_id, record.subject, record.reason);
    }
    Some(report)
}

fn has(report: &DisclosureReport, check: &str, place: &str) -> bool {
    report.findings().any(|record| {
        record.outcome == Outcome::Broken
            && record.check_id == check
            && record.operands.iter().any(|operand| operand.place.to_string().starts_with(place))
    })
}

#[test]
fn real_disclosure_with_tables() {
    let Some(report) = report("putuo_czj_2024", 2024) else { return };
    assert!(has(&report, "X-04", "line 34:"));
    let errors: Vec<_> = report.findings().filter(|record| record.severity == Severity::Error).collect();
    assert_eq!(errors.len(), 1);
}

#[test]
fn real_disclosure_in_prose_only() {
    let Some(report) = report("mentougou_yjj_2023", 2023) else { return };
    assert!(has(&report, "N-05", "line 127:"));
}

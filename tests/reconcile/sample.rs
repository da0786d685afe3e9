//! Reconciliation of what the program itself reads: every planted fault of the sample is found at its place, nothing else
//! is called an error, and consistent disclosures give none.

use std::collections::BTreeMap;
use std::path::Path;

use juesuan_corpus::amount::Unit;
use juesuan_corpus::disclosure::corpus::{Plan, write};

type Row = BTreeMap<String, String>;

/// Runs the pipeline over a folder and gives its findings.
fn findings(source: &Path, out: &Path) -> Vec<Row> {
    let run = crate::common::run(source, out, &[]);
    assert!(run.status.success(), "{}", crate::common::text(&run.stderr));
    let listed = out.join("findings.csv");
    let check = crate::common::juesuan()
        .args(["check", "--all", "--format", "csv", "--warehouse"])
        .arg(out.join("w.duckdb"))
        .arg("--output")
        .arg(&listed)
        .output()
        .expect("the program starts");
    assert!(check.status.success(), "{}", crate::common::text(&check.stderr));
    crate::common::rows(&listed)
}

/// The check a fault belongs to, without the letter of its variant: N-02c is one of N-02.
fn family(check: &str) -> &str {
    check.trim_end_matches(|c: char| c.is_ascii_lowercase())
}

/// Whether the finding names the place of the fault.
fn is_at(finding: &Row, fault: &Row) -> bool {
    let (place, found) = (&fault["where"], &finding["where"]);
    match place.strip_prefix("第 ").and_then(|rest| rest.strip_suffix(" 行")) {
        Some(line) => {
            let line: u32 = line.parse().expect("a line number");
            // A Word file has a paragraph more or less where a table or an empty paragraph stands.
            let slack = if fault["file"].ends_with(".docx") { 2 } else { 0 };
            (line.saturating_sub(slack)..=line + slack).any(|line| {
                let line = format!("line {line}");
                found
                    .match_indices(&line)
                    .any(|(start, _)| !found[start + line.len()..].starts_with(|c: char| c.is_ascii_digit()))
            })
        }
        // A fault of a whole sheet has no cell of its own.
        None => found.contains(place.as_str()) || place.split_once('!').is_some_and(|(sheet, _)| found == sheet),
    }
}

fn finds(finding: &Row, fault: &Row) -> bool {
    let also = fault["also"].split(';').map(str::trim).filter(|id| !id.is_empty());
    let is_kind = also.chain([fault["check_id"].as_str()]).any(|id| id == family(&finding["check_id"]));
    is_kind && (fault["file"] == finding["file"] || finding["where"].contains(&fault["file"])) && is_at(finding, fault)
}

/// The replaced original is not what the department states any more.
fn is_superseded(fault: &Row) -> bool {
    fault["file"] == "北京市门头沟区/统计局/2022/决算报表.xlsx"
}

#[test]
fn planted_faults_are_found_and_nothing_else_is_called_an_error() {
    let out = tempfile::tempdir().unwrap();
    let faults = crate::common::rows(&crate::common::checkout().join("sample_data/expected/findings.csv"));
    let found = findings(&crate::common::sample_disclosures(), out.path());
    let missed: Vec<&Row> =
        faults.iter().filter(|fault| !is_superseded(fault) && !found.iter().any(|row| finds(row, fault))).collect();
    assert!(missed.is_empty(), "not found: {missed:#?}");

    // Every other error is the consequence of a fault: it rests on the damaged number.
    let folder = |file: &str| file.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let beside: Vec<&Row> = found
        .iter()
        .filter(|row| row["severity"] == "error")
        .filter(|row| !faults.iter().any(|fault| folder(&fault["file"]) == folder(&row["file"]) && is_at(row, fault)))
        .collect();
    assert!(beside.is_empty(), "not a consequence of a planted fault: {beside:#?}");
}

#[test]
fn consistent_disclosures_give_no_error_and_no_warning() {
    let ways = [
        (false, Unit::TenThousandYuan),
        (true, Unit::TenThousandYuan),
        (false, Unit::TenThousandYuanTenths),
        (false, Unit::WholeTenThousandYuan),
        (true, Unit::TenThousandYuanTenths),
        (true, Unit::WholeTenThousandYuan),
    ];
    for (plugged, ten_thousands) in ways {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        write(&Plan { count: 48, seed: 21, truth: false, plugged, ten_thousands }, &corpus).unwrap();
        let found = findings(&corpus, folder.path());
        let alarms: Vec<&Row> = found.iter().filter(|row| row["severity"] != "info").collect();
        assert!(alarms.is_empty(), "plugged {plugged}, {ten_thousands:?}: {alarms:#?}");
    }
}

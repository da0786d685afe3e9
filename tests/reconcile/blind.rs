//! Disclosures by authors who had not seen the program: what is told of them, and what is not, stands beside them in `told.txt`;
//! docs/reconciliation-accuracy.md has the first readings.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::common::{checkout, rows, run};

/// Fourteen long texts: six without a contradiction, eight with planted ones (`planted.csv`).
#[test]
fn what_is_told_of_texts_written_blind_is_true_but_for_what_is_known() {
    let folder = checkout().join("tests/reconcile/blind_texts");
    let line_of = |place: &str| place.trim_start_matches("line ").split(':').next().unwrap_or_default().to_owned();
    assert_eq!(told(&folder, line_of), known(&folder));
}

/// Sixteen departments, each a workbook and a text: ten without a contradiction, six with planted ones, which are told by the
/// line or the sheet they stand in.
#[test]
fn what_is_told_of_workbooks_written_blind_is_true_but_for_what_is_known() {
    let folder = checkout().join("tests/reconcile/blind_workbooks");
    assert_eq!(told(&folder, sheet_or_line), known(&folder));
}

/// Seven departments with planted contradictions, in other manners: names in a row, tables in the text, a paragraph about the
/// year before.
#[test]
fn what_is_told_in_other_manners_is_true_but_for_what_is_known() {
    let folder = checkout().join("tests/reconcile/blind_manners");
    assert_eq!(told(&folder, sheet_or_line), known(&folder));
}

/// Two departments, one with two planted contradictions: a class with its own basic expenditure, chapters numbered 贰 and 叁, a banner
/// merged over too few columns, notes below the tables of a page.
#[test]
fn what_is_told_of_reports_is_true_but_for_what_is_known() {
    let folder = checkout().join("tests/reconcile/blind_reports");
    assert_eq!(told(&folder, sheet_or_line), known(&folder));
}

fn sheet_or_line(place: &str) -> String {
    match place.split_once('!') {
        Some((sheet, _)) => sheet.to_owned(),
        None => place.split(':').next().unwrap_or_default().to_owned(),
    }
}

/// The errors and warnings of the disclosures of a folder, and the planted contradictions at whose spot none is.
fn told(folder: &Path, spot: impl Fn(&str) -> String) -> Vec<String> {
    let planted: BTreeSet<(String, String)> =
        rows(&folder.join("planted.csv")).into_iter().map(|row| (row["file"].clone(), spot(&row["where"]))).collect();
    let work = tempfile::tempdir().unwrap();
    let source = work.path().join("sources");
    copy_documents(folder, &source);
    assert!(run(&source, work.path(), &["--accept"]).status.success());
    let mut told = BTreeSet::new();
    let mut found = BTreeSet::new();
    for row in rows(&work.path().join("extracts/findings.csv")) {
        if !["error", "warning"].contains(&row["severity"].as_str()) {
            continue;
        }
        let place = (row["file"].clone(), spot(&row["where"]));
        let kind = if planted.contains(&place) { "planted" } else { "other" };
        told.insert(format!("{kind} {} {} {}:{}", row["severity"], row["check_id"], place.0, place.1));
        found.insert(place);
    }
    let mut told: Vec<String> = told.into_iter().collect();
    told.extend(planted.difference(&found).map(|(file, spot)| format!("missed {file}:{spot}")));
    told
}

fn known(folder: &Path) -> Vec<String> {
    fs::read_to_string(folder.join("told.txt")).unwrap_or_default().lines().map(str::to_owned).collect()
}

/// Texts and workbooks with the folders they lie in.
fn copy_documents(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_owned();
        if path.is_dir() {
            copy_documents(&path, &to.join(name));
        } else if name != "told.txt" && name != "planted.csv" {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

//! Fourteen long texts by an author who had not seen the program: six without a contradiction, eight with planted ones
//! (`planted.csv`). What is told of them, and what is not, stands in `told.txt`; docs/reconciliation-accuracy.md has the first reading.

use std::collections::BTreeSet;
use std::fs;

use crate::common::{checkout, rows, run};

#[test]
fn what_is_told_of_texts_written_blind_is_true_but_for_what_is_known() {
    let folder = checkout().join("tests/reconcile/blind_texts");
    let planted: BTreeSet<(String, String)> =
        rows(&folder.join("planted.csv")).into_iter().map(|row| (row["file"].clone(), row["line"].clone())).collect();
    let work = tempfile::tempdir().unwrap();
    let source = work.path().join("sources");
    fs::create_dir(&source).unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_owned();
        if path.extension().is_some_and(|ending| ending == "txt") && name != "told.txt" {
            fs::copy(&path, source.join(name)).unwrap();
        }
    }
    assert!(run(&source, work.path(), &["--accept"]).status.success());
    let mut told = BTreeSet::new();
    let mut found = BTreeSet::new();
    for row in rows(&work.path().join("extracts/findings.csv")) {
        if !["error", "warning"].contains(&row["severity"].as_str()) {
            continue;
        }
        let line = row["where"].trim_start_matches("line ").split(':').next().unwrap_or_default().to_owned();
        let place = (row["file"].clone(), line.clone());
        let is_planted = planted.contains(&place);
        told.insert(format!(
            "{} {} {} {}:{line}",
            if is_planted { "planted" } else { "other" },
            row["severity"],
            row["check_id"],
            row["file"]
        ));
        if is_planted {
            found.insert(place);
        }
    }
    let missed = planted.difference(&found).map(|(file, line)| format!("missed {file}:{line}"));
    let mut told: Vec<String> = told.into_iter().collect();
    told.extend(missed);
    let known = fs::read_to_string(folder.join("told.txt")).unwrap_or_default();
    assert_eq!(told, known.lines().map(str::to_owned).collect::<Vec<_>>());
}

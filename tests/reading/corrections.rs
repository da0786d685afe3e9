//! A correction replaces a printed text it expects, and speaks up when something else stands there.

use std::fs;

use crate::common::{juesuan, rows, run, sample_disclosures, text};

const CELL: &str = "支出决算表!E5";

fn project(expect: &str, sha256: &str, sheet: &str, folder: &std::path::Path) {
    let corrections = folder.join("pipelines/corrections");
    fs::create_dir_all(&corrections).unwrap();
    fs::write(
        corrections.join("310120.toml"),
        format!(
            "[[correction]]\ndocument = \"sha256:{sha256}\"\nsheet = \"{sheet}\"\ncell = \"E5\"\nexpect = \"{expect}\"\n\
             value = \"272.67\"\nreason = \"the row adds up only to 272.67\"\nreported = 2026-01-31\nstatus = \"reported\"\n"
        ),
    )
    .unwrap();
}

#[test]
fn a_correction_is_applied_while_its_text_stands() {
    let out = tempfile::tempdir().unwrap();
    let source = sample_disclosures().join("上海市奉贤区/信访局/2023");
    assert!(run(&source, out.path(), &["--quiet"]).status.success());
    let figures = rows(&out.path().join("extracts/figures.csv"));
    let wrong = figures.iter().find(|row| format!("{}!{}", row["sheet"], row["cell"]).ends_with(CELL)).unwrap();
    assert_eq!(wrong["value"], "273.67");
    let sha256 = sha256_of(&source.join(&wrong["file"]));

    let folder = tempfile::tempdir().unwrap();
    project("273.67", &sha256, &wrong["sheet"], folder.path());
    let with_project = ["--quiet", "--project", folder.path().to_str().unwrap()];
    let ended = run(&source, out.path(), &with_project);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let figures = rows(&out.path().join("extracts/figures.csv"));
    let corrected = figures.iter().find(|row| row["sheet"] == wrong["sheet"] && row["cell"] == "E5").unwrap();
    assert_eq!(corrected["value"], "272.67");

    project("999.99", &sha256, &wrong["sheet"], folder.path());
    assert!(run(&source, out.path(), &with_project).status.success());
    let figures = rows(&out.path().join("extracts/figures.csv"));
    let kept = figures.iter().find(|row| row["sheet"] == wrong["sheet"] && row["cell"] == "E5").unwrap();
    assert_eq!(kept["value"], "273.67");
    let findings = rows(&out.path().join("extracts/findings.csv"));
    let stale = findings.iter().find(|row| row["check_id"] == "correction.stale").expect("a finding");
    assert!(stale["message"].contains("999.99") && stale["message"].contains("310120.toml:1"), "{}", stale["message"]);
}

#[test]
fn a_broken_correction_is_named_by_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    project("273.67", "00", "3支出决算表", folder.path());
    let path = folder.path().join("pipelines/corrections/310120.toml");
    let broken = fs::read_to_string(&path).unwrap().replace("cell = \"E5\"", "cell = \"5E\"");
    fs::write(&path, broken).unwrap();
    let ended = juesuan().args(["lint", "--project"]).arg(folder.path()).output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert!(text(&ended.stdout).contains("310120.toml:1: “5E” is not a cell"), "{}", text(&ended.stdout));
}

fn sha256_of(path: &std::path::Path) -> String {
    juesuan::inner::discover::sha256_hex(&mut fs::File::open(path).unwrap()).unwrap()
}

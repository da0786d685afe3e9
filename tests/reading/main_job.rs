//! The main job through the real binary: sample data in, warehouse and extracts out; bad input beside good.

use std::collections::BTreeSet;
use std::fs;

use crate::common::{juesuan, rows, run, sample_disclosures, text};

#[test]
fn the_sample_becomes_a_warehouse_with_every_printed_figure() {
    let out = tempfile::tempdir().unwrap();
    let ended = run(&sample_disclosures(), out.path(), &[]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let summary = text(&ended.stdout);
    for part in ["documents", "figures", "claims", "findings", "warehouse", "extracts", "本年支出合计"] {
        assert!(summary.contains(part), "no {part} in\n{summary}");
    }
    let key = |row: &std::collections::BTreeMap<String, String>| {
        // Spreadsheets store 493 where they show 493.00: values are compared as numbers.
        let value: rust_decimal::Decimal = row["value"].parse().expect("a number");
        ["file", "sheet", "cell", "report_table", "side", "code", "unit", "department", "fiscal_year"]
            .map(|column| row[column].clone())
            .join("|")
            + &format!("|{}", value.normalize())
    };
    let expected: BTreeSet<String> =
        rows(&crate::common::checkout().join("sample_data/expected/figures.csv")).iter().map(key).collect();
    let found: BTreeSet<String> = rows(&out.path().join("extracts/figures.csv")).iter().map(key).collect();
    let missing: Vec<&String> = expected.difference(&found).take(10).collect();
    let extra: Vec<&String> = found.difference(&expected).take(10).collect();
    assert!(missing.is_empty() && extra.is_empty(), "missing {missing:#?}\nextra {extra:#?}");
}

#[test]
fn a_second_run_finds_nothing_new() {
    let out = tempfile::tempdir().unwrap();
    let source = sample_disclosures().join("上海市奉贤区/信访局");
    assert!(run(&source, out.path(), &["--quiet"]).status.success());
    let again = run(&source, out.path(), &[]);
    assert!(again.status.success());
    assert!(text(&again.stdout).contains("nothing new"), "{}", text(&again.stdout));
}

#[test]
fn bad_files_are_reported_and_their_neighbours_load() {
    let source = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    let good = sample_disclosures().join("上海市奉贤区/信访局/2023");
    for entry in fs::read_dir(&good).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, source.path().join(path.file_name().unwrap())).unwrap();
    }
    fs::write(source.path().join("empty.xls"), b"").unwrap();
    fs::write(source.path().join("picture.xlsx"), b"\x89PNG\r\n\x1a\n0000").unwrap();
    fs::write(source.path().join("cut.xlsx"), &fs::read(good.join("决算说明.docx")).unwrap()[..2_000]).unwrap();
    fs::write(source.path().join("noise.txt"), (0..5_000u32).flat_map(u32::to_le_bytes).collect::<Vec<u8>>()).unwrap();
    let held_back = run(source.path(), out.path(), &[]);
    assert_eq!(held_back.status.code(), Some(3), "four of six files are bad: a gate speaks up");
    let ended = run(source.path(), out.path(), &["--accept"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let findings = rows(&out.path().join("extracts/findings.csv"));
    for bad in ["empty.xls", "picture.xlsx", "cut.xlsx", "noise.txt"] {
        let finding = findings.iter().find(|finding| finding["file"] == bad);
        let finding = finding.unwrap_or_else(|| panic!("no finding about {bad}"));
        assert!(!finding["message"].is_empty() && !finding["hint"].is_empty());
    }
    assert!(rows(&out.path().join("extracts/figures.csv")).len() > 100);
}

#[test]
fn wrong_use_is_told_with_a_hint_and_exit_code_2() {
    let out = tempfile::tempdir().unwrap();
    let nowhere = run(&out.path().join("nowhere"), out.path(), &[]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(text(&nowhere.stderr).contains("nowhere") && text(&nowhere.stderr).contains("hint:"));

    let folder = juesuan()
        .args(["run", "--source"])
        .arg(sample_disclosures())
        .arg("--warehouse")
        .arg(out.path())
        .output()
        .unwrap();
    assert_eq!(folder.status.code(), Some(2));
    assert!(text(&folder.stderr).contains("hint:"));

    let broken = out.path().join("broken.toml");
    fs::write(&broken, "sources = [\"x\"]\nwarehouse = 3\n").unwrap();
    let ended = juesuan().arg("run").arg(&broken).output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    let message = text(&ended.stderr);
    assert!(message.contains("broken.toml") && message.contains("line 2") && message.contains("hint:"), "{message}");

    let unknown = juesuan().args(["run", "weekly"]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("nightly"));
}

#[cfg(unix)]
#[test]
fn an_unwritable_target_is_told_before_any_work() {
    let ended = juesuan()
        .args(["run", "--source"])
        .arg(sample_disclosures())
        .args(["--warehouse", "/proc/juesuan/w.duckdb"])
        .output()
        .unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert!(text(&ended.stderr).contains("/proc/juesuan") && text(&ended.stderr).contains("hint:"));
}

#[test]
fn restore_brings_the_version_before_back() {
    let source = tempfile::tempdir().unwrap();
    let out = tempfile::tempdir().unwrap();
    let good = sample_disclosures().join("上海市奉贤区/信访局/2023/决算报表.xls");
    fs::copy(&good, source.path().join("一.xls")).unwrap();
    assert!(run(source.path(), out.path(), &["--quiet"]).status.success());
    let first = fs::read(out.path().join("w.duckdb")).unwrap();
    fs::write(source.path().join("manifest.csv"), "path,department,fiscal_year\n一.xls,上海市奉贤区信访局,2023\n")
        .unwrap();
    assert!(run(source.path(), out.path(), &["--quiet"]).status.success());
    assert_ne!(fs::read(out.path().join("w.duckdb")).unwrap(), first);
    let restored = juesuan().args(["restore", "--warehouse"]).arg(out.path().join("w.duckdb")).output().unwrap();
    assert!(restored.status.success(), "{}", text(&restored.stderr));
    assert_eq!(fs::read(out.path().join("w.duckdb")).unwrap(), first);
}

#[test]
fn a_corrected_workbook_is_compared_with_the_one_before_it() {
    let out = tempfile::tempdir().unwrap();
    assert!(run(&sample_disclosures().join("北京市门头沟区/统计局"), out.path(), &["--quiet"]).status.success());
    let asked = |sql: &str| {
        let warehouse = out.path().join("w.duckdb");
        let answer =
            juesuan().args(["query", "--format", "csv", "--warehouse"]).arg(warehouse).arg(sql).output().unwrap();
        assert!(answer.status.success(), "{}", text(&answer.stderr));
        text(&answer.stdout)
    };
    let versions =
        asked("SELECT document_kind, version, is_current FROM core.dim_document WHERE fiscal_year = 2022 ORDER BY ALL");
    assert_eq!(
        versions,
        "document_kind,version,is_current\ntext,1,false\ntext,2,true\nworkbook,1,false\nworkbook,2,true\n"
    );
    let changed = asked("SELECT later_place, earlier_amount, later_amount, change_kind FROM v_document_compare");
    assert_eq!(
        changed,
        "later_place,earlier_amount,later_amount,change_kind\nGK01 收入支出决算总表!F33,6680344.66,6180344.66,changed\n"
    );
}

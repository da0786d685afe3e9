//! What is known of runs afterwards: one line each, the warehouse, `status`, `diff`; and what is kept to go back to.

use std::fs;
use std::process::Output;

use crate::common::{juesuan, text};
use crate::world::{World, figures, number};

fn say(world: &World, arguments: &[&str]) -> Output {
    juesuan().current_dir(world.folder.path()).args(arguments).output().unwrap()
}

fn runs(world: &World) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(world.state().join("runs.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn outcomes(world: &World) -> Vec<(String, String)> {
    let word = |run: &serde_json::Value, key: &str| run[key].as_str().unwrap().to_owned();
    runs(world).iter().map(|run| (word(run, "run_id"), word(run, "outcome"))).collect()
}

fn numbered(expected: &[&str]) -> Vec<(String, String)> {
    let numbers = (1..).map(|number| format!("{number:08}"));
    numbers.zip(expected.iter().map(|outcome| (*outcome).to_owned())).collect()
}

#[test]
fn every_run_leaves_a_line_however_it_ended() {
    let world = World::new();
    world.must_run(&[]);
    world.must_run(&[]);
    // Held back by a gate.
    let away: Vec<_> = world.files().into_iter().skip(2).collect();
    away.iter().enumerate().for_each(|(at, file)| fs::rename(file, world.path(&format!("away{at}"))).unwrap());
    assert_eq!(world.run(&["--quiet"]).status.code(), Some(3));
    // A broken layout, a vanished source, a program that was killed.
    let broken = world.path("project/pipelines/layouts/base/income.toml");
    fs::create_dir_all(broken.parent().unwrap()).unwrap();
    fs::write(&broken, "id = 3\n").unwrap();
    assert_eq!(world.run(&["--quiet", "--project", "project"]).status.code(), Some(2));
    fs::rename(world.sources(), world.path("elsewhere")).unwrap();
    assert_eq!(world.run(&["--quiet"]).status.code(), Some(2));
    fs::rename(world.path("elsewhere"), world.sources()).unwrap();
    fs::write(world.state().join("lock"), "process 4711 since 2026-01-02T02:30:00Z\n").unwrap();
    assert_eq!(world.run(&["--quiet"]).status.code(), Some(3));
    let expected = numbered(&["published", "nothing_new", "held_back", "failed", "failed", "killed", "held_back"]);
    assert_eq!(outcomes(&world), expected);

    // `status` shows them before any warehouse knows them.
    let status = say(&world, &["status", "--warehouse", "w.duckdb", "--json"]);
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).unwrap();
    let shown: Vec<&str> =
        status["runs"].as_array().unwrap().iter().map(|run| run["outcome"].as_str().unwrap()).collect();
    assert_eq!(shown, ["held_back", "killed", "failed", "failed", "held_back", "nothing_new", "published"]);
    assert_eq!(status["freshness"][0]["last_run"], "00000001");
    assert!(text(&say(&world, &["status", "--warehouse", "w.duckdb"]).stdout).contains("held_back"));

    away.iter().enumerate().for_each(|(at, file)| fs::rename(world.path(&format!("away{at}")), file).unwrap());
    world.add_department(1);
    world.must_run(&[]);
    let known =
        "SELECT count(*) FROM audit.run WHERE outcome IN ('published', 'nothing_new', 'held_back', 'failed', 'killed')";
    assert_eq!(number(&world.warehouse(), known), 8);
    let told =
        "SELECT count(*) FROM audit.run WHERE outcome = 'held_back' AND contains(message, 'are gone') AND figures > 0
                AND json_extract(seconds_by_stage, '$.reconcile')::DOUBLE > 0 AND tool_version <> ''";
    assert_eq!(number(&world.warehouse(), told), 2);

    let last = runs(&world).pop().unwrap();
    assert_eq!((last["run_id"].as_str(), last["outcome"].as_str()), (Some("00000008"), Some("published")));
    assert_eq!(last["counts"]["figures"].as_i64().map(i128::from), Some(figures(&world.warehouse())));
    assert!(last["documents"]["workbook loaded"].as_u64().unwrap() > 0);
    assert!(last["seconds_by_stage"]["read"].is_f64());
    assert_eq!(last["pipelines_fingerprint"].as_str().unwrap().len(), 64);
}

#[test]
fn a_line_cut_by_a_full_disk_spoils_no_other() {
    let world = World::new();
    world.must_run(&[]);
    let path = world.state().join("runs.jsonl");
    let line = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{line}{}", &line[..40])).unwrap();
    world.must_run(&[]);
    let text = fs::read_to_string(&path).unwrap();
    let whole = text.lines().filter(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()).count();
    assert_eq!((text.lines().count(), whole), (3, 2));
    assert!(say(&world, &["status", "--warehouse", "w.duckdb"]).status.success());
}

#[test]
fn status_lists_what_was_not_read_and_why() {
    let world = World::new();
    let book = fs::read(&world.files()[0]).unwrap();
    fs::write(world.sources().join("坏.xls"), &book[..book.len() / 2]).unwrap();
    world.must_run(&[]);
    let status = say(&world, &["status", "--warehouse", "w.duckdb", "--json"]);
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).unwrap();
    let bad = &status["quarantined"][0];
    assert_eq!((bad["file"].as_str(), bad["outcome"].as_str()), (Some("坏.xls"), Some("failed")));
    assert!(!bad["why"].as_str().unwrap().is_empty() && !bad["what_to_do"].as_str().unwrap().is_empty());
    assert!(status["coverage"].as_array().unwrap().len() >= 3 && status["age_seconds"].as_i64().unwrap() < 600);
}

/// Four nights; the last is bad.
#[test]
fn versions_are_kept_and_come_back_with_their_extracts() {
    let world = World::new();
    let mut nights = Vec::new();
    for night in 0..4 {
        if night > 0 {
            world.add_department(night);
        }
        world.must_run(&["--set", "keep=2"]);
        nights.push((
            fs::read(world.warehouse()).unwrap(),
            fs::read(world.path("w.duckdb.extracts/figures.csv")).unwrap(),
        ));
    }
    let versions = || -> Vec<String> {
        let shown = text(&say(&world, &["restore", "--warehouse", "w.duckdb", "--list"]).stdout);
        shown.lines().map(|line| line.rsplit('/').next().unwrap().to_owned()).collect()
    };
    assert_eq!(versions(), ["00000002.duckdb", "00000003.duckdb"]);
    let restore = |more: &[&str]| {
        let ended = say(&world, &[&["restore", "--warehouse", "w.duckdb"], more].concat());
        assert!(ended.status.success(), "{}", text(&ended.stderr));
        assert!(!text(&ended.stdout).contains("left as they were"), "{}", text(&ended.stdout));
    };
    let stands = |night: usize| {
        let (warehouse, extracts) = &nights[night];
        assert!(fs::read(world.warehouse()).unwrap() == *warehouse, "night {night}");
        assert!(
            fs::read(world.path("w.duckdb.extracts/figures.csv")).unwrap() == *extracts,
            "extracts of night {night}"
        );
    };
    restore(&[]);
    stands(2);
    restore(&[]);
    stands(1);
    let older = say(&world, &["restore", "--warehouse", "w.duckdb"]);
    assert_eq!(older.status.code(), Some(2));
    assert!(text(&older.stderr).contains("00000004"), "what was replaced is kept: {}", text(&older.stderr));
    restore(&["00000004"]);
    stands(3);
    // The next run builds anew, and numbers go on.
    world.must_run(&[]);
    assert_eq!(number(&world.warehouse(), "SELECT max(run_id)::INTEGER FROM audit.run"), 5);
    world.must_equal_a_rebuild(&[], "after restoring");
}

#[test]
fn diff_says_what_a_night_changed() {
    let world = World::new();
    world.must_run(&[]);
    world.add_department(1);
    fs::rename(&world.files()[0], world.path("away")).unwrap();
    world.must_run(&["--accept"]);
    let changes = changes_since(&world, "00000001");
    assert!(changes.contains(&"added".to_owned()) && changes.contains(&"removed".to_owned()), "{changes:?}");
}

#[test]
fn a_source_folder_spelled_another_way_changes_no_document() {
    let world = World::new();
    world.must_run(&[]);
    world.add_department(1);
    let ended =
        say(&world, &["run", "--source", "./sources", "--warehouse", "w.duckdb", "--extracts", "w.duckdb.extracts"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let changes = changes_since(&world, "00000001");
    assert!(!changes.is_empty() && changes.iter().all(|change| change == "added"), "{changes:?}");
}

/// What `diff` says of the documents between a kept version and the published warehouse.
fn changes_since(world: &World, version: &str) -> Vec<String> {
    let before = format!("w.duckdb.state/versions/{version}.duckdb");
    let ended = say(world, &["diff", &before, "w.duckdb", "--json"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let diff: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap();
    diff["documents"].as_array().unwrap().iter().map(|row| row["change"].as_str().unwrap().to_owned()).collect()
}

//! Gates, plan, log, hooks, and every command of docs/nightly.md.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::common::{checkout, juesuan, text};
use crate::world::{World, figures};

fn say(world: &World, arguments: &[&str]) -> Output {
    juesuan().current_dir(world.folder.path()).args(arguments).output().unwrap()
}

#[test]
fn a_gate_holds_a_build_back_until_it_is_accepted() {
    let world = World::new();
    world.must_run(&[]);
    let before = fs::read(world.warehouse()).unwrap();
    for file in world.files().iter().skip(3) {
        fs::remove_file(file).unwrap();
    }
    let ended = world.run(&["--quiet"]);
    assert_eq!(ended.status.code(), Some(3));
    let message = text(&ended.stderr);
    assert!(message.contains("are gone") && message.contains("--accept"), "{message}");
    assert_eq!(fs::read(world.warehouse()).unwrap(), before);
    let held = world.state().join("held-back.duckdb");
    assert!(figures(&held) < figures(&world.warehouse()));
    // The command the error names works as it stands.
    let hinted = message.split('`').nth(1).unwrap();
    let command = hinted.replace("juesuan", env!("CARGO_BIN_EXE_juesuan"));
    let looked = Command::new("sh").current_dir(world.folder.path()).args(["-c", &command]).output();
    if cfg!(unix) {
        assert!(looked.unwrap().status.success(), "{hinted}");
    }
    assert!(text(&say(&world, &["status", "--warehouse", "w.duckdb"]).stdout).contains("held back"));
    world.must_run(&["--accept"]);
    assert!(!held.exists());
    world.must_equal_a_rebuild(&[], "after accepting");
}

#[test]
fn too_many_unreadable_files_are_held_back() {
    let world = World::new();
    for file in world.files().iter().skip(2) {
        fs::write(file, b"PK\x03\x04 cut").unwrap();
    }
    let ended = world.run(&["--quiet"]);
    assert_eq!(ended.status.code(), Some(3), "{}", text(&ended.stderr));
    assert!(text(&ended.stderr).contains("cannot be read"));
    assert!(!world.warehouse().exists());
}

fn plan(world: &World) -> serde_json::Value {
    let arguments =
        ["plan", "--source", "sources", "--warehouse", "w.duckdb", "--extracts", "w.duckdb.extracts", "--json"];
    let ended = say(world, &arguments);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    serde_json::from_slice(&ended.stdout).unwrap()
}

fn planned(plan: &serde_json::Value, action: &str, why: &str) -> usize {
    let files = plan["files"].as_array().unwrap();
    files.iter().filter(|file| file["action"] == action && file["why"].as_str().unwrap().contains(why)).count()
}

#[test]
fn plan_says_what_and_why_and_touches_nothing() {
    let world = World::new();
    let files = world.files();
    let first = plan(&world);
    assert_eq!(planned(&first, "read", "nothing was read yet"), files.len());
    assert_eq!(first["builds"], true);
    assert!(!world.state().exists() && !world.warehouse().exists());

    world.must_run(&[]);
    let same = plan(&world);
    assert_eq!((planned(&same, "keep", "unchanged"), &same["builds"]), (files.len(), &serde_json::json!(false)));

    fs::write(&files[0], b"other bytes").unwrap();
    fs::remove_file(&files[1]).unwrap();
    fs::write(world.sources().join("新.txt"), "一些文字\n").unwrap();
    let listing = || -> Vec<_> {
        let entries = walkdir::WalkDir::new(world.folder.path()).sort_by_file_name().into_iter().flatten();
        entries.map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().modified().unwrap())).collect()
    };
    let before = listing();
    let changed = plan(&world);
    assert_eq!(listing(), before);
    assert_eq!(planned(&changed, "read", "its content changed"), 1);
    assert_eq!(planned(&changed, "read", "new"), 1);
    assert_eq!(planned(&changed, "retire", "no longer"), 1);
    assert_eq!(planned(&changed, "keep", "unchanged"), files.len() - 2);

    world.must_run(&["--accept"]);
    assert_eq!(planned(&plan(&world), "retire", ""), 0, "what is retired is not retired again");

    fs::remove_file(world.state().join("stage/figure/part-00000.parquet")).unwrap();
    fs::write(world.sources().join("新.txt"), "另一些文字\n").unwrap();
    assert!(planned(&plan(&world), "read", "missing or damaged") > 0);
}

#[test]
fn the_log_the_timings_and_the_hooks_tell_how_a_run_went() {
    let world = World::new();
    let pipeline = "sources = [\"sources\"]\nwarehouse = \"w.duckdb\"\nextracts = \"e\"\nlog = \"juesuan.log\"\n\
                    [hooks]\nsuccess = \"cat > well.json\"\nfailure = \"cat > badly.json\"\n";
    fs::write(world.path("shanghai.toml"), pipeline).unwrap();
    let ended = say(&world, &["run", "shanghai.toml", "--verbose"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    assert!(text(&ended.stderr).contains("read: ") && text(&ended.stderr).contains(" s\n"));
    assert!(world.path("well.json").is_file() && !world.path("badly.json").exists());

    fs::remove_dir_all(world.sources()).unwrap();
    assert_eq!(say(&world, &["run", "shanghai.toml", "-q"]).status.code(), Some(2));
    let told: serde_json::Value = serde_json::from_slice(&fs::read(world.path("badly.json")).unwrap()).unwrap();
    assert!(told["error"].as_str().unwrap().contains("sources"));

    let log = fs::read_to_string(world.path("juesuan.log")).unwrap();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let events: Vec<&str> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
    assert_eq!((events[0], events[events.len() - 1]), ("start", "error"));
    let end = lines.iter().find(|line| line["event"] == "end").unwrap();
    assert!(end["counts"]["figures"].as_u64().unwrap() > 100);
    assert!(lines.iter().any(|line| line["stage"] == "reconcile" && line["seconds"].is_f64()));
    assert_eq!(lines[lines.len() - 1]["exit_code"], 2);
}

/// The fenced blocks of a kind in docs/nightly.md.
fn blocks(kind: &str) -> Vec<String> {
    let page = fs::read_to_string(checkout().join("docs/nightly.md")).unwrap();
    let opening = format!("```{kind}\n");
    page.split(&opening).skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
}

/// A shell where `juesuan` is the program under test.
fn shell(folder: &Path, command: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_juesuan")).parent().unwrap().display().to_string();
    let path = format!("{program}:{}", std::env::var("PATH").unwrap_or_default());
    Command::new("sh").current_dir(folder).env("PATH", path).args(["-ec", command]).output().unwrap()
}

#[cfg(unix)]
#[test]
fn every_recovery_of_the_manual_works_as_written() {
    let commands = blocks("sh");
    assert!(commands.len() >= 5);
    // Two nights have passed; the third lost documents and is held back.
    let world = World::new();
    fs::rename(world.sources(), world.path("disclosures")).unwrap();
    assert!(shell(world.folder.path(), "juesuan run --quiet").status.success());
    fs::write(world.path("disclosures/新.txt"), "一些文字\n").unwrap();
    assert!(shell(world.folder.path(), "juesuan run --quiet").status.success());
    let region = fs::read_dir(world.path("disclosures")).unwrap().flatten().find(|entry| entry.path().is_dir());
    let lost = walkdir::WalkDir::new(region.unwrap().path()).max_depth(2).min_depth(2).into_iter().flatten();
    lost.skip(1).for_each(|year| fs::remove_dir_all(year.path()).unwrap());
    let held = shell(world.folder.path(), "juesuan run --quiet");
    assert_eq!(held.status.code(), Some(3), "{}", text(&held.stderr));
    for command in commands {
        let ended = shell(world.folder.path(), &command);
        assert!(ended.status.success(), "{command}\n{}{}", text(&ended.stdout), text(&ended.stderr));
        assert!(world.path("juesuan.duckdb").is_file());
    }
}

#[cfg(unix)]
#[test]
fn the_cron_line_runs_and_reports_a_failure() {
    let world = World::new();
    let home = world.folder.path().display().to_string();
    fs::rename(world.sources(), world.path("disclosures")).unwrap();
    // Stands in for the mail program.
    fs::write(world.path("mail"), "#!/bin/sh\ncat > mailed\n").unwrap();
    let line = blocks("cron")[0].trim().to_owned();
    let command = line.splitn(6, ' ').nth(5).unwrap().to_owned();
    let command = command
        .replace("/srv/final-accounts", &home)
        .replace("/usr/local/bin/juesuan", "juesuan")
        .replace("mail -s", "sh ./mail -s");
    let ended = shell(world.folder.path(), &command);
    assert!(ended.status.success() && world.path("juesuan.duckdb").is_file(), "{}", text(&ended.stderr));
    assert!(!world.path("mailed").exists());
    fs::remove_dir_all(world.path("disclosures")).unwrap();
    assert!(shell(world.folder.path(), &command).status.success());
    assert!(fs::read_to_string(world.path("mailed")).unwrap().contains("does not exist"));
}

/// The unit files are what systemd takes, where its checker is at hand.
#[cfg(unix)]
#[test]
fn the_systemd_units_are_well_formed() {
    let units = blocks("ini");
    assert_eq!(units.len(), 2);
    let folder = tempfile::tempdir().unwrap();
    let program = env!("CARGO_BIN_EXE_juesuan");
    let service = units[0].replace("/usr/local/bin/juesuan", program).replace("User=analyst\n", "");
    fs::write(folder.path().join("juesuan.service"), service + "\n").unwrap();
    fs::write(folder.path().join("juesuan.timer"), units[1].clone() + "\n").unwrap();
    let verify = Command::new("systemd-analyze")
        .args(["verify", "--man=no"])
        .args([folder.path().join("juesuan.service"), folder.path().join("juesuan.timer")])
        .output();
    match verify {
        Ok(ended) => assert!(!text(&ended.stderr).contains("juesuan."), "{}", text(&ended.stderr)),
        Err(_) => eprintln!("skipped: systemd-analyze is not on this machine"),
    }
}

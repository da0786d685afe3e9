//! Every command of docs/nightly.md, and the files of contrib/.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::common::{checkout, text};
use crate::world::World;

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

fn shipped(file: &str) -> String {
    fs::read_to_string(checkout().join("contrib").join(file)).unwrap()
}

/// The last line of the crontab, as cron would run it: what it prints is what cron mails.
#[test]
fn the_cron_line_says_nothing_but_failures() {
    let world = World::new();
    let home = world.folder.path().display().to_string();
    fs::rename(world.sources(), world.path("disclosures")).unwrap();
    let crontab = shipped("cron/juesuan");
    let command = crontab.lines().last().unwrap().splitn(7, ' ').nth(6).unwrap();
    let command = command.replace("/srv/final-accounts", &home).replace("/usr/local/bin/juesuan", "juesuan");
    let ended = shell(world.folder.path(), &command);
    assert!(ended.status.success() && world.path("juesuan.duckdb").is_file(), "{}", text(&ended.stderr));
    assert_eq!((text(&ended.stdout), text(&ended.stderr)), (String::new(), String::new()));
    fs::remove_dir_all(world.path("disclosures")).unwrap();
    let ended = shell(world.folder.path(), &command);
    assert_eq!(ended.status.code(), Some(2));
    assert!(text(&ended.stderr).contains("does not exist") && text(&ended.stderr).contains("hint:"));
}

/// The unit files are what systemd takes, where its checker is at hand.
#[test]
fn the_systemd_units_are_well_formed() {
    let folder = tempfile::tempdir().unwrap();
    let service = shipped("systemd/juesuan@.service").replace("/usr/local/bin/juesuan", env!("CARGO_BIN_EXE_juesuan"));
    fs::write(folder.path().join("juesuan@.service"), service).unwrap();
    fs::write(folder.path().join("juesuan@.timer"), shipped("systemd/juesuan@.timer")).unwrap();
    let verify = Command::new("systemd-analyze")
        .args(["verify", "--man=no"])
        .args(["juesuan@nightly.service", "juesuan@nightly.timer"].map(|unit| folder.path().join(unit)))
        .output();
    match verify {
        Ok(ended) => assert!(!text(&ended.stderr).contains("juesuan@"), "{}", text(&ended.stderr)),
        Err(_) => eprintln!("skipped: systemd-analyze is not on this machine"),
    }
}

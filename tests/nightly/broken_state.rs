//! What happens to disks and files between two nights: told clearly or repaired, and no figure is lost.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::common::text;
use crate::world::{World, figures, number};

/// Breaks something, changes a source so that the next run builds, and compares with a rebuild.
fn survives(what: &str, harm: impl FnOnce(&World)) {
    let world = World::new();
    world.must_run(&[]);
    let before = figures(&world.warehouse());
    harm(&world);
    world.add_department(1);
    world.must_run(&[]);
    assert!(figures(&world.warehouse()) > before, "{what}");
    world.must_equal_a_rebuild(&[], what);
}

fn cut(path: PathBuf, share: usize) {
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() * share / 100]).unwrap();
}

fn figure_part(world: &World) -> PathBuf {
    world.state().join("stage/figure/part-00000.parquet")
}

#[test]
fn a_broken_ledger_is_read_anew() {
    survives("readings cut", |world| cut(world.state().join("readings.jsonl"), 60));
    survives("readings cut between two lines", |world| {
        let path = world.state().join("readings.jsonl");
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        fs::write(&path, lines[..lines.len() - 2].join("\n") + "\n").unwrap();
    });
    survives("memory is garbage", |world| fs::write(world.state().join("memory.json"), b"\0garbage").unwrap());
    survives("state folder lost", |world| fs::remove_dir_all(world.state()).unwrap());
}

#[test]
fn broken_parts_of_the_load_package_are_read_again() {
    survives("part gone", |world| fs::remove_file(figure_part(world)).unwrap());
    survives("part cut", |world| cut(figure_part(world), 50));
    survives("part of findings or claims gone", |world| fs::remove_dir_all(world.state().join("stage/claim")).unwrap());
    survives("a stranger's part", |world| {
        fs::copy(figure_part(world), world.state().join("stage/figure/part-00009.parquet")).unwrap();
    });
}

#[test]
fn a_damaged_published_file_is_replaced_and_said() {
    let world = World::new();
    world.must_run(&[]);
    fs::write(world.warehouse(), b"not a database").unwrap();
    let ended = world.run(&["--quiet"]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    assert!(text(&ended.stderr).contains("cannot be read"), "{}", text(&ended.stderr));
    world.must_equal_a_rebuild(&[], "after a damaged warehouse");
}

#[test]
fn lost_extracts_are_written_again() {
    let world = World::new();
    world.must_run(&[]);
    fs::remove_dir_all(world.path("w.duckdb.extracts")).unwrap();
    world.must_run(&[]);
    assert!(world.path("w.duckdb.extracts/figures.csv").is_file());
}

#[test]
fn a_vanished_source_folder_is_told_and_nothing_is_lost() {
    let world = World::new();
    world.must_run(&[]);
    let before = fs::read(world.warehouse()).unwrap();
    fs::rename(world.sources(), world.path("elsewhere")).unwrap();
    let ended = world.run(&["--quiet"]);
    assert_eq!(ended.status.code(), Some(2));
    assert!(text(&ended.stderr).contains("sources") && text(&ended.stderr).contains("hint:"));
    // An unmounted disk leaves an empty folder: the gates hold that back.
    fs::create_dir(world.sources()).unwrap();
    let ended = world.run(&["--quiet"]);
    assert_eq!(ended.status.code(), Some(3), "{}", text(&ended.stderr));
    assert_eq!(fs::read(world.warehouse()).unwrap(), before);
    fs::remove_dir(world.sources()).unwrap();
    fs::rename(world.path("elsewhere"), world.sources()).unwrap();
    assert_eq!(world.must_run(&[])["nothing_new"], true);
}

#[test]
fn a_clock_that_goes_backwards_reorders_nothing() {
    let world = World::new();
    world.must_run(&[]);
    world.add_department(2);
    world.must_run(&[]);
    let versions = world.state().join("versions");
    fs::rename(versions.join("00000001.duckdb"), versions.join("00000041.duckdb")).unwrap();
    world.add_department(1);
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(86_400);
    for file in world.files() {
        fs::File::options().write(true).open(file).unwrap().set_modified(long_ago).unwrap();
    }
    world.must_run(&[]);
    assert!(world.state().join("versions/00000042.duckdb").is_file());
    world.must_equal_a_rebuild(&[], "old modification times");
    // The clock itself, where the tool that turns it is at hand.
    let faked = |more: &[&str]| {
        let run = world.command("w.duckdb", &[&["--quiet"], more].concat());
        let mut command = Command::new("faketime");
        command.arg("2001-01-01 00:00:00").arg(run.get_program()).args(run.get_args()).current_dir(world.folder.path());
        command.output()
    };
    world.add_department(3);
    let Ok(ended) = faked(&[]) else { return eprintln!("skipped: faketime is not on this machine") };
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    assert!(world.state().join("versions/00000043.duckdb").is_file());
    let order = "SELECT run_id::INTEGER FROM audit.run WHERE started_at < TIMESTAMP '2002-01-01'";
    assert_eq!(number(&world.warehouse(), order), 4, "numbered after the runs before it");
    assert_eq!(world.must_run(&[])["nothing_new"], true);
    world.must_equal_a_rebuild(&[], "a run in the past");
}

/// `ulimit -f` stands in for a full disk: no file may grow beyond it.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_publishes_nothing() {
    let world = World::new();
    world.must_run(&[]);
    let before = fs::read(world.warehouse()).unwrap();
    world.add_department(1);
    for blocks in [0, 8, 64, 1024, 4096] {
        let run = format!(
            "trap '' XFSZ; ulimit -f {blocks}; exec '{}' run --quiet --source sources --warehouse w.duckdb --extracts w.duckdb.extracts",
            env!("CARGO_BIN_EXE_juesuan")
        );
        let ended = Command::new("sh").current_dir(world.folder.path()).args(["-c", &run]).output().unwrap();
        let message = text(&ended.stderr);
        assert_eq!(ended.status.code(), Some(3), "{blocks} blocks: {message}");
        assert!(message.contains("hint:") && message.contains("disk"), "{blocks} blocks: {message}");
        assert_eq!(fs::read(world.warehouse()).unwrap(), before, "{blocks} blocks");
    }
    world.must_run(&[]);
    world.must_equal_a_rebuild(&[], "after a full disk");
}

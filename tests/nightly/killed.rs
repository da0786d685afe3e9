//! SIGKILL at random moments: the published file is always one of two versions.
#![cfg(unix)]

use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use juesuan_corpus::random::Chance;

use crate::common::text;
use crate::world::{World, figures};

/// `JUESUAN_LONG` is the number of kills: scripts/kill-test sets it to 200.
#[test]
fn a_killed_run_leaves_the_old_or_the_new_warehouse() {
    let kills: u64 = std::env::var("JUESUAN_LONG").ok().and_then(|kills| kills.parse().ok()).unwrap_or(10);
    let world = World::new();
    let started = Instant::now();
    world.must_run(&["--accept"]);
    let whole = started.elapsed().as_millis() as u64;
    let mut chance = Chance::new(kills);
    let mut old = figures(&world.warehouse());
    let mut published_by_killed = 0;
    for kill in 0..kills {
        // One more department, or one less: the two versions differ in their figures.
        let added = world.sources().join("新增");
        let expected_change = !added.exists();
        if expected_change {
            let other = World::new();
            other.add_department(1 + (kill % 5) as usize);
            let status = std::process::Command::new("cp").arg("-r").arg(other.sources()).arg(&added).status().unwrap();
            assert!(status.success());
        } else {
            fs::remove_dir_all(&added).unwrap();
        }
        let mut child = world
            .command("w.duckdb", &["--quiet", "--accept"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(chance.below(whole * 2)));
        child.kill().unwrap();
        child.wait().unwrap();
        let now = figures(&world.warehouse());
        let ended = world.run(&["--quiet", "--accept"]);
        assert!(ended.status.success(), "after kill {kill}: {}", text(&ended.stderr));
        let new = figures(&world.warehouse());
        assert!(now == old || now == new, "kill {kill}: {now} figures are neither {old} nor {new}");
        published_by_killed += u64::from(now == new);
        assert_ne!(old, new);
        old = new;
    }
    world.must_equal_a_rebuild(&[], "after all kills");
    eprintln!("{kills} kills: {published_by_killed} after publishing, {} before", kills - published_by_killed);
}

#[test]
fn sigterm_ends_cleanly_and_publishes_nothing() {
    let world = World::new();
    (1..5).for_each(|index| world.add_department(index));
    let child = world.command("w.duckdb", &["--quiet"]).stderr(Stdio::piped()).spawn().unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    while !world.state().join("building.duckdb").exists() && Instant::now() < deadline {
        sleep(Duration::from_millis(5));
    }
    let status = std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(status.success());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(3), "{}", text(&ended.stderr));
    assert!(text(&ended.stderr).contains("asked to stop") && text(&ended.stderr).contains("hint:"));
    assert!(!world.warehouse().exists());
    world.must_run(&[]);
    world.must_equal_a_rebuild(&[], "after SIGTERM");
}

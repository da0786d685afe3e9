//! SIGKILL at random moments: the published file is always one of two versions.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use juesuan_corpus::random::Chance;

use crate::common::{juesuan, text};
use crate::world::{World, figures};

/// `JUESUAN_LONG` is the number of kills: scripts/kill-test sets it to 200. A run that ended before its moment came does
/// not count.
#[test]
fn a_killed_run_leaves_the_old_or_the_new_warehouse() {
    let kills: u64 = std::env::var("JUESUAN_LONG").ok().and_then(|kills| kills.parse().ok()).unwrap_or(10);
    let world = World::new();
    world.must_run(&["--accept"]);
    let mut whole = timed(|| drop(world.must_run(&["--accept", "--set", "language=zh"])));
    let mut chance = Chance::new(kills);
    let mut old = figures(&world.warehouse());
    let (mut killed, mut after_publishing, mut tries) = (0, 0, 0);
    while killed < kills {
        tries += 1;
        assert!(tries < kills * 4, "only {killed} of {tries} runs were still there to be killed");
        add_or_remove_a_department(&world, tries);
        // In turn a warehouse built from nothing and one brought up to date.
        let way = if tries % 2 == 0 { "rebuild_above_percent=0" } else { "rebuild_above_percent=100" };
        let arguments = ["--quiet", "--accept", "--set", way];
        let mut child =
            world.command("w.duckdb", &arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_millis(chance.below(whole)));
        child.kill().unwrap();
        let was_killed = child.wait().unwrap().code().is_none();
        let now = figures(&world.warehouse());
        let mut ended = None;
        whole = timed(|| ended = Some(world.run(&arguments)));
        let ended = ended.unwrap();
        assert!(ended.status.success(), "after kill {killed}: {}", text(&ended.stderr));
        let new = figures(&world.warehouse());
        assert!(now == old || now == new, "kill {killed}: {now} figures are neither {old} nor {new}");
        assert_ne!(old, new);
        old = new;
        killed += u64::from(was_killed);
        after_publishing += u64::from(was_killed && now == new);
        if was_killed && killed % 10 == 0 {
            eprintln!("{killed} killed, {after_publishing} of them after publishing; {tries} runs");
        }
    }
    let ledger = fs::read_to_string(world.state().join("runs.jsonl")).unwrap();
    assert!(ledger.contains("\"killed\""), "a killed run is noted by the next");
    world.must_equal_a_rebuild(&["--accept"], "after all kills");
}

fn timed(run: impl FnOnce()) -> u64 {
    let started = Instant::now();
    run();
    started.elapsed().as_millis() as u64
}

/// The two versions differ in their figures.
fn add_or_remove_a_department(world: &World, turn: u64) {
    let added = world.sources().join("新增");
    if added.exists() {
        return fs::remove_dir_all(&added).unwrap();
    }
    let other = World::new();
    other.add_department(1 + (turn % 5) as usize);
    let status = std::process::Command::new("cp").arg("-r").arg(other.sources()).arg(&added).status().unwrap();
    assert!(status.success());
}

/// Asks a run to stop as soon as it says that it has come to a stage.
fn terminate_at(world: &World, stage: &str) -> (Option<i32>, String) {
    let mut child =
        world.command("w.duckdb", &["--accept"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    for line in lines.by_ref().map_while(Result::ok) {
        said += &format!("{line}\n");
        if line == stage {
            let status = std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap();
            assert!(status.success());
            break;
        }
    }
    assert!(said.lines().any(|line| line == stage), "no stage {stage} in {said}");
    lines.map_while(Result::ok).for_each(|line| said += &format!("{line}\n"));
    (child.wait().unwrap().code(), said)
}

#[test]
fn sigterm_ends_every_stage_cleanly() {
    let world = World::new();
    world.must_run(&[]);
    for (turn, stage) in
        ["discover", "read", "load", "model", "reconcile", "extracts", "publish"].into_iter().enumerate()
    {
        world.add_department(1 + turn);
        let before = fs::read(world.warehouse()).unwrap();
        let (code, said) = terminate_at(&world, stage);
        if stage == "publish" {
            // Past the point of no return: what is begun is ended.
            assert_eq!(code, Some(0), "{said}");
            assert_ne!(fs::read(world.warehouse()).unwrap(), before);
            continue;
        }
        assert_eq!(code, Some(3), "{stage}: {said}");
        assert!(said.contains("asked to stop") && said.contains("hint:"), "{stage}: {said}");
        assert_eq!(fs::read(world.warehouse()).unwrap(), before, "{stage}");
        let last = fs::read_to_string(world.state().join("runs.jsonl")).unwrap();
        assert!(last.lines().last().unwrap().contains("\"outcome\":\"stopped\""), "{stage}: {last}");
    }
    assert_eq!(world.must_run(&[])["nothing_new"], true, "the run that was publishing did publish");
    world.must_equal_a_rebuild(&[], "after SIGTERM in every stage");
}

/// What was read before the signal is not read again.
#[test]
fn a_stopped_run_is_gone_on_with() {
    let world = World::new();
    (1..5).for_each(|index| world.add_department(index));
    let (code, said) = terminate_at(&world, "load");
    assert_eq!(code, Some(3), "{said}");
    assert!(!world.warehouse().exists());
    let arguments = ["plan", "--source", "sources", "--warehouse", "w.duckdb", "--extracts", "w.duckdb.extracts"];
    let plan = juesuan().current_dir(world.folder.path()).args(arguments).output().unwrap();
    assert!(text(&plan.stdout).contains("0 to read"), "{}", text(&plan.stdout));
    world.must_run(&[]);
    world.must_equal_a_rebuild(&[], "after SIGTERM");
}

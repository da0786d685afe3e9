//! Gates, plan, progress, log and hooks.

use std::fs;
use std::process::{Command, Output, Stdio};

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

#[test]
fn every_gate_holds_back_and_every_key_opens_it() {
    let world = World::new();
    world.must_run(&[]);
    let mut before = fs::read(world.warehouse()).unwrap();
    fs::create_dir_all(world.path("figures/pipelines/layouts/base")).unwrap();
    let check = world.path("checks/sql/checks/always.sql");
    fs::create_dir_all(check.parent().unwrap()).unwrap();
    let never_holds = "-- title: 总不成立 | Never holds\n-- hint: 无 | none\n\n\
                       SELECT '' AS document_key, 'everywhere' AS place, 'it does not hold' AS message\n";
    fs::write(&check, never_holds).unwrap();
    let layouts = fs::read_dir(checkout().join("pipelines/layouts/base")).unwrap().flatten();
    for file in layouts.map(|entry| entry.file_name()).filter(|name| name.to_string_lossy().ends_with(".toml")) {
        let inside = format!("pipelines/layouts/base/{}", file.to_string_lossy());
        let text = juesuan::inner::project::Project::built_in().get(&inside).unwrap().text.clone();
        let path = world.path("figures").join(inside);
        fs::write(path, text.replace("决算", "别算")).unwrap();
    }
    for (project, told, key) in [
        ("figures", "figures are gone", "gates.lost_figures_percent=100"),
        ("checks", "errors lie in the warehouse itself", "gates.broken_warehouse_checks=9"),
    ] {
        let held = world.run(&["--quiet", "--project", project]);
        assert_eq!(held.status.code(), Some(3), "{project}: {}", text(&held.stderr));
        assert!(text(&held.stderr).contains(told), "{project}: {}", text(&held.stderr));
        assert!(fs::read(world.warehouse()).unwrap() == before, "{project}");
        world.must_run(&["--project", project, "--set", key, "--set", "gates.lost_documents_percent=100"]);
        world.must_run(&["--accept"]);
        before = fs::read(world.warehouse()).unwrap();
    }
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
    assert_eq!((&first["builds"], &first["why"]), (&true.into(), &"there is no published warehouse yet".into()));
    assert!(!world.state().exists() && !world.warehouse().exists());

    world.must_run(&[]);
    let same = plan(&world);
    assert_eq!((planned(&same, "keep", "unchanged"), &same["builds"]), (files.len(), &serde_json::json!(false)));

    fs::write(&files[0], b"other bytes").unwrap();
    fs::remove_file(&files[1]).unwrap();
    fs::rename(&files[2], world.sources().join("搬走.xls")).unwrap();
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
    assert_eq!((planned(&changed, "read", "moved from"), planned(&changed, "retire", "moved")), (1, 1));
    assert_eq!(planned(&changed, "keep", "unchanged"), files.len() - 3);
    assert_eq!(changed["why"], "changed: source files");

    world.must_run(&["--accept"]);
    assert_eq!(planned(&plan(&world), "retire", ""), 0, "what is retired is not retired again");

    fs::remove_file(world.state().join("stage/figure/part-00000.parquet")).unwrap();
    fs::write(world.sources().join("新.txt"), "另一些文字\n").unwrap();
    assert!(planned(&plan(&world), "read", "missing or damaged") > 0);
}

#[test]
fn plan_names_what_changed_in_the_project() {
    let world = World::new();
    world.must_run(&[]);
    let files = world.files().len();
    let edit = |inside: &str, more: &str| {
        let path = world.path("project").join(inside);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let built_in = juesuan::inner::project::Project::built_in().get(inside).unwrap().text.clone();
        fs::write(&path, built_in + more).unwrap();
        let ended = say(
            &world,
            &[
                "plan",
                "--source",
                "sources",
                "--warehouse",
                "w.duckdb",
                "--extracts",
                "w.duckdb.extracts",
                "--json",
                "--project",
                "project",
            ],
        );
        assert!(ended.status.success(), "{}", text(&ended.stderr));
        let plan: serde_json::Value = serde_json::from_slice(&ended.stdout).unwrap();
        fs::remove_dir_all(world.path("project")).unwrap();
        plan
    };
    for (inside, name) in [
        ("pipelines/layouts/base/income.toml", "layouts"),
        ("pipelines/narrative/base.toml", "narrative rules"),
        ("pipelines/reference/department_aliases.csv", "reference lists"),
        ("pipelines/names/items.csv", "names"),
    ] {
        let plan = edit(inside, "\n");
        assert_eq!(planned(&plan, "read", &format!("changed since it was read: {name}")), files, "{plan}");
        assert_eq!(plan["why"], format!("changed: {name}"));
    }
    for (inside, name) in [("sql/marts/v_services.sql", "SQL"), ("pipelines/checks/w_within_tables.toml", "checks")] {
        let plan = edit(inside, "\n");
        assert_eq!((planned(&plan, "keep", ""), &plan["why"]), (files, &format!("changed: {name}").into()));
    }
    // A program compiled from other sources counts as another program.
    let path = world.state().join("readings.jsonl");
    let ledger = fs::read_to_string(&path).unwrap();
    let program = ledger.split("\"program\":\"").nth(1).unwrap().split('"').next().unwrap();
    fs::write(&path, ledger.replacen(program, "0.0.9 other", 1)).unwrap();
    assert_eq!(planned(&plan(&world), "read", "changed since it was read: program"), files);
    fs::remove_dir_all(world.path("w.duckdb.extracts")).unwrap();
    assert_eq!(plan(&world)["why"], "extracts are missing or were changed");
}

#[test]
fn a_terminal_sees_a_bar_with_rate_and_time_and_a_file_plain_lines() {
    let world = World::new();
    let plain = world.run(&[]);
    assert!(plain.status.success());
    let stages = "discover\nread\nload\nmodel\nreconcile\nsettle\nextracts\npublish\n";
    assert_eq!(text(&plain.stderr), stages, "one plain line a stage");
    assert_eq!(text(&world.run(&["--quiet"]).stderr), "");
    (1..6).for_each(|index| world.add_department(index));
    let run = format!(
        "stty cols 120; '{}' run --source sources --warehouse w.duckdb --extracts w.duckdb.extracts",
        env!("CARGO_BIN_EXE_juesuan")
    );
    // A terminal of its own, from util-linux.
    let ended = Command::new("script")
        .current_dir(world.folder.path())
        .env("TERM", "xterm")
        .args(["-qefc", &run, "/dev/null"])
        .output();
    let Ok(ended) = ended else { return eprintln!("skipped: `script` is not on this machine") };
    let seen = text(&ended.stdout);
    assert!(ended.status.success(), "{seen}");
    for sign in ["read [", "/s eta ", "=", "reconcile", "figures"] {
        assert!(seen.contains(sign), "no {sign:?} in {seen:?}");
    }
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

    // A log that cannot be written is told before any work, to the hook too.
    fs::remove_file(world.path("badly.json")).unwrap();
    assert_eq!(say(&world, &["run", "shanghai.toml", "-q", "--set", "log=nowhere/j.log"]).status.code(), Some(2));
    assert!(fs::read_to_string(world.path("badly.json")).unwrap().contains("nowhere"));

    let log = fs::read_to_string(world.path("juesuan.log")).unwrap();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let events: Vec<&str> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
    assert_eq!((events[0], events[events.len() - 1]), ("start", "error"));
    let end = lines.iter().find(|line| line["event"] == "end").unwrap();
    assert!(end["counts"]["figures"].as_u64().unwrap() > 100);
    assert!(lines.iter().any(|line| line["stage"] == "reconcile" && line["seconds"].is_f64()));
    assert_eq!(lines[lines.len() - 1]["exit_code"], 2);
}

/// The readers are started after the run began; by then an upgrade may have put another program where this one was.
#[test]
#[cfg(target_os = "linux")]
fn a_program_that_is_replaced_while_it_runs_ends_its_run() {
    let world = World::new();
    let program = world.path("juesuan");
    // Not copied by this process: what one of its threads holds open for writing cannot be started by another.
    assert!(Command::new("cp").arg(env!("CARGO_BIN_EXE_juesuan")).arg(&program).status().unwrap().success());
    let arguments = world.command("w.duckdb", &[]);
    let mut command = Command::new(&program);
    command.current_dir(world.folder.path()).args(arguments.get_args());
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    fs::remove_file(&program).unwrap();
    fs::write(&program, "not a program").unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", text(&ended.stderr));
}

//! One corpus in pieces: each run by itself, with the keys and the rows of the whole.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use crate::common::{juesuan, rows, text};
use crate::world::{World, number};

/// A corpus of departments in several regions.
pub fn corpus() -> World {
    let world = World::new();
    [1, 2, 3, 48].iter().for_each(|index| world.add_department(*index));
    world
}

impl World {
    pub fn juesuan(&self, arguments: &[&str]) -> Output {
        juesuan().current_dir(self.folder.path()).args(arguments).output().unwrap()
    }

    pub fn must(&self, arguments: &[&str]) -> String {
        let ended = self.juesuan(arguments);
        assert!(ended.status.success(), "{arguments:?}: {}{}", text(&ended.stdout), text(&ended.stderr));
        text(&ended.stdout)
    }

    /// Parts the sources, and gives the lists.
    pub fn shard(&self, more: &[&str]) -> Vec<String> {
        let plan = self.must(&[&["shard", "--source", "sources", "--out", "plan", "--json"], more].concat());
        let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
        let lists = plan["shards"].as_array().unwrap().iter();
        lists.map(|shard| format!("plan/{}", shard["list"].as_str().unwrap())).collect()
    }

    /// Runs the list of one shard into `shard-<k>.duckdb`.
    pub fn run_shard(&self, number: usize, list: &str) -> PathBuf {
        let (warehouse, extracts) = (format!("shard-{number}.duckdb"), format!("shard-{number}.extracts"));
        let places = ["--warehouse", &warehouse, "--extracts", &extracts, "--quiet", "--accept"];
        self.must(&[&["run", "--root", "sources", "--source", list][..], &places].concat());
        self.path(&warehouse)
    }
}

fn paths(list: &PathBuf) -> Vec<String> {
    rows(list).into_iter().map(|row| row["path"].clone()).collect()
}

#[test]
fn shards_by_region_hold_every_file_once_and_part_no_region() {
    let world = corpus();
    let lists = world.shard(&["--target-files", "8"]);
    assert_eq!(lists.len(), 4, "one of two departments in one region, three of one");
    let listed: Vec<Vec<String>> = lists.iter().map(|list| paths(&world.path(list))).collect();
    let mut all = listed.concat();
    all.sort();
    assert_eq!(all.len(), world.files().len());
    all.dedup();
    assert_eq!(all.len(), world.files().len());
    let region = |path: &String| path.split('/').next().unwrap().to_owned();
    for (at, list) in listed.iter().enumerate() {
        let others: Vec<String> = listed
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .flat_map(|(_, list)| list.iter().map(region))
            .collect();
        assert!(list.iter().all(|path| !others.contains(&region(path))), "{list:?}");
    }
    assert_eq!(world.shard(&["--target-files", "1000"]).len(), 1);
    assert_eq!(fs::read_dir(world.path("plan")).unwrap().count(), 2, "the earlier plan is gone");
}

#[test]
fn a_shard_gives_its_documents_the_keys_of_the_whole() {
    let world = corpus();
    fs::write(
        world.sources().join("manifest.csv"),
        format!("path,published_date\n{},2024-08-30\n没有的.xls,\n", paths_of(&world)[0]),
    )
    .unwrap();
    world.must_run(&[]);
    let lists = world.shard(&["--target-files", "8"]);
    let keys = |warehouse: &PathBuf| {
        number(
            warehouse,
            "SELECT sum(hash(document_key, disclosure_key, department_key, file, source, published_date, is_current)) FROM core.dim_document",
        )
    };
    let warehouses: Vec<PathBuf> = lists.iter().enumerate().map(|(at, list)| world.run_shard(at, list)).collect();
    assert_eq!(warehouses.iter().map(keys).sum::<i128>(), keys(&world.warehouse()));
    // The row of the manifest whose file is not there is told once, as in the whole.
    let missing = |warehouse: &PathBuf| {
        number(warehouse, "SELECT count(*) FROM core.fact_finding WHERE check_id = 'discover.not_there'")
    };
    assert_eq!(missing(&world.warehouse()), 1);
    assert_eq!(warehouses.iter().map(missing).sum::<i128>(), 1);
}

fn paths_of(world: &World) -> Vec<String> {
    let inside = |file: PathBuf| file.strip_prefix(world.sources()).unwrap().to_string_lossy().into_owned();
    world.files().into_iter().map(inside).collect()
}

#[test]
fn what_says_no_region_stands_in_one_shard_and_is_told() {
    let world = World::new();
    for folder in ["甲", "乙"] {
        fs::create_dir_all(world.sources().join(folder)).unwrap();
        fs::write(world.sources().join(folder).join("决算说明.txt"), "没有地名。").unwrap();
    }
    let lists = world.shard(&["--target-files", "1000"]);
    assert_eq!(lists.len(), 2);
    assert_eq!(paths(&world.path(&lists[0])), ["乙/决算说明.txt", "甲/决算说明.txt"]);
    let told = world.juesuan(&["shard", "--source", "sources", "--quiet"]);
    assert!(text(&told.stderr).contains("2 files tell their region neither by the manifest"), "{}", text(&told.stderr));
    fs::write(world.sources().join("manifest.csv"), "path,region\n甲/决算说明.txt,310120\n乙/决算说明.txt,110109\n")
        .unwrap();
    let told = world.juesuan(&["shard", "--source", "sources", "--quiet"]);
    assert_eq!(text(&told.stderr), "");
}

#[test]
fn a_plan_replaces_a_plan_and_nothing_else_and_a_root_is_for_lists() {
    let world = World::new();
    fs::create_dir(world.path("mine")).unwrap();
    fs::write(world.path("mine/notes.txt"), "of the analyst").unwrap();
    let refused = world.juesuan(&["shard", "--source", "sources", "--out", "mine"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("mine holds something that is no plan"), "{}", text(&refused.stderr));
    assert!(world.path("mine/notes.txt").is_file());
    let refused = world.run(&["--root", "sources"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("a root needs manifests as sources"), "{}", text(&refused.stderr));
}

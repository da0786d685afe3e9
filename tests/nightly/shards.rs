//! One corpus in pieces: each run by itself, with the keys and the rows of the whole.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::thread::sleep;
use std::time::{Duration, Instant};

use duckdb::Connection;

use crate::common::{juesuan, rows, text};
use crate::world::{World, number};

/// Departments in four regions, two of them in one.
fn corpus() -> World {
    let world = World::new();
    [1, 2, 3, 48].iter().for_each(|index| world.add_department(*index));
    world
}

/// The least corpus that can be parted.
fn two_regions() -> World {
    let world = World::new();
    world.add_department(1);
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

fn paths(list: &Path) -> Vec<String> {
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
    let world = two_regions();
    fs::write(
        world.sources().join("manifest.csv"),
        format!("path,published_date\n{},2024-08-30\n没有的.xls,\n", paths_of(&world)[0]),
    )
    .unwrap();
    world.must_run(&[]);
    let lists = world.shard(&["--target-files", "6"]);
    let keys = |warehouse: &PathBuf| {
        number(
            warehouse,
            "SELECT sum(hash(document_key, disclosure_key, department_key, file, source, published_date, is_current)) FROM core.dim_document",
        )
    };
    let warehouses: Vec<PathBuf> = lists.iter().enumerate().map(|(at, list)| world.run_shard(at, list)).collect();
    assert_eq!(warehouses.iter().map(keys).sum::<i128>(), keys(&world.warehouse()));
    // A shard of few documents pays for small blocks only.
    assert_eq!(number(&warehouses[0], "SELECT block_size FROM pragma_database_size()"), 32_768);
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
/// A lake of the shards of this plan.
fn lake(world: &World, lists: &[String]) {
    for (at, list) in lists.iter().enumerate() {
        let warehouse = world.run_shard(at, list);
        world.must(&["lake", warehouse.to_str().unwrap(), "--shard", &at.to_string()]);
    }
}

/// The lake opened by the script beside it in DuckDB alone, with the warehouse of one run attached.
fn opened(world: &World) -> Connection {
    let duckdb = Connection::open_in_memory().unwrap();
    let tables = world.path("lake/tables");
    let script = fs::read_to_string(tables.join("open.sql")).unwrap();
    duckdb.execute_batch(&format!("SET file_search_path = '{}'; {script}", tables.display())).unwrap();
    duckdb.execute_batch(&format!("ATTACH '{}' AS whole (READ_ONLY)", world.warehouse().display())).unwrap();
    duckdb
}

fn texts(duckdb: &Connection, sql: &str) -> Vec<String> {
    let mut statement = duckdb.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// What one run numbers by itself: documents, and the runs themselves.
const OWN: &str = "COLUMNS(name -> name <> 'document_number' AND NOT suffix(name, 'run_id'))";

#[test]
fn three_shards_are_the_whole_object_by_object() {
    let world = corpus();
    world.must_run(&[]);
    let lists = world.shard(&["--target-files", "12"]);
    assert_eq!(lists.len(), 3);
    lake(&world, &lists);
    world.must(&["lake", "finish", "lake", "--plan", "plan"]);
    let duckdb = opened(&world);
    let objects = texts(
        &duckdb,
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = 'whole' AND table_name <> 'run'
         UNION SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE database_name = 'whole' AND schema_name = 'mart'
         ORDER BY 1",
    );
    assert!(objects.len() > 95, "{}", objects.len());
    for object in &objects {
        let differing = format!(
            "SELECT concat_ws(' ', *COLUMNS(*)) FROM (
                 (SELECT 'only in the whole', {OWN} FROM whole.{object} EXCEPT ALL SELECT 'only in the whole', {OWN} FROM {object})
                 UNION ALL
                 (SELECT 'only in shards', {OWN} FROM {object} EXCEPT ALL SELECT 'only in shards', {OWN} FROM whole.{object})) LIMIT 4"
        );
        assert_eq!(texts(&duckdb, &differing), Vec::<String>::new(), "{object}");
    }
    // Something of every kind was compared: departments with peers in other shards, and documents told apart by number.
    let count = |sql: &str| duckdb.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert!(count("SELECT max(peers) FROM core.fact_peer_group") > 1);
    assert!(count("SELECT max(peers) FROM core.fact_peer_rank") > 1);
    for table in ["fact_three_public_basis", "fact_peer_rank", "fact_outlier"] {
        assert!(
            objects.contains(&format!("core.{table}")) && count(&format!("SELECT count(*) FROM core.{table}")) > 0,
            "{table}"
        );
    }
    assert_eq!(count("SELECT count(*) - count(DISTINCT document_number) FROM core.dim_document"), 0);
    assert_eq!(count("SELECT count(DISTINCT document_number >> 32) FROM core.fact_amount"), 3);
    has_types_that_engines_know_and_rows_sorted_by_region(&world, &duckdb);
}

fn has_types_that_engines_know_and_rows_sorted_by_region(world: &World, duckdb: &Connection) {
    let unsigned = "SELECT table_name || '.' || column_name FROM duckdb_columns()
                    WHERE database_name = 'memory' AND schema_name IN ('core', 'audit') AND (data_type LIKE 'U%' OR data_type LIKE '%HUGE%')";
    assert_eq!(texts(duckdb, unsigned), Vec::<String>::new());
    let kinds = texts(
        duckdb,
        "SELECT DISTINCT data_type FROM duckdb_columns() WHERE database_name = 'memory' AND schema_name IN ('core', 'audit') AND column_name IN ('region_code', 'amount_yuan') ORDER BY 1",
    );
    assert_eq!(kinds, ["DECIMAL(18,2)", "VARCHAR"]);
    let places = world.path("lake/tables/core/fact_amount");
    let provinces: Vec<String> =
        fs::read_dir(&places).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert!(provinces.contains(&"province=11".to_owned()), "{provinces:?}");
    let unsorted = format!(
        "SELECT filename FROM (SELECT filename, d.region_code, lag(d.region_code) OVER (PARTITION BY filename ORDER BY file_row_number) AS before
         FROM read_parquet('{}/*/*/*.parquet', filename = true, file_row_number = true) a JOIN core.dim_document d USING (document_key))
         WHERE before > region_code",
        places.display()
    );
    assert_eq!(texts(duckdb, &unsorted), Vec::<String>::new());
    let schema: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(world.path("lake/tables/schema.json")).unwrap()).unwrap();
    let amount = schema["tables"].as_array().unwrap().iter().find(|table| table["name"] == "fact_amount").unwrap();
    assert_eq!(amount["partitions"]["province"], "VARCHAR");
    assert!(
        amount["columns"]
            .as_array()
            .unwrap()
            .contains(&serde_json::json!({"name": "half_unit", "type": "DECIMAL(28,8)"}))
    );
}

#[test]
fn what_does_not_belong_together_is_not_united() {
    let world = two_regions();
    let lists = world.shard(&["--by", "hash", "--target-files", "6"]);
    lake(&world, &lists);
    let refused = |arguments: &[&str], what: &str| {
        let ended = world.juesuan(arguments);
        assert_eq!(ended.status.code(), Some(3), "{}", text(&ended.stderr));
        assert!(text(&ended.stderr).contains(what), "{what}: {}", text(&ended.stderr));
        assert!(!world.path("lake/tables").exists());
    };
    refused(&["lake", "finish", "lake", "--plan", "plan"], "Regions are parted between shards");
    fs::rename(world.path("lake/shards/0"), world.path("zero")).unwrap();
    refused(&["lake", "finish", "lake"], "shards are missing from the lake: 0");
    fs::remove_dir_all(world.path("lake")).unwrap();
    fs::create_dir_all(world.path("lake/shards")).unwrap();
    refused(&["lake", "finish", "lake"], "the lake holds no shard");

    let lists = world.shard(&["--target-files", "6"]);
    lake(&world, &lists[..1]);
    refused(&["lake", "finish", "lake", "--plan", "plan"], "shards are missing from the lake: 1");
    // One list run twice: every document of it in two shards.
    world.must(&["lake", "shard-0.duckdb", "--shard", "1"]);
    refused(&["lake", "finish", "lake", "--plan", "plan"], "Regions are parted between shards");
    // A file that a copy of the folder lost.
    let facts = world.path("lake/shards/0/core/fact_claim");
    let lost = walkdir::WalkDir::new(facts).into_iter().flatten().find(|entry| entry.file_type().is_file()).unwrap();
    fs::remove_file(lost.path()).unwrap();
    refused(&["lake", "finish", "lake"], "core.fact_claim has ");
    fs::remove_dir_all(world.path("lake/shards/1")).unwrap();
    world.must(&["lake", "shard-0.duckdb", "--shard", "0"]);
    world.must(&["lake", "finish", "lake"]);
    // An earlier union stays where the next one is refused.
    fs::rename(world.path("lake/shards/0"), world.path("lake/shards/7")).unwrap();
    assert_eq!(world.juesuan(&["lake", "finish", "lake", "--plan", "plan"]).status.code(), Some(3));
    assert!(world.path("lake/tables/open.sql").is_file());
}

#[test]
#[cfg(unix)]
fn a_killed_shard_is_run_again() {
    let world = two_regions();
    let lists = world.shard(&["--target-files", "6"]);
    let (warehouse, state) = (world.path("shard-0.duckdb"), world.path("shard-0.duckdb.state"));
    let arguments = [
        "run",
        "--root",
        "sources",
        "--source",
        &lists[0],
        "--warehouse",
        "shard-0.duckdb",
        "--extracts",
        "shard-0.extracts",
        "--quiet",
    ];
    let mut run = juesuan().current_dir(world.folder.path()).args(arguments).spawn().unwrap();
    let begun = Instant::now();
    while !state.join("stage").is_dir() && begun.elapsed() < Duration::from_secs(120) {
        sleep(Duration::from_millis(20));
    }
    run.kill().unwrap();
    assert!(run.wait().unwrap().code().is_none(), "it was killed");
    assert!(!warehouse.exists());
    // A shard whose writing into the lake was killed leaves a draft, and no shard.
    let draft = world.path("lake/shards/.0.new/core/fact_amount");
    fs::create_dir_all(&draft).unwrap();
    fs::write(draft.join("shard-0.parquet"), "half").unwrap();
    lake(&world, &lists);
    world.must(&["lake", "finish", "lake", "--plan", "plan"]);
    world.must_run(&[]);
    let differing = "SELECT count(*) FROM (SELECT * EXCLUDE (document_number) FROM whole.core.fact_amount EXCEPT ALL SELECT * EXCLUDE (document_number) FROM core.fact_amount)";
    let duckdb = opened(&world);
    assert_eq!(duckdb.query_row(differing, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    assert_eq!(
        duckdb.query_row("SELECT count(*) FROM core.fact_amount", [], |row| row.get::<_, i64>(0)).unwrap(),
        i64::try_from(number(&world.warehouse(), "SELECT count(*) FROM core.fact_amount")).unwrap()
    );
}

#[test]
fn what_shards_by_hash_have_read_is_one_state_and_nothing_is_read_again() {
    let world = two_regions();
    let lists = world.shard(&["--by", "hash", "--target-files", "5"]);
    assert_eq!(lists.len(), 3);
    let warehouse = |at: usize| format!("shard-{at}.duckdb");
    for (at, list) in lists.iter().enumerate() {
        let arguments = ["stage", "--root", "sources", "--source", list, "--json", "--warehouse", &warehouse(at)];
        let read: serde_json::Value = serde_json::from_str(&world.must(&arguments)).unwrap();
        assert_eq!(read["read"], paths(&world.path(list)).len());
        assert!(!world.path(&warehouse(at)).exists(), "nothing is built");
    }
    let refused = |shards: &[&str], exit: i32, what: &str| {
        let ended = world.juesuan(&[&["unite"][..], shards, &["--warehouse", "w.duckdb"]].concat());
        assert_eq!(ended.status.code(), Some(exit), "{}", text(&ended.stderr));
        assert!(text(&ended.stderr).contains(what), "{what}: {}", text(&ended.stderr));
    };
    refused(&["none.duckdb"], 2, "nothing was read beside none.duckdb.state");
    refused(&["shard-0.duckdb", "shard-1.duckdb", "none.duckdb"], 2, "nothing was read beside");
    let copied = world.juesuan(&["stage", "--root", "sources", "--source", &lists[0], "--warehouse", "again.duckdb"]);
    assert!(copied.status.success());
    refused(&["shard-0.duckdb", "again.duckdb"], 3, " was read in two shards");
    let part = walkdir::WalkDir::new(world.path("again.duckdb.state/stage")).into_iter().flatten();
    let part = part.into_iter().find(|entry| entry.file_type().is_file()).unwrap();
    fs::write(part.path(), "damaged").unwrap();
    refused(&["again.duckdb"], 3, "have lost their stored rows");

    let united = world.must(&[
        "unite",
        "shard-0.duckdb",
        "shard-1.duckdb.state",
        "shard-2.duckdb.state",
        "--warehouse",
        "w.duckdb",
        "--json",
    ]);
    let united: serde_json::Value = serde_json::from_str(&united).unwrap();
    assert_eq!(united, serde_json::json!({"shards": 3, "files": world.files().len(), "parts": 1}));
    let plan =
        world.must(&["plan", "--source", "sources", "--warehouse", "w.duckdb", "--extracts", "w.duckdb.extracts"]);
    assert!(plan.contains(&format!("0 to read, {} unchanged, 0 to retire", world.files().len())), "{plan}");
    world.must_run(&[]);
    let log = fs::read_to_string(world.state().join("readings.jsonl")).unwrap();
    assert!(log.starts_with("{") && log.lines().next().unwrap().contains("\"next_part\":1"), "no part was added");
    world.must_equal_a_rebuild(&[], "after the union");
    refused(&["shard-0.duckdb"], 2, "files were read beside this warehouse already");
}

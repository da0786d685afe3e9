//! Extracts in parts: each night writes those in which something changed, and all of them are what a rebuild gives.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::world::World;

const IN_PARTS: [&str; 3] = ["--accept", "--set", "extract_parts=true"];

/// Every file of an extract in parts: its name below the folder, and which file it is.
fn parts(folder: &Path, extract: &str) -> BTreeMap<PathBuf, u64> {
    let entries = walkdir::WalkDir::new(folder.join(extract)).into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), entry.metadata().unwrap().ino()))
        .collect()
}

/// The rows of the extract in that folder, whole or in parts.
fn rows(folder: &Path, extract: &str) -> Vec<Vec<String>> {
    let mut files: Vec<PathBuf> = parts(folder, extract).into_keys().collect();
    if files.is_empty() {
        files.push(PathBuf::from(format!("{extract}.csv")));
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    for file in files {
        let mut reader = csv::Reader::from_path(folder.join(file)).unwrap();
        rows.extend(reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()));
    }
    rows.sort();
    rows
}

fn must_equal_a_rebuild(world: &World, what: &str) {
    let rebuilt = world.rebuilt(&[]);
    let whole = rebuilt.with_file_name("rebuilt.duckdb.extracts");
    for extract in ["figures", "claims"] {
        let found = rows(&world.path("w.duckdb.extracts"), extract);
        assert!(found.len() > 100, "{what}: {extract}");
        assert_eq!(found, rows(&whole, extract), "{what}: {extract}");
    }
}

#[test]
fn a_night_writes_the_parts_in_which_something_changed() {
    let world = World::new();
    (1..4).for_each(|index| world.add_department(index));
    let folder = world.path("w.duckdb.extracts");
    world.must_run(&IN_PARTS);
    assert!(!folder.join("figures.csv").exists() && folder.join("findings.csv").is_file());
    must_equal_a_rebuild(&world, "anew");
    let before = parts(&folder, "figures");
    assert!(before.len() >= 3 && before.keys().all(|file| file.to_string_lossy().contains("/year=")), "{before:?}");

    let file = world.files().pop().unwrap();
    fs::remove_file(&file).unwrap();
    let ended = world.must_run(&IN_PARTS);
    assert_eq!((&ended["built_anew"], &ended["nothing_new"]), (&Json::Bool(false), &Json::Bool(false)));
    let after: BTreeMap<PathBuf, u64> =
        ["figures", "claims"].iter().flat_map(|extract| parts(&folder, extract)).collect();
    let kept = before.iter().filter(|(file, is)| after.get(*file) == Some(is)).count();
    assert!(kept >= before.len() - 2 && kept > 0, "{kept} of {}", before.len());
    must_equal_a_rebuild(&world, "a file is gone");
    let package: Json = serde_json::from_slice(&fs::read(folder.join("datapackage.json")).unwrap()).unwrap();
    let described: BTreeSet<PathBuf> = package["resources"]
        .as_array()
        .unwrap()
        .iter()
        .inspect(|resource| {
            let path = folder.join(resource["path"].as_str().unwrap());
            assert_eq!(fs::metadata(path).unwrap().len(), resource["bytes"].as_u64().unwrap());
        })
        .map(|resource| PathBuf::from(resource["path"].as_str().unwrap()))
        .collect();
    assert!(after.keys().all(|file| described.contains(file)), "{described:?}");
    assert_eq!(world.must_run(&IN_PARTS)["nothing_new"], true);
}

#[test]
fn a_part_that_is_lost_is_written_again_and_one_without_rows_goes() {
    let world = World::new();
    world.add_department(1);
    let folder = world.path("w.duckdb.extracts");
    world.must_run(&IN_PARTS);
    let before: Vec<PathBuf> = parts(&folder, "figures").into_keys().collect();
    fs::remove_file(folder.join(&before[0])).unwrap();
    assert_eq!(world.must_run(&IN_PARTS)["nothing_new"], false);
    assert_eq!(parts(&folder, "figures").into_keys().collect::<Vec<_>>(), before);
    must_equal_a_rebuild(&world, "a part was lost");

    let of_last_year = |file: &&PathBuf| file.to_string_lossy().contains("/2021/");
    let files = world.files();
    let last = files.iter().filter(of_last_year).collect::<Vec<_>>();
    assert!(!last.is_empty() && last.len() < files.len(), "{files:?}");
    last.iter().for_each(|file| fs::remove_file(file).unwrap());
    world.must_run(&[&IN_PARTS[..], &["--set", "rebuild_above_percent=100"]].concat());
    let left = parts(&folder, "figures");
    assert!(!left.is_empty() && left.len() < before.len(), "{left:?} of {before:?}");
    must_equal_a_rebuild(&world, "a year is gone");

    world.must_run(&["--accept"]);
    assert!(folder.join("figures.csv").is_file() && !folder.join("figures").exists());
    must_equal_a_rebuild(&world, "whole again");
}

//! What small warehouses begin with is kept in the user's cache, and is never trusted further than its digest.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{juesuan, sample_disclosures, text};

/// Runs one department into `out` with this folder as the user's cache.
fn run(out: &Path, cache: &Path) {
    let mut department = sample_disclosures();
    while let Some(inner) = folders(&department).into_iter().next() {
        department = inner;
    }
    let run = juesuan()
        .env("XDG_CACHE_HOME", cache)
        .args(["run", "--source"])
        .arg(department)
        .arg("--warehouse")
        .arg(out.join("w.duckdb"))
        .arg("--extracts")
        .arg(out.join("extracts"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", text(&run.stderr));
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|entry| entry.is_dir()).collect();
    folders.sort();
    folders
}

fn kept(cache: &Path) -> Vec<PathBuf> {
    fs::read_dir(cache.join("juesuan/groundwork")).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Every extract, every column with its type and comment, and every constraint.
fn all_of(out: &Path) -> Vec<String> {
    let mut extracts: Vec<PathBuf> =
        fs::read_dir(out.join("extracts")).unwrap().map(|entry| entry.unwrap().path()).collect();
    extracts.sort();
    let mut all: Vec<String> = extracts.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    for sql in [
        "SELECT schema_name, table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL",
        "SELECT schema_name, table_name, constraint_text FROM duckdb_constraints() ORDER BY ALL",
        "SELECT schema_name, view_name, comment, sql FROM duckdb_views() WHERE NOT internal ORDER BY ALL",
    ] {
        let asked = juesuan()
            .args(["query", "--format", "csv", "--warehouse"])
            .arg(out.join("w.duckdb"))
            .arg(sql)
            .output()
            .unwrap();
        assert!(asked.status.success(), "{}", text(&asked.stderr));
        all.push(text(&asked.stdout));
    }
    all
}

#[test]
fn kept_groundwork_gives_the_same_warehouse() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("cache");
    let [first, second, third, fourth] = ["1", "2", "3", "4"].map(|name| folder.path().join(name));
    run(&first, &cache);
    let made = kept(&cache);
    assert_eq!(made.len(), 1, "{made:?}");
    run(&second, &cache);
    assert_eq!(kept(&cache), made);
    assert_eq!(all_of(&second), all_of(&first));
    // One byte is another: the file is made anew.
    let mut spoilt = fs::read(&made[0]).unwrap();
    let middle = spoilt.len() / 2;
    spoilt[middle] ^= 1;
    fs::write(&made[0], &spoilt).unwrap();
    run(&third, &cache);
    assert_eq!(all_of(&third), all_of(&first));
    assert!(kept(&cache).iter().all(|file| fs::read(file).unwrap() != spoilt));
    // No folder can be made: nothing is kept, and nothing is missed.
    let no_folder = folder.path().join("file");
    fs::write(&no_folder, "").unwrap();
    run(&fourth, &no_folder);
    assert_eq!(all_of(&fourth), all_of(&first));
}

#[test]
fn the_newest_of_what_is_kept_stay() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("cache");
    let kept_in = cache.join("juesuan/groundwork");
    fs::create_dir_all(&kept_in).unwrap();
    for version in 0..6 {
        fs::write(kept_in.join(format!("older{version}-0.duckdb")), "").unwrap();
    }
    run(&folder.path().join("1"), &cache);
    assert_eq!(kept(&cache).len(), 4);
    assert!(kept(&cache).iter().any(|file| fs::metadata(file).unwrap().len() > 0));
}

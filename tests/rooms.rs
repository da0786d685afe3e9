//! Keeps the direction of imports: each room may use only the rooms listed for it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Room → rooms it may import. `vocabulary`, `error` and `project` are open to all.
const MAY_USE: [(&str, &[&str]); 13] = [
    ("vocabulary", &[]),
    ("error", &[]),
    ("project", &["error"]),
    ("discover", &[]),
    ("decode", &[]),
    ("extract", &["decode"]),
    ("normalise", &["decode", "extract"]),
    ("stage", &["discover", "normalise"]),
    ("warehouse", &["normalise", "reconcile"]),
    ("reconcile", &["normalise"]),
    ("export", &["warehouse"]),
    ("desk", &["warehouse", "decode", "discover"]),
    ("run", &["discover", "decode", "extract", "normalise", "stage", "warehouse", "reconcile", "export"]),
];
const OPEN_TO_ALL: [&str; 3] = ["vocabulary", "error", "project"];

#[test]
fn rooms_import_only_what_stands_before_them() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.into_iter().collect();
    let mut broken = Vec::new();
    for (room, rooms) in &allowed {
        for file in rust_files(&source, room) {
            let text = fs::read_to_string(&file).unwrap();
            for used in imported_rooms(&text) {
                let known = allowed.contains_key(used.as_str()) || used == "cli";
                let fine = used == **room
                    || OPEN_TO_ALL.contains(&used.as_str()) && !OPEN_TO_ALL.contains(room)
                    || rooms.contains(&used.as_str());
                if known && !fine {
                    broken.push(format!("{} uses crate::{used}", file.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "imports against the flow:\n{}", broken.join("\n"));
}

#[test]
fn only_the_warehouse_knows_duckdb_and_only_staging_knows_polars() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (word, rooms) in [("duckdb::", ["warehouse"].as_slice()), ("polars::", ["stage", "export"].as_slice())] {
        for file in all_rust_files(&source) {
            let inside = file.strip_prefix(&source).unwrap().to_string_lossy().into_owned();
            let room = inside.split(['/', '.']).next().unwrap();
            let text = fs::read_to_string(&file).unwrap();
            let uses = text
                .lines()
                .any(|line| line.trim_start().starts_with("use ") && line.contains(word) && !line.contains("crate::"));
            assert!(!uses || rooms.contains(&room), "{inside} uses {word}");
        }
    }
}

fn rust_files(source: &Path, room: &str) -> Vec<std::path::PathBuf> {
    let file = source.join(format!("{room}.rs"));
    if file.is_file() { vec![file] } else { all_rust_files(&source.join(room)) }
}

fn all_rust_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(all_rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// Rooms named after `crate::`, in `use` lines and in paths.
fn imported_rooms(text: &str) -> Vec<String> {
    text.split("crate::")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

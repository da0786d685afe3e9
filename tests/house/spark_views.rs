//! The marts in Spark's SQL are made of `sql/marts` by a script in Python: here is seen that it was run.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use juesuan::inner::discover::sha256_hex;

fn sql_files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "sql"));
    files.sort();
    files
}

/// Of a file without its header comment.
fn digest(text: &str) -> String {
    let statements: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    sha256_hex(&mut statements.join("\n").as_bytes()).unwrap()
}

#[test]
fn every_mart_stands_in_spark_as_it_is_now() {
    let names = |folder: &str| -> BTreeSet<String> {
        sql_files(folder).iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names("sql/marts"), names("spark"), "`./dev spark write` writes them");
    let views = Path::new(env!("CARGO_MANIFEST_DIR")).join("spark");
    let is_stale = |mart: &&PathBuf| {
        let view = fs::read_to_string(views.join(mart.file_name().unwrap())).unwrap();
        !view.contains(&digest(&fs::read_to_string(mart).unwrap()))
    };
    let marts = sql_files("sql/marts");
    let stale: Vec<&PathBuf> = marts.iter().filter(is_stale).collect();
    assert!(stale.is_empty(), "`./dev spark write` writes these anew: {stale:?}");
}

#[test]
fn a_changed_statement_is_seen_and_a_changed_comment_is_none() {
    let digests = ["-- a\nSELECT 1", "-- b\nSELECT 1", "-- a\nSELECT 2"].map(digest);
    assert_eq!(digests[0], digests[1]);
    assert_ne!(digests[0], digests[2]);
}

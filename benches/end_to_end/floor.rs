//! What the input costs when nothing is understood of it.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use calamine::{Reader, open_workbook_auto_from_rs};
use duckdb::Connection;
use rayon::prelude::*;
use walkdir::WalkDir;
use zip::ZipArchive;

/// Runs one part and ends; its time is that of the process.
pub fn run(part: &str, folder: &Path) {
    match part {
        "read" => println!("{{\"read\": {}}}", read_all(folder)),
        "load" => println!("{{\"rows\": {}}}", load(folder)),
        other => panic!("{other} is no part of the floor"),
    }
}

/// Every cell of every workbook and every character of every text, on all cores.
fn read_all(folder: &Path) -> usize {
    let files: Vec<PathBuf> = WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.into_path())
        .collect();
    files.par_iter().map(|path| read(path)).sum()
}

fn read(path: &Path) -> usize {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("xls" | "xlsx") => cells(bytes),
        Some("docx") => docx_text(bytes),
        _ => plain_text(&bytes),
    }
}

fn cells(bytes: Vec<u8>) -> usize {
    let mut workbook = open_workbook_auto_from_rs(Cursor::new(bytes)).unwrap_or_else(|error| panic!("{error}"));
    workbook.worksheets().iter().map(|(_, range)| range.used_cells().count()).sum()
}

fn docx_text(bytes: Vec<u8>) -> usize {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap_or_else(|error| panic!("{error}"));
    let mut xml = String::new();
    let mut document = archive.by_name("word/document.xml").unwrap_or_else(|error| panic!("{error}"));
    document.read_to_string(&mut xml).unwrap_or_else(|error| panic!("{error}"));
    let mut reader = quick_xml::Reader::from_str(&xml);
    let mut characters = 0;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Text(text)) => characters += text.len(),
            Ok(quick_xml::events::Event::Eof) => return characters,
            Ok(_) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

fn plain_text(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.chars().count(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.chars().count(),
    }
}

/// The rows of the load package's facts, from Parquet into tables, written down.
fn load(stage: &Path) -> usize {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let connection = Connection::open(folder.path().join("floor.duckdb")).unwrap_or_else(|error| panic!("{error}"));
    let mut rows = 0;
    for table in ["figure", "claim"] {
        let parts = stage.join(table).join("*.parquet");
        let sql = format!("CREATE TABLE {table} AS SELECT * FROM read_parquet('{}')", parts.display());
        rows += connection.execute(&sql, []).unwrap_or_else(|error| panic!("{error}"));
    }
    connection.execute_batch("CHECKPOINT").unwrap_or_else(|error| panic!("{error}"));
    rows
}

//! What the tests of the real binary share.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The built program, in an empty working folder's neighbourhood: nothing of this checkout overrides it.
pub fn juesuan() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_juesuan"));
    command.current_dir(std::env::temp_dir()).env_remove("JUESUAN_PROJECT").env("LC_ALL", "C.UTF-8");
    command
}

pub fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn sample_disclosures() -> PathBuf {
    checkout().join("sample_data/disclosures")
}

/// Real disclosures with ground truth: beside the checkout, never in it. Tests that need them are ignored without them.
pub fn real_documents() -> PathBuf {
    std::env::var_os("JUESUAN_SHARED").map_or_else(|| checkout().join("../shared"), PathBuf::from).join("real")
}

/// Runs the pipeline over a source folder into `out`.
pub fn run(source: &Path, out: &Path, more: &[&str]) -> Output {
    juesuan()
        .arg("run")
        .arg("--source")
        .arg(source)
        .arg("--warehouse")
        .arg(out.join("w.duckdb"))
        .arg("--extracts")
        .arg(out.join("extracts"))
        .args(more)
        .output()
        .expect("the program starts")
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The rows of a CSV file by column name.
pub fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader.deserialize().map(|row| row.expect("a row of text")).collect()
}

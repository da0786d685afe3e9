//! One published file through a run of its own.

use std::collections::BTreeMap;
use std::fs;

use tempfile::TempDir;

use crate::common::{rows, run, text};

pub struct OneFile(TempDir);

impl OneFile {
    /// Runs over these bytes, published under a name of this ending; the run must succeed.
    pub fn read(form: &str, bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("公开");
        fs::create_dir(&source).unwrap();
        fs::write(source.join(format!("青河县水务局2023年度部门决算.{form}")), bytes).unwrap();
        let ended = run(&source, folder.path(), &["--accept"]);
        assert!(ended.status.success(), "{form}: {}", text(&ended.stderr));
        Self(folder)
    }

    pub fn extract(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        rows(&self.0.path().join(format!("extracts/{name}.csv")))
    }
}

/// The number of a row with two decimals.
pub fn value(row: &BTreeMap<String, String>) -> String {
    format!("{:.2}", row["value"].parse::<f64>().unwrap())
}

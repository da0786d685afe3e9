//! `manifest.csv` beside the disclosures: what the collector of the files knows about them.

use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

const FILE_NAME: &str = "manifest.csv";

/// One row: every column but `path` may be empty. What it says wins over what the file's content says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestRow {
    /// Relative to the source folder, with `/`.
    pub path: String,
    #[serde(default)]
    pub department: String,
    /// GB/T 2260 code or name.
    #[serde(default)]
    pub region: String,
    #[serde(default)]
    pub fiscal_year: Option<i32>,
    /// Where the file was published.
    #[serde(default)]
    pub address: String,
    /// YYYY-MM-DD
    #[serde(default)]
    pub published_date: String,
    /// When the accounts were approved (批复), YYYY-MM-DD.
    #[serde(default)]
    pub approval_date: String,
}

/// The rows of a source folder's manifest, by path; empty where there is none.
#[derive(Debug, Default)]
pub struct Manifest {
    rows: HashMap<String, ManifestRow>,
}

impl Manifest {
    /// Reads `manifest.csv` in the source folder.
    ///
    /// # Errors
    /// A manifest that is not UTF-8 CSV with a `path` column, with the line that fails.
    pub fn beside(source: &Path) -> Result<Self> {
        let path = source.join(FILE_NAME);
        if !path.is_file() {
            return Ok(Self::default());
        }
        let bytes = std::fs::read(&path).map_err(|error| Error::io("read", &path, &error))?;
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let mut rows = HashMap::new();
        for row in csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text).into_deserialize::<ManifestRow>() {
            let row = row.map_err(|error| {
                Error::usage(format!("the manifest {} does not parse", path.display())).because(error).hint(
                    "columns: path (required), department, region, fiscal_year, address, published_date, approval_date; UTF-8, comma",
                )
            })?;
            rows.insert(row.path.replace('\\', "/"), row);
        }
        Ok(Self { rows })
    }

    pub fn is_manifest(source: &Path, path: &Path) -> bool {
        path == source.join(FILE_NAME)
    }

    pub fn row(&self, file: &str) -> Option<&ManifestRow> {
        self.rows.get(file)
    }
}

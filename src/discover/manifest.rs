//! What the collector of the files knows about them: `manifest.csv` at the top of a source folder or a zip bundle, or a
//! manifest that is itself a source.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

pub const FILE_NAME: &str = "manifest.csv";
const COLUMNS: &str = "columns: path (required), department, region, fiscal_year, address, published_date (YYYY-MM-DD); comma, UTF-8 or GB18030";

/// One row: every column but `path` may be empty. What it says wins over what the file's content says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestRow {
    /// Relative to the folder or bundle the manifest is in, with `/`.
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

/// The rows of one manifest, by path; empty where there is none.
#[derive(Debug, Default)]
pub struct Manifest {
    rows: BTreeMap<String, ManifestRow>,
}

impl Manifest {
    /// Reads `manifest.csv` in the source folder, if it is there.
    ///
    /// # Errors
    /// A manifest that does not parse, with the line that fails.
    pub fn beside(source: &Path) -> Result<Self> {
        let path = source.join(FILE_NAME);
        if path.is_file() { Self::read(&path) } else { Ok(Self::default()) }
    }

    /// # Errors
    /// The file cannot be read or does not parse.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|error| Error::io("read", path, &error))?;
        Self::parse(&bytes, &path.display().to_string())
    }

    /// # Errors
    /// No CSV with a `path` column, an unknown column, a year or date that is none, a path named twice: with the line.
    pub fn parse(bytes: &[u8], shown: &str) -> Result<Self> {
        let wrong =
            |why: String| Error::usage(format!("the manifest {shown} does not parse")).because(why).hint(COLUMNS);
        let text = text_of(bytes);
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
        let mut rows = BTreeMap::new();
        for record in reader.into_records() {
            let record = record.map_err(|error| wrong(error.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            let row: ManifestRow = record.deserialize(Some(&header)).map_err(|error| wrong(error.to_string()))?;
            if !is_date(&row.published_date) {
                return Err(wrong(format!("line {line}: published_date `{}` is no date", row.published_date)));
            }
            let path = row.path.replace('\\', "/");
            if path.is_empty() {
                return Err(wrong(format!("line {line}: path is empty")));
            }
            if rows.insert(path.clone(), row).is_some() {
                return Err(wrong(format!("line {line}: {path} is named a second time")));
            }
        }
        Ok(Self { rows })
    }

    pub fn row(&self, file: &str) -> Option<&ManifestRow> {
        self.rows.get(file)
    }

    /// The paths the manifest names.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }
}

/// Spreadsheet programs save CSV with a byte order mark, or in the code page of a Chinese Windows.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::GB18030.decode(bytes).0,
    }
}

fn is_date(text: &str) -> bool {
    text.is_empty() || text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_read_in_both_encodings() {
        let text = "path,department,region,fiscal_year,address,published_date\n\
                    一\\a.xls,财政局,310120,2023,https://example.org/a,2024-08-30\nb.txt,,,,,\n";
        let gb18030 = encoding_rs::GB18030.encode(text).0.into_owned();
        for bytes in [text.as_bytes().to_vec(), [b"\xef\xbb\xbf", text.as_bytes()].concat(), gb18030] {
            let manifest = Manifest::parse(&bytes, "m.csv").unwrap();
            let row = manifest.row("一/a.xls").unwrap();
            assert_eq!(
                (row.department.as_str(), row.region.as_str(), row.fiscal_year),
                ("财政局", "310120", Some(2023))
            );
            assert_eq!((row.address.as_str(), row.published_date.as_str()), ("https://example.org/a", "2024-08-30"));
            assert_eq!(manifest.row("b.txt").unwrap().fiscal_year, None);
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, told) in [
            ("file\na\n", "path"),
            ("path,fiscal_year\na,x\n", "line: 2"),
            ("path,published_date\na,2024-02-30\n", "line 2"),
            ("path,published_date\na,2024年\n", "line 2"),
            ("path\na\nb\na\n", "line 4"),
            ("path,department\n,财政局\n", "line 2"),
            ("path,office\na,b\n", "office"),
        ] {
            let error = Manifest::parse(text.as_bytes(), "m.csv").unwrap_err();
            assert!(error.why.as_deref().is_some_and(|why| why.contains(told)), "{text:?}: {error}");
            assert!(error.what.contains("m.csv") && error.hint.is_some());
        }
    }
}

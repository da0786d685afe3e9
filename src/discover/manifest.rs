//! What the collector of the files knows about them: `manifest.csv` at the top of a source folder or a zip bundle, or a
//! manifest that is itself a source.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::manifest_values::{date_of, year_of};
use crate::error::{Error, Result};
use crate::vocabulary::{Finding, Place, Severity};

pub const FILE_NAME: &str = "manifest.csv";
const COLUMNS: &str = "columns: path (required), department, region, fiscal_year, address, published_date (YYYY-MM-DD); comma, semicolon or tab, UTF-8 or GB18030";

/// One row: every column but `path` may be empty. What it says wins over what the file's content says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestRow {
    /// Relative to the folder or bundle the manifest is in, with `/`.
    pub path: String,
    pub department: String,
    /// GB/T 2260 code or name.
    pub region: String,
    pub fiscal_year: Option<i32>,
    /// Where the file was published.
    pub address: String,
    /// YYYY-MM-DD
    pub published_date: String,
    /// When the accounts were approved (批复), YYYY-MM-DD.
    pub approval_date: String,
}

/// The rows of one manifest, by path; empty where there is none.
#[derive(Debug, Default)]
pub struct Manifest {
    rows: BTreeMap<String, ManifestRow>,
    /// What is wrong with single values, by the path of their row: such a value says nothing, the rest of the row counts.
    wrong: Vec<(String, Finding)>,
}

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Path,
    Department,
    Region,
    FiscalYear,
    Address,
    PublishedDate,
    ApprovalDate,
    /// Without a name: the row numbers and blank columns that a resave leaves behind.
    Nameless,
}

impl Column {
    fn called(name: &str) -> Option<Self> {
        let name = name.trim().trim_start_matches('\u{feff}').to_lowercase().replace([' ', '-'], "_");
        Some(match name.as_str() {
            "path" => Column::Path,
            "department" => Column::Department,
            "region" => Column::Region,
            "fiscal_year" => Column::FiscalYear,
            "address" => Column::Address,
            "published_date" => Column::PublishedDate,
            "approval_date" => Column::ApprovalDate,
            "" => Column::Nameless,
            name if name.starts_with("unnamed:") => Column::Nameless,
            _ => return None,
        })
    }
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

    /// Reads a manifest as spreadsheet programs and scripts save it again: other delimiters, other writings of years and
    /// dates, blank columns. A year or date that is none is told of its row and says nothing.
    ///
    /// # Errors
    /// No CSV with a `path` column, an unknown column, a path that is empty or named twice: with the line.
    pub fn parse(bytes: &[u8], shown: &str) -> Result<Self> {
        let wrong =
            |why: String| Error::usage(format!("the manifest {shown} does not parse")).because(why).hint(COLUMNS);
        let text = text_of(bytes).replace("\r\n", "\n").replace('\r', "\n");
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .flexible(true)
            .delimiter(delimiter_of(&text))
            .from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| wrong(error.to_string()))?.clone();
        let named = |name: &str| Column::called(name).ok_or_else(|| wrong(format!("there is no column `{name}`")));
        if !header.iter().any(|name| Column::called(name) == Some(Column::Path)) {
            return Err(wrong("there is no column `path`".to_owned()));
        }
        let columns = header.iter().map(named).collect::<Result<Vec<Column>>>()?;
        let mut manifest = Self::default();
        for record in reader.into_records() {
            let record = record.map_err(|error| wrong(error.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            if record.iter().all(str::is_empty) {
                continue;
            }
            if record.iter().skip(columns.len()).any(|value| !value.is_empty()) {
                return Err(wrong(format!("line {line}: it has more values than the manifest has columns")));
            }
            let row = manifest.row_of(&columns, &record, line);
            if row.path.is_empty() {
                return Err(wrong(format!("line {line}: path is empty")));
            }
            let path = row.path.clone();
            if manifest.rows.insert(path.clone(), row).is_some() {
                return Err(wrong(format!("line {line}: {path} is named a second time")));
            }
        }
        Ok(manifest)
    }

    fn row_of(&mut self, columns: &[Column], record: &csv::StringRecord, line: u64) -> ManifestRow {
        let mut row = ManifestRow::default();
        let mut wrong = Vec::new();
        for (column, value) in columns.iter().zip(record).filter(|(_, value)| !value.is_empty()) {
            let mut date = |name: &str| {
                date_of(value).unwrap_or_else(|| {
                    wrong.push(not_a_value(line, name, value, "a date, such as 2024-09-01"));
                    String::new()
                })
            };
            match column {
                Column::Path => row.path = plain_path(value),
                Column::Department => value.clone_into(&mut row.department),
                Column::Region => row.region = value.trim_end_matches(".0").to_owned(),
                Column::Address => value.clone_into(&mut row.address),
                Column::PublishedDate => row.published_date = date("published_date"),
                Column::ApprovalDate => row.approval_date = date("approval_date"),
                Column::FiscalYear => {
                    row.fiscal_year = year_of(value);
                    if row.fiscal_year.is_none() {
                        wrong.push(not_a_value(line, "fiscal_year", value, "a year from 1990 to 2100"));
                    }
                }
                Column::Nameless => {}
            }
        }
        self.wrong.extend(wrong.into_iter().map(|finding| (row.path.clone(), finding)));
        row
    }

    pub fn row(&self, file: &str) -> Option<&ManifestRow> {
        self.rows.get(file)
    }

    /// The paths the manifest names.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    /// What is wrong with single rows, by their path.
    pub fn wrong(&self) -> impl Iterator<Item = (&str, &Finding)> {
        self.wrong.iter().map(|(path, finding)| (path.as_str(), finding))
    }
}

/// Writes rows as a manifest that reads as the same rows.
///
/// # Errors
/// The file cannot be written.
pub fn write_manifest<'a>(path: &Path, rows: impl Iterator<Item = &'a ManifestRow>) -> Result<()> {
    let failed = |error: csv::Error| Error::not_published(format!("cannot write {}", path.display())).because(error);
    let mut writer = csv::Writer::from_path(path).map_err(failed)?;
    let heading = ["path", "department", "region", "fiscal_year", "address", "published_date", "approval_date"];
    writer.write_record(heading).map_err(failed)?;
    for row in rows {
        let year = row.fiscal_year.map(|year| year.to_string()).unwrap_or_default();
        let texts = [&row.path, &row.department, &row.region, &year, &row.address, &row.published_date];
        writer.write_record(texts.into_iter().chain([&row.approval_date])).map_err(failed)?;
    }
    writer.flush().map_err(|error| failed(error.into()))
}

/// `.\a\b.xls` → `a/b.xls`
fn plain_path(value: &str) -> String {
    let path = value.replace('\\', "/");
    let mut path = path.as_str();
    while let Some(rest) = path.strip_prefix("./") {
        path = rest;
    }
    path.to_owned()
}

fn not_a_value(line: u64, column: &str, value: &str, expected: &str) -> Finding {
    Finding::extraction(
        "discover.manifest_value",
        Severity::Error,
        Place::File,
        format!("line {line} of the manifest: {column} `{value}` is not {expected}; it is not used"),
        "correct the value in the manifest; the rest of the row is used".to_owned(),
    )
}

/// Spreadsheet programs save CSV with a byte order mark, as UTF-16 text, or in the code page of a Chinese Windows.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::GB18030.decode(bytes).0,
    }
}

/// The delimiter of the heading.
fn delimiter_of(text: &str) -> u8 {
    let heading = text.lines().next().unwrap_or("");
    [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|byte| heading.bytes().filter(|b| b == byte).count())
        .unwrap_or(b',')
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
    fn a_manifest_that_was_saved_again_says_the_same() {
        let row = |text: &str| {
            let manifest = Manifest::parse(text.as_bytes(), "m.csv").unwrap();
            assert_eq!(manifest.wrong().count(), 0, "{text:?}");
            manifest.row("a.xls").unwrap_or_else(|| panic!("{text:?}")).clone()
        };
        let plain = row("path,region,fiscal_year,published_date\na.xls,310120,2023,2024-09-01\n");
        assert_eq!((plain.fiscal_year, plain.published_date.as_str()), (Some(2023), "2024-09-01"));
        for text in [
            "Path,Region,Fiscal Year,Published_Date\r\n./a.xls,310120,2023.0,2024/9/1\r\n",
            "path;region;fiscal_year;published_date;;\na.xls;310120;2023年度;2024年9月1日;;\n",
            "path\tregion\tfiscal_year\tpublished_date\na.xls\t310120.0\t2023年\t2024-09-01 00:00:00\n",
            "Unnamed: 0,path,region,fiscal_year,published_date\n0,a.xls,310120,2023,45536\n",
            ",path,region,fiscal_year,published_date\n0,.\\a.xls,310120,2023,20240901\n,,,,\n",
        ] {
            assert_eq!(row(text), plain, "{text:?}");
        }
    }

    #[test]
    fn a_value_that_is_none_is_told_of_its_row_only() {
        let manifest = Manifest::parse(
            b"path,department,fiscal_year,published_date\r\na.xls,A,23,2024-02-30\r\nb.xls,B,2023,\r\n",
            "m.csv",
        )
        .unwrap();
        let told: Vec<(&str, &str)> =
            manifest.wrong().map(|(path, finding)| (path, finding.message.split(';').next().unwrap())).collect();
        assert_eq!(
            told,
            [
                ("a.xls", "line 2 of the manifest: fiscal_year `23` is not a year from 1990 to 2100"),
                ("a.xls", "line 2 of the manifest: published_date `2024-02-30` is not a date, such as 2024-09-01"),
            ]
        );
        let row = manifest.row("a.xls").unwrap();
        assert_eq!((row.department.as_str(), row.fiscal_year, row.published_date.as_str()), ("A", None, ""));
        assert_eq!(manifest.row("b.xls").unwrap().fiscal_year, Some(2023));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, told) in [
            ("file\na\n", "path"),
            ("path\na\nb\na\n", "line 4"),
            ("path\r\na\r\nb\r\na\r\n", "line 4"),
            ("path,department\n,财政局\n", "line 2"),
            ("path,office\na,b\n", "office"),
            ("path\na,b\n", "line 2"),
        ] {
            let error = Manifest::parse(text.as_bytes(), "m.csv").unwrap_err();
            assert!(error.why.as_deref().is_some_and(|why| why.contains(told)), "{text:?}: {error}");
            assert!(error.what.contains("m.csv") && error.hint.is_some());
        }
    }
}

//! The load package on disk: `<folder>/<table>/<part>.parquet`.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use polars::prelude::*;

use super::batch::Batch;
use super::frames;
use crate::discover::sha256_hex;
use crate::normalise::{DocumentFinding, DocumentRecord, Record};

/// SHA-256 of the files of one part, by table.
pub type PartFingerprint = BTreeMap<String, String>;

/// A part file could not be made or written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {why}", path.display())]
pub struct PackageError {
    pub path: PathBuf,
    pub why: String,
}

/// Writes part files into one load package.
#[derive(Debug, Clone)]
pub struct LoadPackage {
    folder: PathBuf,
}

impl LoadPackage {
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes every non-empty table of the batch as the part of this name. An existing part is replaced.
    pub fn write(&self, part: &str, batch: &Batch) -> Result<(), PackageError> {
        self.write_table("report_table", part, &batch.report_tables)?;
        self.write_table("figure", part, &batch.figures)?;
        self.write_table("budget_figure", part, &batch.budget_figures)?;
        self.write_table("claim", part, &batch.claims)?;
        self.write_table("indicator", part, &batch.indicators)?;
        self.write_table("reason", part, &batch.reasons)?;
        self.write_table("paragraph", part, &batch.paragraphs)?;
        self.write_table("listed_unit", part, &batch.listed_units)?;
        self.write_table("finding", part, &batch.findings)
    }

    /// Writes the document table, which is made anew by every run.
    pub fn write_documents(&self, documents: &[DocumentRecord]) -> Result<(), PackageError> {
        self.write_table("document", "current", documents)
    }

    /// Writes findings that belong to this run only (identity, versions), made anew by every run.
    pub fn write_run_findings(&self, findings: &[DocumentFinding]) -> Result<(), PackageError> {
        self.write_table("finding", "current", findings)
    }

    /// Bytes of all its files.
    pub fn bytes(&self) -> u64 {
        let files = self.tables().into_iter().filter_map(|table| fs::read_dir(table).ok()).flatten().flatten();
        files.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum()
    }

    /// Writes parts of other packages as the part `part` of this one, their rows one after another. A part alone gets a second
    /// name where the disk has such, and is not written again.
    pub fn take_over(&self, part: &str, parts: &[(&LoadPackage, &str)]) -> Result<(), PackageError> {
        let mut files: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        for (package, name) in parts {
            for table in package.tables() {
                let path = table.join(format!("{name}.parquet"));
                if path.is_file() {
                    let table = table.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    files.entry(table).or_default().push(path);
                }
            }
        }
        for (table, files) in files {
            let target = self.folder.join(table).join(format!("{part}.parquet"));
            let failed = |why: String| PackageError { path: target.clone(), why };
            let folder = target.parent().unwrap_or(&self.folder);
            fs::create_dir_all(folder).map_err(|error| failed(error.to_string()))?;
            match files.as_slice() {
                [one] => fs::hard_link(one, &target)
                    .or_else(|_| fs::copy(one, &target).map(drop))
                    .map_err(|error| failed(error.to_string()))?,
                several => join(several, &target).map_err(|error| failed(error.to_string()))?,
            }
        }
        Ok(())
    }

    /// What the files of a part hold now, to be compared with what was written.
    pub fn fingerprint(&self, part: &str) -> std::io::Result<PartFingerprint> {
        let mut found = PartFingerprint::new();
        for table in self.tables() {
            let path = table.join(format!("{part}.parquet"));
            if let (Ok(mut file), Some(name)) = (File::open(&path), table.file_name()) {
                found.insert(name.to_string_lossy().into_owned(), sha256_hex(&mut file)?);
            }
        }
        Ok(found)
    }

    /// Removes every file that is not of a known part: what a killed run left behind, what is damaged or not needed.
    pub fn keep_only(&self, known: impl Fn(&str) -> bool) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        for table in self.tables() {
            for file in fs::read_dir(&table)? {
                let path = file?.path();
                if !path.file_stem().and_then(|stem| stem.to_str()).is_some_and(&known) {
                    fs::remove_file(&path)?;
                }
            }
        }
        Ok(())
    }

    /// Removes the part of this name and those that go on from it: what an attempt that broke off has left.
    pub fn remove_parts(&self, name: &str) -> std::io::Result<()> {
        self.keep_only(|part| !part.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
    }

    fn tables(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
    }

    fn write_table<R: Record>(&self, table: &str, part: &str, rows: &[R]) -> Result<(), PackageError> {
        let path = self.folder.join(table).join(format!("{part}.parquet"));
        let failed = |why: String| PackageError { path: path.clone(), why };
        if rows.is_empty() {
            return match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed(error.to_string())),
                _ => Ok(()),
            };
        }
        fs::create_dir_all(self.folder.join(table)).map_err(|error| failed(error.to_string()))?;
        let mut frame = frames::frame(rows).map_err(|error| failed(error.to_string()))?;
        let file = File::create(&path).map_err(|error| failed(error.to_string()))?;
        write_frame(&mut frame, file).map_err(|error| failed(error.to_string()))
    }
}

/// The rows of several files of one table in one file.
fn join(files: &[PathBuf], target: &Path) -> PolarsResult<()> {
    let mut whole = DataFrame::empty();
    for file in files {
        let frame = ParquetReader::new(File::open(file)?).finish()?;
        if whole.width() == 0 {
            whole = frame;
        } else {
            whole.vstack_mut(&frame)?;
        }
    }
    write_frame(&mut whole, File::create(target)?)
}

fn write_frame(frame: &mut DataFrame, file: File) -> PolarsResult<()> {
    ParquetWriter::new(file).with_compression(ParquetCompression::Snappy).finish(frame).map(drop)
}

//! What one run leaves for the next, in `<warehouse>.state/`: the lock, the ledger of readings, the load package.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::fingerprint::Fingerprint;
use super::published::{Published, PublishedExtracts, Stamp};
use crate::error::{Error, Result};
use crate::export::with_usual_rights;

/// The folder beside the warehouse that belongs to this program.
#[derive(Debug, Clone)]
pub struct StateFolder {
    pub root: PathBuf,
}

impl StateFolder {
    pub fn of(warehouse: &Path) -> Self {
        let mut name = warehouse.file_name().unwrap_or_default().to_os_string();
        name.push(".state");
        Self { root: warehouse.with_file_name(name) }
    }

    /// What a person names: the folder itself, or the warehouse it belongs to, which need not be there.
    pub fn named(place: &Path) -> Self {
        if place.extension().is_some_and(|extension| extension == "state") && place.is_dir() {
            return Self { root: place.to_path_buf() };
        }
        Self::of(place)
    }

    /// # Errors
    /// The folder cannot be made: the target is read-only or its disk is full.
    pub fn create(&self) -> Result<()> {
        fs::create_dir_all(&self.root).map_err(|error| {
            Error::io("write to", &self.root, &error)
                .hint("the warehouse's folder must be writable: choose another with --warehouse")
        })
    }

    pub fn stage(&self) -> PathBuf {
        self.root.join("stage")
    }

    pub fn versions(&self) -> PathBuf {
        self.root.join("versions")
    }

    /// The build in progress, and the one a gate kept aside.
    pub fn building(&self) -> PathBuf {
        self.root.join("building.duckdb")
    }

    pub fn held_back(&self) -> PathBuf {
        self.root.join("held-back.duckdb")
    }

    pub fn run_log(&self) -> PathBuf {
        self.root.join("runs.jsonl")
    }

    /// Where a copy of the published warehouse is put while another program holds it for writing.
    pub fn copy_of_published(&self) -> PathBuf {
        self.root.join("published-copy.duckdb")
    }

    pub fn readings(&self) -> PathBuf {
        self.root.join("readings.jsonl")
    }

    pub fn fingerprint_memory(&self) -> PathBuf {
        self.root.join("memory.json")
    }

    /// What the published warehouse was built from; `None` when that is not known, or another file stands there now.
    pub fn published(&self, warehouse: &Path) -> Option<Published> {
        let published: Published = serde_json::from_slice(&fs::read(self.root.join("published")).ok()?).ok()?;
        (Stamp::of(warehouse)? == published.file).then_some(published)
    }

    /// Remembers what the warehouse was built from, and by which run; `updated` is what it was an update of.
    ///
    /// # Errors
    /// The state folder cannot be written.
    pub fn remember_published(
        &self,
        warehouse: &Path,
        built_from: &Fingerprint,
        updated: Option<Published>,
        run: Option<u64>,
    ) -> Result<()> {
        let Some(file) = Stamp::of(warehouse) else { return Ok(()) };
        let bytes_anew = updated.map_or(file.bytes, |updated| updated.bytes_anew);
        let published = Published { built_from: built_from.clone(), file, bytes_anew, run };
        write_atomically(&self.root.join("published"), |file| {
            serde_json::to_writer(file, &published).map_err(std::io::Error::from)
        })
    }

    /// Where the last run that published put its extracts.
    pub fn extracts_folder(&self) -> Option<PathBuf> {
        self.extracts().map(|extracts| extracts.folder)
    }

    /// The published extracts stand there, in this folder, as they were left.
    pub fn holds_extracts(&self, folder: &Path) -> bool {
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        self.extracts().is_some_and(|extracts| extracts.folder == real && extracts.are_unchanged())
    }

    /// The extracts of the run before in this folder, by their names below it.
    pub fn extracts_in(&self, folder: &Path) -> Vec<PathBuf> {
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        self.extracts().filter(|extracts| extracts.folder == real).map(PublishedExtracts::names).unwrap_or_default()
    }

    fn extracts(&self) -> Option<PublishedExtracts> {
        serde_json::from_slice(&fs::read(self.root.join("extracts.json")).ok()?).ok()
    }

    /// `written` are the names of the files below the folder.
    pub fn remember_extracts(&self, folder: &Path, written: &[PathBuf]) -> Result<()> {
        let extracts = PublishedExtracts::of(folder, written);
        write_atomically(&self.root.join("extracts.json"), |file| {
            serde_json::to_writer(file, &extracts).map_err(std::io::Error::from)
        })
    }

    /// The published report stands there; without a folder for one, there is nothing to stand.
    pub fn holds_report(&self, folder: Option<&Path>) -> bool {
        folder.is_none_or(|folder| folder.join("index.html").is_file())
    }

    /// After this the next run builds, whatever it finds.
    pub fn forget_published(&self) {
        let _ = fs::remove_file(self.root.join("published"));
    }

    /// Removes what a killed run left half-written. Only for the holder of the lock.
    pub fn sweep(&self) {
        for entry in fs::read_dir(&self.root).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(".tmp") {
                let _ = fs::remove_file(entry.path());
            }
        }
        for left in [self.root.join("restoring.duckdb"), self.copy_of_published()] {
            let _ = fs::remove_file(left);
        }
        // Where DuckDB puts what does not fit into its memory.
        let _ = fs::remove_dir_all(self.root.join("building.duckdb.tmp"));
    }

    /// Takes the lock; it falls with the returned value.
    ///
    /// # Errors
    /// Another run holds it: says which process, since when.
    pub fn lock(&self) -> Result<Lock> {
        let path = self.root.join("lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| cannot_write(&path, &error))?;
        let mut holder = String::new();
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::Error(error)) => return Err(Error::io("lock", &path, &error)),
            Err(TryLockError::WouldBlock) => {
                let read = file.read_to_string(&mut holder);
                let holder = read.map_or("unknown", |_| holder.trim());
                return Err(Error::not_published(format!("another run is building this warehouse ({holder})"))
                    .hint("wait for it to end; its lock is gone as soon as its process is"));
            }
        }
        let _ = file.read_to_string(&mut holder);
        let this = format!("process {} since {}\n", std::process::id(), jiff::Timestamp::now());
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(this.as_bytes()))
            .map_err(|error| cannot_write(&path, &error))?;
        Ok(Lock { file, left_by: Some(holder.trim().to_owned()).filter(|holder| !holder.is_empty()) })
    }
}

/// The lock of one warehouse. Its file says who holds it, and is emptied when that one ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
    /// Who held it last and ended without a word: killed, or the machine went down.
    pub left_by: Option<String>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.file.set_len(0);
    }
}

/// Writes beside the file, then renames over it.
pub fn write_atomically(path: &Path, fill: impl FnOnce(&mut BufWriter<&File>) -> std::io::Result<()>) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = with_usual_rights(&mut tempfile::Builder::new()).tempfile_in(folder).and_then(|file| {
        let mut writer = BufWriter::new(file.as_file());
        fill(&mut writer)?;
        writer.flush()?;
        drop(writer);
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    });
    written.map_err(|error| cannot_write(path, &error))
}

/// A file of the state folder, or the warehouse itself, cannot be written in the middle of a run.
pub fn cannot_write(path: &Path, error: &std::io::Error) -> Error {
    Error::not_published(format!("cannot write {}", path.display()))
        .because(error)
        .hint("the disk that holds the warehouse may be full or read-only; the published warehouse is untouched")
}

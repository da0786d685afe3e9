//! What one run leaves for the next, in `<warehouse>.state/`: the lock, the ledger of readings, the load package.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::reading::Reading;
use crate::discover::FingerprintCache;
use crate::error::{Error, Result};

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

    /// What the published warehouse was built from; `None` when that is not known.
    pub fn published_fingerprint(&self) -> Option<String> {
        fs::read_to_string(self.root.join("published")).ok()
    }

    pub fn remember_published(&self, fingerprint: &str) -> Result<()> {
        write_atomically(&self.root.join("published"), |file| file.write_all(fingerprint.as_bytes()))
    }

    /// After this the next run builds, whatever it finds.
    pub fn forget_published(&self) {
        let _ = fs::remove_file(self.root.join("published"));
    }

    /// Takes the lock; it falls with the returned file.
    ///
    /// # Errors
    /// Another run holds it: says which process, since when.
    pub fn lock(&self) -> Result<File> {
        let path = self.root.join("lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| Error::io("write to", &path, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::Error(error)) => return Err(Error::io("lock", &path, &error)),
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let read = file.read_to_string(&mut holder);
                let holder = read.map_or("unknown", |_| holder.trim());
                return Err(Error::not_published(format!("another run is building this warehouse ({holder})"))
                    .hint("wait for it to end; its lock is gone as soon as its process is"));
            }
        }
        let holder = format!("process {} since {}\n", std::process::id(), jiff::Timestamp::now());
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(holder.as_bytes()))
            .map_err(|error| Error::io("write to", &path, &error))?;
        Ok(file)
    }
}

/// First line of the ledger: readings made with other layouts, rules or another program are not used.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Header {
    reading_fingerprint: String,
}

/// The readings of earlier runs, by document key.
#[derive(Debug, Default)]
pub struct Ledger {
    pub readings: HashMap<String, Reading>,
    pub fingerprints: FingerprintCache,
    /// Number for the next run's part files.
    pub next_part: u32,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Memory {
    fingerprints: FingerprintCache,
    next_part: u32,
}

impl Ledger {
    /// Reads what earlier runs left. A ledger that is missing, cut short or made by other rules counts as empty: the
    /// files are read again.
    pub fn open(state: &StateFolder, reading_fingerprint: &str) -> Self {
        let memory: Memory = fs::read(state.root.join("memory.json"))
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        let readings = read_lines(&state.root.join("readings.jsonl"), reading_fingerprint).unwrap_or_default();
        Self { readings, fingerprints: memory.fingerprints, next_part: memory.next_part }
    }

    /// Replaces the ledger; the old one stays if this fails half-way.
    pub fn save(&self, state: &StateFolder, reading_fingerprint: &str) -> Result<()> {
        let memory = Memory { fingerprints: FingerprintCache::default(), next_part: self.next_part };
        let path = state.root.join("readings.jsonl");
        write_atomically(&path, |file| {
            serde_json::to_writer(&mut *file, &Header { reading_fingerprint: reading_fingerprint.to_owned() })?;
            file.write_all(b"\n")?;
            let mut keys: Vec<&String> = self.readings.keys().collect();
            keys.sort();
            for key in keys {
                serde_json::to_writer(&mut *file, &self.readings[key])?;
                file.write_all(b"\n")?;
            }
            Ok(())
        })?;
        let path = state.root.join("memory.json");
        write_atomically(&path, |file| {
            #[derive(Serialize)]
            struct Borrowed<'a> {
                fingerprints: &'a FingerprintCache,
                next_part: u32,
            }
            let borrowed = Borrowed { fingerprints: &self.fingerprints, next_part: memory.next_part };
            serde_json::to_writer(file, &borrowed).map_err(std::io::Error::from)
        })
    }
}

fn read_lines(path: &Path, reading_fingerprint: &str) -> Option<HashMap<String, Reading>> {
    let mut lines = BufReader::new(File::open(path).ok()?).lines();
    let header: Header = serde_json::from_str(&lines.next()?.ok()?).ok()?;
    if header.reading_fingerprint != reading_fingerprint {
        return None;
    }
    let mut readings = HashMap::new();
    for line in lines {
        let reading: Reading = serde_json::from_str(&line.ok()?).ok()?;
        readings.insert(reading.document_key.clone(), reading);
    }
    Some(readings)
}

/// Writes beside the file, then renames over it.
pub fn write_atomically(path: &Path, fill: impl FnOnce(&mut BufWriter<&File>) -> std::io::Result<()>) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = tempfile::NamedTempFile::new_in(folder).and_then(|file| {
        let mut writer = BufWriter::new(file.as_file());
        fill(&mut writer)?;
        writer.flush()?;
        drop(writer);
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    });
    written.map_err(|error| Error::io("write", path, &error))
}

//! What is remembered of the published warehouse: what it was built from, and which file it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::fingerprint::Fingerprint;

/// The published warehouse as the last run left it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Published {
    pub built_from: Fingerprint,
    pub file: Stamp,
    /// Its size when it was last built from nothing: rows that updates replaced leave room behind.
    pub bytes_anew: u64,
    /// The number of the run that published it: to ask the warehouse itself, it has to be opened.
    #[serde(default)]
    pub run: Option<u64>,
}

impl Published {
    /// Replacing the rows of changed documents makes it what a build from nothing would give.
    pub fn can_become(&self, wanted: &Fingerprint) -> bool {
        let has_grown_by_half = self.file.bytes > self.bytes_anew + self.bytes_anew / 2;
        !has_grown_by_half && wanted.differs_in_documents_only(&self.built_from)
    }
}

/// The published extracts as the last run left them.
#[derive(Debug, Serialize, Deserialize)]
pub struct PublishedExtracts {
    pub folder: PathBuf,
    /// By name below the folder.
    files: BTreeMap<PathBuf, Stamp>,
}

impl PublishedExtracts {
    pub fn of(folder: &Path, written: &[PathBuf]) -> Self {
        let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let stamps = written.iter().filter_map(|name| Some((name.clone(), Stamp::of(&folder.join(name))?)));
        let files = stamps.collect();
        Self { folder, files }
    }

    /// Names below the folder.
    pub fn names(self) -> Vec<PathBuf> {
        self.files.into_keys().collect()
    }

    pub fn are_unchanged(&self) -> bool {
        self.files.iter().all(|(name, stamp)| Stamp::of(&self.folder.join(name)).as_ref() == Some(stamp))
    }
}

/// Tells one file from another that was put in its place.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    pub bytes: u64,
    /// Nanoseconds since 1970.
    changed: u64,
}

impl Stamp {
    pub fn of(path: &Path) -> Option<Self> {
        let file = fs::metadata(path).ok()?;
        let changed = file.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?.as_nanos();
        Some(Self { bytes: file.len(), changed: u64::try_from(changed).ok()? })
    }
}

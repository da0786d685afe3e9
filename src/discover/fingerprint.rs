//! SHA-256 of contents, remembered by path, size and modification time so that an unchanged tree costs a walk.

use std::collections::HashMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The SHA-256 of everything the reader gives, in hexadecimal.
pub fn sha256_hex(reader: &mut impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = reader.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Remembers fingerprints between runs. Only a speed-up: a file whose size or time differs is hashed again.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct FingerprintCache {
    known: HashMap<PathBuf, Entry>,
    /// Every file counts as known, under an empty fingerprint.
    #[serde(skip)]
    is_not_asked: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    bytes: u64,
    modified: u128,
    sha256: String,
}

impl FingerprintCache {
    /// For whoever needs to know which files there are and not what they hold: none is opened for its fingerprint.
    pub fn not_asked() -> Self {
        Self { is_not_asked: true, ..Self::default() }
    }

    /// The fingerprint of a file that has not changed since it was remembered.
    pub fn known(&self, path: &Path, bytes: u64, modified: u128) -> Option<String> {
        if self.is_not_asked {
            return Some(String::new());
        }
        let entry = self.known.get(path)?;
        (entry.bytes == bytes && entry.modified == modified && modified != 0).then(|| entry.sha256.clone())
    }

    pub fn remember(&mut self, path: &Path, bytes: u64, modified: u128, sha256: &str) {
        self.known.insert(path.to_owned(), Entry { bytes, modified, sha256: sha256.to_owned() });
    }

    /// Remembers what the other one does, too.
    pub fn absorb(&mut self, other: Self) {
        self.known.extend(other.known);
    }

    /// Forgets files that are gone.
    pub fn keep_only(&mut self, keep: impl Fn(&Path) -> bool) {
        self.known.retain(|path, _| keep(path));
    }
}

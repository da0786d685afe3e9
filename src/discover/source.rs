//! One file to read, wherever it lies.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::bundle::Bundle;
use super::manifest::ManifestRow;

/// Where the bytes of a source file are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Location {
    Path(PathBuf),
    /// A member of a zip bundle, by its number there: names in bundles may be in any encoding.
    Bundle {
        bundle: PathBuf,
        member: usize,
    },
}

/// One file to read. Nothing of its content is known yet but its fingerprint.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SourceFile {
    pub location: Location,
    /// Path relative to the source folder, with `/`; members of a bundle as `bundle.zip/member`.
    pub file: String,
    /// The source folder as given.
    pub source: String,
    pub bytes: u64,
    pub sha256: String,
    pub manifest: Option<ManifestRow>,
}

impl SourceFile {
    /// Reads the whole file; `limit` bytes at most.
    pub fn read(&self, limit: u64) -> std::io::Result<Vec<u8>> {
        match &self.location {
            Location::Path(path) => read_at_most(File::open(path)?, limit),
            Location::Bundle { bundle, member } => {
                Bundle::with_opened(bundle, |bundle| read_at_most(bundle.member(*member)?, limit))
            }
        }
    }

    /// The name under which its fingerprint is remembered between runs.
    pub fn remembered_as(&self) -> PathBuf {
        Path::new(&self.source).join(&self.file)
    }

    /// The folder part of `file`, `""` at the top: files in one folder belong together unless their content says otherwise.
    pub fn folder(&self) -> &str {
        self.file.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

pub fn read_at_most(reader: impl Read, limit: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(std::io::Error::other(format!("larger than the limit of {limit} bytes")));
    }
    Ok(bytes)
}

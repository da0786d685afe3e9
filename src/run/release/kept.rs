//! Groundwork kept between runs. What a warehouse is before it holds a document follows from the program and the project alone,
//! and takes longer to make than a document to read: `$XDG_CACHE_HOME/juesuan/groundwork` (`~/.cache`) holds it for the next small
//! build, of whatever project has the same SQL and reference lists. A file there may be lost or spoilt at any time.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use crate::project::Project;
use crate::run::state::fingerprint::{groundwork_fingerprint, hex};
use crate::run::state::user::user_folder;

/// One each for as many versions of SQL and lists.
const MOST_KEPT: usize = 4;

/// Kept files of one program and project, `<what it was made from>-<digest of its bytes>.duckdb`.
pub struct Kept {
    folder: PathBuf,
    made_from: String,
}

impl Kept {
    /// `None` where no folder can be had for it.
    pub fn of(project: &Project) -> Option<Self> {
        let folder = user_folder("XDG_CACHE_HOME", ".cache")?.join("groundwork");
        fs::create_dir_all(&folder).ok()?;
        Some(Self { folder, made_from: groundwork_fingerprint(project) })
    }

    /// Whether a whole file was found and copied; a spoilt one is removed.
    pub fn copy_to(&self, building: &Path) -> bool {
        let Some(file) = self.files().into_iter().find(|file| self.made(file)) else { return false };
        let whole = fs::read(&file).ok().filter(|bytes| file == self.named(bytes));
        if whole.is_none() {
            let _ = fs::remove_file(&file);
        }
        whole.is_some_and(|bytes| fs::write(building, bytes).is_ok())
    }

    /// Keeps what was made. A folder that cannot be written to costs the next run some time and nothing else.
    pub fn keep(&self, building: &Path) {
        let Ok(bytes) = fs::read(building) else { return };
        let unfinished = self.folder.join(format!("{}-{}.unfinished", self.made_from, std::process::id()));
        if fs::write(&unfinished, &bytes).and_then(|()| fs::rename(&unfinished, self.named(&bytes))).is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        for file in self.files().into_iter().skip(MOST_KEPT) {
            let _ = fs::remove_file(file);
        }
    }

    fn named(&self, bytes: &[u8]) -> PathBuf {
        self.folder.join(format!("{}-{}.duckdb", self.made_from, hex(Sha256::new().chain_update(bytes))))
    }

    fn made(&self, file: &Path) -> bool {
        file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&self.made_from))
    }

    /// All kept files, the newest first.
    fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let kept = entries.filter(|file| file.extension().is_some_and(|extension| extension == "duckdb"));
        let age =
            |file: &PathBuf| fs::metadata(file).and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        let mut files: Vec<PathBuf> = kept.collect();
        files.sort_by_key(|file| std::cmp::Reverse(age(file)));
        files
    }
}

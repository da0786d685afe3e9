//! Walks the source folders.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::WalkDir;
use zip::ZipArchive;

use super::fingerprint::{FingerprintCache, sha256_hex};
use super::manifest::{Manifest, ManifestRow};
use crate::error::{Error, Result};
use crate::vocabulary::{Finding, Place, Severity};

/// Where the bytes of a source file are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    Path(PathBuf),
    /// A member of a zip bundle.
    Bundle {
        bundle: PathBuf,
        member: String,
    },
}

/// One file to read. Nothing of its content is known yet but its fingerprint.
#[derive(Debug, Clone)]
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
                let mut archive = ZipArchive::new(File::open(bundle)?).map_err(std::io::Error::other)?;
                read_at_most(archive.by_name(member).map_err(std::io::Error::other)?, limit)
            }
        }
    }

    /// The file on disk; `None` for a member of a bundle.
    pub fn path(&self) -> Option<&Path> {
        match &self.location {
            Location::Path(path) => Some(path),
            Location::Bundle { .. } => None,
        }
    }

    /// The folder part of `file`, `""` at the top: files in one folder belong together unless their content says otherwise.
    pub fn folder(&self) -> &str {
        self.file.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

fn read_at_most(reader: impl Read, limit: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(std::io::Error::other(format!("larger than the limit of {limit} bytes")));
    }
    Ok(bytes)
}

/// What a walk found: files in path order, and what could not be read.
#[derive(Debug, Default)]
pub struct Discovery {
    pub files: Vec<SourceFile>,
    /// Path and finding, for files that could not even be opened.
    pub unreadable: Vec<(String, Finding)>,
}

/// Walks every source folder. Hidden files, office lock files (`~$..`) and the manifest itself are left out.
///
/// # Errors
/// A source folder that does not exist or cannot be listed, a manifest that does not parse.
pub fn discover(sources: &[PathBuf], cache: &mut FingerprintCache, limit: u64) -> Result<Discovery> {
    let mut discovery = Discovery::default();
    for source in sources {
        if !source.is_dir() {
            let what = if source.exists() { "is not a folder" } else { "does not exist" };
            return Err(Error::usage(format!("the source folder {} {what}", source.display()))
                .hint("give the folder that holds the disclosures with --source, or set it in the pipeline file"));
        }
        let manifest = Manifest::beside(source)?;
        walk(source, &manifest, cache, limit, &mut discovery)?;
    }
    discovery.files.sort_by(|one, other| (&one.file, &one.source).cmp(&(&other.file, &other.source)));
    // The same file under two source folders is one document.
    discovery.files.dedup_by(|one, other| one.file == other.file && one.sha256 == other.sha256);
    Ok(discovery)
}

fn walk(
    source: &Path,
    manifest: &Manifest,
    cache: &mut FingerprintCache,
    limit: u64,
    found: &mut Discovery,
) -> Result<()> {
    for entry in WalkDir::new(source)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.path()))
    {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if error.depth() == 0 => {
                return Err(Error::usage(format!("cannot list the source folder {}", source.display())).because(error));
            }
            Err(error) => {
                let path = error.path().map(|path| relative(source, path)).unwrap_or_default();
                found.unreadable.push((path, unreadable(&error.to_string())));
                continue;
            }
        };
        if !entry.file_type().is_file() || Manifest::is_manifest(source, entry.path()) {
            continue;
        }
        let file = relative(source, entry.path());
        if let Err(error) = take(source, entry.path(), &file, manifest, cache, limit, found) {
            found.unreadable.push((file, unreadable(&error.to_string())));
        }
    }
    Ok(())
}

fn take(
    source: &Path,
    path: &Path,
    file: &str,
    manifest: &Manifest,
    cache: &mut FingerprintCache,
    limit: u64,
    found: &mut Discovery,
) -> std::io::Result<()> {
    let metadata = fs::metadata(path)?;
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip")) {
        return take_bundle(source, path, file, manifest, limit, found);
    }
    let modified =
        metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |age| age.as_nanos());
    let sha256 = match cache.known(path, metadata.len(), modified) {
        Some(known) => known,
        None => {
            let sha256 = sha256_hex(&mut File::open(path)?)?;
            cache.remember(path, metadata.len(), modified, &sha256);
            sha256
        }
    };
    found.files.push(SourceFile {
        location: Location::Path(path.to_owned()),
        manifest: manifest.row(file).cloned(),
        file: file.to_owned(),
        source: source.display().to_string(),
        bytes: metadata.len(),
        sha256,
    });
    Ok(())
}

/// Members of a zip bundle count as files of a folder named like the bundle.
fn take_bundle(
    source: &Path,
    path: &Path,
    file: &str,
    manifest: &Manifest,
    limit: u64,
    found: &mut Discovery,
) -> std::io::Result<()> {
    let mut archive = ZipArchive::new(File::open(path)?).map_err(std::io::Error::other)?;
    for index in 0..archive.len() {
        let member = archive.by_index(index).map_err(std::io::Error::other)?;
        let Some(inside) = member.enclosed_name().map(|name| name.to_string_lossy().replace('\\', "/")) else {
            continue;
        };
        if member.is_dir() || is_hidden(Path::new(&inside)) {
            continue;
        }
        let name = member.name().map_err(std::io::Error::other)?.into_owned();
        let bundled = format!("{file}/{inside}");
        let bytes = member.size();
        let sha256 = sha256_hex(&mut member.take(limit + 1))?;
        found.files.push(SourceFile {
            location: Location::Bundle { bundle: path.to_owned(), member: name },
            manifest: manifest.row(&bundled).cloned(),
            file: bundled,
            source: source.display().to_string(),
            bytes,
            sha256,
        });
    }
    Ok(())
}

fn relative(source: &Path, path: &Path) -> String {
    path.strip_prefix(source).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        let name = name.to_string_lossy();
        name.starts_with('.') || name.starts_with("~$") || name == "__MACOSX" || name == "Thumbs.db"
    })
}

fn unreadable(why: &str) -> Finding {
    Finding::extraction(
        "discover.unreadable",
        Severity::Error,
        Place::File,
        format!("the file cannot be read: {why}"),
        "check the file's permissions, or copy it again; the other files were read".to_owned(),
    )
}

//! Finds every file of the sources.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::WalkDir;

use super::bundle::{Bundle, is_bundle};
use super::fingerprint::{FingerprintCache, sha256_hex};
use super::manifest::{FILE_NAME, Manifest};
use super::source::{Location, SourceFile, read_at_most};
use crate::error::{Error, Result};
use crate::vocabulary::{Finding, Place, Severity};

/// What a walk found: files in path order, and what could not be read.
#[derive(Debug, Default)]
pub struct Discovery {
    pub files: Vec<SourceFile>,
    /// Path and finding, for files that could not even be opened.
    pub unreadable: Vec<(String, Finding)>,
}

/// Walks every source: a folder, a bundle (.zip, .rar, .7z), or a manifest whose rows name the files. Hidden files, office lock files
/// (`~$..`) and the manifests themselves are left out. With a `root`, the paths of manifests are relative to it and not to
/// the folder they lie in.
///
/// # Errors
/// A source that does not exist or cannot be listed, a manifest that does not parse, a root for what is no manifest.
pub fn discover(
    sources: &[PathBuf],
    root: Option<&Path>,
    cache: &mut FingerprintCache,
    limit: u64,
) -> Result<Discovery> {
    let mut found = Discovery::default();
    if let Some(root) = root {
        check_root(root, sources)?;
    }
    for source in sources {
        if source.is_dir() {
            let mut walk = Walk::new(source, Manifest::beside(source)?, cache, limit, &mut found);
            walk.folder(source)?;
            walk.report_missing();
        } else if source.is_file() && is_bundle(source) {
            let folder = folder_of(source);
            Walk::new(folder, Manifest::beside(folder)?, cache, limit, &mut found).file(source);
        } else if is_manifest(source) {
            let root = root.unwrap_or_else(|| folder_of(source));
            let mut walk = Walk::new(root, Manifest::read(source)?, cache, limit, &mut found);
            walk.named_files();
            walk.report_missing();
        } else {
            let what = if source.exists() { "is no folder, no bundle and no manifest" } else { "does not exist" };
            return Err(Error::usage(format!("the source {} {what}", source.display())).hint(
                "give the folder that holds the disclosures, a .zip, .rar or .7z or a manifest .csv with --source, or set it in the pipeline file",
            ));
        }
    }
    found.files.sort_by(|one, other| (&one.file, &one.source).cmp(&(&other.file, &other.source)));
    // The same file under two sources is one document.
    found.files.dedup_by(|one, other| one.file == other.file && one.sha256 == other.sha256);
    Ok(found)
}

/// The walk through one source.
struct Walk<'a> {
    /// The folder that paths are relative to.
    root: &'a Path,
    manifest: Manifest,
    cache: &'a mut FingerprintCache,
    limit: u64,
    found: &'a mut Discovery,
    /// Rows of the manifest whose file was met.
    met: HashSet<String>,
}

impl<'a> Walk<'a> {
    fn new(
        root: &'a Path,
        manifest: Manifest,
        cache: &'a mut FingerprintCache,
        limit: u64,
        found: &'a mut Discovery,
    ) -> Self {
        Self { root, manifest, cache, limit, found, met: HashSet::new() }
    }

    fn folder(&mut self, folder: &Path) -> Result<()> {
        let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
        for entry in entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.path())) {
            match entry {
                Ok(entry) if entry.file_type().is_file() && entry.path() != self.root.join(FILE_NAME) => {
                    self.file(entry.path());
                }
                Ok(entry) if entry.file_type().is_dir() || entry.file_type().is_file() => {}
                Ok(entry) => self.found.unreadable.push((self.relative(entry.path()), not_followed())),
                Err(error) if error.depth() == 0 => {
                    return Err(Error::usage(format!("cannot list the source folder {}", folder.display()))
                        .because(error)
                        .hint("see whether the folder is there and who may read it"));
                }
                Err(error) => {
                    let path = error.path().map(|path| self.relative(path)).unwrap_or_default();
                    self.found.unreadable.push((path, unreadable(&error.to_string())));
                }
            }
        }
        Ok(())
    }

    /// Only what the manifest names: files, and members of bundles.
    fn named_files(&mut self) {
        let names: Vec<String> = self.manifest.paths().map(str::to_owned).collect();
        let mut bundles = BTreeSet::new();
        for name in &names {
            let mut outer = name.match_indices('/').map(|(at, _)| self.root.join(&name[..at]));
            if let Some(bundle) = outer.find(|path| path.is_file()) {
                bundles.insert(bundle);
            } else if self.root.join(name).is_file() {
                self.file(&self.root.join(name));
            }
        }
        let first = self.found.files.len();
        for bundle in &bundles {
            self.file(bundle);
        }
        let named: HashSet<&String> = names.iter().collect();
        let in_bundles = self.found.files.split_off(first);
        self.found.files.extend(in_bundles.into_iter().filter(|member| named.contains(&member.file)));
    }

    /// A file or a bundle. One that cannot be opened never stops the others.
    fn file(&mut self, path: &Path) {
        let file = self.relative(path);
        self.met.insert(file.clone());
        let taken = if is_bundle(path) { self.bundle(path, &file) } else { self.plain(path, &file) };
        if let Err(error) = taken {
            self.found.unreadable.push((file, unreadable(&error.to_string())));
        }
    }

    fn plain(&mut self, path: &Path, file: &str) -> std::io::Result<()> {
        let (bytes, modified) = size_and_time(path)?;
        let sha256 = match self.cache.known(path, bytes, modified) {
            Some(known) => known,
            None => sha256_hex(&mut File::open(path)?)?,
        };
        self.take(Location::Path(path.to_owned()), file.to_owned(), (bytes, modified), bytes, sha256);
        Ok(())
    }

    fn bundle(&mut self, path: &Path, file: &str) -> std::io::Result<()> {
        let stamp = size_and_time(path)?;
        let mut bundle = Bundle::open(path)?;
        let members = bundle.members()?;
        let inner = match members.iter().find(|member| member.path == FILE_NAME) {
            Some(member) => self.manifest_inside(&mut bundle, member.number, &format!("{file}/{FILE_NAME}"))?,
            None => Manifest::default(),
        };
        let is_shown = |path: &str| path != FILE_NAME && !path.split('/').any(|part| is_hidden(Path::new(part)));
        for member in members.iter().filter(|member| is_shown(&member.path)) {
            let name = format!("{file}/{}", member.path);
            let (bytes, modified) = stamp;
            let sha256 = match self.cache.known(&self.root.join(&name), bytes, modified) {
                Some(known) => known,
                None => match bundle.sha256(member, self.limit) {
                    Ok(sha256) => sha256,
                    Err(error) => {
                        self.found.unreadable.push((name, unreadable(&error.to_string())));
                        continue;
                    }
                },
            };
            self.met.insert(name.clone());
            let location = Location::Bundle { bundle: path.to_owned(), member: member.number };
            self.take(location, name, stamp, member.bytes, sha256);
            if let Some(taken) = self.found.files.last_mut().filter(|taken| taken.manifest.is_none()) {
                taken.manifest = inner.row(&member.path).cloned();
            }
        }
        let wrong = inner.wrong().map(|(path, finding)| (format!("{file}/{path}"), finding.clone()));
        self.found.unreadable.extend(wrong);
        let present: HashSet<&str> = members.iter().map(|member| member.path.as_str()).collect();
        for missing in inner.paths().filter(|path| !present.contains(path)) {
            self.found.unreadable.push((format!("{file}/{missing}"), not_there()));
        }
        Ok(())
    }

    /// A bundle is somebody else's: a manifest in it that does not parse says nothing, and stops nothing.
    fn manifest_inside(&mut self, bundle: &mut Bundle, member: usize, name: &str) -> std::io::Result<Manifest> {
        let bytes = read_at_most(bundle.member(member)?, self.limit)?;
        Ok(Manifest::parse(&bytes, name).unwrap_or_else(|error| {
            self.found.unreadable.push((name.to_owned(), foreign_manifest(&error)));
            Manifest::default()
        }))
    }

    fn take(&mut self, location: Location, file: String, (stored, modified): (u64, u128), bytes: u64, sha256: String) {
        self.cache.remember(&self.root.join(&file), stored, modified, &sha256);
        self.found.files.push(SourceFile {
            location,
            manifest: self.manifest.row(&file).cloned(),
            file,
            source: self.root.display().to_string(),
            bytes,
            sha256,
        });
    }

    /// A row of the manifest that names nothing is a slip of the pen or a lost file.
    fn report_missing(&mut self) {
        let missing = self.manifest.paths().filter(|path| !self.met.contains(*path));
        self.found.unreadable.extend(missing.map(|path| (path.to_owned(), not_there())));
        let wrong = self.manifest.wrong().map(|(path, finding)| (path.to_owned(), finding.clone()));
        self.found.unreadable.extend(wrong);
    }

    fn relative(&self, path: &Path) -> String {
        path.strip_prefix(self.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }
}

/// A root is for lists of files that lie elsewhere: a folder or a bundle is its own.
fn check_root(root: &Path, sources: &[PathBuf]) -> Result<()> {
    if !root.is_dir() {
        return Err(Error::usage(format!("the root {} is no folder", root.display()))
            .hint("name the folder that the paths of the manifest begin in"));
    }
    match sources.iter().find(|source| !is_manifest(source)) {
        Some(other) => Err(Error::usage(format!("a root needs manifests as sources, and {} is none", other.display()))
            .hint("leave the root out, or give lists of files (.csv) such as `juesuan shard` writes")),
        None => Ok(()),
    }
}

fn is_manifest(source: &Path) -> bool {
    source.is_file() && source.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What tells an unchanged file without reading it.
fn size_and_time(path: &Path) -> std::io::Result<(u64, u128)> {
    let metadata = fs::metadata(path)?;
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Ok((metadata.len(), modified.map_or(0, |age| age.as_nanos())))
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

/// A link may lead out of what was given, and a pipe or a device may never end.
fn not_followed() -> Finding {
    Finding::extraction(
        "discover.not_followed",
        Severity::Warning,
        Place::File,
        "a link, a pipe or a device is not read".to_owned(),
        "copy the file into the source folder, or give the folder the link leads to with --source".to_owned(),
    )
}

fn foreign_manifest(error: &Error) -> Finding {
    let why = error.why.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
    Finding::extraction(
        "discover.foreign_manifest",
        Severity::Warning,
        Place::File,
        format!("the manifest inside the bundle cannot be used{why}"),
        "the files of the bundle are read without it; name them in the manifest.csv of the source folder".to_owned(),
    )
}

fn not_there() -> Finding {
    Finding::extraction(
        "discover.not_there",
        Severity::Warning,
        Place::File,
        "the manifest names this file, and it is not there".to_owned(),
        "correct the path in the manifest (relative to the manifest's folder or bundle), or fetch the file".to_owned(),
    )
}

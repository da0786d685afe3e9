//! Publishing: one rename. Readers keep what they have open.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::export::{self, DraftFolder, ExtractsFolder};
use crate::project::Project;
use crate::run::state::folder::{StateFolder, cannot_write};
use crate::run::state::journal;
use crate::warehouse::Warehouse;

/// Replaces the published warehouse by the finished build and keeps the old one among the versions.
///
/// The old file is linked, not copied or moved, so that at every moment there is a published file.
pub fn publish(build: &Path, warehouse: &Path, state: &StateFolder, keep: usize) -> Result<()> {
    if warehouse.exists() && keep > 0 {
        keep_version(warehouse, state)?;
    }
    sync(build)?;
    fs::rename(build, warehouse).map_err(|error| {
        Error::not_published(format!("cannot replace {}", warehouse.display()))
            .because(error)
            .hint("the finished build is kept in the state folder; the published warehouse is untouched")
    })?;
    // What a gate held back is out of date now.
    let _ = fs::remove_file(state.held_back());
    if let Some(folder) = warehouse.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        // Makes the rename itself durable; not every file system can.
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
    prune(state, keep)
}

/// The versions kept, the oldest first.
pub fn versions(state: &StateFolder) -> Vec<PathBuf> {
    let mut versions: Vec<PathBuf> = fs::read_dir(state.versions())
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "duckdb"))
        .collect();
    versions.sort();
    versions
}

/// What was brought back, and what stands in its place now among the versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    pub version: PathBuf,
    /// Why the extracts could not follow, if they could not.
    pub extracts_left: Option<String>,
}

/// Brings an earlier version back with its extracts, by the same renames: the named one, or the newest that is older
/// than the published one. The one replaced is kept among the versions. The next run builds anew.
///
/// # Errors
/// No such version; another run holds the lock.
pub fn restore(project: &Project, warehouse: &Path, state: &StateFolder, version: Option<&str>) -> Result<Restored> {
    let kept = versions(state);
    if kept.is_empty() {
        return Err(no_such_version(warehouse, &kept));
    }
    let _lock = state.lock()?;
    let chosen = match version {
        Some(name) => kept.iter().find(|path| path.file_stem().is_some_and(|stem| stem == name)),
        None => newest_before(&kept, warehouse),
    };
    let chosen = chosen.cloned().ok_or_else(|| no_such_version(warehouse, &kept))?;
    let copy = state.root.join("restoring.duckdb");
    fs::copy(&chosen, &copy).map_err(|error| cannot_write(&copy, &error))?;
    let extracts = state.extracts_folder().map(|folder| {
        let restored = Warehouse::open_read_only(&copy)?;
        let former = state.extracts_in(&folder);
        // As they stand: in parts, where a part has a folder.
        let in_parts = former.iter().any(|file| export::is_part(file));
        let target = ExtractsFolder { folder: &folder, in_parts, former: &former, since: None };
        export::draft_contract_extracts(&restored, project, &target)
    });
    if warehouse.exists() {
        keep_version(warehouse, state)?;
    }
    state.forget_published();
    sync(&copy)?;
    fs::rename(&copy, warehouse).map_err(|error| cannot_write(warehouse, &error))?;
    let extracts_left = match extracts {
        None => Some("no run of this state folder wrote extracts".to_owned()),
        Some(draft) => draft.and_then(DraftFolder::publish).err().map(|error| error.to_string()),
    };
    Ok(Restored { version: chosen, extracts_left })
}

/// The version that was published before the present one, if it is kept.
pub fn version_before(warehouse: &Path, state: &StateFolder) -> Option<PathBuf> {
    newest_before(&versions(state), warehouse).cloned()
}

/// By the runs they come from. Where that cannot be told of the published file, it is broken: the newest of all.
fn newest_before<'a>(versions: &'a [PathBuf], warehouse: &Path) -> Option<&'a PathBuf> {
    let Some(published) = journal::last_of(warehouse) else { return versions.last() };
    versions.iter().rfind(|path| journal::last_of(path).is_none_or(|run| run < published))
}

fn no_such_version(warehouse: &Path, versions: &[PathBuf]) -> Error {
    let known: Vec<String> =
        versions.iter().filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
    Error::usage(format!("there is no such version of {}", warehouse.display())).hint(if known.is_empty() {
        "none is kept yet".to_owned()
    } else {
        format!("kept: {}; name one of them", known.join(", "))
    })
}

fn keep_version(warehouse: &Path, state: &StateFolder) -> Result<()> {
    let folder = state.versions();
    fs::create_dir_all(&folder).map_err(|error| cannot_write(&folder, &error))?;
    let versions = versions(state);
    // A run killed just before its rename has kept this one already, and what was restored stands there still.
    if versions.iter().any(|path| is_same_file(path, warehouse) || is_same_build(path, warehouse)) {
        return Ok(());
    }
    // Numbers, not times: a clock that goes backwards must not reorder the versions.
    let last = versions.last().and_then(|path| path.file_stem()?.to_str()?.parse::<u64>().ok()).unwrap_or(0);
    let kept = folder.join(format!("{:08}.duckdb", last + 1));
    fs::hard_link(warehouse, &kept)
        .or_else(|_| fs::copy(warehouse, &kept).map(|_| ()))
        .map_err(|error| cannot_write(&kept, &error))
}

/// Copies of one run's warehouse.
fn is_same_build(one: &Path, other: &Path) -> bool {
    let size = |path: &Path| fs::metadata(path).map(|found| found.len()).ok();
    let run = journal::last_of(one);
    size(one) == size(other) && run.is_some() && run == journal::last_of(other)
}

/// Two names of one file.
#[cfg(unix)]
fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let inode = |path: &Path| fs::metadata(path).map(|found| (found.dev(), found.ino())).ok();
    inode(one).is_some() && inode(one) == inode(other)
}

#[cfg(not(unix))]
fn is_same_file(_: &Path, _: &Path) -> bool {
    false
}

fn prune(state: &StateFolder, keep: usize) -> Result<()> {
    let versions = versions(state);
    for old in &versions[..versions.len().saturating_sub(keep)] {
        fs::remove_file(old).map_err(|error| Error::io("remove the old version", old, &error))?;
    }
    Ok(())
}

fn sync(path: &Path) -> Result<()> {
    fs::File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(|error| Error::not_published(format!("cannot write {} to disk", path.display())).because(error))
}

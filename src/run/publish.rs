//! Publishing: one rename. Readers keep what they have open.

use std::fs;
use std::path::{Path, PathBuf};

use super::ledger::{StateFolder, cannot_write};
use crate::error::{Error, Result};

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

/// Brings an earlier version back, by the same rename. The next run builds anew.
///
/// # Errors
/// No such version; another run holds the lock.
pub fn restore(warehouse: &Path, state: &StateFolder, version: Option<&str>) -> Result<PathBuf> {
    let versions = versions(state);
    let _lock = state.lock()?;
    let versions: Vec<PathBuf> = versions.into_iter().filter(|path| !is_same_file(path, warehouse)).collect();
    let chosen = match version {
        Some(name) => versions.iter().find(|path| path.file_stem().is_some_and(|stem| stem == name)),
        None => versions.last(),
    };
    let chosen = chosen.cloned().ok_or_else(|| {
        let known: Vec<String> =
            versions.iter().filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
        Error::usage(format!("there is no such version of {}", warehouse.display())).hint(if known.is_empty() {
            "none is kept yet".to_owned()
        } else {
            format!("kept: {}", known.join(", "))
        })
    })?;
    let copy = state.root.join("restoring.duckdb");
    fs::copy(&chosen, &copy).map_err(|error| cannot_write(&copy, &error))?;
    state.forget_published();
    sync(&copy)?;
    fs::rename(&copy, warehouse).map_err(|error| cannot_write(warehouse, &error))?;
    Ok(chosen)
}

fn keep_version(warehouse: &Path, state: &StateFolder) -> Result<()> {
    let folder = state.versions();
    fs::create_dir_all(&folder).map_err(|error| cannot_write(&folder, &error))?;
    let versions = versions(state);
    // A run killed just before its rename has kept this one already.
    if versions.last().is_some_and(|path| is_same_file(path, warehouse)) {
        return Ok(());
    }
    // Numbers, not times: a clock that goes backwards must not reorder the versions.
    let last = versions.last().and_then(|path| path.file_stem()?.to_str()?.parse::<u64>().ok()).unwrap_or(0);
    let kept = folder.join(format!("{:08}.duckdb", last + 1));
    fs::hard_link(warehouse, &kept)
        .or_else(|_| fs::copy(warehouse, &kept).map(|_| ()))
        .map_err(|error| cannot_write(&kept, &error))
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

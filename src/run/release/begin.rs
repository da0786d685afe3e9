//! What a build begins with, made while files are read: a copy of the published warehouse, or the groundwork of a new one.

use std::fs;
use std::path::Path;

use super::kept::Kept;
use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::Warehouse;

/// The files of about thirty disclosures.
const FEW_FILES: usize = 64;

/// What a build may start from.
#[derive(Debug, Clone, Copy)]
pub struct Base<'a> {
    /// The published warehouse, or a readable copy of it: its history goes on.
    pub published: Option<&'a Path>,
    /// It was built from the same project by the same program: only documents differ.
    pub can_be_updated: bool,
}

/// What of a build rests on no new document, for a time when the processors would wait for files: the copy of the published
/// warehouse, or the groundwork of a new one for few files. `None` where there is nothing to be won.
pub fn begin(
    project: &Project,
    memory_mib: u64,
    building: &Path,
    base: Base<'_>,
    files: usize,
) -> Option<Result<Warehouse>> {
    let copied = base.published.filter(|_| base.can_be_updated);
    if copied.is_none() && files > FEW_FILES {
        return None;
    }
    Some(remove_build(building).and_then(|()| match copied {
        Some(published) => {
            let copy = Warehouse::copy_of(published, building)?;
            // Reading keeps the other cores busy.
            bound(&copy, memory_mib, 1)?;
            copy.with_former(project)
        }
        None => small_warehouse(building, project),
    }))
}

/// An empty warehouse for few documents, with its groundwork.
///
/// # Errors
/// The file cannot be written; those of the project's SQL and reference lists.
fn small_warehouse(building: &Path, project: &Project) -> Result<Warehouse> {
    let Some(kept) = Kept::of(project) else { return Warehouse::create_small(building)?.with_groundwork(project) };
    if kept.copy_to(building)
        && let Ok(warehouse) = Warehouse::open_groundwork(building, project)
    {
        return Ok(warehouse);
    }
    remove_build(building)?;
    Warehouse::create_small(building)?.with_groundwork(project)?.put_away()?;
    kept.keep(building);
    Warehouse::open_groundwork(building, project)
}

/// Removes what an unfinished build left, its journal and its change with it.
///
/// # Errors
/// A file that stays.
pub fn remove_build(build: &Path) -> Result<()> {
    for path in [build.to_owned(), build.with_extension("duckdb.wal"), Warehouse::file_of_changes(build)] {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::io("remove the unfinished build", &path, &error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// No bound where the pipeline names none.
pub fn bound(warehouse: &Warehouse, memory_mib: u64, threads: usize) -> Result<()> {
    if memory_mib > 0 { warehouse.limit(memory_mib, threads) } else { Ok(()) }
}

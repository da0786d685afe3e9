//! The extracts that every run writes: each file of `sql/extracts/` as CSV in UTF-8, and what describes them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::{Value, Warehouse};

use super::cut::Since;
use super::draft::DraftFolder;
use super::extract::{Extract, explained_extracts};
use super::package::{PackagedTable, described_digests, write_datapackage};
use super::parts::write_parts;
use super::selection::{Selected, Selection};
use super::spliced::prepare_splice;
use crate::export::format::csv_text::CsvStyle;
use crate::export::format::table_file::{FileFormat, TableFile};

/// Where a run puts its extracts, and how.
pub struct ExtractsFolder<'a> {
    pub folder: &'a Path,
    /// Extracts that say what their parts are become a folder of parts each, not one file.
    pub in_parts: bool,
    /// The extracts of the run before, by their names below the folder.
    pub former: &'a [PathBuf],
    /// What changed since they were written, where that is known and all of them are as they were left.
    pub since: Option<Since<'a>>,
}

/// A file of an extract.
struct Written<'a> {
    extract: &'a Extract,
    selected: Selected,
    headings: Vec<String>,
    path: String,
    digest: Option<(u64, String)>,
}

/// Writes every extract of `sql/extracts/` aside, with their `datapackage.json`; [`DraftFolder::publish`] puts them in the
/// place of the former ones, all at once.
///
/// # Errors
/// The draft cannot be written; SQL of the project that fails.
pub fn draft_contract_extracts(
    warehouse: &Warehouse,
    project: &Project,
    target: &ExtractsFolder<'_>,
) -> Result<DraftFolder> {
    let draft = DraftFolder::beside(target.folder)?.replacing(target.former);
    let since = target.since;
    let described = if since.is_some() { described_digests(target.folder) } else { BTreeMap::new() };
    let extracts = explained_extracts(warehouse, project)?;
    let in_parts = |extract: &Extract| target.in_parts && !extract.parts.is_empty();
    // The largest first, so that the others are written beside it.
    let former_bytes = |extract: &&Extract| {
        let file = fs::metadata(target.folder.join(file_name(extract)));
        if in_parts(extract) { u64::MAX } else { file.map_or(0, |file| file.len()) }
    };
    let mut by_size: Vec<&Extract> = extracts.iter().collect();
    by_size.sort_by_cached_key(|extract| Reverse(former_bytes(extract)));
    let written: Mutex<BTreeMap<&str, Vec<Written<'_>>>> = Mutex::default();
    warehouse.each_at_once(
        &by_size,
        |_, _| false,
        |here, extract| {
            let files = match in_parts(extract) {
                true => draft_parts(here, project, extract, &draft, since, &described)?,
                false => vec![draft_one(here, project, extract, &draft, since)?],
            };
            written.lock().unwrap_or_else(PoisonError::into_inner).insert(&extract.name, files);
            Ok(())
        },
    )?;
    let written: Vec<Written<'_>> =
        written.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().flatten().collect();
    let tables: Vec<PackagedTable> = written
        .iter()
        .map(|written| PackagedTable {
            extract: written.extract,
            selected: &written.selected,
            headings: &written.headings,
            path: written.path.clone(),
            style: CsvStyle::default(),
            digest: written.digest.clone(),
        })
        .collect();
    write_datapackage(draft.path(), &tables, project, &last_run(warehouse)?)?;
    Ok(draft)
}

/// The files of one extract in parts.
fn draft_parts<'a>(
    warehouse: &Warehouse,
    project: &Project,
    extract: &'a Extract,
    draft: &DraftFolder,
    since: Option<Since<'_>>,
    described: &BTreeMap<String, (u64, String)>,
) -> Result<Vec<Written<'a>>> {
    let (selected, file) = table_of(warehouse, project, extract)?;
    let headings = selected.names();
    let parts = write_parts(warehouse, extract, &file.columns(warehouse)?, draft, since)?;
    let written = parts.into_iter().map(|part| {
        let path = part.file.display().to_string();
        let digest = if part.is_kept { described.get(&path).cloned() } else { None };
        Written { extract, selected: selected.clone(), headings: headings.clone(), path, digest }
    });
    Ok(written.collect())
}

/// One extract in one file: what changed put in the place of what was there, where that can be done.
fn draft_one<'a>(
    warehouse: &Warehouse,
    project: &Project,
    extract: &'a Extract,
    draft: &DraftFolder,
    since: Option<Since<'_>>,
) -> Result<Written<'a>> {
    let (selected, file) = table_of(warehouse, project, extract)?;
    let name = file_name(extract);
    let path = draft.path().join(&name);
    let parent = path.parent().unwrap_or(draft.path());
    fs::create_dir_all(parent).map_err(|error| Error::io("write extracts to", parent, &error))?;
    let splice = match since.filter(|_| extract.updated_by.is_some()) {
        Some(since) => prepare_splice(warehouse, extract, &file.columns(warehouse)?, draft, &since)?,
        None => None,
    };
    let digest = match splice {
        Some(splice) => Some(splice.write()?),
        None => file.write(warehouse, &path).map(|_| None)?,
    };
    Ok(Written { extract, headings: selected.names(), selected, path: name, digest })
}

fn file_name(extract: &Extract) -> String {
    format!("{}.csv", extract.name)
}

/// An extract as every run writes it.
fn table_of(warehouse: &Warehouse, project: &Project, extract: &Extract) -> Result<(Selected, TableFile)> {
    let selected = Selection::default().apply(warehouse, project, extract)?;
    let (sql, format) = (extract.sql.clone(), FileFormat::Csv(CsvStyle::default()));
    let file = TableFile { sql, headings: selected.names(), format };
    Ok((selected, file))
}

/// The run a warehouse comes from; empty where it holds none.
///
/// # Errors
/// No warehouse of this program.
pub fn last_run(warehouse: &Warehouse) -> Result<String> {
    let run = warehouse.query("SELECT max(run_id) FROM audit.run WHERE outcome = 'published'", &[])?;
    Ok(run.rows.first().and_then(|row| row.first()).map(Value::shown).unwrap_or_default())
}

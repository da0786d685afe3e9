//! The extracts that every run writes: each file of `sql/extracts/` as CSV in UTF-8, and what describes them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::{Value, Warehouse};

use super::draft::DraftFolder;
use super::extract::{Extract, explained_extracts};
use super::package::{PackagedTable, described_digests, write_datapackage};
use super::parts::{Since, write_parts};
use super::selection::{Selected, Selection};
use super::spliced::{Splice, prepare_splice};
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
    let since = target.since.as_ref();
    let described = if since.is_some() { described_digests(target.folder) } else { BTreeMap::new() };
    let extracts = explained_extracts(warehouse, project)?;
    let mut written = Vec::with_capacity(extracts.len());
    let mut splices: Vec<(usize, Splice)> = Vec::new();
    for extract in &extracts {
        let selected = Selection::default().apply(warehouse, project, extract)?;
        let headings = selected.names();
        let file = TableFile {
            sql: extract.sql.clone(),
            headings: headings.clone(),
            format: FileFormat::Csv(CsvStyle::default()),
        };
        if target.in_parts && !extract.parts.is_empty() {
            let columns = file.columns(warehouse)?;
            for part in write_parts(warehouse, extract, &columns, &draft, since)? {
                let path = part.file.display().to_string();
                let digest = if part.is_kept { described.get(&path).cloned() } else { None };
                let (selected, headings) = (selected.clone(), headings.clone());
                written.push(Written { extract, selected, headings, path, digest });
            }
            continue;
        }
        let name = format!("{}.csv", extract.name);
        let path = draft.path().join(&name);
        let parent = path.parent().unwrap_or(draft.path());
        std::fs::create_dir_all(parent).map_err(|error| Error::io("write extracts to", parent, &error))?;
        let splice = match since.filter(|_| extract.updated_by.is_some()) {
            Some(since) => prepare_splice(warehouse, extract, &file.columns(warehouse)?, &draft, since)?,
            None => None,
        };
        match splice {
            Some(splice) => splices.push((written.len(), splice)),
            None => drop(file.write(warehouse, &path)?),
        }
        written.push(Written { extract, selected, headings, path: name, digest: None });
    }
    let spliced = splices.into_par_iter().map(|(at, splice)| Ok((at, splice.write()?))).collect::<Result<Vec<_>>>()?;
    for (at, digest) in spliced {
        written[at].digest = Some(digest);
    }
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

/// The run a warehouse comes from; empty where it holds none.
///
/// # Errors
/// No warehouse of this program.
pub fn last_run(warehouse: &Warehouse) -> Result<String> {
    let run = warehouse.query("SELECT max(run_id) FROM audit.run WHERE outcome = 'published'", &[])?;
    Ok(run.rows.first().and_then(|row| row.first()).map(Value::shown).unwrap_or_default())
}

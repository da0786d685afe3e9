//! The extracts that every run writes: each file of `sql/extracts/` as CSV in UTF-8, and what describes them.

use std::path::Path;

use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::{Value, Warehouse};

use super::draft::DraftFolder;
use super::extract::explained_extracts;
use super::package::{PackagedTable, write_datapackage};
use super::selection::Selection;
use crate::export::format::csv_text::CsvStyle;
use crate::export::format::table_file::{FileFormat, TableFile};

/// Writes every extract of `sql/extracts/` aside, with their `datapackage.json`; [`DraftFolder::publish`] puts them in the
/// place of the former ones, all at once.
///
/// # Errors
/// The draft cannot be written; SQL of the project that fails.
pub fn draft_contract_extracts(warehouse: &Warehouse, project: &Project, folder: &Path) -> Result<DraftFolder> {
    let draft = DraftFolder::beside(folder)?;
    let extracts = explained_extracts(warehouse, project)?;
    let mut written = Vec::with_capacity(extracts.len());
    for extract in &extracts {
        let name = format!("{}.csv", extract.name);
        let path = draft.path().join(&name);
        let parent = path.parent().unwrap_or(draft.path());
        std::fs::create_dir_all(parent).map_err(|error| Error::io("write extracts to", parent, &error))?;
        let selected = Selection::default().apply(warehouse, project, extract)?;
        let headings = selected.names();
        let (sql, format) = (extract.sql.clone(), FileFormat::Csv(CsvStyle::default()));
        TableFile { sql, headings: headings.clone(), format }.write(warehouse, &path)?;
        written.push((extract, selected, headings, name));
    }
    let tables: Vec<PackagedTable> = written
        .iter()
        .map(|(extract, selected, headings, name)| PackagedTable {
            extract,
            selected,
            headings,
            path: name.clone(),
            style: CsvStyle::default(),
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

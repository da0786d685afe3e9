//! The extracts that every run writes: each file of `sql/extracts/` as CSV in UTF-8.

use std::path::Path;

use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::Warehouse;

use super::draft::DraftFolder;
use super::extract::named_extracts;
use crate::export::format::csv_text::CsvStyle;
use crate::export::format::table_file::{FileFormat, TableFile};

/// Writes every extract of `sql/extracts/` aside; [`DraftFolder::publish`] puts them in the place of the former ones,
/// all at once.
pub fn draft_contract_extracts(warehouse: &Warehouse, project: &Project, folder: &Path) -> Result<DraftFolder> {
    let draft = DraftFolder::beside(folder)?;
    for extract in named_extracts(project)? {
        let path = draft.path().join(format!("{}.csv", extract.name));
        let parent = path.parent().unwrap_or(draft.path());
        std::fs::create_dir_all(parent).map_err(|error| Error::io("write extracts to", parent, &error))?;
        let columns = warehouse.describe(&extract.sql)?;
        let headings = columns.rows.iter().map(|row| row[0].shown()).collect();
        let file = TableFile { sql: extract.sql, headings, format: FileFormat::Csv(CsvStyle::default()) };
        file.write(warehouse, &path)?;
    }
    Ok(draft)
}

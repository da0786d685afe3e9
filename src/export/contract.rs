//! The extracts that every run writes: each file of `sql/extracts/` as CSV in UTF-8.

use std::path::Path;

use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::Warehouse;

use super::csv_text::CsvStyle;
use super::extract::named_extracts;
use super::table_file::{FileFormat, TableFile};

/// Writes every extract of `sql/extracts/` into the folder; each file is replaced by one rename.
pub fn write_contract_extracts(warehouse: &Path, project: &Project, folder: &Path) -> Result<()> {
    let warehouse = Warehouse::open_read_only(warehouse)?;
    for extract in named_extracts(project)? {
        let path = folder.join(format!("{}.csv", extract.name));
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(|error| Error::io("write extracts to", parent, &error))?;
        let columns = warehouse.describe(&extract.sql)?;
        let headings = columns.rows.iter().map(|row| row[0].shown()).collect();
        let file = TableFile { sql: extract.sql, headings, format: FileFormat::Csv(CsvStyle::default()) };
        file.write(&warehouse, &path)?;
    }
    Ok(())
}

//! Named extracts as CSV files: UTF-8, comma, header row.

use std::fs;
use std::path::Path;

use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::{Value, Warehouse};

/// Writes every extract of `sql/extracts/` into the folder; each file is replaced by one rename.
pub fn write_contract_extracts(warehouse: &Path, project: &Project, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| Error::io("write extracts to", folder, &error))?;
    let warehouse = Warehouse::open_read_only(warehouse)?;
    for file in project.under("sql/extracts", "sql") {
        let name = file.path.trim_start_matches("sql/extracts/").trim_end_matches(".sql");
        write_csv(&warehouse, &file.text, &folder.join(format!("{name}.csv")))?;
    }
    Ok(())
}

fn write_csv(warehouse: &Warehouse, sql: &str, path: &Path) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let cannot_write = |error: &std::io::Error| Error::io("write the extract", path, error);
    let file = tempfile::NamedTempFile::new_in(folder).map_err(|error| cannot_write(&error))?;
    let mut writer = csv::Writer::from_writer(std::io::BufWriter::new(file.as_file()));
    let cannot_write_row = |error: csv::Error| cannot_write(&std::io::Error::other(error));
    let columns = warehouse.describe(sql)?;
    writer.write_record(columns.rows.iter().map(|row| row[0].shown())).map_err(cannot_write_row)?;
    warehouse
        .query_each(sql, &[], |row| writer.write_record(row.iter().map(Value::shown)).map_err(cannot_write_row))?;
    writer.flush().map_err(|error| cannot_write(&error))?;
    drop(writer);
    file.persist(path).map_err(|error| cannot_write(&error.error))?;
    Ok(())
}

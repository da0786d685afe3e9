//! Tables made of some rows alone, in a catalog beside the warehouse in which they then take their place: of the families that
//! changed, of the regions these belong to, of a part of the departments where all of them need too much memory.

mod regions;
mod slices;
pub mod update;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::script::Script;
use crate::error::Result;
use crate::project::Project;
use crate::warehouse::{ROW_GROUP, Value, Warehouse, quoted};

impl Warehouse {
    /// An empty catalog in a file of its own: what of many rows does not fit into memory waits there, packed. Of few rows nothing is
    /// ever written to it.
    fn attach_aside(&self, catalog: &'static str) -> Result<()> {
        self.execute(&format!(
            "ATTACH {} AS {catalog} (RECOVERY_MODE no_wal_writes, ROW_GROUP_SIZE {ROW_GROUP})",
            quoted(&file_aside(&self.path, catalog).display().to_string())
        ))
    }

    /// Throws such a catalog away. One that is still used cannot be.
    fn detach_aside(&self, catalog: &'static str) -> Result<()> {
        self.execute(&format!("DETACH {catalog}"))?;
        // Where it cannot be removed, the next build does.
        let _ = fs::remove_file(file_aside(&self.path, catalog));
        Ok(())
    }

    /// A catalog in memory with the macros of the project: statements run there find their tables where somebody shows them.
    fn catalog_beside(&self, catalog: &'static str, project: &Project) -> Result<Warehouse> {
        self.execute(&format!("ATTACH ':memory:' AS {catalog}"))?;
        let beside = self.another_connection()?.in_catalog(catalog)?;
        let schema = Script::in_order(project, "sql/schema")?;
        let is_table = |script: &&Script| script.creates.as_ref().is_some_and(|(kind, _)| kind == "TABLE");
        beside.run_scripts(&schema.iter().filter(|script| !is_table(script)).collect::<Vec<_>>())?;
        Ok(beside)
    }

    /// The tables of this warehouse that scripts rest on and do not make, each with the one of these columns by which its rows are
    /// told apart: none where it is a dimension or has no such column, and stays whole.
    fn tables_below(&self, scripts: &[&Script], columns: &[&str]) -> Result<Vec<(String, Option<String>)>> {
        let made: BTreeSet<&str> =
            scripts.iter().filter_map(|script| Some(script.creates.as_ref()?.1.as_str())).collect();
        let named: BTreeSet<&str> =
            scripts.iter().flat_map(|script| script.names()).filter(|name| !made.contains(name)).collect();
        let columns: Vec<String> = columns.iter().map(|column| format!("'{column}'")).collect();
        let frame = self.query(
            &format!(
                "SELECT schema_name || '.' || table_name AS name,
                        max(column_name) FILTER (column_name IN ({}) AND schema_name = 'core'
                                                 AND NOT starts_with(table_name, 'dim_'))
                 FROM duckdb_columns() WHERE database_name = current_database() GROUP BY name",
                columns.join(", ")
            ),
            &[],
        )?;
        let is_named = |row: &&Vec<Value>| named.contains(row[0].shown().as_str());
        let column = |row: &Vec<Value>| Some(row[1].shown()).filter(|column| !column.is_empty());
        Ok(frame.rows.iter().filter(is_named).map(|row| (row[0].shown(), column(row))).collect())
    }

    fn catalog_name(&self) -> Result<String> {
        let frame = self.query("SELECT current_database()", &[])?;
        let name = frame.rows.first().map(|row| row[0].shown()).unwrap_or_default();
        Ok(format!("\"{}\"", name.replace('"', "\"\"")))
    }
}

fn file_aside(warehouse: &Path, catalog: &str) -> PathBuf {
    let mut file = warehouse.to_owned().into_os_string();
    file.push(format!(".{catalog}"));
    PathBuf::from(file)
}

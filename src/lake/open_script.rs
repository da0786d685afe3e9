//! SQL that makes a lake a warehouse in DuckDB alone.

use super::table::Table;
use crate::error::Result;
use crate::project::Project;
use crate::warehouse::Script;

/// The schemas, macros, tables as views over their files, and the marts. Paths are relative to the folder of the script.
///
/// # Errors
/// The project's SQL cannot be read.
pub fn open_script(project: &Project, tables: &[Table], is_placed: &dyn Fn(&Table) -> bool) -> Result<String> {
    let mut script = String::from(
        "-- Opens the lake as a warehouse: `cd` into this folder, then `duckdb -init open.sql`.\n\
         -- From elsewhere: SET file_search_path = '<this folder>' first.\n",
    );
    for part in Script::in_order(project, "sql/schema")? {
        let is_table = part.creates.as_ref().is_some_and(|(kind, _)| kind == "TABLE");
        if !is_table {
            script += &statements(&part);
        }
    }
    for table in tables {
        let (files, places) = if is_placed(table) {
            ("*/*/*", ", hive_partitioning = true, hive_types = {'province': VARCHAR, 'year': INTEGER}")
        } else {
            ("*", ", hive_partitioning = false")
        };
        script += &format!(
            "CREATE VIEW {name} AS SELECT {columns}\nFROM read_parquet('{schema}/{table}/{files}.parquet'{places});\n",
            name = table.full_name(),
            columns = table.column_list(),
            schema = table.schema,
            table = table.name,
        );
    }
    for mart in Script::in_order(project, "sql/marts")? {
        script += &statements(&mart);
    }
    Ok(script)
}

/// A file without its header comment.
fn statements(script: &Script) -> String {
    let lines = script.sql.lines().filter(|line| !line.trim_start().starts_with("--") && !line.trim().is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

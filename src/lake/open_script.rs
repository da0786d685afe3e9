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
        "-- 在本文件夹中运行 | in this folder: duckdb -init open.sql\n\
         -- 在别处先运行 | from elsewhere first: SET file_search_path = '..'\n",
    );
    for part in Script::in_order(project, "sql/schema")? {
        let is_table = part.creates.as_ref().is_some_and(|(kind, _)| kind == "TABLE");
        if !is_table {
            script += &statements(&part);
        }
    }
    for table in tables {
        let (name, columns, folder) =
            (table.full_name(), table.column_list(), format!("{}/{}", table.schema, table.name));
        script += &if is_placed(table) {
            format!(
                "CREATE VIEW {name} AS SELECT {columns}\nFROM read_parquet('{folder}/*/*/*.parquet', hive_partitioning = true, hive_types = {{'province': VARCHAR, 'year': INTEGER}});\n"
            )
        } else {
            format!(
                "CREATE VIEW {name} AS SELECT {columns}\nFROM read_parquet('{folder}/*.parquet', hive_partitioning = false);\n"
            )
        };
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

//! Tables whose rows follow from the documents of one region: places among its departments, totals of its years. An update makes
//! the rows of the regions anew to which the changed families belong, from what the warehouse holds of them by then.
//!
//! `-- update: region_code` in the header of such a table says so; `-- update: department_key, region_code` where its rows name
//! the department alone. `juesuan lint` proves that it rests on nothing that holds more than one region together.

use std::collections::BTreeSet;

use super::script::Script;
use crate::error::Result;
use crate::project::Project;
use crate::warehouse::{Value, Warehouse};

/// The catalog in which such tables are made, beside the copy of the published warehouse.
const REGIONS: &str = "regions";
const AND_REGION: &str = ", region_code";

/// The table of a script and the column that names the region of a row, or its department.
pub fn updated_by_region(script: &Script) -> Option<(&str, &str)> {
    let (_, table) = script.creates.as_ref()?;
    let (_, column) = script.header.remark("update")?;
    if column == "region_code" { Some((table, column)) } else { Some((table, column.strip_suffix(AND_REGION)?)) }
}

impl Warehouse {
    /// Puts the rows of affected regions in the place of the old ones, in tables that follow from one region each.
    ///
    /// # Errors
    /// Those of the project's SQL.
    pub fn replace_regions(&self, scripts: &[&Script], project: &Project) -> Result<()> {
        self.execute(&format!("ATTACH ':memory:' AS {REGIONS}"))?;
        let regions = self.another_connection()?.in_catalog(REGIONS)?;
        let macros = Script::in_order(project, "sql/schema")?;
        let is_table = |script: &&Script| script.creates.as_ref().is_some_and(|(kind, _)| kind == "TABLE");
        regions.run_scripts(&macros.iter().filter(|script| !is_table(script)).collect::<Vec<_>>())?;
        let own = self.catalog_name()?;
        for (table, column) in self.below(scripts)? {
            let only = column.map_or_else(String::new, |column| format!("WHERE {}", of_affected(&column, &own)));
            regions.execute(&format!("CREATE VIEW {table} AS FROM {own}.{table} {only}"))?;
        }
        regions.run_scripts(scripts)?;
        // A catalog that is still used cannot be detached.
        drop(regions);
        self.each_at_once(
            scripts,
            |_, _| false,
            |here, script| {
                let Some((table, column)) = updated_by_region(script) else { return Ok(()) };
                let affected = of_affected(column, &own);
                here.execute_whole(&format!(
                    "DELETE FROM {table} WHERE {affected};
                 INSERT INTO {table} BY NAME FROM {REGIONS}.{table} WHERE {affected}"
                ))
            },
        )?;
        self.execute(&format!("DETACH {REGIONS}"))
    }

    /// The tables of this warehouse that scripts rest on, with the column by which those of a region are found in each: none where
    /// a dimension, or what others look up, stays whole.
    fn below(&self, scripts: &[&Script]) -> Result<Vec<(String, Option<String>)>> {
        let made: BTreeSet<&str> =
            scripts.iter().filter_map(|script| updated_by_region(script)).map(|(table, _)| table).collect();
        let named: BTreeSet<&str> =
            scripts.iter().flat_map(|script| script.names()).filter(|name| !made.contains(name)).collect();
        let frame = self.query(
            "SELECT schema_name || '.' || table_name AS name,
                    max(column_name) FILTER (column_name IN ('department_key', 'region_code') AND schema_name = 'core'
                                             AND NOT starts_with(table_name, 'dim_'))
             FROM duckdb_columns() WHERE database_name = current_database() GROUP BY name",
            &[],
        )?;
        let is_named = |row: &&Vec<Value>| named.contains(row[0].shown().as_str());
        let column = |row: &Vec<Value>| Some(row[1].shown()).filter(|column| !column.is_empty());
        Ok(frame.rows.iter().filter(is_named).map(|row| (row[0].shown(), column(row))).collect())
    }
}

/// A condition: this column names an affected region, or a department of one.
fn of_affected(column: &str, own: &str) -> String {
    let affected = if column == "region_code" { "affected_region" } else { "affected_in_region" };
    format!("{column} IN (FROM {own}.stage.{affected})")
}

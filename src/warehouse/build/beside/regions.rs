//! Tables whose rows follow from the documents of one region: places among its departments, totals of its years. An update makes
//! the rows of the regions anew to which the changed families belong, from what the warehouse holds of them by then.
//!
//! `-- update: region_code` in the header of such a table says so; `-- update: department_key, region_code` where its rows name
//! the department alone. `juesuan lint` proves that it rests on nothing that holds more than one region together.

use crate::error::Result;
use crate::project::Project;
use crate::warehouse::Warehouse;
use crate::warehouse::build::renewal::updated_by_region;
use crate::warehouse::build::script::Script;

/// The catalog in which such tables are made, beside the copy of the published warehouse.
const REGIONS: &str = "regions";

impl Warehouse {
    /// Puts the rows of affected regions in the place of the old ones, in tables that follow from one region each.
    ///
    /// # Errors
    /// Those of the project's SQL.
    pub fn replace_regions(&self, scripts: &[&Script], project: &Project) -> Result<()> {
        let regions = self.catalog_beside(REGIONS, project)?;
        let own = self.catalog_name()?;
        for (table, column) in self.tables_below(scripts, &["department_key", "region_code"])? {
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
}

/// A condition: this column names an affected region, or a department of one.
fn of_affected(column: &str, own: &str) -> String {
    let affected = if column == "region_code" { "affected_region" } else { "affected_in_region" };
    format!("{column} IN (FROM {own}.stage.{affected})")
}

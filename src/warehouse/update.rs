//! Few documents changed: the families they belong to are modelled and checked by themselves, beside a copy of the published
//! warehouse, and then take the places of their old rows. Equal to building anew, table by table: `tests/nightly` keeps it.
//!
//! A family is a department with its units and the departments it succeeded or that succeeded it. A table whose rows follow
//! from one family's documents alone says so in its header (`update:` and the column that names the department or the
//! disclosure); every other table of `sql/facts` and `sql/dims` is made anew, which is cheap: they hold years, not figures.

use std::path::Path;

use super::Warehouse;
use super::script::Script;
use crate::error::{Error, Result};
use crate::project::Project;

/// The catalog in which the changed families are modelled, beside the copy of the published warehouse.
const CHANGE: &str = "change";

/// What is kept of the published warehouse while its dimensions are made anew; goes with the schema `stage`.
const KEEP_FORMER: &str = "
CREATE TABLE stage.former_document AS FROM core.dim_document;
CREATE TABLE stage.former_department AS FROM core.dim_department;
CREATE TABLE stage.former_finding AS FROM core.fact_finding WHERE check_id IN (SELECT check_id FROM core.dim_check)";

/// Departments of every family that has a document or a department that is new, gone or not as before.
const FIND_AFFECTED: &str = "
CREATE TABLE stage.affected AS
WITH RECURSIVE changed AS (
    SELECT department_key FROM (FROM core.dim_document EXCEPT FROM stage.former_document)
    UNION SELECT department_key FROM (FROM stage.former_document EXCEPT FROM core.dim_document)
    UNION SELECT department_key FROM (FROM core.dim_department EXCEPT FROM stage.former_department)
    UNION SELECT department_key FROM (FROM stage.former_department EXCEPT FROM core.dim_department)),
known AS (
    FROM core.dim_department UNION ALL FROM stage.former_department),
kin AS (
    SELECT department_key AS one, parent_department_key AS other FROM known WHERE parent_department_key IS NOT NULL
    UNION SELECT department_key, successor_department_key FROM known WHERE successor_department_key IS NOT NULL),
both_ways AS (
    SELECT one, other FROM kin UNION SELECT other, one FROM kin),
reached AS (
    SELECT department_key FROM changed
    UNION SELECT k.other FROM reached r JOIN both_ways k ON k.one = r.department_key)
SELECT department_key FROM reached;
CREATE TABLE stage.affected_disclosure AS
SELECT DISTINCT disclosure_key FROM (FROM core.dim_document UNION ALL FROM stage.former_document)
WHERE department_key IN (FROM stage.affected)
UNION ALL SELECT ''";

/// The changed families, each table holding their rows only.
pub struct Change {
    /// Asks and writes in the catalog of the change.
    pub families: Warehouse,
}

impl Warehouse {
    /// A copy of the published warehouse, to be brought up to date.
    ///
    /// # Errors
    /// The copy cannot be written or opened.
    pub fn copy_of(published: &Path, path: &Path) -> Result<Self> {
        std::fs::copy(published, path).map_err(|error| {
            Error::not_published(format!("cannot write {}", path.display()))
                .because(error)
                .hint("the disk that holds the warehouse may be full; the published warehouse is untouched")
        })?;
        Self::open_to_build(path)
    }

    /// Makes the dimensions of this copy those of the loaded package and models the families that changed, in a catalog
    /// beside it. `None` where more than `most_percent` of the documents belong to them: building anew is cheaper then.
    ///
    /// # Errors
    /// Those of loading and of the project's SQL.
    pub fn begin_update(&self, package: &Path, project: &Project, most_percent: u32) -> Result<Option<Change>> {
        self.show_package(package, project)?;
        self.execute(KEEP_FORMER)?;
        self.make_anew(&Script::in_order(project, "sql/dims")?)?;
        self.execute(FIND_AFFECTED)?;
        if self.affected_percent()? > f64::from(most_percent) {
            return Ok(None);
        }
        self.execute(&format!("ATTACH ':memory:' AS {CHANGE}"))?;
        let families = self.another_connection()?.in_catalog(CHANGE)?;
        families.load(package, project)?;
        families.run_folder(project, "sql/dims")?;
        let own = self.catalog_name()?;
        families.execute(&format!(
            "DELETE FROM core.dim_document WHERE department_key NOT IN (FROM {own}.stage.affected)"
        ))?;
        families.run_folder(project, "sql/facts")?;
        families.run_folder(project, "sql/marts")?;
        Ok(Some(Change { families }))
    }

    /// Puts the rows of the changed families in the place of their old ones and makes the tables anew that hold more than
    /// one family together. Findings of reconciliation about other disclosures stay; all other findings come from the
    /// loaded package. Call after the families were reconciled.
    ///
    /// # Errors
    /// Those of the project's SQL.
    pub fn end_update(&self, change: Change, project: &Project) -> Result<()> {
        drop(change);
        let mut facts = Script::in_order(project, "sql/facts")?;
        for script in Script::in_order(project, "sql/schema")?.iter().chain(&facts) {
            if let Some((table, column)) = updated_by(script) {
                self.replace_rows(table, column)?;
            }
        }
        facts.retain(|script| updated_by(script).is_none());
        self.make_anew(&facts)?;
        self.execute(&format!(
            "INSERT INTO core.fact_finding FROM stage.former_finding WHERE disclosure_key NOT IN (FROM stage.affected_disclosure);
             INSERT INTO core.fact_finding FROM {CHANGE}.core.fact_finding WHERE check_id IN (SELECT check_id FROM {CHANGE}.core.dim_check);
             DETACH {CHANGE}"
        ))
    }

    /// Runs scripts again whose tables stand already.
    fn make_anew(&self, scripts: &[Script]) -> Result<()> {
        for script in scripts {
            if let Some((kind, name)) = &script.creates {
                self.execute(&format!("DROP {kind} IF EXISTS {name}"))?;
            }
            self.run_script(script)?;
        }
        Ok(())
    }

    fn replace_rows(&self, table: &str, column: &str) -> Result<()> {
        let affected = if column == "disclosure_key" { "affected_disclosure" } else { "affected" };
        let stored = self.stored_columns(table)?.join(", ");
        self.execute(&format!(
            "DELETE FROM {table} WHERE {column} IN (FROM stage.{affected});
             INSERT INTO {table} ({stored}) SELECT {stored} FROM {CHANGE}.{table} WHERE {column} IN (FROM stage.{affected})"
        ))
    }

    /// The columns of a table that are not computed from others.
    fn stored_columns(&self, table: &str) -> Result<Vec<String>> {
        let (schema, name) = table.split_once('.').unwrap_or(("main", table));
        let frame = self.query(
            "SELECT column_name FROM duckdb_columns()
             WHERE database_name = current_database() AND schema_name = ? AND table_name = ? AND column_default IS NULL
             ORDER BY column_index",
            &[schema.into(), name.into()],
        )?;
        Ok(frame.rows.iter().map(|row| format!("\"{}\"", row[0].shown())).collect())
    }

    /// Documents of affected departments in a hundred.
    fn affected_percent(&self) -> Result<f64> {
        let count = |condition: &str| -> Result<f64> {
            let frame = self.query(&format!("SELECT count(*) FROM core.dim_document {condition}"), &[])?;
            Ok(frame.rows.first().and_then(|row| row[0].as_integer()).map_or(0.0, |count| count as f64))
        };
        let affected = count("WHERE department_key IN (FROM stage.affected)")?;
        Ok(100.0 * affected / count("")?.max(1.0))
    }

    fn catalog_name(&self) -> Result<String> {
        let frame = self.query("SELECT current_database()", &[])?;
        let name = frame.rows.first().map(|row| row[0].shown()).unwrap_or_default();
        Ok(format!("\"{}\"", name.replace('"', "\"\"")))
    }
}

/// The table of a script and the column by which its rows are replaced, where its header names one.
fn updated_by(script: &Script) -> Option<(&str, &str)> {
    let (_, table) = script.creates.as_ref()?;
    let (_, column) = script.header.remark("update")?;
    Some((table, column))
}

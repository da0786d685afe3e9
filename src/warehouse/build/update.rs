//! Few documents changed: the families they belong to are modelled and checked by themselves, beside a copy of the published
//! warehouse, and then take the places of their old rows. Equal to building anew, table by table: `tests/nightly` keeps it.
//!
//! `sql/update/` says which families those are. A table whose rows follow from one family's documents alone says so in its
//! header (`update:` and the column that names the department or the disclosure); every other table of `sql/facts` and
//! `sql/settled`, and the dimensions that rest on documents, are made anew, which is cheap: they hold years, not figures.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::script::Script;
use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::Warehouse;
use crate::words::Words;

/// The catalog in which the changed families are modelled, beside the copy of the published warehouse.
const CHANGE: &str = "change";

/// Dimensions of which the changed families have their own: their documents alone, and the checks that are entered there. The
/// others are looked up in the copy.
const OWN_DIMENSIONS: [&str; 2] = ["core.dim_document", "core.dim_check"];

/// Dimensions whose rows are compared to find the families that changed.
const OF_A_FAMILY: [&str; 2] = ["core.dim_document", "core.dim_department"];

/// What is kept of the published warehouse while its dimensions are made anew, and which departments changed.
const KEEP_FORMER: &str = "sql/update/1_former.sql";
const FIND_AFFECTED: &str = "sql/update/2_affected.sql";
/// The departments whose rows of an extract may have changed: it compares the tables that it names.
const FIND_CHANGED: &str = "sql/update/3_changed.sql";

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
        Self::open_to_build(path, "")
    }

    /// Makes the dimensions of this copy those of the loaded package and models the families that changed, in a catalog
    /// beside it: what it gives asks and writes there. `None` where more than `most_percent` of the documents belong to
    /// them: building anew is cheaper then. What reading found is said in these words.
    ///
    /// # Errors
    /// Those of loading and of the project's SQL.
    pub fn begin_update(
        &self,
        package: &Path,
        project: &Project,
        words: &Words,
        most_percent: u32,
    ) -> Result<Option<Warehouse>> {
        self.show_package(package, project)?;
        self.say_findings(words)?;
        self.run_script(&Script::read(project.require(KEEP_FORMER)?)?)?;
        let dimensions = Script::in_order(project, "sql/dims")?;
        self.renew_dimensions(&dimensions)?;
        self.run_script(&Script::read(project.require(FIND_AFFECTED)?)?)?;
        if self.is_affected_above(most_percent)? {
            return Ok(None);
        }
        self.execute(&format!("ATTACH ':memory:' AS {CHANGE}"))?;
        let families = self.another_connection()?.in_catalog(CHANGE)?;
        families.load(package, project)?;
        families.say_findings(words)?;
        let own = self.catalog_name()?;
        for dimension in dimensions.iter().filter_map(table_of) {
            let kind = if OWN_DIMENSIONS.contains(&dimension) { "TABLE" } else { "VIEW" };
            families.execute(&format!("CREATE {kind} {dimension} AS FROM {own}.{dimension}"))?;
        }
        families.execute(&format!(
            "DELETE FROM core.dim_document WHERE department_key NOT IN (FROM {own}.stage.affected)"
        ))?;
        families.run_folder(project, "sql/facts")?;
        Ok(Some(families))
    }

    /// Puts the rows of the changed families in the place of their old ones and makes the tables anew that hold more than
    /// one family together. Findings of reconciliation about other disclosures stay; all other findings come from the
    /// loaded package. Call after the families were reconciled: their values are settled first.
    ///
    /// # Errors
    /// Those of the project's SQL.
    pub fn end_update(&self, families: Warehouse, project: &Project) -> Result<()> {
        let facts = Script::in_order(project, "sql/facts")?;
        let settled = Script::in_order(project, "sql/settled")?;
        settled
            .iter()
            .filter(|script| updated_by(script).is_some())
            .try_for_each(|script| families.run_script(script))?;
        // A catalog that is still used cannot be detached.
        drop(families);
        let stored = self.stored_columns()?;
        for script in Script::in_order(project, "sql/schema")?.iter().chain(&facts).chain(&settled) {
            if let Some((table, column)) = updated_by(script) {
                self.replace_rows(table, column, stored.get(table).map_or("", String::as_str))?;
            }
        }
        self.make_anew(not_updated(&facts))?;
        self.execute(&format!(
            "INSERT INTO core.fact_finding FROM stage.former_finding WHERE disclosure_key NOT IN (FROM stage.affected_disclosure);
             INSERT INTO core.fact_finding FROM {CHANGE}.core.fact_finding WHERE check_id IN (SELECT check_id FROM {CHANGE}.core.dim_check);
             DETACH {CHANGE}"
        ))?;
        self.make_anew(not_updated(&settled))
    }

    /// The departments whose rows of an extract an update may have changed; known until [`Warehouse::finish`].
    ///
    /// # Errors
    /// Those of the project's SQL.
    pub fn changed_departments(&self, project: &Project) -> Result<Vec<String>> {
        let frame = self.query(&project.require(FIND_CHANGED)?.text, &[])?;
        Ok(frame.rows.iter().map(|row| row[0].shown()).collect())
    }

    /// Makes the dimensions anew that rest on documents. One that does so through other dimensions alone is left as it is where
    /// these came out as they were: a night seldom brings a code that no list holds.
    fn renew_dimensions(&self, dimensions: &[Script]) -> Result<()> {
        let mut others: Vec<&str> = Vec::new();
        for script in of_documents(dimensions) {
            let Some(table) = table_of(script) else { continue };
            if !script.names().any(|name| is_staged(name) || others.contains(&name)) {
                continue;
            }
            if OF_A_FAMILY.contains(&table) {
                self.make_anew([script])?;
                others.push(table);
                continue;
            }
            self.execute(&format!("CREATE OR REPLACE TABLE stage.former_dimension AS FROM {table}"))?;
            self.make_anew([script])?;
            let differing = self.query(
                &format!(
                    "SELECT 1 FROM ((FROM {table} EXCEPT ALL FROM stage.former_dimension)
                     UNION ALL (FROM stage.former_dimension EXCEPT ALL FROM {table})) LIMIT 1"
                ),
                &[],
            )?;
            if !differing.rows.is_empty() {
                others.push(table);
            }
        }
        Ok(())
    }

    /// Runs scripts again whose tables stand already.
    fn make_anew<'a>(&self, scripts: impl IntoIterator<Item = &'a Script>) -> Result<()> {
        for script in scripts {
            if let Some((kind, name)) = &script.creates {
                self.execute(&format!("DROP {kind} IF EXISTS {name}"))?;
            }
            self.run_script(script)?;
        }
        Ok(())
    }

    fn replace_rows(&self, table: &str, column: &str, stored: &str) -> Result<()> {
        let affected = if column == "disclosure_key" { "affected_disclosure" } else { "affected" };
        self.execute_whole(&format!(
            "DELETE FROM {table} WHERE {column} IN (FROM stage.{affected});
             INSERT INTO {table} ({stored}) SELECT {stored} FROM {CHANGE}.{table} WHERE {column} IN (FROM stage.{affected})"
        ))
    }

    /// The columns of every table that are not computed from others, as a list.
    fn stored_columns(&self) -> Result<BTreeMap<String, String>> {
        let frame = self.query(
            "SELECT schema_name || '.' || table_name, string_agg('\"' || column_name || '\"', ', ' ORDER BY column_index)
             FROM duckdb_columns() WHERE database_name = current_database() AND column_default IS NULL GROUP BY 1",
            &[],
        )?;
        Ok(frame.rows.iter().map(|row| (row[0].shown(), row[1].shown())).collect())
    }

    /// Whether documents of affected departments are more than this share of all.
    fn is_affected_above(&self, percent: u32) -> Result<bool> {
        let frame = self.query(
            "SELECT 100 * (SELECT count(*) FROM core.dim_document WHERE department_key IN (FROM stage.affected)) > ? * count(*)
             FROM core.dim_document",
            &[i64::from(percent).into()],
        )?;
        Ok(frame.rows.first().and_then(|row| row[0].as_boolean()).unwrap_or(true))
    }

    fn catalog_name(&self) -> Result<String> {
        let frame = self.query("SELECT current_database()", &[])?;
        let name = frame.rows.first().map(|row| row[0].shown()).unwrap_or_default();
        Ok(format!("\"{}\"", name.replace('"', "\"\"")))
    }
}

/// Tries that every table and extract that says how it is brought up to date can be: it has that column, and rests on the
/// loaded package, on dimensions and on tables of the same kind alone.
///
/// # Errors
/// The first file that cannot, with what is wrong.
pub fn lint_updates(project: &Project) -> Result<()> {
    let mut facts = Script::in_order(project, "sql/facts")?;
    facts.extend(Script::in_order(project, "sql/settled")?);
    let made_anew: Vec<&str> =
        facts.iter().filter(|script| updated_by(script).is_none()).filter_map(table_of).collect();
    for script in Script::in_order(project, "sql/schema")?.iter().chain(&facts) {
        let Some((table, column)) = updated_by(script) else { continue };
        let wrong = |what: String| {
            Err(Error::usage(format!("{}: {what}", script.shown_path))
                .hint("without its header line `-- update:` the table is made anew by every run"))
        };
        if !["department_key", "disclosure_key"].contains(&column) || !script.names_column(column) {
            return wrong(format!("{table} cannot be brought up to date by {column}"));
        }
        if let Some(other) = made_anew.iter().find(|other| script.uses(other)) {
            return wrong(format!(
                "{table} rests on {other}, which holds more than one family of departments together"
            ));
        }
    }
    lint_extracts(project, &made_anew)
}

/// An extract, which takes from marts, may also rest on tables that are made anew and compared with what they were; not on
/// dimensions that change with the documents of anybody.
fn lint_extracts(project: &Project, made_anew: &[&str]) -> Result<()> {
    let (marts, dimensions) = (Script::in_order(project, "sql/marts")?, Script::in_order(project, "sql/dims")?);
    let compares = Script::read(project.require(FIND_CHANGED)?)?;
    let of_anybody = of_documents(&dimensions).into_iter().filter_map(table_of);
    let of_anybody = of_anybody.filter(|name| !OF_A_FAMILY.contains(name));
    let refused: Vec<&str> = made_anew.iter().copied().filter(|name| !compares.uses(name)).chain(of_anybody).collect();
    for script in Script::in_order(project, "sql/extracts")? {
        if script.header.remark("update").is_none() {
            continue;
        }
        let tables = tables_below(&script, &marts);
        if let Some(table) = refused.iter().find(|table| tables.contains(**table)) {
            return Err(Error::usage(format!(
                "{}: its rows cannot be replaced by department: it rests on {table}, which changes with the documents of others",
                script.shown_path
            ))
            .hint("without its header line `-- update:` the extract is written whole by every run"));
        }
    }
    Ok(())
}

/// The tables that a script rests on, through marts.
fn tables_below<'a>(script: &'a Script, marts: &'a [Script]) -> BTreeSet<&'a str> {
    let mut tables = BTreeSet::new();
    let mut waiting = vec![script];
    while let Some(script) = waiting.pop() {
        for name in script.names().filter(|name| Some(*name) != table_of(script)) {
            match marts.iter().find(|mart| table_of(mart) == Some(name)) {
                Some(mart) => waiting.push(mart),
                None => drop(tables.insert(name)),
            }
        }
    }
    tables
}

/// The scripts that rest on documents, and those that rest on them: the reference lists are what they were.
fn of_documents(scripts: &[Script]) -> Vec<&Script> {
    let mut found: Vec<&Script> = Vec::new();
    for script in scripts {
        let is_of_documents = |name: &str| is_staged(name) || found.iter().any(|other| table_of(other) == Some(name));
        if script.names().any(is_of_documents) {
            found.push(script);
        }
    }
    found
}

/// A table of the load package.
fn is_staged(name: &str) -> bool {
    name.starts_with("stage.") && !name.starts_with("stage.reference_")
}

fn not_updated(scripts: &[Script]) -> impl Iterator<Item = &Script> {
    scripts.iter().filter(|script| updated_by(script).is_none())
}

fn table_of(script: &Script) -> Option<&str> {
    script.creates.as_ref().map(|(_, table)| table.as_str())
}

/// The table of a script and the column by which its rows are replaced, where its header names one.
fn updated_by(script: &Script) -> Option<(&str, &str)> {
    let (_, table) = script.creates.as_ref()?;
    let (_, column) = script.header.remark("update")?;
    Some((table, column))
}

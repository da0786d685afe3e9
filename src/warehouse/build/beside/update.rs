//! Few documents changed: the families they belong to are modelled and checked by themselves, beside a copy of the published
//! warehouse, and then take the places of their old rows. Equal to building anew, table by table: `tests/nightly` keeps it.
//!
//! `sql/update/` says which families those are. A table whose rows follow from one family's documents alone says so in its
//! header (`update:` and the column that names the department or the disclosure); one whose rows follow from one region is
//! replaced region by region (`regions.rs`). Every other table of `sql/facts` and `sql/settled`, and the dimensions that rest on
//! documents, are made anew, which is cheap: they hold years, not figures.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::file_aside;
use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::build::model::{Breach, Reach, families_checks};
use crate::warehouse::build::renewal::{OF_A_FAMILY, is_staged, of_documents, table_of, updated_by, updated_by_region};
use crate::warehouse::build::script::Script;
use crate::warehouse::{Warehouse, quoted};
use crate::words::Words;

/// The catalog in which the changed families are modelled, beside the copy of the published warehouse.
const CHANGE: &str = "change";

/// Dimensions of which the changed families have their own: their documents alone, and the checks that are entered there. The
/// others are looked up in the copy.
const OWN_DIMENSIONS: [&str; 2] = ["core.dim_document", "core.dim_check"];

/// What is kept of the published warehouse while its dimensions are made anew, and which departments changed.
const KEEP_FORMER: &str = "sql/update/1_former.sql";
const KEEP_NUMBERS: &str = "sql/update/1_numbers.sql";
const FIND_AFFECTED: &str = "sql/update/2_affected.sql";
/// The departments whose rows of an extract may have changed: it compares the tables that it names.
pub const FIND_CHANGED: &str = "sql/update/3_changed.sql";

/// How much an update may be about.
#[derive(Debug, Clone, Copy)]
pub struct UpdateBounds {
    /// Of all documents, in changed families.
    pub most_percent: u32,
    /// So many documents of changed families are modelled and checked several tables at a time.
    pub side_by_side_documents: u64,
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
        let copy = Self::open_to_build(path, "")?;
        // Groups of rows that replaced rows left half empty would be written together again, with all that stands beside them. A file
        // that grows is built from nothing before that is worth its time.
        copy.execute("SET max_vacuum_tasks = 0")?;
        Ok(copy)
    }

    /// What of bringing a copy up to date rests on no new document: the reference lists, what stood before, and the catalog in
    /// which families are modelled. [`Warehouse::begin_update`] does the rest.
    ///
    /// # Errors
    /// Those of the project's reference lists and SQL.
    pub fn with_former(self, project: &Project) -> Result<Self> {
        self.load_references(project)?;
        self.run_script(&Script::read(project.require(KEEP_FORMER)?)?)?;
        self.attach_aside(CHANGE)?;
        self.families()?.begin(project)?;
        Ok(self)
    }

    /// What asks and writes in the catalog of the changed families.
    fn families(&self) -> Result<Self> {
        self.another_connection()?.in_catalog(CHANGE)
    }

    /// Makes the dimensions of a copy [`Warehouse::with_former`] those of the loaded package and models the families that
    /// changed in their catalog. `None` where more of the documents belong to them than the bounds allow: building anew is
    /// cheaper then. What reading found is said in these words.
    ///
    /// # Errors
    /// Those of loading and of the project's SQL.
    pub fn begin_update(
        &self,
        package: &Path,
        project: &Project,
        words: &Words,
        bounds: UpdateBounds,
    ) -> Result<Option<Warehouse>> {
        self.show_package(package, project)?;
        self.say_findings(words)?;
        self.run_script(&Script::read(project.require(KEEP_NUMBERS)?)?)?;
        let dimensions = Script::in_order(project, "sql/dims")?;
        // Of documents, not of figures.
        self.expect_few_rows(true);
        self.renew_dimensions(&dimensions)?;
        self.run_script(&Script::read(project.require(FIND_AFFECTED)?)?)?;
        let (affected, all) = self.count_affected()?;
        if 100 * affected > u64::from(bounds.most_percent) * all {
            return Ok(None);
        }
        self.expect_few_rows(affected <= bounds.side_by_side_documents);
        let families = self.families()?;
        families.show_package(package, project)?;
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
        families.put_down()?;
        Ok(Some(families))
    }

    /// Puts the rows of the changed families in the place of their old ones and makes the tables anew that hold more than
    /// one family together. Findings of reconciliation about other disclosures stay; all other findings come from the
    /// loaded package. Call after the families were reconciled: their values are settled first. Gives what the checks of the
    /// warehouse that say so find in the families alone.
    ///
    /// # Errors
    /// Those of the project's SQL.
    pub fn end_update(&self, families: Warehouse, project: &Project) -> Result<Vec<Breach>> {
        let facts = Script::in_order(project, "sql/facts")?;
        let settled = Script::in_order(project, "sql/settled")?;
        families.put_down()?;
        families.run_scripts_within_memory(&updated(&settled).collect::<Vec<_>>(), project)?;
        families.put_down()?;
        let breaches = families.check(project, Reach::Families)?;
        let found_again: Vec<String> = families_checks(project)?.iter().map(|check| quoted(check)).collect();
        // A catalog that is still used cannot be detached.
        drop(families);
        let stored = self.stored_columns()?;
        let schema = Script::in_order(project, "sql/schema")?;
        let replaced: Vec<(&str, &str)> = schema.iter().chain(&facts).chain(&settled).filter_map(updated_by).collect();
        self.each_at_once(
            &replaced,
            |_, _| false,
            |here, (table, column)| here.replace_rows(table, column, stored.get(*table).map_or("", String::as_str)),
        )?;
        self.put_down()?;
        self.make_anew(&not_updated(&facts))?;
        // In place: what the findings of other families say is not written again.
        self.execute(&format!(
            "DELETE FROM core.former_finding WHERE NOT (
                 check_id IN (SELECT check_id FROM core.dim_check) AND disclosure_key NOT IN (FROM stage.affected_disclosure)
                 OR list_contains(CAST([{}] AS VARCHAR[]), check_id) AND document_key IN
                    (SELECT document_key FROM core.dim_document WHERE department_key NOT IN (FROM stage.affected)));
             INSERT INTO core.former_finding FROM core.fact_finding;
             INSERT INTO core.former_finding FROM {CHANGE}.core.fact_finding
             WHERE check_id IN (SELECT check_id FROM {CHANGE}.core.dim_check);
             DROP TABLE core.fact_finding;
             ALTER TABLE core.former_finding RENAME TO fact_finding",
            found_again.join(", ")
        ))?;
        self.detach_aside(CHANGE)?;
        let of_regions = |script: &&Script| updated_by_region(script).is_some();
        let (regional, whole): (Vec<&Script>, Vec<&Script>) = not_updated(&settled).into_iter().partition(of_regions);
        self.replace_regions(&regional, project)?;
        self.make_anew(&whole)?;
        Ok(breaches)
    }

    /// The file in which an update of this copy keeps the changed families.
    pub fn file_of_changes(copy: &Path) -> PathBuf {
        file_aside(copy, CHANGE)
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
        let others: Mutex<BTreeSet<&str>> = Mutex::default();
        let is_another = |name: &str| others.lock().unwrap_or_else(PoisonError::into_inner).contains(name);
        self.each_at_once(
            &of_documents(dimensions),
            |script, earlier| script.rests_on(earlier),
            |here, script| {
                let Some(table) = table_of(script) else { return Ok(()) };
                let is_to_be_made = script.names().any(|name| is_staged(name) || is_another(name));
                if is_to_be_made && here.renew(script, table)? {
                    others.lock().unwrap_or_else(PoisonError::into_inner).insert(table);
                }
                Ok(())
            },
        )
    }

    /// Makes a dimension anew; whether others that rest on it are to be, too.
    fn renew(&self, script: &Script, table: &str) -> Result<bool> {
        if OF_A_FAMILY.contains(&table) {
            return self.make_one_anew(script).map(|()| true);
        }
        let former = format!("stage.former_{}", table.replace('.', "_"));
        self.execute(&format!("CREATE TABLE {former} AS FROM {table}"))?;
        self.make_one_anew(script)?;
        // As many rows, and each of them was there: the same rows.
        let differing = self.query(
            &format!(
                "SELECT 1 WHERE (SELECT count(*) FROM {table}) <> (SELECT count(*) FROM {former})
                 OR EXISTS (FROM {table} EXCEPT ALL FROM {former})"
            ),
            &[],
        )?;
        Ok(!differing.rows.is_empty())
    }

    /// Runs scripts again, which stand in order and whose tables are there already.
    fn make_anew(&self, scripts: &[&Script]) -> Result<()> {
        self.each_at_once(
            scripts,
            |script, earlier| script.rests_on(earlier),
            |here, script| here.make_one_anew(script),
        )
    }

    fn make_one_anew(&self, script: &Script) -> Result<()> {
        if let Some((kind, name)) = &script.creates {
            self.execute(&format!("DROP {kind} IF EXISTS {name}"))?;
        }
        self.run_script(script)
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

    /// How many documents belong to affected departments, and how many there are.
    fn count_affected(&self) -> Result<(u64, u64)> {
        let frame = self.query(
            "SELECT count(*) FILTER (department_key IN (FROM stage.affected)), count(*) FROM core.dim_document",
            &[],
        )?;
        let count = |at: usize| frame.rows.first().and_then(|row| row[at].as_integer());
        Ok((count(0).unwrap_or(0) as u64, count(1).unwrap_or(0) as u64))
    }
}

fn updated(scripts: &[Script]) -> impl Iterator<Item = &Script> {
    scripts.iter().filter(|script| updated_by(script).is_some())
}

fn not_updated(scripts: &[Script]) -> Vec<&Script> {
    scripts.iter().filter(|script| updated_by(script).is_none()).collect()
}

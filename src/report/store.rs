//! The answers of `sql/report/`, asked once for all pages and handed out by ranges of pages.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::export::region_prefixes;
use crate::project::Project;
use crate::warehouse::{Header, Script, Value, Warehouse, quoted};

/// Rows of one answer, by page.
pub type ByPage = BTreeMap<String, Rows>;

/// Some rows and the names of their columns.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Value>>,
}

impl Rows {
    /// One value of a row; NULL where there is no such column.
    pub fn value(&self, row: &[Value], column: &str) -> Value {
        let at = self.columns.iter().position(|found| found == column);
        at.and_then(|at| row.get(at).cloned()).unwrap_or(Value::Null)
    }

    /// One value as text; NULL is empty.
    pub fn text(&self, row: &[Value], column: &str) -> String {
        self.value(row, column).shown()
    }
}

/// A warehouse with the answers of `sql/report/` in tables of its own, gone when it is closed.
pub struct Store<'a> {
    pub warehouse: &'a Warehouse,
    pub project: &'a Project,
}

impl Store<'_> {
    /// Runs a file of `sql/report/` and keeps its rows as a table; gives its header.
    ///
    /// # Errors
    /// The file is missing or DuckDB refuses it: says which.
    pub fn keep(&self, table: &str, path: &str) -> Result<Header> {
        self.keep_where(table, path, "")
    }

    /// The same, only rows that meet a condition.
    pub fn keep_where(&self, table: &str, path: &str, condition: &str) -> Result<Header> {
        let file = self.project.require(path)?;
        let script = Script::read(file)?;
        let condition = if condition.is_empty() { String::new() } else { format!(" WHERE {condition}") };
        let statement =
            format!("CREATE OR REPLACE TEMP TABLE {table} AS SELECT * FROM (\n{}\n){condition}", script.sql);
        self.warehouse
            .execute(&statement)
            .map_err(|error| self.refused(&format!("{} failed", file.shown_path), error))?;
        Ok(script.header)
    }

    /// Keeps the department-years a report is about.
    ///
    /// # Errors
    /// A region nobody knows.
    pub fn keep_wanted(&self, regions: &[String], years: &[(i32, i32)]) -> Result<()> {
        let mut conditions = Vec::new();
        if !regions.is_empty() {
            let mut below = Vec::new();
            for region in regions {
                let prefixes = region_prefixes(self.warehouse, region)?;
                below.extend(prefixes.iter().map(|prefix| format!("starts_with(region_code, {})", quoted(prefix))));
            }
            conditions.push(format!("({})", below.join(" OR ")));
        }
        if !years.is_empty() {
            let ranges: Vec<String> =
                years.iter().map(|(first, last)| format!("fiscal_year BETWEEN {first} AND {last}")).collect();
            conditions.push(format!("({})", ranges.join(" OR ")));
        }
        self.keep_where("wanted", "sql/report/wanted.sql", &conditions.join(" AND ")).map(drop)
    }

    /// All rows of a kept table.
    pub fn all(&self, table: &str) -> Result<Rows> {
        self.ask(&format!("FROM {table}"))
    }

    /// The rows of a kept table for the pages from one key to another, in their order, by page.
    pub fn of_pages(&self, table: &str, first: &str, last: &str) -> Result<ByPage> {
        let rows = self.ask(&format!("FROM {table} WHERE page_key BETWEEN {} AND {}", quoted(first), quoted(last)))?;
        let mut pages = ByPage::new();
        let at = rows.columns.iter().position(|column| column == "page_key").unwrap_or(0);
        for row in rows.rows {
            let page = pages.entry(row.get(at).map(Value::shown).unwrap_or_default());
            page.or_insert_with(|| Rows { columns: rows.columns.clone(), rows: Vec::new() }).rows.push(row);
        }
        Ok(pages)
    }

    /// What this program asks and the warehouse cannot answer: says which version wrote it.
    pub fn refused(&self, what: &str, error: Error) -> Error {
        let why = error.why.unwrap_or(error.what);
        let writer = self
            .ask("SELECT tool_version, CAST(finished_at AS DATE) AS day FROM audit.run ORDER BY run_id DESC LIMIT 1");
        let writer = writer.ok().and_then(|runs| {
            let row = runs.rows.first()?;
            let (version, day) = (runs.text(row, "tool_version"), runs.text(row, "day"));
            Some(format!("the warehouse was written by version {version} of the program on {day}"))
        });
        let why = why.lines().next().unwrap_or_default();
        let why = writer.map_or_else(|| why.to_owned(), |writer| format!("{writer}: {why}"));
        Error::usage(what)
            .because(why)
            .hint("the warehouse may come from an older version: `juesuan run` builds it anew")
    }

    pub fn ask(&self, sql: &str) -> Result<Rows> {
        let frame = self.warehouse.query(sql, &[])?;
        Ok(Rows { columns: frame.column_names(), rows: frame.rows })
    }
}

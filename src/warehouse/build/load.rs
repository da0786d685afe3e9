//! The load package and the reference lists, made visible as tables of the schema `stage`.

use std::path::Path;

use crate::error::{Error, Result};
use crate::normalise::{Field, TABLES};
use crate::project::{Project, ProjectFile};
use crate::words::Words;

use crate::warehouse::{Value, Warehouse, quoted};

/// Parts keep the rows of files that are gone until they are made anew; only those of files seen by this run count.
/// Findings about the run itself, or about a file that could not be opened, belong to no document.
const PRESENT: &str =
    "WHERE document_key IN (SELECT document_key FROM stage.document) OR NOT starts_with(document_key, 'doc_')";

impl Warehouse {
    /// Creates the schemas, unless the groundwork is laid, and shows the load package in them.
    pub fn load(&self, stage_dir: &Path, project: &Project) -> Result<()> {
        if self.groundwork.is_none() {
            self.begin(project)?;
        }
        self.show_package(stage_dir, project)
    }

    /// Creates the schemas and loads the reference lists.
    pub(super) fn begin(&self, project: &Project) -> Result<()> {
        self.run_folder(project, "sql/schema")?;
        self.load_references(project)
    }

    /// Every CSV of `pipelines/reference/` becomes `stage.reference_<name>`, all columns text.
    pub(super) fn load_references(&self, project: &Project) -> Result<()> {
        self.execute("CREATE SCHEMA IF NOT EXISTS stage")?;
        project.under("pipelines/reference", "csv").try_for_each(|file| self.load_reference(file))
    }

    /// Shows the load package under `stage_dir` as `stage.<table>`. Parquet is read where it lies, so the folder must stay
    /// until [`Warehouse::finish`]. A table without part files is empty.
    pub(super) fn show_package(&self, stage_dir: &Path, project: &Project) -> Result<()> {
        for (table, fields) in TABLES {
            self.show_parts(&stage_dir.join(table), table, fields)?;
        }
        self.run_folder(project, "sql/staging").map(drop)
    }

    /// A view over the part files of a table, columns by name and cast to what they are declared as; an empty table
    /// where there are none.
    fn show_parts(&self, folder: &Path, table: &str, fields: &[Field]) -> Result<()> {
        if !has_parts(folder)? {
            let columns: Vec<String> =
                fields.iter().map(|field| format!("\"{}\" {}", field.name, field.kind.sql())).collect();
            return self.execute(&format!("CREATE TABLE stage.{table} ({})", columns.join(", ")));
        }
        let wanted: Vec<String> = fields
            .iter()
            .map(|field| {
                format!("CAST(\"{0}\" AS {1}) AS \"{0}\"", field.name, field.kind.sql().trim_end_matches(" NOT NULL"))
            })
            .collect();
        let parts = quoted(&folder.join("*.parquet").display().to_string());
        let present = if table == "document" { "" } else { PRESENT };
        self.execute(&format!(
            "CREATE VIEW stage.{table} AS SELECT {} FROM read_parquet({parts}, union_by_name = true) {present}",
            wanted.join(", ")
        ))
        .map_err(|error| {
            Error::not_published(format!("the load package {} cannot be read", folder.display()))
                .because(error.why.unwrap_or(error.what))
                .hint("delete the load package and run again")
        })
    }

    /// What reading found stands in the package in English: this says it in the words of the run. Call after loading.
    pub fn say_findings(&self, words: &Words) -> Result<()> {
        if words.is_english() {
            return Ok(());
        }
        let texts =
            self.query("SELECT message FROM stage.finding UNION SELECT hint FROM stage.finding ORDER BY ALL", &[])?;
        let in_words = |row: &Vec<Value>| {
            let text = row.first()?.shown();
            let said = words.say(&text);
            (said != text).then(|| vec![Value::from(text.as_str()), Value::from(said.as_str())])
        };
        let said: Vec<Vec<Value>> = texts.rows.iter().filter_map(in_words).collect();
        if said.is_empty() {
            return Ok(());
        }
        self.execute("CREATE TABLE stage.said (text VARCHAR, said VARCHAR)")?;
        self.append("stage.said", &["text", "said"], said)?;
        self.execute(
            "ALTER VIEW stage.finding RENAME TO finding_as_read;
             CREATE VIEW stage.finding AS
             SELECT f.* REPLACE (coalesce(m.said, f.message) AS message, coalesce(h.said, f.hint) AS hint)
             FROM stage.finding_as_read f LEFT JOIN stage.said m ON m.text = f.message LEFT JOIN stage.said h ON h.text = f.hint",
        )
    }

    fn load_reference(&self, file: &ProjectFile) -> Result<()> {
        let name = reference_name(&file.path);
        let wrong = |error: csv::Error| Error::csv(&file.shown_path, error);
        let mut reader = csv::Reader::from_reader(file.text.trim_start_matches('\u{feff}').as_bytes());
        let header = reader.headers().map_err(wrong)?.clone();
        let columns: Vec<String> =
            header.iter().map(|column| format!("\"{}\" VARCHAR", column.replace('"', ""))).collect();
        if columns.is_empty() {
            return Err(Error::usage(format!("{} has no header row", file.shown_path)));
        }
        self.execute(&format!("CREATE TABLE stage.reference_{name} ({})", columns.join(", ")))?;
        let names: Vec<String> = header.iter().map(|column| column.replace('"', "")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(wrong)?;
            rows.push(record.iter().map(|field| (!field.is_empty()).then_some(field).into()).collect());
        }
        self.append(&format!("stage.reference_{name}"), &names, rows)
    }
}

/// `pipelines/reference/funds.csv` → `funds`; folders below become part of the name.
fn reference_name(path: &str) -> String {
    path.trim_start_matches("pipelines/reference/")
        .trim_end_matches(".csv")
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
        .collect()
}

fn has_parts(folder: &Path) -> Result<bool> {
    if !folder.is_dir() {
        return Ok(false);
    }
    let entries = std::fs::read_dir(folder).map_err(|error| Error::io("read", folder, &error))?;
    Ok(entries.flatten().any(|entry| entry.path().extension().is_some_and(|extension| extension == "parquet")))
}

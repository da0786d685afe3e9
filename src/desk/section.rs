//! An answer made of tables: one file of SQL for each.

use serde_json::{Map, Value as Json};

use crate::error::{Error, Result};
use crate::project::{Project, ProjectFile};
use crate::warehouse::{Frame, Notes, Script, Value, Warehouse};

/// One table of an answer.
#[derive(Debug, Clone)]
pub struct Section {
    /// The file's name without the number that orders it: `2_runs.sql` → `runs`.
    pub name: String,
    /// Title in Chinese and English.
    pub title: (String, String),
    pub frame: Frame,
    notes: Notes,
}

impl Section {
    /// Runs one file of the project. Parameters stand as `$1`, `$2` .. in it.
    pub fn ask(warehouse: &Warehouse, project: &Project, path: &str, parameters: &[Value]) -> Result<Self> {
        Self::of(warehouse, project, project.require(path)?, parameters)
    }

    /// Runs every file of a folder, in the order of their names.
    pub fn ask_all(warehouse: &Warehouse, project: &Project, folder: &str) -> Result<Vec<Self>> {
        project.under(folder, "sql").map(|file| Self::of(warehouse, project, file, &[])).collect()
    }

    fn of(warehouse: &Warehouse, project: &Project, file: &ProjectFile, parameters: &[Value]) -> Result<Self> {
        let script = Script::read(file)?;
        let frame = warehouse.query(&script.sql, parameters).map_err(|error| {
            Error::usage(format!("{} failed", file.shown_path))
                .because(error.why.unwrap_or(error.what))
                .hint("the warehouse may come from an older version: `juesuan run` builds it anew")
        })?;
        let name = script.name().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('_').to_owned();
        let notes = Notes::common(project)?.with_header(&script.header);
        Ok(Self { name, title: script.header.title, frame, notes })
    }

    pub fn headings(&self, chinese: bool) -> Vec<String> {
        let names = self.frame.column_names();
        let shown: Vec<String> = self.shown_columns(chinese).into_iter().map(|at| names[at].clone()).collect();
        self.notes.headings(&shown, chinese)
    }

    /// The rows as text, as many cells as there are headings.
    pub fn shown_rows(&self, chinese: bool) -> Vec<Vec<String>> {
        let columns = self.shown_columns(chinese);
        let row = |row: &Vec<Value>| columns.iter().map(|at| row[*at].shown()).collect();
        self.frame.rows.iter().map(row).collect()
    }

    /// Of two columns `x` and `x_en` the one of the language.
    fn shown_columns(&self, chinese: bool) -> Vec<usize> {
        let names = self.frame.column_names();
        let is_of_language = |name: &str| match name.strip_suffix("_en") {
            Some(own) => !chinese || !names.iter().any(|other| other == own),
            None => chinese || !names.contains(&format!("{name}_en")),
        };
        (0..names.len()).filter(|at| is_of_language(&names[*at])).collect()
    }

    /// One value of the first row; NULL where there is none.
    pub fn first(&self, column: &str) -> Value {
        self.frame.rows.first().map_or(Value::Null, |row| self.value(row, column))
    }

    /// One value of a row of this section; NULL where there is no such column.
    pub fn value(&self, row: &[Value], column: &str) -> Value {
        let at = self.frame.columns.iter().position(|found| found.name == column);
        at.and_then(|at| row.get(at).cloned()).unwrap_or(Value::Null)
    }
}

/// The sections by name, each as JSON objects.
pub fn sections_json(sections: &[Section]) -> Json {
    let named = sections.iter().map(|section| (section.name.clone(), section.frame.objects()));
    Json::Object(named.collect::<Map<String, Json>>())
}

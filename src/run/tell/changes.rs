//! What a run changed: the answers of `sql/diff`, counted.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::{Frame, Script, Warehouse, model_scripts, updated_by_department};

/// Departments named in a summary.
const NAMED: usize = 20;

/// From the warehouse published before to the one of this run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Changes {
    pub documents_added: u64,
    /// Vanished from the sources.
    pub documents_removed: u64,
    /// Another content at the same path, or a later version in its place.
    pub documents_replaced: u64,
    pub figures_revised: u64,
    /// Of disclosures that are still held.
    pub figures_removed: u64,
    /// Numbers in prose.
    pub claims_revised: u64,
    pub errors_opened: u64,
    pub errors_closed: u64,
    pub warnings_opened: u64,
    pub warnings_closed: u64,
    /// Departments and years whose tables or text are no longer held.
    pub coverage_lost: u64,
    pub coverage_gained: u64,
    /// How many departments changed at all.
    pub departments_changed: u64,
    /// The first of them, worst first.
    pub departments: Vec<ChangedDepartment>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ChangedDepartment {
    pub department: String,
    pub coverage_lost: u64,
    pub errors_opened: u64,
    pub documents_removed: u64,
    pub numbers_revised: u64,
    pub documents_new: u64,
}

impl Changes {
    /// Compares two warehouses by the files of `sql/diff`, within `memory_mib` (0: as DuckDB likes). Where one is the other
    /// brought up to date, `changed` names the departments of which anything can differ.
    ///
    /// # Errors
    /// A warehouse that cannot be opened or is of another making; SQL of the project that fails.
    pub fn between(
        (old, new): (&Path, &Path),
        changed: Option<&[String]>,
        project: &Project,
        memory_mib: u64,
    ) -> Result<Self> {
        let both = match changed {
            Some(departments) => {
                let scripts = model_scripts(project)?;
                let tables: Vec<&str> = scripts.iter().filter_map(updated_by_department).collect();
                Warehouse::side_by_side_of(old, new, departments, &tables)?
            }
            None => Warehouse::side_by_side(old, new)?,
        };
        if memory_mib > 0 {
            // Extracts are written beside it after an update.
            both.limit(memory_mib, if changed.is_some() { 1 } else { rayon::current_num_threads() })?;
        }
        for file in project.under("sql/diff", "sql") {
            let script = Script::read(file)?;
            let name = script.name().trim_start_matches(|c: char| c.is_ascii_digit() || c == '_').to_owned();
            both.execute_whole(&format!("CREATE TEMP TABLE {name} AS {}", script.sql.trim().trim_end_matches(';')))?;
        }
        let ask = |path: &str| both.query(&project.require(path)?.text, &[]);
        let mut changes: Self = first_row(&ask("sql/summary/changes.sql")?)?;
        let departments = ask("sql/summary/changed_departments.sql")?;
        changes.departments_changed = departments.rows.len() as u64;
        changes.departments = serde_json::from_value(departments.objects()).map_err(|error| not_as_expected(&error))?;
        changes.departments.truncate(NAMED);
        Ok(changes)
    }

    /// One line a matter, worst first; none where nothing changed.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut say = |counts: &[u64], line: String| {
            if counts.iter().any(|count| *count > 0) {
                lines.push(line);
            }
        };
        say(&[self.coverage_lost], format!("coverage lost: {} departments and years", self.coverage_lost));
        say(
            &[self.errors_opened, self.errors_closed, self.warnings_opened, self.warnings_closed],
            format!(
                "findings: {} errors opened, {} closed; {} warnings opened, {} closed",
                self.errors_opened, self.errors_closed, self.warnings_opened, self.warnings_closed
            ),
        );
        say(
            &[self.documents_removed, self.documents_replaced, self.documents_added],
            format!(
                "documents: {} removed, {} replaced, {} added",
                self.documents_removed, self.documents_replaced, self.documents_added
            ),
        );
        say(
            &[self.figures_revised, self.figures_removed, self.claims_revised],
            format!(
                "figures: {} revised, {} gone; {} revised in prose",
                self.figures_revised, self.figures_removed, self.claims_revised
            ),
        );
        say(&[self.coverage_gained], format!("coverage gained: {} departments and years", self.coverage_gained));
        lines
    }

    /// The first departments by name and how many more there are; empty where there is none.
    pub fn first_departments(&self, shown: usize) -> String {
        let names: Vec<&str> = self.departments.iter().take(shown).map(|changed| changed.department.as_str()).collect();
        match self.departments_changed.saturating_sub(names.len() as u64) {
            _ if names.is_empty() => String::new(),
            0 => format!("departments: {}", names.join(", ")),
            more => format!("departments: {} and {more} more", names.join(", ")),
        }
    }
}

fn first_row(frame: &Frame) -> Result<Changes> {
    let row = frame.objects().get(0).cloned().unwrap_or_default();
    serde_json::from_value(row).map_err(|error| not_as_expected(&error))
}

fn not_as_expected(error: &serde_json::Error) -> Error {
    Error::usage("sql/summary/ does not give what a summary needs")
        .because(error)
        .hint("`juesuan init DIR` writes the present files out for comparison")
}

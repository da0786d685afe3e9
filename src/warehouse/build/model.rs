//! The SQL of the project, run over the loaded package: dimensions, facts, marts, comments, checks.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rust_decimal::Decimal;

use crate::error::{Error, ErrorKind, Result};
use crate::project::Project;
use crate::vocabulary::Severity;

use super::groundwork::{self, Groundwork};
use super::header::ColumnNote;
use super::script::Script;
use crate::warehouse::ask::value::{Frame, Value};
use crate::warehouse::{Warehouse, quoted};

/// Folders that build what reconciliation reads, in order; `sql/schema` and `sql/staging` come before, in `load`.
const MODEL: [&str; 2] = ["sql/dims", "sql/facts"];

/// Folders that rest on what reconciliation found: which of several values counts, and what the marts need at hand.
const SETTLED: [&str; 2] = ["sql/settled", "sql/marts"];

/// Explains columns that stand in many tables, once.
pub const COMMON_COLUMNS: &str = "sql/columns.csv";

/// A row of a warehouse check: an invariant that does not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Breach {
    pub check_id: String,
    pub severity: Severity,
    /// `warehouse`, or `reference` where a code list lacks something.
    pub cause: String,
    pub document_key: String,
    pub place: String,
    pub message: String,
    pub hint: String,
}

/// Which checks of the warehouse are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Everything,
    /// Those whose answers each follow from the documents of one family of departments: `-- update:` in their header.
    Families,
    /// All others.
    Whole,
}

impl Reach {
    fn covers(self, script: &Script) -> bool {
        match self {
            Reach::Everything => true,
            Reach::Families => is_of_families(script),
            Reach::Whole => !is_of_families(script),
        }
    }
}

impl Warehouse {
    /// Makes what rests on no document; [`Warehouse::load`], [`Warehouse::model`] and [`Warehouse::settle`] then do the rest.
    ///
    /// # Errors
    /// Those of the project's SQL.
    pub fn with_groundwork(mut self, project: &Project) -> Result<Self> {
        self.begin(project)?;
        let scripts = model_scripts(project)?;
        let plan = groundwork::plan(&scripts);
        self.each_at_once(
            &plan,
            |(script, _), (earlier, _)| script.rests_on(earlier),
            |here, (script, made)| here.run_statements(script, made.statements(script)),
        )?;
        self.comment(project)?;
        self.groundwork = Some(Groundwork::of(&plan));
        Ok(self)
    }

    /// Closes a warehouse with its groundwork, so that [`Warehouse::open_groundwork`] can go on with its file or a copy of it.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn put_away(self) -> Result<()> {
        self.execute("CHECKPOINT")?;
        self.close()
    }

    /// A file that was put away with the groundwork of this very project.
    ///
    /// # Errors
    /// It is no such file.
    pub fn open_groundwork(path: &Path, project: &Project) -> Result<Self> {
        let scripts = model_scripts(project)?;
        let groundwork = Groundwork::of(&groundwork::plan(&scripts));
        Ok(Self { groundwork: Some(groundwork), ..Self::open_small(path)? })
    }

    /// Builds dimensions and facts from the loaded package.
    pub fn model(&self, project: &Project) -> Result<()> {
        for folder in MODEL {
            self.run_folder(project, folder)?;
        }
        Ok(())
    }

    /// Settles the values that count, once disclosures are reconciled, and creates the marts over them.
    pub fn settle(&self, project: &Project) -> Result<()> {
        for folder in SETTLED {
            let scripts = Script::in_order(project, folder)?;
            self.run_scripts_within_memory(&scripts.iter().collect::<Vec<_>>(), project)?;
        }
        Ok(())
    }

    /// Runs files that stand in order, each of a part of the departments at a time where it needs too much memory at once.
    pub(super) fn run_scripts_within_memory(&self, scripts: &[&Script], project: &Project) -> Result<()> {
        self.each_at_once(
            scripts,
            |script, earlier| script.rests_on(earlier),
            |here, script| here.run_script_within_memory(script, project),
        )
    }

    /// Turns the header of each SQL file into COMMENT ON for its table or view and their columns. What says so already,
    /// in the copy of a published warehouse, is left alone: every comment makes its table or view anew.
    pub fn comment(&self, project: &Project) -> Result<()> {
        let common = common_columns(project)?;
        let columns = self.columns_by_object()?;
        let said: BTreeMap<String, String> =
            self.relations()?.into_iter().map(|relation| (relation.qualified(), relation.comment)).collect();
        let scripts = model_scripts(project)?;
        let statements = |script: &Script| {
            let Some((kind, name)) = &script.creates else { return String::new() };
            let comment = script.header.comment();
            let mut statements = String::new();
            if said.get(name) != Some(&comment) {
                statements.push_str(&format!("COMMENT ON {kind} {name} IS {};\n", quoted(&comment)));
            }
            for (column, said) in columns.get(name).into_iter().flatten() {
                let own = script.header.columns.iter().find(|note| note.column == *column);
                let Some(note) = own.or(common.get(column)) else { continue };
                let comment = format!("{} | {}", note.chinese, note.english);
                if *said != comment {
                    let comment = quoted(&comment);
                    statements.push_str(&format!("COMMENT ON COLUMN {name}.\"{column}\" IS {comment};\n"));
                }
            }
            statements
        };
        let unsaid: Vec<(&Script, String)> = scripts
            .iter()
            .map(|script| (script, statements(script)))
            .filter(|(_, unsaid)| !unsaid.is_empty())
            .collect();
        // One transaction a table or view: a thousand comments would else be a thousand commits.
        self.each_at_once(
            &unsaid,
            |_, _| false,
            |here, (script, statements)| here.execute_whole(statements).map_err(|error| failed(script, error)),
        )
    }

    /// Runs `sql/checks`: each returns the rows that break it, as `document_key`, `place` and `message`.
    pub fn check(&self, project: &Project, reach: Reach) -> Result<Vec<Breach>> {
        let mut scripts = Script::in_order(project, "sql/checks")?;
        scripts.retain(|script| reach.covers(script));
        let found: Mutex<BTreeMap<String, Vec<Breach>>> = Mutex::default();
        self.each_at_once(
            &scripts,
            |_, _| false,
            |here, script| {
                let frame = here.with_memory(|| here.query(&script.sql, &[])).map_err(|error| failed(script, error))?;
                let breaches = breaches(script, &frame);
                found.lock().unwrap_or_else(PoisonError::into_inner).insert(script.path.clone(), breaches);
                Ok(())
            },
        )?;
        let found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(found.into_values().flatten().collect())
    }

    /// Stores broken invariants beside the other findings.
    pub fn record(&self, breaches: &[Breach]) -> Result<()> {
        let columns = [
            "document_key",
            "disclosure_key",
            "check_id",
            "severity",
            "outcome",
            "cause",
            "place",
            "left_value",
            "hint",
            "message",
        ];
        let rows = breaches.iter().map(|breach| {
            vec![
                breach.document_key.as_str().into(),
                "".into(),
                breach.check_id.as_str().into(),
                breach.severity.as_str().into(),
                "broken".into(),
                breach.cause.as_str().into(),
                breach.place.as_str().into(),
                Option::<Decimal>::None.into(),
                breach.hint.as_str().into(),
                breach.message.as_str().into(),
            ]
        });
        self.append("core.fact_finding", &columns, rows)?;
        self.execute(
            "UPDATE core.fact_finding f SET disclosure_key = d.disclosure_key FROM core.dim_document d
             WHERE f.document_key = d.document_key AND f.disclosure_key = ''",
        )
    }

    /// Runs every file of a folder; a failing one is named.
    pub fn run_folder(&self, project: &Project, folder: &str) -> Result<Vec<Script>> {
        let scripts = Script::in_order(project, folder)?;
        self.run_scripts(&scripts.iter().collect::<Vec<_>>())?;
        Ok(scripts)
    }

    /// Runs files that stand in order; a failing one is named.
    pub fn run_scripts(&self, scripts: &[&Script]) -> Result<()> {
        self.each_at_once(scripts, |script, earlier| script.rests_on(earlier), |here, script| here.run_script(script))
    }

    /// Runs what of a file was not run yet.
    pub fn run_script(&self, script: &Script) -> Result<()> {
        match &self.groundwork {
            Some(groundwork) => self.run_statements(script, &groundwork.left_of(script)),
            None => self.run_statements(script, &script.sql),
        }
    }

    /// Runs some statements of a file.
    pub(super) fn run_statements(&self, script: &Script, statements: &str) -> Result<()> {
        if statements.is_empty() {
            return Ok(());
        }
        self.execute_whole(statements).map_err(|error| failed(script, error))
    }

    /// The columns of every table and view with their comments, by its name with the schema.
    fn columns_by_object(&self) -> Result<BTreeMap<String, Vec<(String, String)>>> {
        let mut columns: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        self.query_each(
            "SELECT schema_name || '.' || table_name, column_name, coalesce(comment, '') FROM duckdb_columns()
             WHERE database_name = current_database() ORDER BY 1, column_index",
            &[],
            |row| {
                columns.entry(row[0].shown()).or_default().push((row[1].shown(), row[2].shown()));
                Ok(())
            },
        )?;
        Ok(columns)
    }
}

/// The identifiers of the checks of the warehouse whose answers each follow from one family of departments.
pub fn families_checks(project: &Project) -> Result<Vec<String>> {
    let scripts = Script::in_order(project, "sql/checks")?;
    Ok(scripts.iter().filter(|script| is_of_families(script)).map(check_id).collect())
}

fn is_of_families(script: &Script) -> bool {
    script.header.remark("update").is_some()
}

fn check_id(script: &Script) -> String {
    format!("warehouse.{}", script.name())
}

fn breaches(script: &Script, frame: &Frame) -> Vec<Breach> {
    let severity = match script.header.remark("severity").map(|(text, _)| text) {
        Some("info") => Severity::Info,
        Some("warning") => Severity::Warning,
        _ => Severity::Error,
    };
    let cause = script.header.remark("cause").map_or("warehouse", |(text, _)| text);
    let hint = script.header.remark("hint").map_or("", |(_, english)| english);
    let breach = |row: &Vec<Value>| Breach {
        check_id: check_id(script),
        severity,
        cause: cause.to_owned(),
        document_key: text_of(frame, row, "document_key"),
        place: text_of(frame, row, "place"),
        message: text_of(frame, row, "message"),
        hint: hint.to_owned(),
    };
    frame.rows.iter().map(breach).collect()
}

/// Every file that creates something that stays in the published warehouse.
pub fn model_scripts(project: &Project) -> Result<Vec<Script>> {
    let mut scripts = Script::in_order(project, "sql/schema")?;
    for folder in MODEL.into_iter().chain(SETTLED) {
        scripts.extend(Script::in_order(project, folder)?);
    }
    Ok(scripts)
}

/// The notes of `sql/columns.csv`, by column name.
pub fn common_columns(project: &Project) -> Result<BTreeMap<String, ColumnNote>> {
    let file = project.require(COMMON_COLUMNS)?;
    let mut notes = BTreeMap::new();
    for record in csv::Reader::from_reader(file.text.as_bytes()).into_records() {
        let record = record.map_err(|error| Error::csv(&file.shown_path, error))?;
        let field = |at: usize| record.get(at).unwrap_or_default().to_owned();
        notes.insert(field(0), ColumnNote { column: field(0), chinese: field(1), english: field(2) });
    }
    Ok(notes)
}

fn text_of(frame: &Frame, row: &[Value], column: &str) -> String {
    let at = frame.columns.iter().position(|found| found.name == column);
    at.and_then(|at| row.get(at)).map(Value::shown).unwrap_or_default()
}

fn failed(script: &Script, error: Error) -> Error {
    if error.kind == ErrorKind::NotPublished {
        return Error { what: format!("{}: {}", script.shown_path, error.what), ..error };
    }
    Error::usage(format!("{} failed", script.shown_path))
        .because(error.why.unwrap_or(error.what))
        .hint("correct the statement there; `juesuan init DIR` writes the original files out for comparison")
}

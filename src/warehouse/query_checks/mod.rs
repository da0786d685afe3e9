//! Checks that a SQL file answers: each runs once over the whole warehouse. What they say waits in a temporary table of the
//! connection that reads the facts, until the disclosure it speaks of is read: memory does not grow with the corpus.

mod examples;

use std::collections::{BTreeSet, HashMap};

use crate::error::{Error, ErrorKind, Result};
use crate::project::Project;
use crate::reconcile::catalogue::{Catalogue, Check, Method};
use crate::reconcile::facts::disclosure::{Answer, Says};
use crate::vocabulary::Place;
use crate::warehouse::build::script::Script;
use crate::warehouse::facts::fact_rows::Row;
use crate::warehouse::scope::{RowRange, Scope, is_about_governments};
use crate::warehouse::{Warehouse, quoted};

/// Columns a check's SQL file may return, with their types; the first two it must.
const COLUMNS: [(&str, &str); 12] = [
    ("disclosure_key", "VARCHAR NOT NULL"),
    ("subject", "VARCHAR"),
    ("document_key", "VARCHAR"),
    ("place", "VARCHAR"),
    ("holds", "BOOLEAN"),
    ("said_zh", "VARCHAR"),
    ("said_en", "VARCHAR"),
    ("left_value", "DECIMAL(28, 8)"),
    ("left_half", "DECIMAL(28, 8)"),
    ("right_value", "DECIMAL(28, 8)"),
    ("right_half", "DECIMAL(28, 8)"),
    ("doubt", "VARCHAR"),
];

/// What is said of very many disclosures is sorted in as many parts.
const PARTS: usize = 12;

impl Warehouse {
    /// Runs every SQL file of this scope that a check names, several at a time where there are few rows, and keeps what they
    /// say for [`Warehouse::answers_within`] on this connection. Gives the first and last row of each disclosure; those about
    /// governments stand under [`OF_GOVERNMENTS`].
    ///
    /// # Errors
    /// A statement DuckDB refuses, or a result without the columns a check needs: with the file.
    pub fn ask_checks(&self, catalogue: &Catalogue, scope: Scope) -> Result<HashMap<String, RowRange>> {
        let columns: Vec<String> = COLUMNS.iter().map(|(name, kind)| format!("{name} {kind}")).collect();
        // A temporary table belongs to one connection; several meet in one that goes before the warehouse is published.
        let (kind, collected) =
            if self.has_few_rows.get() { ("", "stage.answer_of_check") } else { ("TEMP", "temp.answer_of_check") };
        self.execute(&format!(
            "CREATE {kind} TABLE {collected} (turn INTEGER NOT NULL, check_id VARCHAR NOT NULL, {})",
            columns.join(", ")
        ))?;
        let is_asked = |check: &Check| matches!(&check.method, Method::Query { sql, .. } if scope.covers(sql));
        let asked: Vec<(usize, &Check)> =
            catalogue.checks.iter().map(AsRef::as_ref).enumerate().filter(|(_, check)| is_asked(check)).collect();
        self.each_at_once(&asked, |_, _| false, |here, (turn, check)| here.collect_answers(check, *turn, collected))?;
        self.must_speak_of_their_own(catalogue, collected)?;
        let sorted = |part: &str| {
            format!("SELECT * EXCLUDE (turn) FROM {collected} WHERE {part} ORDER BY disclosure_key, turn, rowid")
        };
        let at_once = || self.execute(&format!("CREATE OR REPLACE TEMP TABLE answer AS {}", sorted("TRUE")));
        if self.within_memory(at_once)?.is_none() {
            self.execute(&format!("CREATE OR REPLACE TEMP TABLE answer AS {} LIMIT 0", sorted("TRUE")))?;
            for part in self.parts_of(collected, "disclosure_key", PARTS)? {
                self.execute_whole(&format!("INSERT INTO temp.answer {}", sorted(&part)))?;
            }
        }
        self.execute(&format!("DROP TABLE {collected}"))?;
        self.row_ranges("SELECT disclosure_key, min(rowid), max(rowid) FROM temp.answer GROUP BY 1")
    }

    /// Adds what one check's SQL file says to the table that collects it, with the check's place in their order.
    fn collect_answers(&self, check: &Check, turn: usize, collected: &str) -> Result<()> {
        let Method::Query { shown_path, sql, words, .. } = &check.method else { return Ok(()) };
        let statement = sql.trim().trim_end_matches(';');
        self.set_words(words)?;
        let id = quoted(&check.id);
        let collect = |statement: &str| {
            self.execute_whole(&format!("CREATE OR REPLACE TEMP TABLE said_now AS FROM (\n{statement}\n)"))?;
            lint_columns(self, "FROM temp.said_now", shown_path)?;
            self.execute_whole(&format!(
                "INSERT INTO {collected} BY NAME SELECT {turn} AS turn, {id} AS check_id, * FROM temp.said_now;
                 DROP TABLE temp.said_now"
            ))
        };
        let collected = match self.within_memory(|| collect(statement)) {
            Ok(None) if !is_about_governments(sql) => {
                self.of_some_departments(statement).and_then(|parts| parts.iter().try_for_each(|part| collect(part)))
            }
            Ok(None) => collect(statement),
            done => done.map(drop),
        };
        collected.map_err(|error| failed(shown_path, error))
    }

    /// The statement of a check, of a part of the departments each: what it says of a disclosure follows from the rows of its
    /// department, as an update has them alone.
    ///
    /// # Errors
    /// DuckDB refuses to say which tables there are.
    pub fn of_some_departments(&self, statement: &str) -> Result<Vec<String>> {
        let frame = self.query(
            "SELECT DISTINCT schema_name || '.' || table_name FROM duckdb_columns()
             WHERE database_name = current_database() AND schema_name = 'core' AND column_name = 'department_key'",
            &[],
        )?;
        let tables: BTreeSet<String> = frame.rows.iter().map(|row| row[0].shown()).collect();
        let parts = self.parts_of("core.dim_department", "department_key", PARTS)?;
        let narrowed = |part: &String| {
            let some = names_replaced(statement, |name| {
                tables.contains(name).then(|| format!("(SELECT * FROM {name} WHERE {part})"))
            });
            format!(
                "SELECT * FROM (\n{some}\n) WHERE disclosure_key IN (SELECT disclosure_key FROM core.dim_document WHERE {part})"
            )
        };
        Ok(parts.iter().map(narrowed).collect())
    }

    /// A check about governments names no disclosure, every other one does.
    fn must_speak_of_their_own(&self, catalogue: &Catalogue, collected: &str) -> Result<()> {
        let spoken = self.query(&format!("SELECT DISTINCT check_id, disclosure_key = '' FROM {collected}"), &[])?;
        for check in &catalogue.checks {
            let Method::Query { shown_path, sql, .. } = &check.method else { continue };
            let of_others = vec![check.id.as_str().into(), (!is_about_governments(sql)).into()];
            if spoken.rows.contains(&of_others) {
                return Err(wrongly_about(shown_path));
            }
        }
        Ok(())
    }

    /// What the SQL file of one check says now, of whichever disclosure.
    ///
    /// # Errors
    /// A statement DuckDB refuses.
    pub fn ask_check(&self, check: &Check) -> Result<Vec<Answer>> {
        let Method::Query { shown_path, sql, words, .. } = &check.method else { return Ok(Vec::new()) };
        self.set_words(words)?;
        let columns: Vec<String> = COLUMNS.iter().map(|(name, kind)| format!("{name} {kind}")).collect();
        let statement = sql.trim().trim_end_matches(';');
        let id = quoted(&check.id);
        self.execute(&format!("CREATE TEMP TABLE said (check_id VARCHAR NOT NULL, {})", columns.join(", ")))?;
        self.execute(&format!("INSERT INTO temp.said BY NAME SELECT {id} AS check_id, * FROM (\n{statement}\n)"))
            .map_err(|error| failed(shown_path, error))?;
        let mut answers = Vec::new();
        self.query_batches(&answer_rows("temp.said"), |rows| {
            answers.extend((0..rows.num_rows()).map(|row| answer(&Row { rows, row })));
        })?;
        Ok(answers)
    }

    /// The words of a check, for its SQL file to read with `getvariable('words')`.
    fn set_words(&self, words: &[String]) -> Result<()> {
        let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        self.execute(&format!("SET VARIABLE words = CAST([{}] AS VARCHAR[])", words.join(", ")))
    }

    /// What was said of the disclosures whose answers stand within these rows, in the order of the checks.
    pub fn answers_within(&self, ranges: &[RowRange]) -> Result<HashMap<String, Vec<Answer>>> {
        let mut answers: HashMap<String, Vec<Answer>> = HashMap::new();
        for (first, last) in ranges {
            let sql = format!("{} WHERE rowid BETWEEN {first} AND {last}", answer_rows("temp.answer"));
            self.query_batches(&sql, |rows| {
                for row in 0..rows.num_rows() {
                    let row = Row { rows, row };
                    answers.entry(row.owned(0)).or_default().push(answer(&row));
                }
            })?;
        }
        Ok(answers)
    }
}

fn answer_rows(table: &str) -> String {
    format!(
        "SELECT disclosure_key, check_id, document_key, place, subject, holds, said_zh, said_en, left_value, left_half,
                right_value, right_half, doubt
         FROM {table}"
    )
}

fn answer(row: &Row<'_>) -> Answer {
    let side = |value: usize, half: usize| Some((row.decimal(value)?, row.decimal(half).unwrap_or_default()));
    let says = match (row.boolean(5), side(8, 9), side(10, 11)) {
        (Some(true), ..) => Says::Holds,
        (Some(false), ..) => Says::Broken { zh: row.owned(6), en: row.owned(7) },
        (None, Some(left), Some(right)) => Says::Compare { left, right },
        (None, ..) => Says::Unknown(row.owned(7)),
    };
    Answer {
        check_id: row.owned(1),
        document_key: row.owned(2),
        place: Place::parse(row.text(3)),
        subject: row.owned(4),
        says,
        doubt: Some(row.owned(12)).filter(|place| !place.is_empty()),
    }
}

/// Tries every SQL file of the project's checks on a warehouse without rows.
///
/// # Errors
/// The first statement that fails, or lacks a column, with its file. What examples of the checks say wrongly is listed.
pub fn lint_queries(project: &Project, catalogue: &Catalogue) -> Result<Vec<Error>> {
    let warehouse = Warehouse::in_memory()?;
    let nothing = std::path::Path::new("no load package");
    warehouse.load(nothing, project)?;
    warehouse.model(project)?;
    warehouse.settle(project)?;
    for check in &catalogue.checks {
        let Method::Query { file, shown_path, sql, words, .. } = &check.method else { continue };
        Script::read(project.require(file)?)?;
        warehouse.set_words(words)?;
        lint_columns(&warehouse, sql, shown_path)?;
        if !is_about_governments(sql) {
            let parts = warehouse.of_some_departments(sql)?;
            parts.iter().try_for_each(|part| lint_columns(&warehouse, part, shown_path))?;
        }
    }
    examples::run(&warehouse, catalogue)
}

/// A check's query gives what a check needs, and nothing else.
fn lint_columns(warehouse: &Warehouse, sql: &str, shown_path: &str) -> Result<()> {
    let described = warehouse.describe(sql).map_err(|error| failed(shown_path, error))?;
    let columns: Vec<String> = described.rows.iter().map(|row| row[0].shown()).collect();
    let gives = |name: &str| columns.iter().any(|column| column == name);
    let wrong = |what: String| {
        let known: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
        Err(Error::usage(format!("{shown_path}: {what}"))
            .hint(format!("a check's query returns some of these columns: {}", known.join(", "))))
    };
    if let Some((lacking, _)) = COLUMNS.iter().take(2).find(|(name, _)| !gives(name)) {
        return wrong(format!("the column {lacking} is missing"));
    }
    if !(gives("holds") || gives("left_value") && gives("right_value")) {
        return wrong("neither `holds` nor `left_value` and `right_value` are returned".to_owned());
    }
    if let Some(unknown) = columns.iter().find(|column| !COLUMNS.iter().any(|(name, _)| name == column)) {
        return wrong(format!("the column {unknown} means nothing here"));
    }
    Ok(())
}

/// SQL with other words for some of the qualified names it uses.
fn names_replaced(sql: &str, other: impl Fn(&str) -> Option<String>) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let mut replaced = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(start) = rest.find(is_part) {
        let (before, word) = rest.split_at(start);
        let end = word.find(|c| !is_part(c)).unwrap_or(word.len());
        replaced.push_str(before);
        replaced.push_str(&other(&word[..end]).unwrap_or_else(|| word[..end].to_owned()));
        rest = &word[end..];
    }
    replaced + rest
}

fn wrongly_about(shown_path: &str) -> Error {
    Error::usage(format!("{shown_path}: a row names no disclosure, or one although the file is about governments"))
        .hint("a file with the header line `-- about: 政府 | governments` answers with an empty disclosure_key, every other with a disclosure's")
}

fn failed(shown_path: &str, error: Error) -> Error {
    if error.kind == ErrorKind::NotPublished {
        return Error { what: format!("{shown_path}: {}", error.what), ..error };
    }
    Error::usage(format!("{shown_path} failed"))
        .because(error.why.unwrap_or(error.what))
        .hint("correct the statement there; `juesuan query` tries it on a published warehouse")
}

//! Questions an analyst wrote: parameters by name, errors of any row reported, and what there is to ask about.

use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use duckdb::Connection;
use duckdb::arrow::array::Array;

use crate::error::{Error, ErrorKind, Result};

use crate::warehouse::build::header::key_in_words;

use super::value::{Column, ColumnType, Value, from_arrow};
use crate::warehouse::{Warehouse, query_failed, quiet_config, quoted, says_out_of_memory};

/// A table or view of the published warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// `core`, `mart` or `audit`
    pub schema: String,
    pub name: String,
    pub is_view: bool,
    /// The text of COMMENT ON: one Chinese and one English line, see [`super::Header::comment`].
    pub comment: String,
}

/// `$year` in a statement, and the text given for it.
pub type NamedParameter = (String, String);

/// Holds while a statement may run; see [`Warehouse::stop_after`].
#[derive(Debug)]
pub struct TimeLimit {
    _over: Sender<()>,
}

impl Warehouse {
    /// Runs what an analyst wrote and hands on each row as DuckDB makes it: a result of any size needs little memory. An
    /// error may come in the last row (a cast, a division): whoever takes rows shows none before the end is reached.
    ///
    /// Parameters stand as `$name`. Their text adapts to where it stands, as a literal in quotes does; where DuckDB
    /// finds no such reading (`$year - 1`), numbers are passed as numbers.
    ///
    /// # Errors
    /// A statement DuckDB refuses, writing included; a parameter without a value, a value without its parameter.
    pub fn ask(
        &self,
        sql: &str,
        parameters: &[NamedParameter],
        mut take: impl FnMut(&[Column], Vec<Value>) -> Result<()>,
    ) -> Result<Vec<Column>> {
        let statements = self.only_reading(sql)?;
        let (last, before) = statements.split_last().unwrap_or((&"", &[]));
        for statement in before {
            self.connection.execute_batch(statement).map_err(|error| asked_wrongly(&error))?;
        }
        let mut statement = self.connection.prepare(last).map_err(|error| asked_wrongly(&error))?;
        let mut names = Vec::new();
        for at in 1..=statement.parameter_count() {
            names.push(statement.parameter_name(at).map_err(|error| asked_wrongly(&error))?);
        }
        let texts = values_of(&names, parameters)?;
        let as_text = texts.iter().map(|text| Value::from(*text));
        // The iterator that is dropped here panics where DuckDB fails; `step` below tells.
        if let Err(error) = statement.stream_arrow(duckdb::params_from_iter(as_text)).map(drop) {
            if names.is_empty() {
                return Err(asked_wrongly(&error));
            }
            let as_numbers = texts.iter().map(|text| number_or_text(text));
            let begun = statement.stream_arrow(duckdb::params_from_iter(as_numbers)).map(drop);
            begun.map_err(|error| asked_wrongly(&error))?;
        }
        let columns: Vec<Column> = statement
            .schema()
            .fields()
            .iter()
            .map(|field| Column { name: field.name().clone(), kind: ColumnType::from_arrow(field.data_type()) })
            .collect();
        while let Some(batch) = statement.step().map_err(|error| asked_wrongly(&error))? {
            for row in 0..batch.len() {
                take(&columns, batch.columns().iter().map(|column| from_arrow(column.as_ref(), row)).collect())?;
            }
        }
        Ok(columns)
    }

    /// Stops the statement that runs when the time is over, unless what is returned is dropped before.
    pub fn stop_after(&self, time: Duration) -> TimeLimit {
        let (over, is_over) = channel();
        let stop = self.breaker();
        thread::spawn(move || {
            // Again and again: a statement that begins later is over its time, too.
            let mut wait = time;
            while is_over.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                stop();
                wait = Duration::from_millis(100);
            }
        });
        TimeLimit { _over: over }
    }

    /// The tables and views that can be asked, marts first.
    pub fn relations(&self) -> Result<Vec<Relation>> {
        let frame = self.query(
            "FROM (SELECT schema_name, view_name AS name, TRUE AS is_view, coalesce(comment, '') AS comment
             FROM duckdb_views() WHERE NOT internal AND schema_name NOT IN ('main', 'stage')
             UNION ALL
             SELECT schema_name, table_name, FALSE, coalesce(comment, '')
             FROM duckdb_tables() WHERE NOT internal AND NOT temporary AND schema_name <> 'stage')
             ORDER BY array_position(['mart', 'core', 'audit'], schema_name), name",
            &[],
        )?;
        let relation = |row: &Vec<Value>| Relation {
            schema: row[0].shown(),
            name: row[1].shown(),
            is_view: row[2].as_boolean() == Some(true),
            comment: row[3].shown(),
        };
        Ok(frame.rows.iter().map(relation).collect())
    }

    /// The table or view of this name, with its schema or without.
    ///
    /// # Errors
    /// There is none; the nearest is named.
    pub fn relation(&self, name: &str) -> Result<Relation> {
        let mut relations = self.relations()?;
        if let Some(at) = relations.iter().position(|relation| relation.name == name || relation.qualified() == name) {
            return Ok(relations.swap_remove(at));
        }
        let distance = |known: &&Relation| strsim::damerau_levenshtein(&known.name, name);
        let closest = relations.iter().min_by_key(distance).map(|relation| relation.name.as_str()).unwrap_or_default();
        Err(Error::usage(format!("there is no table or view {name}"))
            .hint(format!("closest: {closest}; `juesuan query --list` lists them, in the shell .tables does")))
    }

    /// Two published warehouses beside each other, read-only, as the databases `old` and `new`.
    pub fn side_by_side(old: &Path, new: &Path) -> Result<Self> {
        Self::attached([("old", old), ("new", new)])
    }

    /// The same with these departments alone in the tables named here, whose rows of all others are the same on both sides.
    pub fn side_by_side_of(old: &Path, new: &Path, departments: &[String], tables: &[&str]) -> Result<Self> {
        let both = Self::attached([("old_file", old), ("new_file", new)])?;
        let departments: Vec<String> = departments.iter().map(|key| quoted(key)).collect();
        let only = format!("WHERE department_key IN (SELECT unnest(CAST([{}] AS VARCHAR[])))", departments.join(", "));
        for side in ["old", "new"] {
            both.execute(&format!("ATTACH ':memory:' AS {side}; CREATE SCHEMA {side}.core"))?;
            let held = both.query(
                "SELECT 'core.' || table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name = 'core'",
                &[format!("{side}_file").into()],
            )?;
            for table in held.rows.iter().map(|row| row[0].shown()) {
                let only = if tables.contains(&table.as_str()) { only.as_str() } else { "" };
                both.execute(&format!("CREATE VIEW {side}.{table} AS FROM {side}_file.{table} {only}"))?;
            }
        }
        Ok(both)
    }

    fn attached(sides: [(&str, &Path); 2]) -> Result<Self> {
        let connection =
            Connection::open_in_memory_with_flags(quiet_config()?).map_err(|error| query_failed(&error))?;
        let both = Self::over(connection, sides[1].1.to_owned());
        for (name, path) in sides {
            if !path.is_file() {
                return Err(Error::usage(format!("there is no warehouse at {}", path.display()))
                    .hint("earlier versions are listed by `juesuan restore --list`"));
            }
            let attach = format!("ATTACH {} AS {name} (READ_ONLY)", quoted(&path.display().to_string()));
            both.execute(&attach).map_err(|error| {
                Error::usage(format!("cannot open the warehouse {}", path.display()))
                    .because(error.why.unwrap_or(error.what))
            })?;
        }
        Ok(both)
    }
}

impl Relation {
    /// `mart.v_entity_year`
    pub fn qualified(&self) -> String {
        format!("{}.{}", self.schema, self.name)
    }

    /// The line of the comment in the wanted language, cut at its sentence ends.
    pub fn remarks(&self, chinese: bool) -> Vec<&str> {
        let mut lines = self.comment.lines();
        let (first, second) = (lines.next().unwrap_or_default(), lines.next());
        let (line, end) = if chinese { (first, "。") } else { (second.unwrap_or(first), ". ") };
        line.split(end).map(|part| part.trim().trim_end_matches('.')).filter(|part| !part.is_empty()).collect()
    }

    /// The remarks of one key of its header: `caution`, `grain`, `formula` ..
    pub fn remarked(&self, key: &str, chinese: bool) -> Vec<String> {
        let key = key_in_words(key, chinese);
        self.remarks(chinese).into_iter().filter_map(|remark| remark.strip_prefix(&key)).map(str::to_owned).collect()
    }

    /// What it is, in one line: its title, or the question it answers where one is written down.
    pub fn purpose(&self, chinese: bool) -> String {
        let title = self.remarks(chinese).first().copied().unwrap_or_default();
        match self.remarked("question", chinese).first() {
            Some(question) => format!("{title}: {question}"),
            None => title.to_owned(),
        }
    }
}

fn values_of<'a>(names: &[String], parameters: &'a [NamedParameter]) -> Result<Vec<&'a str>> {
    if let Some((unused, _)) = parameters.iter().find(|(name, _)| !names.contains(name)) {
        let known: Vec<String> = names.iter().map(|name| format!("${name}")).collect();
        return Err(Error::usage(format!("the statement has no parameter ${unused}")).hint(if known.is_empty() {
            format!("write ${unused} where the value belongs")
        } else {
            format!("it has {}", known.join(", "))
        }));
    }
    names
        .iter()
        .map(|name| {
            parameters.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str()).ok_or_else(|| {
                Error::usage(format!("the parameter ${name} has no value")).hint(format!("give it: -p {name}=VALUE"))
            })
        })
        .collect()
}

fn number_or_text(text: &str) -> Value {
    match (text.parse::<i64>(), text.parse::<rust_decimal::Decimal>()) {
        (Ok(number), _) => Value::from(number),
        (_, Ok(number)) => Value::from(number),
        _ => Value::from(text),
    }
}

fn asked_wrongly(error: &duckdb::Error) -> Error {
    let failed = query_failed(error);
    if failed.kind != ErrorKind::Usage {
        // The words of a build do not fit: nothing was to be published.
        let (what, hint) = match failed.why.as_deref().is_some_and(says_out_of_memory) {
            true => (
                "the question needs more memory than DuckDB may take",
                "ask for fewer rows or columns, or aggregate first; the warehouse is as it was",
            ),
            false => (
                "DuckDB cannot write the temporary files this question needs",
                "the disk that holds the warehouse may be full or read-only; the warehouse is as it was",
            ),
        };
        return Error::usage(what).because(failed.why.unwrap_or_default()).hint(hint);
    }
    let hint = hint_for(failed.why.as_deref().unwrap_or_default());
    failed.hint(hint)
}

/// The names DuckDB finds near the wrong one, else where to look names up.
fn hint_for(why: &str) -> String {
    if let Some(near) = names_behind(why, "Candidate bindings:").or_else(|| names_behind(why, "Did you mean")) {
        return format!("closest: {near}");
    }
    let hint = if why.starts_with("INTERRUPT") {
        "the statement was stopped before its end"
    } else if why.contains("read-only") {
        "a warehouse is only read: CREATE TEMP TABLE works"
    } else if why.starts_with("Parser Error") {
        "the statement is not SQL as DuckDB knows it; `juesuan query --list` lists named questions"
    } else if why.starts_with("Conversion Error") {
        "TRY_CAST gives NULL where a value cannot be converted"
    } else {
        "`juesuan query --list` lists what can be asked, `juesuan query \"DESCRIBE NAME\"` the columns of one"
    };
    hint.to_owned()
}

/// The quoted names on the line where `mark` stands.
fn names_behind(why: &str, mark: &str) -> Option<String> {
    let line = why[why.find(mark)? + mark.len()..].lines().next()?;
    let names: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_are_the_hint() {
        let column = "Binder Error: Referenced column \"expense\" not found!\nCandidate bindings: \"expenditure\", \"year\"\n\nLINE 1: ..";
        assert_eq!(hint_for(column), "closest: expenditure, year");
        let table = "Catalog Error: Table with name x does not exist!\nDid you mean \"mart.v_x\"?\n";
        assert_eq!(hint_for(table), "closest: mart.v_x");
        assert!(hint_for("Catalog Error: Table with name x does not exist!").contains("--list"));
    }
}

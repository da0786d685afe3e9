//! Checks that a SQL file answers: each runs once over the whole warehouse, its rows go to the disclosures they speak of.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::value::{Frame, Value};
use super::{Script, Warehouse};
use crate::error::{Error, Result};
use crate::project::Project;
use crate::reconcile::catalogue::{Catalogue, Method};
use crate::reconcile::operands::{Answer, DisclosureFacts, Says};
use crate::vocabulary::Place;

/// Columns a check's SQL file may return; the first two it must.
const COLUMNS: [&str; 11] = [
    "disclosure_key",
    "subject",
    "document_key",
    "place",
    "holds",
    "said_zh",
    "said_en",
    "left_value",
    "left_half",
    "right_value",
    "right_half",
];

/// Answers by disclosure.
#[derive(Debug, Default)]
pub(super) struct Answers {
    by_disclosure: BTreeMap<String, Vec<Answer>>,
}

impl Answers {
    /// Gives a disclosure what was said of it.
    pub fn give(&mut self, facts: &mut DisclosureFacts) {
        facts.answers = self.by_disclosure.remove(&facts.disclosure_key).unwrap_or_default();
    }

    /// What was said of no disclosure, as one without documents.
    pub fn of_governments(&mut self) -> Option<DisclosureFacts> {
        let answers = self.by_disclosure.remove("")?;
        Some(DisclosureFacts { answers, ..DisclosureFacts::default() })
    }
}

/// Which questions are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Everything,
    /// Those whose answers follow from one department's documents.
    Disclosures,
    /// Those that compare departments with the figures of their government: `-- about: governments` in their header.
    Governments,
}

impl Scope {
    fn covers(self, sql: &str) -> bool {
        match self {
            Scope::Everything => true,
            Scope::Disclosures => !is_about_governments(sql),
            Scope::Governments => is_about_governments(sql),
        }
    }
}

fn is_about_governments(sql: &str) -> bool {
    sql.lines().any(|line| line.starts_with("-- about:"))
}

impl Warehouse {
    /// Runs every SQL file of this scope that a check names.
    ///
    /// # Errors
    /// A statement DuckDB refuses, or a result without the columns a check needs: with the file.
    pub(super) fn answers(&self, catalogue: &Catalogue, scope: Scope) -> Result<Answers> {
        let mut answers = Answers::default();
        for check in &catalogue.checks {
            let Method::Query { shown_path, sql, .. } = &check.method else { continue };
            if !scope.covers(sql) {
                continue;
            }
            let frame = self.query(sql, &[]).map_err(|error| failed(shown_path, error))?;
            let columns = Columns::of(&frame, shown_path)?;
            for row in &frame.rows {
                let answer = columns.answer(&check.id, row);
                let disclosure = columns.text(row, "disclosure_key");
                if disclosure.is_empty() != is_about_governments(sql) {
                    return Err(wrongly_about(shown_path));
                }
                answers.by_disclosure.entry(disclosure).or_default().push(answer);
            }
        }
        Ok(answers)
    }
}

/// Tries every SQL file of the project's checks on a warehouse without rows.
///
/// # Errors
/// The first statement that fails, or lacks a column, with its file.
pub fn lint_queries(project: &Project, catalogue: &Catalogue) -> Result<()> {
    let warehouse = Warehouse::in_memory()?;
    let nothing = std::path::Path::new("no load package");
    warehouse.load(nothing, project)?;
    warehouse.model(project)?;
    for check in &catalogue.checks {
        let Method::Query { file, shown_path, sql, .. } = &check.method else { continue };
        Script::read(project.require(file)?)?;
        let frame = warehouse.query(sql, &[]).map_err(|error| failed(shown_path, error))?;
        Columns::of(&frame, shown_path)?;
    }
    Ok(())
}

/// Where each column stands in the rows.
struct Columns(BTreeMap<&'static str, usize>);

impl Columns {
    fn of(frame: &Frame, shown_path: &str) -> Result<Self> {
        let at = |name: &str| frame.columns.iter().position(|column| column.name == name);
        let wrong = |what: String| {
            Error::usage(format!("{shown_path}: {what}"))
                .hint(format!("a check's query returns some of these columns: {}", COLUMNS.join(", ")))
        };
        if let Some(lacking) = COLUMNS.iter().take(2).find(|name| at(name).is_none()) {
            return Err(wrong(format!("the column {lacking} is missing")));
        }
        if at("holds").is_none() && (at("left_value").is_none() || at("right_value").is_none()) {
            return Err(wrong("neither `holds` nor `left_value` and `right_value` are returned".to_owned()));
        }
        if let Some(unknown) = frame.columns.iter().find(|column| !COLUMNS.contains(&column.name.as_str())) {
            return Err(wrong(format!("the column {} means nothing here", unknown.name)));
        }
        Ok(Self(COLUMNS.iter().filter_map(|name| Some((*name, at(name)?))).collect()))
    }

    fn value<'r>(&self, row: &'r [Value], name: &str) -> Option<&'r Value> {
        self.0.get(name).and_then(|at| row.get(*at)).filter(|value| **value != Value::Null)
    }

    fn text(&self, row: &[Value], name: &str) -> String {
        self.value(row, name).map(Value::shown).unwrap_or_default()
    }

    fn decimal(&self, row: &[Value], name: &str) -> Option<Decimal> {
        self.value(row, name).and_then(Value::as_decimal)
    }

    fn answer(&self, check_id: &str, row: &[Value]) -> Answer {
        Answer {
            check_id: check_id.to_owned(),
            document_key: self.text(row, "document_key"),
            place: Place::parse(&self.text(row, "place")),
            subject: self.text(row, "subject"),
            says: self.says(row),
        }
    }

    fn says(&self, row: &[Value]) -> Says {
        let side =
            |name: &str, half: &str| Some((self.decimal(row, name)?, self.decimal(row, half).unwrap_or_default()));
        let (zh, en) = (self.text(row, "said_zh"), self.text(row, "said_en"));
        match self.value(row, "holds").and_then(Value::as_boolean) {
            Some(true) => return Says::Holds,
            Some(false) => return Says::Broken { zh, en },
            None => {}
        }
        match (side("left_value", "left_half"), side("right_value", "right_half")) {
            (Some(left), Some(right)) => Says::Compare { left, right },
            _ => Says::Unknown(en),
        }
    }
}

fn wrongly_about(shown_path: &str) -> Error {
    Error::usage(format!("{shown_path}: a row names no disclosure, or one although the file is about governments"))
        .hint("a file with the header line `-- about: 政府 | governments` answers with an empty disclosure_key, every other with a disclosure's")
}

fn failed(shown_path: &str, error: Error) -> Error {
    Error::usage(format!("{shown_path} failed"))
        .because(error.why.unwrap_or(error.what))
        .hint("correct the statement there; `juesuan query` tries it on a published warehouse")
}

//! The rows of an example, as they are written.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::reconcile::catalogue::Names;
use crate::reconcile::catalogue::term::{Term, TermKind};

/// One written row.
#[derive(Debug, Clone)]
pub enum Row {
    Number(Number),
    /// Report table, state, and the notes below it.
    Table(String, String, String),
}

/// A figure or a claim.
#[derive(Debug, Clone)]
pub struct Number {
    pub term: Term,
    pub printed: String,
    pub unit: String,
    pub more: BTreeMap<String, String>,
}

impl Number {
    pub fn more(&self, key: &str) -> &str {
        self.more.get(key).map_or("", String::as_str)
    }
}

const SHAPE: &str = "a row reads `TERM VALUE[UNIT] [key=value ..]`, or `table TABLE STATE [NOTES]`";
/// What a row may say beside its number.
const KEYS: [&str; 13] =
    ["basis", "of", "of_fund", "p", "s", "kind", "said", "item", "path", "part", "reason", "row", "role"];

pub fn read(rows: &[String], names: &Names, place: &str) -> Result<Vec<Row>> {
    rows.iter().map(|row| one(row, names, place)).collect()
}

/// The rows with what `breaks` says changed.
pub fn change(held: &[Row], breaks: &[String], names: &Names, place: &str) -> Result<Vec<Row>> {
    let mut rows = held.to_vec();
    for written in breaks {
        if let Some(gone) = written.strip_prefix("no ") {
            let before = rows.len();
            rows.retain(|row| !is_named(row, gone));
            if rows.len() == before {
                return Err(unreadable(written, place, "nothing in `holds` is named so"));
            }
            continue;
        }
        let changed = one(written, names, place)?;
        let key = key_of(&changed);
        match rows.iter_mut().find(|row| key_of(row) == key) {
            Some(row) => *row = changed,
            None => rows.push(changed),
        }
    }
    Ok(rows)
}

fn is_named(row: &Row, name: &str) -> bool {
    key_of(row).0 == name
        || matches!(row, Row::Number(number) if format!("{} row={}", number.term.written, number.more("row")) == name)
}

/// Rows of one key are one row.
fn key_of(row: &Row) -> (&str, &str, &str) {
    match row {
        Row::Number(number) => (&number.term.written, number.more("row"), number.more("p")),
        Row::Table(table, ..) => (table, "", ""),
    }
}

fn one(written: &str, names: &Names, place: &str) -> Result<Row> {
    let mut words = written.split_whitespace();
    let first = words.next().unwrap_or_default();
    if first == "table" {
        let (Some(table), Some(state)) = (words.next(), words.next()) else {
            return Err(unreadable(written, place, SHAPE));
        };
        crate::reconcile::catalogue::names::known(&names.tables, table, "report table", place)?;
        let notes = words.collect::<Vec<_>>().join(" ");
        return Ok(Row::Table(table.to_owned(), state.to_owned(), notes));
    }
    let term = Term::parse(first, names, place)?;
    if matches!(term.kinds.as_slice(), [TermKind::Constant(_) | TermKind::Linked(_)]) {
        return Err(unreadable(written, place, SHAPE));
    }
    let value = words.next().ok_or_else(|| unreadable(written, place, SHAPE))?;
    let end = value.rfind(|c: char| c.is_ascii_digit() || c == '.').map_or(0, |at| at + 1);
    let (printed, unit) = value.split_at(end);
    let mut more = BTreeMap::new();
    for word in words {
        let (key, value) = word.split_once('=').ok_or_else(|| unreadable(written, place, SHAPE))?;
        if !KEYS.contains(&key) {
            return Err(unreadable(written, place, &format!("a row says {} beside its number", KEYS.join(", "))));
        }
        more.insert(key.to_owned(), value.to_owned());
    }
    Ok(Row::Number(Number { term, printed: printed.to_owned(), unit: unit.to_owned(), more }))
}

pub fn unreadable(written: &str, place: &str, hint: &str) -> Error {
    Error::usage(format!("{place}: cannot read the row `{written}`")).hint(hint)
}

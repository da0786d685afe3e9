//! Examples of checks that a SQL file answers: rows of the warehouse on which it is silent, and rows on which it fires.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::reconcile::catalogue::Catalogue;
use crate::reconcile::catalogue::check::{Check, Example, Method};
use crate::reconcile::evaluate::evaluate_one;
use crate::reconcile::examples::{Came, compare, says_nothing};
use crate::reconcile::facts::disclosure::{DisclosureFacts, DocumentFact};
use crate::warehouse::{Warehouse, quoted};

/// A row of a table: its columns as written.
type WrittenRow = (String, BTreeMap<String, String>);

/// What stands in columns a row says nothing about.
const USUAL: [(&str, &str); 17] = [
    ("document_key", "'example'"),
    ("disclosure_key", "'example'"),
    ("department_key", "'example'"),
    ("fiscal_year", "2023"),
    ("is_current", "TRUE"),
    ("is_text_current", "TRUE"),
    ("row_role", "'detail'"),
    ("value_kind", "'money'"),
    ("claim_kind", "'number'"),
    ("measure", "'final_account'"),
    ("phase", "'final_account'"),
    ("flow", "'expenditure'"),
    ("component", "'total'"),
    ("state", "'data'"),
    ("level", "'department'"),
    ("outcome", "'loaded'"),
    ("is_known", "TRUE"),
];

/// Runs the examples of the checks of method query.
///
/// # Errors
/// A database that fails; what an example says wrongly is listed.
pub fn run(warehouse: &Warehouse, catalogue: &Catalogue) -> Result<Vec<Error>> {
    let mut wrong = Vec::new();
    for (at, check) in catalogue.checks.iter().enumerate() {
        if matches!(check.method, Method::Query { .. }) {
            wrong.extend(
                check.examples.iter().filter_map(|example| one(warehouse, catalogue, at, check, example).err()),
            );
        }
    }
    Ok(wrong)
}

fn one(warehouse: &Warehouse, catalogue: &Catalogue, at: usize, check: &Check, example: &Example) -> Result<()> {
    let place = format!("{}: example `{}` of {}", check.written_at, example.form, check.id);
    let held: Vec<WrittenRow> = example.holds.iter().map(|row| read(row, &place)).collect::<Result<_>>()?;
    let came = |rows: &[WrittenRow]| -> Result<Came> {
        warehouse.execute("BEGIN TRANSACTION")?;
        let said = insert(warehouse, rows, &place).and_then(|()| warehouse.ask_check(check));
        warehouse.execute("ROLLBACK")?;
        let facts = DisclosureFacts {
            documents: vec![DocumentFact { document_key: "example".into(), ..DocumentFact::default() }],
            answers: said?,
            ..DisclosureFacts::default()
        };
        Ok(Came::of(&evaluate_one(catalogue, &facts, at)))
    };
    let holds = came(&held)?;
    if !example.applies {
        return says_nothing(check, example, holds);
    }
    for changes in example.ways_to_break() {
        compare(check, example, changes, holds, came(&change(&held, changes, &place)?)?)?;
    }
    Ok(())
}

fn read(written: &str, place: &str) -> Result<WrittenRow> {
    let shape = || {
        Error::usage(format!("{place}: cannot read the row `{written}`"))
            .hint("a row of a query's example reads `TABLE: column = value | column = value`")
    };
    let (table, columns) = written.split_once(':').ok_or_else(shape)?;
    let columns = columns.split('|').filter(|column| !column.trim().is_empty()).map(|column| {
        let (name, value) = column.split_once('=').ok_or_else(shape)?;
        Ok((name.trim().to_owned(), value.trim().to_owned()))
    });
    Ok((table.trim().to_owned(), columns.collect::<Result<_>>()?))
}

/// `TABLE[2]: ..` changes columns of the second row of the table, `no TABLE[2]` takes it away; other rows are added.
fn change(held: &[WrittenRow], breaks: &[String], place: &str) -> Result<Vec<WrittenRow>> {
    let mut rows: Vec<Option<WrittenRow>> = held.iter().cloned().map(Some).collect();
    for written in breaks {
        let gone = written.strip_prefix("no ");
        let (name, columns) = read(&gone.map_or_else(|| written.clone(), |gone| format!("{gone}:")), place)?;
        let Some((table, count)) = name.strip_suffix(']').and_then(|name| name.split_once('[')) else {
            rows.push(Some((name, columns)));
            continue;
        };
        let count: usize = count.parse().unwrap_or(0);
        let mut named = rows.iter_mut().filter(|row| row.as_ref().is_some_and(|(known, _)| known == table));
        let row = named.nth(count.saturating_sub(1)).ok_or_else(|| {
            Error::usage(format!("{place}: there is no {name}")).hint("rows of a table are counted from 1")
        })?;
        if gone.is_some() {
            *row = None;
        } else if let Some((_, known)) = row {
            known.extend(columns);
        }
    }
    Ok(rows.into_iter().flatten().collect())
}

fn insert(warehouse: &Warehouse, rows: &[WrittenRow], place: &str) -> Result<()> {
    for (line, (table, columns)) in rows.iter().enumerate() {
        let known = warehouse.query(
            // A generated column is one with an expression.
            "SELECT column_name, data_type, is_nullable FROM duckdb_columns()
             WHERE schema_name || '.' || table_name = ? AND column_default IS NULL ORDER BY column_index",
            &[table.as_str().into()],
        )?;
        let known: Vec<[String; 3]> =
            known.rows.iter().map(|row| [row[0].shown(), row[1].shown(), row[2].shown()]).collect();
        if let Some(unknown) = columns.keys().find(|name| !known.iter().any(|column| &column[0] == *name)) {
            let names: Vec<&str> = known.iter().map(|column| column[0].as_str()).collect();
            return Err(Error::usage(format!("{place}: the table {table} has no column {unknown}"))
                .hint(format!("its columns: {}", names.join(", "))));
        }
        let values: Vec<String> = known
            .iter()
            .map(|[name, kind, nullable]| match columns.get(name) {
                Some(value) => format!("CAST({} AS {kind})", quoted(value)),
                None => usual(name, kind, nullable == "true", line),
            })
            .collect();
        let names: Vec<&str> = known.iter().map(|column| column[0].as_str()).collect();
        warehouse
            .execute(&format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), values.join(", ")))
            .map_err(|error| Error::usage(format!("{place}: row {} does not fit", line + 1)).because(error))?;
    }
    Ok(())
}

fn usual(name: &str, kind: &str, is_nullable: bool, line: usize) -> String {
    if let Some((_, value)) = USUAL.iter().find(|(usual, _)| *usual == name) {
        return (*value).to_owned();
    }
    match name {
        "claim_key" | "function_key" | "economic_key" => format!("'{name} {line}'"),
        "line_number" | "row_number" | "document_number" => (line + 1).to_string(),
        _ if is_nullable => "NULL".to_owned(),
        _ if kind == "VARCHAR" => "''".to_owned(),
        _ if kind == "BOOLEAN" => "FALSE".to_owned(),
        _ => format!("CAST(0 AS {kind})"),
    }
}

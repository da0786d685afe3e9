//! Whether what says how it is brought up to date can be.

use std::collections::BTreeSet;

use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::build::beside::update::FIND_CHANGED;
use crate::warehouse::build::renewal::{OF_A_FAMILY, is_staged, of_documents, table_of, updated_by, updated_by_region};
use crate::warehouse::build::script::Script;

/// Tries that every table and extract that says how it is brought up to date can be: it has that column, and rests on the
/// loaded package, on dimensions and on tables of the same kind alone.
///
/// # Errors
/// The first file that cannot, with what is wrong.
pub fn lint_updates(project: &Project) -> Result<()> {
    let mut facts = Script::in_order(project, "sql/facts")?;
    facts.extend(Script::in_order(project, "sql/settled")?);
    let made_anew: Vec<&str> =
        facts.iter().filter(|script| updated_by(script).is_none()).filter_map(table_of).collect();
    for script in Script::in_order(project, "sql/schema")?.iter().chain(&facts) {
        let Some((table, column)) = updated_by(script) else { continue };
        let wrong = |what: String| {
            Err(Error::usage(format!("{}: {what}", script.shown_path))
                .hint("without its header line `-- update:` the table is made anew by every run"))
        };
        if !["department_key", "disclosure_key"].contains(&column) || !script.names_column(column) {
            return wrong(format!("{table} cannot be brought up to date by {column}"));
        }
        if let Some(other) = made_anew.iter().find(|other| script.uses(other)) {
            return wrong(format!(
                "{table} rests on {other}, which holds more than one family of departments together"
            ));
        }
    }
    lint_regions(&facts, &made_anew)?;
    lint_checks(project, &made_anew)?;
    lint_extracts(project, &made_anew)
}

/// A table that is replaced by region rests on nothing that holds more than one region together.
fn lint_regions(facts: &[Script], made_anew: &[&str]) -> Result<()> {
    for script in facts {
        let Some((table, column)) = updated_by_region(script) else { continue };
        let is_by_region = |name: &str| facts.iter().filter_map(updated_by_region).any(|(other, _)| other == name);
        let of_others = script.names().find(|name| {
            *name != table && (name.starts_with("stage.") || made_anew.contains(name) && !is_by_region(name))
        });
        let wrong = match of_others {
            _ if !script.names_column(column) => format!("{table} cannot be brought up to date by {column}"),
            Some(other) => format!("{table} rests on {other}, which holds more than one region together"),
            None => continue,
        };
        return Err(Error::usage(format!("{}: {wrong}", script.shown_path))
            .hint("without its header line `-- update:` the table is made anew by every run"));
    }
    Ok(())
}

/// A check of the warehouse that is asked of the changed families alone rests on nothing that others change.
fn lint_checks(project: &Project, made_anew: &[&str]) -> Result<()> {
    for script in Script::in_order(project, "sql/checks")? {
        let Some((column, _)) = script.header.remark("update") else { continue };
        let of_others = script.names().find(|name| is_staged(name) || made_anew.contains(name));
        let why = match of_others {
            _ if column != "document_key" => format!("it names a document, no {column}"),
            Some(table) => format!("it rests on {table}, which holds more than one family of departments together"),
            None => continue,
        };
        return Err(Error::usage(format!(
            "{}: it cannot be asked of changed families alone: {why}",
            script.shown_path
        ))
        .hint("without its header line `-- update:` the check is asked of the whole warehouse by every run"));
    }
    Ok(())
}

/// An extract, which takes from marts, may also rest on tables that are made anew and compared with what they were; not on
/// dimensions that change with the documents of anybody.
fn lint_extracts(project: &Project, made_anew: &[&str]) -> Result<()> {
    let (marts, dimensions) = (Script::in_order(project, "sql/marts")?, Script::in_order(project, "sql/dims")?);
    let compares = Script::read(project.require(FIND_CHANGED)?)?;
    let of_anybody = of_documents(&dimensions).into_iter().filter_map(table_of);
    let of_anybody = of_anybody.filter(|name| !OF_A_FAMILY.contains(name));
    let refused: Vec<&str> = made_anew.iter().copied().filter(|name| !compares.uses(name)).chain(of_anybody).collect();
    for script in Script::in_order(project, "sql/extracts")? {
        if script.header.remark("update").is_none() {
            continue;
        }
        let tables = tables_below(&script, &marts);
        if let Some(table) = refused.iter().find(|table| tables.contains(**table)) {
            return Err(Error::usage(format!(
                "{}: its rows cannot be replaced by department: it rests on {table}, which changes with the documents of others",
                script.shown_path
            ))
            .hint("without its header line `-- update:` the extract is written whole by every run"));
        }
    }
    Ok(())
}

/// The tables that a script rests on, through marts.
fn tables_below<'a>(script: &'a Script, marts: &'a [Script]) -> BTreeSet<&'a str> {
    let mut tables = BTreeSet::new();
    let mut waiting = vec![script];
    while let Some(script) = waiting.pop() {
        for name in script.names().filter(|name| Some(*name) != table_of(script)) {
            match marts.iter().find(|mart| table_of(mart) == Some(name)) {
                Some(mart) => waiting.push(mart),
                None => drop(tables.insert(name)),
            }
        }
    }
    tables
}

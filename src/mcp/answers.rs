//! What there is to ask about, where a figure comes from, what does not agree.

use serde_json::{Value as Json, json};

use super::Terms;
use super::arguments::Arguments;
use super::ask::{cautions, confined};
use crate::desk::{self, Section};
use crate::error::{Error, Result};
use crate::warehouse::{Notes, Script, Value, first_questions};

pub fn list_views(_: &Arguments<'_>, terms: &Terms<'_>) -> Result<Json> {
    let marts = confined(terms)?.relations()?.into_iter().filter(|relation| relation.schema == "mart");
    let views: Vec<Json> = marts
        .map(|mart| {
            json!({
                "name": mart.name, "purpose": mart.purpose(terms.chinese),
                "one_row": mart.remarked("grain", terms.chinese), "cautions": cautions(&mart, terms),
            })
        })
        .collect();
    let asked: Vec<Json> = first_questions(terms.project)?
        .into_iter()
        .map(|(chinese, english, sql)| json!({ "question": if terms.chinese { chinese } else { english }, "sql": sql }))
        .collect();
    Ok(json!({ "views": views, "asked_first": asked }))
}

pub fn describe_view(arguments: &Arguments<'_>, terms: &Terms<'_>) -> Result<Json> {
    let (asked, warehouse) = (arguments.text("name").trim(), confined(terms)?);
    let relation = warehouse.relation(asked)?;
    let notes = Notes::common(terms.project)?.with_comments_of(&warehouse, &relation.qualified())?;
    let described = warehouse.describe(&format!("SELECT * FROM {}", relation.qualified()))?;
    let columns: Vec<Json> = described
        .rows
        .iter()
        .filter_map(|row| Some((row.first()?.shown(), row.get(1)?.shown())))
        .map(|(name, kind)| json!({ "meaning": notes.description(&name, terms.chinese), "name": name, "type": kind }))
        .collect();
    Ok(json!({
        "name": relation.qualified(),
        "purpose": relation.purpose(terms.chinese),
        "one_row": relation.remarked("grain", terms.chinese),
        "cautions": cautions(&relation, terms),
        "formulas": relation.remarked("formula", terms.chinese),
        "notes": relation.remarked("note", terms.chinese),
        "columns": columns,
        "questions": questions(&relation.name, terms)?,
    }))
}

/// The questions in the header of a mart's file, each with its statement.
fn questions(mart: &str, terms: &Terms<'_>) -> Result<Vec<Json>> {
    let Some(file) = terms.project.get(&format!("sql/marts/{mart}.sql")) else { return Ok(Vec::new()) };
    let header = Script::read(file)?.header;
    let asked = header.examples().into_iter().map(|example| {
        let question = if terms.chinese { example.chinese } else { example.english };
        json!({ "question": question, "sql": example.sql })
    });
    Ok(asked.collect())
}

/// Opened with the desk's own rights: the statements are the project's, and the source file is read by this program.
pub fn explain_figure(arguments: &Arguments<'_>, terms: &Terms<'_>) -> Result<Json> {
    let warehouse = confined(terms)?;
    let mut explanation = desk::explain(&warehouse, terms.project, arguments.text("figure"))?;
    explanation.say_in(&warehouse, terms.project, terms.chinese)?;
    Ok(explanation.json())
}

pub fn findings(arguments: &Arguments<'_>, terms: &Terms<'_>) -> Result<Json> {
    let (department, limit) = (arguments.text("department").trim(), arguments.limit(terms));
    let severity = match arguments.text("severity") {
        "" => "warning",
        known @ ("error" | "warning" | "info") => known,
        other => {
            return Err(Error::usage(format!("there is no severity {other}")).hint("error, warning or info"));
        }
    };
    let warehouse = confined(terms)?;
    let parameters = [department.into(), arguments.number("fiscal_year").into()];
    let held = Section::ask(&warehouse, terms.project, "sql/mcp/disclosures.sql", &parameters)?;
    if held.frame.rows.len() != 1 {
        return Err(which_one(&held, department));
    }
    let parameters: [Value; 2] = [held.first("disclosure_key"), severity.into()];
    let mut found = Section::ask(&warehouse, terms.project, "sql/mcp/findings.sql", &parameters)?.frame;
    let in_all = found.rows.len();
    found.rows.truncate(limit);
    let disclosure_key = held.first("disclosure_key").shown();
    desk::Retelling::new(&warehouse, terms.project, disclosure_key, terms.chinese)?.say_findings(&mut found)?;
    Ok(json!({
        "disclosure": held.frame.objects().get(0), "findings_in_all": in_all, "findings": found.objects(),
        "note": terms.words.say("a finding is evidence, not a verdict; its figure can be given to explain_figure"),
    }))
}

fn which_one(held: &Section, asked: &str) -> Error {
    const NAMED: usize = 10;
    let keys: Vec<String> =
        held.frame.rows.iter().take(NAMED).map(|row| held.value(row, "disclosure_key").shown()).collect();
    match held.frame.rows.len() {
        0 => Error::usage(format!("the warehouse holds no disclosure of “{asked}” in that year"))
            .hint("ask v_coverage for what it holds: SELECT department_name, fiscal_year, state FROM v_coverage"),
        several => Error::usage(format!("“{asked}” names {several} disclosures"))
            .hint(format!("give one disclosure_key as department: {}", keys.join(", "))),
    }
}

//! `juesuan explain`

use std::process::ExitCode;

use clap::Args;

use crate::cli::global::{Global, WarehouseArgument};
use crate::cli::terminal::pager::print_paged;
use crate::cli::terminal::say::say;
use crate::cli::terminal::table::cut_cells;
use crate::desk::{self, CheckedAgainst, Explanation, Neighbourhood, Section, SourceState, Subject};
use crate::error::Result;
use crate::warehouse::Value;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan explain doc_0f3a2b4c5d6e7f80/3/C9               a figure_key (or claim_key) of the warehouse
  juesuan explain '示例局/2023决算报表.xls!附表1!C9'       a cell of a source file
  juesuan explain 示例局/2023决算说明.txt:42               every number of a line
  juesuan explain 示例局/2023决算说明.txt:42:17 --json     the number that starts at character 17

The end of a path is enough where it names one file. The cell or line is drawn from the source file while it is there
and unchanged, else from the warehouse.")]
pub struct ExplainArguments {
    /// figure_key, claim_key, file!sheet!cell, file!cell, file:line or file:line:start
    figure: String,
    #[command(flatten)]
    warehouse: WarehouseArgument,
}

pub fn explain(arguments: &ExplainArguments, global: &Global) -> Result<ExitCode> {
    let warehouse = arguments.warehouse.open()?;
    let project = global.open_project()?;
    let mut explanation = desk::explain(&warehouse, &project, &arguments.figure)?;
    explanation.say_in(&warehouse, &project, global.is_chinese())?;
    if global.json {
        say!("{}", serde_json::to_string_pretty(&explanation.json()).unwrap_or_default());
    } else {
        print_paged(&shown(&explanation, global), true);
    }
    Ok(ExitCode::SUCCESS)
}

pub fn shown(explanation: &Explanation, global: &Global) -> String {
    let document = |column: &str| explanation.document.first(column).shown();
    let mut text = match &explanation.subject {
        Subject::Cell { sheet, cell, .. } => format!("{}!{sheet}!{cell}\n", document("file")),
        Subject::Line { line, .. } => format!("{}:{line}\n", document("file")),
    };
    text += &format!("{}\n\n", source_line(explanation, global));
    text += &match &explanation.subject {
        Subject::Cell { neighbourhood, .. } => drawn(neighbourhood, global),
        Subject::Line { text, spans, .. } => format!("{}\n", marked(text, spans)),
    };
    if explanation.facts.frame.rows.is_empty() {
        text += &format!(
            "\n{}\n",
            global.say("Nothing at this place was read as a figure: `juesuan inspect FILE` shows why.")
        );
    }
    for row in &explanation.facts.frame.rows {
        text += &format!("\n{}\n", fact_lines(&explanation.facts, row, global));
    }
    text += &checks(&explanation.checks, &document("file"), global);
    text += &section(&explanation.findings, global);
    text += &section(&explanation.versions, global);
    text
}

/// Which version of the file this is, and whether it still stands there.
fn source_line(explanation: &Explanation, global: &Global) -> String {
    let document = |column: &str| explanation.document.first(column).shown();
    let current = match explanation.document.first("is_current").as_boolean() {
        Some(true) => global.say("current"),
        _ => global.say("superseded"),
    };
    let state = match explanation.source_state {
        SourceState::Unchanged => global.say("the source file is unchanged"),
        SourceState::Changed => global.say("the source file has changed since; drawn from the warehouse"),
        SourceState::Gone => global.say("the source file is gone; drawn from the warehouse"),
    };
    let version = global.say("version");
    let mut line = format!("{} · {version} {} ({current}) · {state}", document("format"), document("version"));
    for extra in [document("published_date"), document("source_address")].iter().filter(|extra| !extra.is_empty()) {
        line += &format!(" · {extra}");
    }
    line
}

/// A small grid; the figure stands in 【 】.
fn drawn(neighbourhood: &Neighbourhood, global: &Global) -> String {
    let headings: Vec<String> = std::iter::once(String::new()).chain(neighbourhood.columns.iter().cloned()).collect();
    let mut rows: Vec<Vec<String>> = neighbourhood
        .rows
        .iter()
        .map(|(number, cells)| std::iter::once(number.to_string()).chain(cells.iter().cloned()).collect())
        .collect();
    cut_cells(&mut rows, 24);
    let (row, column) = &neighbourhood.marked;
    let at = neighbourhood.columns.iter().position(|found| found == column);
    let line = neighbourhood.rows.iter().position(|(number, _)| number == row);
    if let (Some(at), Some(line)) = (at, line)
        && let Some(cell) = rows.get_mut(line).and_then(|cells| cells.get_mut(at + 1))
    {
        *cell = format!("【{cell}】");
    }
    format!("{}\n", global.table_keeping(&headings, &rows, at.map_or(0, |at| at + 1)))
}

/// The text with each number in 【 】.
fn marked(text: &str, spans: &[(usize, usize)]) -> String {
    let mut shown = String::with_capacity(text.len());
    for (at, character) in text.chars().enumerate() {
        spans.iter().filter(|(start, _)| *start == at).for_each(|_| shown.push('【'));
        shown.push(character);
        spans.iter().filter(|(_, end)| *end == at + 1).for_each(|_| shown.push('】'));
    }
    shown
}

fn fact_lines(facts: &Section, row: &[Value], global: &Global) -> String {
    let headings = facts.headings(global.is_chinese());
    let mut rows: Vec<Vec<String>> = headings
        .into_iter()
        .zip(row)
        .map(|(heading, value)| vec![heading, global.say(&value.shown())])
        .filter(|line| !line[1].is_empty())
        .collect();
    cut_cells(&mut rows, 90);
    global.table(&[global.title_of(facts).to_owned(), String::new()], &rows)
}

/// Places of the same file need no file name.
fn checks(checks: &[CheckedAgainst], file: &str, global: &Global) -> String {
    if checks.is_empty() {
        return format!("\n{}\n", global.say("No check names this figure."));
    }
    let mut text = format!("\n{}\n", global.say("Checked against"));
    for check in checks {
        let outcome = global.say(&check.outcome);
        text += &format!("\n{outcome} · {} · {}\n", check.check_id, global.say(&check.says(global.is_chinese())));
        let mut rows: Vec<Vec<String>> = check
            .operands
            .iter()
            .map(|operand| {
                let printed = format!("{} {}", global.say(&operand.printed), operand.unit);
                let place = match operand.file == file || operand.file.is_empty() {
                    true => global.say(&operand.place),
                    false => format!("{} · {}", global.say(&operand.place), operand.file),
                };
                let mark = if operand.is_this { "→" } else { "" };
                vec![
                    mark.to_owned(),
                    global.say(&operand.role),
                    operand.label.clone(),
                    printed,
                    place.trim().to_owned(),
                ]
            })
            .collect();
        cut_cells(&mut rows, 48);
        text += &global.table(&global.headings(&["", "role", "number", "printed", "where"]), &rows);
        text.push('\n');
    }
    text
}

fn section(section: &Section, global: &Global) -> String {
    if section.frame.rows.is_empty() {
        return String::new();
    }
    let rows = global.section_rows(section, 60);
    format!("\n{}\n{}\n", global.title_of(section), global.section_table(section, &rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_marked_by_characters() {
        assert_eq!(marked("支出56.95万元，增长2%", &[(2, 7), (12, 14)]), "支出【56.95】万元，增长【2%】");
        assert_eq!(marked("无", &[]), "无");
    }
}

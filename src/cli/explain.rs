//! `juesuan explain`

use std::process::ExitCode;

use clap::Args;

use super::pager::print_paged;
use super::say::say;
use super::{Global, WarehouseArgument, cut_cells, print_table};
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
    let explanation = desk::explain(&warehouse, &global.open_project()?, &arguments.figure)?;
    if global.json {
        say!("{}", serde_json::to_string_pretty(&explanation.json()).unwrap_or_default());
    } else {
        print_paged(&shown(&explanation, global), true);
    }
    Ok(ExitCode::SUCCESS)
}

fn shown(explanation: &Explanation, global: &Global) -> String {
    let document = |column: &str| explanation.document.first(column).shown();
    let mut text = match &explanation.subject {
        Subject::Cell { sheet, cell, .. } => format!("{}!{sheet}!{cell}\n", document("file")),
        Subject::Line { line, .. } => format!("{}:{line}\n", document("file")),
    };
    text += &format!("{}\n\n", source_line(explanation, global));
    text += &match &explanation.subject {
        Subject::Cell { neighbourhood, .. } => drawn(neighbourhood),
        Subject::Line { text, spans, .. } => format!("{}\n", marked(text, spans)),
    };
    if explanation.facts.frame.rows.is_empty() {
        text += &format!(
            "\n{}\n",
            global.words(
                "Nothing at this place was read as a figure: `juesuan inspect FILE` shows why.",
                "此处没有读出数字：`juesuan inspect 文件` 可查看原因。"
            )
        );
    }
    for row in &explanation.facts.frame.rows {
        text += &format!("\n{}\n", fact_lines(&explanation.facts, row, global.is_chinese()));
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
        Some(true) => global.words("current", "现行"),
        _ => global.words("superseded", "已被取代"),
    };
    let state = match explanation.source_state {
        SourceState::Unchanged => global.words("the source file is unchanged", "源文件未变"),
        SourceState::Changed => global
            .words("the source file has changed since; drawn from the warehouse", "源文件此后已变，以下取自数据库"),
        SourceState::Gone => {
            global.words("the source file is gone; drawn from the warehouse", "源文件已不在，以下取自数据库")
        }
    };
    let version = global.words("version", "版次");
    let mut line = format!("{} · {version} {} ({current}) · {state}", document("format"), document("version"));
    for extra in [document("published_date"), document("source_address")].iter().filter(|extra| !extra.is_empty()) {
        line += &format!(" · {extra}");
    }
    line
}

/// A small grid; the figure stands in 【 】.
fn drawn(neighbourhood: &Neighbourhood) -> String {
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
    format!("{}\n", print_table(&headings, &rows))
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

fn fact_lines(facts: &Section, row: &[Value], chinese: bool) -> String {
    let headings = facts.headings(chinese);
    let mut rows: Vec<Vec<String>> = headings
        .into_iter()
        .zip(row)
        .map(|(heading, value)| vec![heading, value.shown()])
        .filter(|line| !line[1].is_empty())
        .collect();
    cut_cells(&mut rows, 90);
    let title = if chinese { &facts.title.0 } else { &facts.title.1 };
    print_table(&[title.clone(), String::new()], &rows)
}

/// Places of the same file need no file name.
fn checks(checks: &[CheckedAgainst], file: &str, global: &Global) -> String {
    if checks.is_empty() {
        return format!("\n{}\n", global.words("No check names this figure.", "没有核对用到这个数字。"));
    }
    let mut text = format!("\n{}\n", global.words("Checked against", "核对"));
    for check in checks {
        text += &format!("\n{} · {} · {}\n", check.outcome, check.check_id, check.says(global.is_chinese()));
        let mut rows: Vec<Vec<String>> = check
            .operands
            .iter()
            .map(|operand| {
                let printed = format!("{} {}", operand.printed, operand.unit);
                let place = match operand.file == file {
                    true => operand.place.clone(),
                    false => format!("{} · {}", operand.place, operand.file),
                };
                let mark = if operand.is_this { "→" } else { "" };
                vec![mark.to_owned(), operand.role.clone(), operand.label.clone(), printed, place.trim().to_owned()]
            })
            .collect();
        cut_cells(&mut rows, 48);
        let headings = [("", ""), ("role", "角色"), ("number", "数字"), ("printed", "印刷"), ("where", "位置")];
        let headings = headings.map(|(english, chinese)| global.words(english, chinese).to_owned());
        text += &print_table(&headings, &rows);
        text.push('\n');
    }
    text
}

fn section(section: &Section, global: &Global) -> String {
    if section.frame.rows.is_empty() {
        return String::new();
    }
    let mut rows = section.shown_rows();
    cut_cells(&mut rows, 60);
    let title = if global.is_chinese() { &section.title.0 } else { &section.title.1 };
    format!("\n{title}\n{}\n", print_table(&section.headings(global.is_chinese()), &rows))
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

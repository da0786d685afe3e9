//! `juesuan sql`: an interactive shell.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Config, Context, Editor, Helper, Highlighter, Hinter};
use signal_hook::consts::SIGINT;
use signal_hook::iterator::Signals;

use super::answer::{Format, Shape, ask, rendered};
use super::pager::print_paged;
use super::say::say;
use crate::cli::global::{Global, WarehouseArgument};
use crate::error::{Error, Result};
use crate::warehouse::{Notes, Value, Warehouse, is_whole};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan sql
  juesuan sql --warehouse juesuan.duckdb.state/held-back.duckdb

Inside: .help lists the commands, a statement ends with a semicolon, Tab completes, arrow up brings earlier lines back.")]
pub struct ShellArguments {
    #[command(flatten)]
    warehouse: WarehouseArgument,
    /// Let statements read files, too (FROM 'prices.csv'), with your own rights
    #[arg(long)]
    files: bool,
}

const KEYWORDS: [&str; 40] = [
    "SELECT",
    "FROM",
    "WHERE",
    "GROUP",
    "BY",
    "ORDER",
    "LIMIT",
    "HAVING",
    "JOIN",
    "LEFT",
    "USING",
    "ON",
    "AND",
    "OR",
    "NOT",
    "IN",
    "LIKE",
    "BETWEEN",
    "IS",
    "NULL",
    "AS",
    "DISTINCT",
    "COUNT",
    "SUM",
    "AVG",
    "MIN",
    "MAX",
    "ROUND",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "WITH",
    "UNION",
    "DESCRIBE",
    "SUMMARIZE",
    "PIVOT",
    "QUALIFY",
    "ALL",
];

/// Completes what stands before the cursor; reads on until a semicolon.
#[derive(Helper, Highlighter, Hinter)]
struct Desk {
    words: Vec<String>,
}

impl Completer for Desk {
    type Candidate = String;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        let before = &line[..position];
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| c.is_alphanumeric() || *c == '_' || *c == '.')
            .last()
            .map_or(position, |(at, _)| at);
        let part = before[start..].to_lowercase();
        let fits = |word: &&String| !part.is_empty() && word.to_lowercase().starts_with(&part);
        Ok((start, self.words.iter().filter(fits).cloned().collect()))
    }
}

impl Validator for Desk {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(if is_complete(context.input()) { ValidationResult::Valid(None) } else { ValidationResult::Incomplete })
    }
}

fn is_complete(input: &str) -> bool {
    let text = input.trim();
    text.is_empty() || text.starts_with('.') || is_whole(text)
}

pub fn shell(arguments: &ShellArguments, global: &Global) -> Result<ExitCode> {
    let warehouse = arguments.warehouse.open()?;
    if !arguments.files {
        warehouse.confine()?;
    }
    let failed = |error: ReadlineError| Error::usage("the line editor failed").because(error);
    let config = Config::builder().auto_add_history(true).build();
    let mut editor: Editor<Desk, _> = Editor::with_config(config).map_err(failed)?;
    editor.set_helper(Some(Desk { words: words(&warehouse)? }));
    let history = history_file();
    if let Some(path) = &history {
        // Without a history the shell works all the same.
        let _ = editor.load_history(path);
    }
    if !global.quiet {
        say!("{} · {}", arguments.warehouse.warehouse.display(), global.say(".help for help"));
    }
    stop_at_interrupt(&warehouse)?;
    let mut format = Format::Table;
    let mut statement = String::new();
    loop {
        let prompt = if statement.is_empty() { "juesuan> " } else { "    ...> " };
        match editor.readline(prompt) {
            Ok(line) => statement.push_str(&line),
            Err(ReadlineError::Interrupted) => {
                statement.clear();
                continue;
            }
            Err(ReadlineError::Eof) => break,
            Err(error) => return Err(failed(error)),
        }
        // Lines that do not come from a terminal arrive one by one.
        if !is_complete(&statement) {
            statement.push('\n');
            continue;
        }
        let whole = std::mem::take(&mut statement);
        match answer(whole.trim(), &warehouse, &mut format, global) {
            Ok(Next::Leave) => break,
            Ok(Next::Stay) => {}
            Err(error) => global.tell(&error),
        }
    }
    if !statement.trim().is_empty()
        && let Err(error) = answer(statement.trim(), &warehouse, &mut format, global)
    {
        global.tell(&error);
    }
    if let Some(path) = &history {
        let _ = editor.save_history(path);
    }
    Ok(ExitCode::SUCCESS)
}

/// Ctrl-C stops the running statement, not the shell.
fn stop_at_interrupt(warehouse: &Warehouse) -> Result<()> {
    let mut signals = Signals::new([SIGINT]).map_err(|error| Error::usage("cannot watch for Ctrl-C").because(error))?;
    let stop = warehouse.breaker();
    std::thread::spawn(move || signals.forever().for_each(|_| stop()));
    Ok(())
}

enum Next {
    Stay,
    Leave,
}

fn answer(text: &str, warehouse: &Warehouse, format: &mut Format, global: &Global) -> Result<Next> {
    let (command, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    match (command.trim_end_matches(';'), rest.trim().trim_end_matches(';')) {
        ("", _) => {}
        (".quit" | ".exit", _) => return Ok(Next::Leave),
        (".help", _) => say!("{}", global.say(HELP)),
        (".tables", _) => print_paged(&tables(warehouse, global)?, true),
        (".schema", "") => return Err(Error::usage(".schema needs a name").hint(".tables lists them")),
        (".schema", name) => print_paged(&schema(warehouse, name, global)?, true),
        (".format", "") => say!("{}", format_name(*format)),
        (".format", name) => *format = text_format(name)?,
        (unknown, _) if unknown.starts_with('.') => {
            return Err(Error::usage(format!("there is no command {unknown}")).hint(".help lists the commands"));
        }
        _ => {
            let frame = ask(warehouse, text, &[])?;
            let shown = rendered(&frame, *format, Shape::Screen, global)?;
            print_paged(&String::from_utf8_lossy(&shown), true);
        }
    }
    Ok(Next::Stay)
}

const HELP: &str = ".tables          marts, dimensions, facts, audit tables
.schema NAME     columns of a table or view, with their meaning
.format NAME     table, csv, json, jsonl or markdown
.quit            leave (or Ctrl-D)
A statement may take several lines and ends with a semicolon. Ctrl-C stops it. The warehouse is only read, and nothing but the warehouse unless the shell was opened with --files.";

fn tables(warehouse: &Warehouse, global: &Global) -> Result<String> {
    let rows: Vec<Vec<String>> = warehouse
        .relations()?
        .iter()
        .map(|relation| {
            let title = relation.remarks(global.is_chinese()).first().map(|&text| text.to_owned()).unwrap_or_default();
            vec![relation.qualified(), title]
        })
        .collect();
    Ok(format!("{}\n", global.table(&global.headings(&["name", "content"]), &rows)))
}

fn schema(warehouse: &Warehouse, name: &str, global: &Global) -> Result<String> {
    let relation = warehouse.relation(name)?;
    let chinese = global.is_chinese();
    let notes = Notes::default().with_comments_of(warehouse, &relation.qualified())?;
    let columns = warehouse.describe(&format!("SELECT * FROM {}", relation.qualified()))?;
    let rows: Vec<Vec<String>> = columns
        .rows
        .iter()
        .map(|row| {
            let column = row[0].shown();
            let meaning = notes.description(&column, chinese).to_owned();
            vec![column, row[1].shown(), meaning]
        })
        .collect();
    let headings = global.headings(&["column", "type", "meaning"]);
    Ok(format!("{}\n{}\n", relation.remarks(chinese).join("\n"), global.table(&headings, &rows)))
}

fn text_format(name: &str) -> Result<Format> {
    match Format::from_str(name, true) {
        Ok(Format::Parquet | Format::Xlsx) | Err(_) => Err(Error::usage(format!("there is no format {name} here"))
            .hint("table, csv, json, jsonl or markdown; files are written by `juesuan query -o FILE`")),
        Ok(format) => Ok(format),
    }
}

fn format_name(format: Format) -> String {
    format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// Keywords, tables and columns.
fn words(warehouse: &Warehouse) -> Result<Vec<String>> {
    let mut words: Vec<String> = KEYWORDS.iter().map(|&word| word.to_owned()).collect();
    words.extend([".help", ".tables", ".schema", ".format", ".quit"].map(str::to_owned));
    for relation in warehouse.relations()? {
        words.push(relation.qualified());
        words.push(relation.name);
    }
    let columns = warehouse.query(
        "SELECT DISTINCT column_name FROM duckdb_columns() WHERE NOT internal AND schema_name <> 'main' ORDER BY 1",
        &[],
    )?;
    words.extend(columns.rows.iter().filter_map(|row| row.first().map(Value::shown)));
    Ok(words)
}

/// `$XDG_STATE_HOME/juesuan/history`; `None` where no folder can be had for it.
fn history_file() -> Option<PathBuf> {
    let state = std::env::var_os("XDG_STATE_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/state")))?;
    let folder = state.join("juesuan");
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("history"))
}

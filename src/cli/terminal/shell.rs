//! `juesuan sql`: an interactive shell.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Config, Context, Editor, Helper, Highlighter, Hinter};
use signal_hook::consts::SIGINT;
use signal_hook::iterator::Signals;

use super::say::say;
use super::session::{COMMANDS, Next, Session};
use crate::cli::global::{Global, WarehouseArgument};
use crate::error::{Error, Result};
use crate::run::user_folder;
use crate::warehouse::{Value, Warehouse, is_whole};

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
    /// Lines that do not come from a terminal are put together by the shell: an editor would drop a last one that is not
    /// complete.
    is_terminal: bool,
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
        Ok(if !self.is_terminal || is_complete(context.input()) {
            ValidationResult::Valid(None)
        } else {
            ValidationResult::Incomplete
        })
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
    editor.set_helper(Some(Desk { words: words(&warehouse)?, is_terminal: std::io::stdin().is_terminal() }));
    let history = history_file();
    if let Some(path) = &history {
        // Without a history the shell works all the same.
        let _ = editor.load_history(path);
    }
    if !global.quiet {
        say!("{} · {}", arguments.warehouse.warehouse.display(), global.say(".help for help"));
    }
    stop_at_interrupt(&warehouse)?;
    let mut session = Session::new(&warehouse, global);
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
        if !is_complete(&statement) {
            statement.push('\n');
            continue;
        }
        let whole = std::mem::take(&mut statement);
        match session.answer(whole.trim()) {
            Ok(Next::Leave) => break,
            Ok(Next::Stay) => {}
            Err(error) => global.tell(&error),
        }
    }
    if !statement.trim().is_empty()
        && let Err(error) = session.answer(statement.trim())
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

/// Keywords, tables and columns.
fn words(warehouse: &Warehouse) -> Result<Vec<String>> {
    let mut words: Vec<String> = KEYWORDS.iter().map(|&word| word.to_owned()).collect();
    words.extend(COMMANDS.map(str::to_owned));
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
    Some(user_folder("XDG_STATE_HOME", ".local/state")?.join("history"))
}

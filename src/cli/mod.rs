//! One file per command: arguments and printing only.

mod check;
mod diff;
mod explain;
mod export;
mod help;
mod init;
mod inspect;
mod lint;
mod pager;
mod plan;
mod query;
mod restore;
mod run;
mod say;
mod shell;
mod shell_files;
mod status;
mod table;

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::desk::Section;
use crate::error::{Error, Result};
use crate::project::Project;
use crate::vocabulary::Words;
use crate::warehouse::Warehouse;
use say::say;
use table::Screen;

pub use help::command;
pub use table::{cut_cells, print_table};

/// Makes Chinese government departments' final accounts comparable: reads the published workbooks and texts, checks
/// every figure against every other, and publishes a DuckDB warehouse.
#[derive(Debug, Parser)]
#[command(name = "juesuan", version, max_term_width = 110, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 clean · 1 findings of severity error with --strict · 2 wrong use · 3 nothing published
Examples:
  juesuan run --source disclosures --warehouse juesuan.duckdb --extracts extracts
  juesuan query --list
  juesuan explain 示例局/决算报表.xls!附表1!C9
  juesuan export figures --excel --headers zh --out extracts
  juesuan inspect disclosures/决算报表.xls
  juesuan lint"
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Folder whose pipelines/ and sql/ override the built-in ones [default: the working folder, if it has pipelines/]
    #[arg(long, global = true, value_name = "DIR", env = "JUESUAN_PROJECT")]
    pub project: Option<PathBuf>,
    /// Print JSON for machines
    #[arg(long, global = true)]
    pub json: bool,
    /// No progress, no summary
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Language of help, labels, findings and errors
    #[arg(long, global = true, value_enum, env = "JUESUAN_LANG", default_value_t = Language::of_locale())]
    pub lang: Language,
    /// What the program says, in that language.
    #[arg(skip)]
    pub words: Words,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    En,
    Zh,
}

impl Language {
    /// From LC_ALL, LC_MESSAGES or LANG.
    fn of_locale() -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
            .unwrap_or_default();
        if locale.starts_with("zh") { Language::Zh } else { Language::En }
    }
}

impl Global {
    pub fn open_project(&self) -> Result<Project> {
        Project::open(self.project.as_deref())
    }

    pub fn is_chinese(&self) -> bool {
        self.lang == Language::Zh
    }

    /// A text in the language asked for.
    pub fn say(&self, english: &str) -> String {
        self.words.say(english)
    }

    /// A table for where standard output goes.
    pub fn table(&self, headings: &[String], rows: &[Vec<String>]) -> String {
        print_table(headings, rows, &Screen::of_output(), &self.words)
    }

    /// A table whose column `kept` is shown on the narrowest terminal, too.
    pub fn table_keeping(&self, headings: &[String], rows: &[Vec<String>], kept: usize) -> String {
        print_table(headings, rows, &Screen::of_output().keeping(kept), &self.words)
    }

    /// One part of an answer as a table: headings, and rows whose codes and messages are in the language asked for.
    pub fn section_table(&self, section: &Section, rows: &[Vec<String>]) -> String {
        self.table(&section.headings(self.is_chinese()), rows)
    }

    /// The rows of a part of an answer, each cell on one line of at most `width` columns on the screen.
    pub fn section_rows(&self, section: &Section, width: usize) -> Vec<Vec<String>> {
        let said = section.shown_rows().into_iter().map(|row| row.iter().map(|cell| self.say(cell)).collect());
        let mut rows: Vec<Vec<String>> = said.collect();
        cut_cells(&mut rows, width);
        rows
    }

    pub fn title_of<'a>(&self, section: &'a Section) -> &'a str {
        if self.is_chinese() { &section.title.0 } else { &section.title.1 }
    }

    /// Headings in the language asked for.
    pub fn headings(&self, english: &[&str]) -> Vec<String> {
        english.iter().map(|heading| self.say(heading)).collect()
    }

    /// Prints an error with its hint.
    pub fn tell(&self, error: &Error) {
        stderr_line(&self.say(&error.to_string()));
    }
}

/// The warehouse a command reads.
#[derive(Debug, Clone, Args)]
pub struct WarehouseArgument {
    /// The published DuckDB file; it is only read
    #[arg(long, value_name = "FILE", env = "JUESUAN_WAREHOUSE", default_value = "juesuan.duckdb")]
    pub warehouse: PathBuf,
}

impl WarehouseArgument {
    pub fn open(&self) -> Result<Warehouse> {
        Warehouse::open_for_questions(&self.warehouse)
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read the sources, build the warehouse aside, check it, publish it, write the extracts
    Run(run::RunArguments),
    /// Show what a run would do and why, touching nothing
    Plan(plan::PlanArguments),
    /// Bring an earlier warehouse back
    Restore(restore::RestoreArguments),
    /// Ask the warehouse in SQL, or ask one of its named questions
    Query(query::QueryArguments),
    /// Open an interactive SQL shell on the warehouse
    Sql(shell::ShellArguments),
    /// Trace a figure to its cell or sentence, with what it was checked against
    Explain(explain::ExplainArguments),
    /// Write extracts and marts as CSV, Parquet or XLSX
    Export(export::ExportArguments),
    /// Show how fresh and complete the warehouse is
    Status(status::StatusArguments),
    /// Show what changed between two warehouses
    Diff(diff::DiffArguments),
    /// Show what is recognised in one file, and why
    Inspect(inspect::InspectArguments),
    /// Report what does not agree, by document, worst first
    Check(check::CheckArguments),
    /// Check the layouts, rules, checks and pipelines of the project
    Lint(lint::LintArguments),
    /// Write the built-in pipelines/ and sql/ into a folder, to be changed there
    Init(init::InitArguments),
    /// Print shell completions
    Completions(shell_files::CompletionsArguments),
    /// Print the manual page
    Manual,
}

/// Parses the arguments, runs the command, prints an error with its hint.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let words = words_for(&arguments);
    let parsed = command(&words).try_get_matches_from(arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    let mut cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return help::complain(&error, &words),
    };
    cli.global.words = words;
    match dispatch(&cli) {
        Ok(code) => code,
        Err(error) if cli.global.json => {
            say!("{}", error_json(&error));
            ExitCode::from(error.exit_code())
        }
        Err(error) => {
            cli.global.tell(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

fn dispatch(cli: &Cli) -> Result<ExitCode> {
    match &cli.command {
        Command::Run(arguments) => run::run(arguments, &cli.global),
        Command::Plan(arguments) => plan::plan(arguments, &cli.global),
        Command::Restore(arguments) => restore::restore(arguments, &cli.global),
        Command::Query(arguments) => query::query(arguments, &cli.global),
        Command::Sql(arguments) => shell::shell(arguments, &cli.global),
        Command::Explain(arguments) => explain::explain(arguments, &cli.global),
        Command::Export(arguments) => export::export(arguments, &cli.global),
        Command::Status(arguments) => status::status(arguments, &cli.global),
        Command::Diff(arguments) => diff::diff(arguments, &cli.global),
        Command::Inspect(arguments) => inspect::inspect(arguments, &cli.global),
        Command::Check(arguments) => check::check(arguments, &cli.global),
        Command::Lint(arguments) => lint::lint(arguments, &cli.global),
        Command::Init(arguments) => init::init(arguments, &cli.global),
        Command::Completions(arguments) => shell_files::completions(arguments, &cli.global),
        Command::Manual => shell_files::manual(&cli.global),
    }
}

/// The words for arguments that are not parsed yet: help and complaints about them are said in the language asked for.
fn words_for(arguments: &[OsString]) -> Words {
    let language = given(arguments, "--lang").or_else(|| std::env::var("JUESUAN_LANG").ok());
    let is_chinese = match language.as_deref() {
        Some(language) => language == "zh",
        None => Language::of_locale() == Language::Zh,
    };
    if !is_chinese {
        return Words::default();
    }
    let folder = given(arguments, "--project").or_else(|| std::env::var("JUESUAN_PROJECT").ok());
    let project = Project::open(folder.as_deref().map(Path::new)).unwrap_or_else(|_| Project::built_in());
    // `juesuan lint` tells what is wrong with a catalogue; until then English is better than nothing.
    words_of(&project).unwrap_or_default()
}

/// The catalogue of a project.
pub fn words_of(project: &Project) -> Result<Words> {
    let files: Vec<&str> = project.under("pipelines/words", "csv").map(|file| file.text.as_str()).collect();
    Words::read(files).map_err(|what| {
        Error::usage("the catalogue of words pipelines/words/ cannot be read")
            .because(what)
            .hint("columns: en, zh; every {hole} of the Chinese text stands in the English one, too")
    })
}

/// The last value given for a long option.
fn given(arguments: &[OsString], option: &str) -> Option<String> {
    let arguments: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let mut joined = arguments.iter().enumerate().filter_map(|(at, argument)| match argument.strip_prefix(option)? {
        "" => arguments.get(at + 1).copied(),
        rest => rest.strip_prefix('='),
    });
    joined.next_back().map(str::to_owned)
}

/// Standard error may be a file on a full disk: the exit code still tells.
fn stderr_line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn error_json(error: &Error) -> serde_json::Value {
    serde_json::json!({ "error": { "what": error.what, "why": error.why, "hint": error.hint, "exit_code": error.exit_code() } })
}

//! One file per command: arguments and printing only.

mod commands;
mod global;
mod help;
mod terminal;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::error::{Error, Result};
use crate::words::Words;
use commands::{desk, night, project};
use global::{Global, words_for};
use terminal::say::say;

/// The command line with its help in these words.
pub fn command(words: &Words) -> clap::Command {
    help::said(Cli::command(), words)
}

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

#[derive(Debug, Subcommand)]
enum Command {
    /// Read the sources, build the warehouse aside, check it, publish it, write the extracts
    Run(night::run::RunArguments),
    /// Run the built-in sample into a folder: the first answer on a new machine
    Demo(night::demo::DemoArguments),
    /// Show what a run would do and why, touching nothing
    Plan(night::plan::PlanArguments),
    /// Bring an earlier warehouse back
    Restore(night::restore::RestoreArguments),
    /// Part a corpus into lists of files that several machines can run by themselves
    Shard(night::shard::ShardArguments),
    /// Read the files and build nothing: the first half of a run
    Stage(night::stage::StageArguments),
    /// Join what shards have read, so that a run over all of it reads nothing
    Unite(night::unite::UniteArguments),
    /// Write a warehouse into a lake of Parquet files, and unite the shards of one
    Lake(night::lake::LakeArguments),
    /// Ask the warehouse in SQL, or ask one of its named questions
    Query(desk::query::QueryArguments),
    /// Open an interactive SQL shell on the warehouse
    Sql(terminal::shell::ShellArguments),
    /// Trace a figure to its cell or sentence, with what it was checked against
    Explain(desk::explain::ExplainArguments),
    /// Write extracts and marts as CSV, Parquet or XLSX
    Export(desk::export::ExportArguments),
    /// Write the warehouse as pages to look at, which open by a double click
    Report(desk::report::ReportArguments),
    /// Show how fresh and complete the warehouse is
    Status(desk::status::StatusArguments),
    /// Show what changed between two warehouses
    Diff(desk::diff::DiffArguments),
    /// Answer an assistant: a Model Context Protocol server on standard input and output
    Mcp(desk::mcp::McpArguments),
    /// Show what is recognised in one file, and why
    Inspect(project::inspect::InspectArguments),
    /// Report what does not agree, by document, worst first
    Check(desk::check::CheckArguments),
    /// Check the layouts, rules, checks and pipelines of the project
    Lint(project::lint::LintArguments),
    /// Write the built-in pipelines/ and sql/ into a folder, to be changed there
    Init(project::init::InitArguments),
    /// Read files for a run, which starts this itself
    #[command(hide = true)]
    ReadFiles(night::read_files::ReadFilesArguments),
    /// Print shell completions
    Completions(terminal::shell_files::CompletionsArguments),
    /// Print the manual page
    Manual,
}

/// Parses the arguments, runs the command, prints an error with its hint.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let words = words_for(&arguments);
    let is_json = arguments.iter().any(|argument| argument == "--json");
    let parsed = command(&words).try_get_matches_from(arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    let mut cli = match parsed {
        Ok(cli) => cli,
        Err(error) if is_json && error.use_stderr() => {
            let complaint = error_json(&complaint(&error));
            say!("{complaint}");
            return ExitCode::from(2);
        }
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
        Command::Run(arguments) => night::run::run(arguments, &cli.global),
        Command::Demo(arguments) => night::demo::demo(arguments, &cli.global),
        Command::Plan(arguments) => night::plan::plan(arguments, &cli.global),
        Command::Restore(arguments) => night::restore::restore(arguments, &cli.global),
        Command::Shard(arguments) => night::shard::shard(arguments, &cli.global),
        Command::Stage(arguments) => night::stage::stage(arguments, &cli.global),
        Command::Unite(arguments) => night::unite::unite(arguments, &cli.global),
        Command::Lake(arguments) => night::lake::lake(arguments, &cli.global),
        Command::Query(arguments) => desk::query::query(arguments, &cli.global),
        Command::Sql(arguments) => terminal::shell::shell(arguments, &cli.global),
        Command::Explain(arguments) => desk::explain::explain(arguments, &cli.global),
        Command::Export(arguments) => desk::export::export(arguments, &cli.global),
        Command::Report(arguments) => desk::report::report(arguments, &cli.global),
        Command::Status(arguments) => desk::status::status(arguments, &cli.global),
        Command::Diff(arguments) => desk::diff::diff(arguments, &cli.global),
        Command::Mcp(arguments) => desk::mcp::mcp(arguments, &cli.global),
        Command::Inspect(arguments) => project::inspect::inspect(arguments, &cli.global),
        Command::Check(arguments) => desk::check::check(arguments, &cli.global),
        Command::Lint(arguments) => project::lint::lint(arguments, &cli.global),
        Command::Init(arguments) => project::init::init(arguments, &cli.global),
        Command::ReadFiles(arguments) => night::read_files::read_files(arguments, &cli.global),
        Command::Completions(arguments) => terminal::shell_files::completions(arguments, command(&cli.global.words)),
        Command::Manual => terminal::shell_files::manual(command(&cli.global.words)),
    }
}

/// What is wrong with the arguments, for machines.
fn complaint(error: &clap::Error) -> Error {
    let text = error.render().to_string();
    let what = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    Error::usage(what).hint("`juesuan help COMMAND` lists the options")
}

fn error_json(error: &Error) -> serde_json::Value {
    serde_json::json!({ "error": { "what": error.what, "why": error.why, "hint": error.hint, "exit_code": error.exit_code() } })
}

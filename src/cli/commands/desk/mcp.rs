//! `juesuan mcp`

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

use crate::cli::global::{Global, WarehouseArgument};
use crate::error::Result;
use crate::mcp::{Terms, serve};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan mcp --warehouse /data/juesuan.duckdb            an assistant starts this itself: docs/assistants.md
  juesuan mcp --lang zh --rows 50

A Model Context Protocol server on standard input and output. It only reads, and nothing but the warehouse and, for a figure
that is explained, its source file. What clients ask and what they are refused goes to standard error.")]
pub struct McpArguments {
    #[command(flatten)]
    warehouse: WarehouseArgument,
    /// At most so many rows an answer
    #[arg(long, value_name = "N", default_value = "200", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    rows: u32,
    /// Stop a statement after so many seconds
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
    /// Memory one statement may take, in MiB
    #[arg(long, value_name = "MIB", default_value = "1024", value_parser = clap::value_parser!(u64).range(64..))]
    memory_mib: u64,
}

pub fn mcp(arguments: &McpArguments, global: &Global) -> Result<ExitCode> {
    let project = global.open_project()?;
    let terms = Terms {
        warehouse: arguments.warehouse.warehouse.clone(),
        project: &project,
        words: &global.words,
        chinese: global.is_chinese(),
        rows: usize::try_from(arguments.rows).unwrap_or(usize::MAX),
        time: Duration::from_secs(arguments.timeout),
        memory_mib: arguments.memory_mib,
    };
    let log = |line: &str| {
        if !global.quiet {
            global.tell_line(&format!("mcp: {line}"));
        }
    };
    serve(std::io::stdin().lock(), std::io::stdout().lock(), &terms, &log);
    Ok(ExitCode::SUCCESS)
}

//! `juesuan lake`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::cli::global::Global;
use crate::cli::terminal::say::say;
use crate::error::Result;
use crate::lake;
use crate::warehouse::Warehouse;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "Examples:
  juesuan lake shards/0.duckdb --out lake --shard 0
  juesuan lake finish lake --plan plan

The union opens as a warehouse in DuckDB alone: duckdb -init open.sql, in the folder lake/tables.
A shard is written whole or not at all, and again in its own place. The union refuses a shard that is missing or was made by
another program or project, a region that is parted between shards, and a key that stands in two rows (exit 3).")]
pub struct LakeArguments {
    #[command(subcommand)]
    step: Option<Step>,
    /// The published DuckDB file of one shard
    #[arg(required = true, value_name = "WAREHOUSE")]
    warehouse: Option<PathBuf>,
    /// Folder of the lake
    #[arg(long, value_name = "DIR", default_value = "lake")]
    out: PathBuf,
    /// Number of the shard, from 0
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(..0x8000_0000))]
    shard: u32,
}

#[derive(Debug, Subcommand)]
enum Step {
    /// Unite the shards of a lake, or refuse to
    Finish(FinishArguments),
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan lake finish lake --plan plan")]
struct FinishArguments {
    /// Folder of the lake
    lake: PathBuf,
    /// Folder that `juesuan shard` wrote: all of its shards must be there
    #[arg(long, value_name = "DIR")]
    plan: Option<PathBuf>,
}

pub fn lake(arguments: &LakeArguments, global: &Global) -> Result<ExitCode> {
    let project = global.open_project()?;
    match (&arguments.step, &arguments.warehouse) {
        (Some(Step::Finish(finish)), _) => {
            let united = lake::finish(&project, &finish.lake, finish.plan.as_deref())?;
            let line = format!(
                "{} · {} shards · {} tables · {} rows",
                united.folder.display(),
                united.shards,
                united.tables,
                united.rows
            );
            tell(&united, &line, global);
        }
        (None, Some(warehouse)) => {
            let warehouse = Warehouse::open_read_only(warehouse)?;
            let written = lake::write_shard(&project, &warehouse, &arguments.out, arguments.shard)?;
            let line = format!("{} · {} tables · {} rows", written.folder.display(), written.tables, written.rows);
            tell(&written, &line, global);
        }
        // The parser asks for a warehouse where there is no step.
        (None, None) => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(what: &impl serde::Serialize, line: &str, global: &Global) {
    if global.json {
        say!("{}", serde_json::to_string_pretty(what).unwrap_or_default());
    } else if !global.quiet {
        say!("{}", global.say(line));
    }
}

//! `juesuan restore`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::global::Global;
use crate::cli::terminal::say::say;
use crate::error::Result;
use crate::run::{self, StateFolder};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan restore --warehouse juesuan.duckdb --list
  juesuan restore --warehouse juesuan.duckdb              the version before the published one
  juesuan restore --warehouse juesuan.duckdb 00000004")]
pub struct RestoreArguments {
    /// Version to bring back [default: the newest older than the published one]
    version: Option<String>,
    /// The published DuckDB file
    #[arg(long, value_name = "FILE", env = "JUESUAN_WAREHOUSE", default_value = "juesuan.duckdb")]
    warehouse: PathBuf,
    /// Only list the versions kept
    #[arg(long)]
    list: bool,
}

pub fn restore(arguments: &RestoreArguments, global: &Global) -> Result<ExitCode> {
    let state = StateFolder::of(&arguments.warehouse);
    if arguments.list {
        let versions = run::versions(&state);
        if global.json {
            say!("{}", serde_json::json!({ "versions": versions }));
        } else if versions.is_empty() && !global.quiet {
            say!("{}", global.say("no earlier version is kept"));
        } else {
            versions.iter().for_each(|version| say!("{}", version.display()));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let project = global.open_project()?;
    let restored = run::restore(&project, &arguments.warehouse, &state, arguments.version.as_deref())?;
    if global.json {
        say!(
            "{}",
            serde_json::json!({
                "restored": restored.version, "warehouse": arguments.warehouse, "extracts_left": restored.extracts_left,
            })
        );
    } else if !global.quiet {
        let (warehouse, version) = (arguments.warehouse.display(), restored.version.display());
        say!("{}", global.say(&format!("{warehouse} is {version} again")));
        if let Some(why) = restored.extracts_left {
            say!("{}", global.say(&format!("the extracts are left as they were: {why}")));
        }
    }
    Ok(ExitCode::SUCCESS)
}

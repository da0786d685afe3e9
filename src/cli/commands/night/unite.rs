//! `juesuan unite`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::global::Global;
use crate::cli::terminal::say::say;
use crate::error::Result;
use crate::run::{self, StateFolder};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan shard --source disclosures --by hash --target-files 20000 --out plan
  juesuan stage --root disclosures --source plan/shard-0.csv --warehouse shards/0.duckdb
  juesuan unite shards/*.state --warehouse juesuan.duckdb
  juesuan run --source disclosures --warehouse juesuan.duckdb

What was read stands in a folder beside each warehouse, FILE.state; the warehouses themselves need not be there, and are
not after juesuan stage.")]
pub struct UniteArguments {
    /// What the shards have read: their warehouses, as given to juesuan stage or juesuan run, or the folders beside them
    #[arg(required = true, value_name = "PLACE")]
    shards: Vec<PathBuf>,
    /// The DuckDB file that a run over all will publish
    #[arg(long, value_name = "FILE", env = "JUESUAN_WAREHOUSE", default_value = "juesuan.duckdb")]
    warehouse: PathBuf,
}

pub fn unite(arguments: &UniteArguments, global: &Global) -> Result<ExitCode> {
    let shards: Vec<StateFolder> = arguments.shards.iter().map(|shard| StateFolder::named(shard)).collect();
    let united = run::unite(&StateFolder::of(&arguments.warehouse), &shards)?;
    if global.json {
        say!("{}", serde_json::to_string_pretty(&united).unwrap_or_default());
    } else if !global.quiet {
        say!("{}", global.say(&format!("{} files of {} shards, {} parts", united.files, united.shards, united.parts)));
    }
    Ok(ExitCode::SUCCESS)
}

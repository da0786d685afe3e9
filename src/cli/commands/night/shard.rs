//! `juesuan shard`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::cli::global::Global;
use crate::cli::terminal::say::say;
use crate::error::Result;
use crate::shard::{self, By, Plan};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Parting {
    Region,
    Hash,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan shard --source disclosures --target-files 20000 --out plan
  juesuan run --root disclosures --source plan/shard-0.csv --warehouse shards/0.duckdb --extracts shards/extracts-0

By region no department is parted from its units, so each shard is modelled and reconciled by itself (docs/scale.md).
By hash families are parted: such shards are for reading, and juesuan unite brings together what was read.")]
pub struct ShardArguments {
    /// Folder of disclosures; the root of every shard's run
    #[arg(long, value_name = "DIR", env = "JUESUAN_SOURCE")]
    source: PathBuf,
    /// What is kept together
    #[arg(long, value_enum, default_value = "region")]
    by: Parting,
    /// Files of one shard, about; a family is never parted
    #[arg(long, value_name = "N", default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(1..))]
    target_files: u32,
    /// Folder for the lists; takes the place of an earlier plan
    #[arg(long, value_name = "DIR", default_value = "plan")]
    out: PathBuf,
}

pub fn shard(arguments: &ShardArguments, global: &Global) -> Result<ExitCode> {
    let project = global.open_project()?;
    let by = match arguments.by {
        Parting::Region => By::Region,
        Parting::Hash => By::Hash,
    };
    let plan = shard::plan(&project, &arguments.source, by, arguments.target_files as usize)?;
    shard::write(&plan, &arguments.out)?;
    if global.json {
        say!("{}", serde_json::to_string_pretty(&plan).unwrap_or_default());
    } else if !global.quiet {
        print(&plan, arguments, global);
    }
    for (path, message) in &plan.told {
        global.tell_aside(&format!("{path}: {message}"));
    }
    if plan.unplaced > 0 {
        global.tell_aside(&format!(
            "{} files tell their region neither by the manifest nor by their path: they stand in one shard, and a region of theirs in another one is refused at the union",
            plan.unplaced
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn print(plan: &Plan, arguments: &ShardArguments, global: &Global) {
    let rows: Vec<Vec<String>> = plan
        .shards
        .iter()
        .map(|shard| {
            let list = arguments.out.join(&shard.list).display().to_string();
            vec![list, shard.files.to_string(), shard.regions.join(" ")]
        })
        .collect();
    say!("{}", global.table(&global.headings(&["list", "files", "regions"]), &rows));
}

//! `juesuan stage`

use std::process::ExitCode;

use clap::Args;

use super::run::{PipelineArguments, keys_of_a_pipeline};
use crate::cli::global::Global;
use crate::cli::terminal::say::say;
use crate::error::Result;
use crate::run::{self, Progress};

#[derive(Debug, Args)]
#[command(after_help = format!(
    "Examples:\n  juesuan stage --root disclosures --source plan/shard-0.csv --warehouse shards/0.duckdb\n  juesuan unite shards/*.state --warehouse juesuan.duckdb\n\n{}",
    keys_of_a_pipeline()
))]
pub struct StageArguments {
    #[command(flatten)]
    pipeline: PipelineArguments,
}

pub fn stage(arguments: &StageArguments, global: &Global) -> Result<ExitCode> {
    let project = global.open_project()?;
    let pipeline = arguments.pipeline.load(&project, false)?;
    let progress = Progress::new(global.quiet || global.json).in_words(&global.words);
    let (read, kept) = run::stage(&project, &pipeline, &progress)?;
    if global.json {
        say!("{}", serde_json::json!({ "read": read, "kept": kept }));
    } else if !global.quiet {
        say!("{}", global.say(&format!("{read} files read, {kept} unchanged since they were read")));
    }
    Ok(ExitCode::SUCCESS)
}

//! `juesuan plan`

use std::process::ExitCode;

use clap::Args;

use super::run::{PipelineArguments, keys_of_a_pipeline};
use crate::cli::global::Global;
use crate::cli::terminal::say::say;
use crate::error::Result;
use crate::run;

#[derive(Debug, Args)]
#[command(after_help = format!(
    "Examples:\n  juesuan plan\n  juesuan plan --source disclosures --warehouse juesuan.duckdb\n\n{}",
    keys_of_a_pipeline()
))]
pub struct PlanArguments {
    #[command(flatten)]
    pipeline: PipelineArguments,
}

pub fn plan(arguments: &PlanArguments, global: &Global) -> Result<ExitCode> {
    let project = global.open_project()?;
    let pipeline = arguments.pipeline.load(&project, false)?;
    let plan = run::plan(&project, &pipeline)?;
    if global.json {
        say!("{}", serde_json::to_string_pretty(&plan).unwrap_or_default());
        return Ok(ExitCode::SUCCESS);
    }
    for file in plan.files.iter().filter(|file| file.action != "keep") {
        say!("{:6} {} ({})", global.say(file.action), file.file, global.say(&file.why));
    }
    let count = |action: &str| plan.files.iter().filter(|file| file.action == action).count();
    let (read, keep, retire) = (count("read"), count("keep"), count("retire"));
    say!("{}", global.say(&format!("{read} to read, {keep} unchanged, {retire} to retire")));
    let verdict = if plan.builds { "a run would build and publish" } else { "a run would change nothing" };
    say!("{}", global.say(&format!("{verdict}: {}", plan.why)));
    Ok(ExitCode::SUCCESS)
}

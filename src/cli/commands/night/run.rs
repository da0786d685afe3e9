//! `juesuan run`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::global::Global;
use crate::cli::terminal::say::say;
use crate::error::Result;
use crate::project::Project;
use crate::run::{self, Overrides, Pipeline, Progress, Setting, Summary};

/// What says where from and where to; shared with `plan`.
#[derive(Debug, Args)]
pub struct PipelineArguments {
    /// Pipeline: a name under pipelines/, or a TOML file
    #[arg(default_value = "nightly")]
    pipeline: String,
    /// Folder of disclosures in any arrangement, zip bundle, manifest (.csv) or pattern; may be given several times
    #[arg(long = "source", value_name = "PATH", env = "JUESUAN_SOURCE")]
    sources: Vec<PathBuf>,
    /// Folder that the paths of a manifest begin in [default: the manifest's own]
    #[arg(long, value_name = "DIR", env = "JUESUAN_ROOT")]
    root: Option<PathBuf>,
    /// The DuckDB file to publish
    #[arg(long, value_name = "FILE", env = "JUESUAN_WAREHOUSE")]
    warehouse: Option<PathBuf>,
    /// Folder for the CSV extracts
    #[arg(long, value_name = "DIR", env = "JUESUAN_EXTRACTS")]
    extracts: Option<PathBuf>,
    /// Parallel readers; 0 means one per processor
    #[arg(long, value_name = "N", env = "JUESUAN_WORKERS")]
    workers: Option<usize>,
    /// Any key of the pipeline file, for example --set gates.lost_figures_percent=5; may be given several times
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = run::parse_setting)]
    settings: Vec<Setting>,
}

/// The keys of a pipeline file, for the end of a help page.
pub fn keys_of_a_pipeline() -> String {
    let mut text =
        String::from("Keys of a pipeline file, for --set, each with its environment variable (flags win):\n");
    for key in run::setting_keys() {
        // With its `=` a key is no word of any language.
        text += &format!("  {:33} {}\n", format!("{key}="), run::setting_variable(&key));
    }
    text
}

fn examples() -> String {
    format!(
        "Examples:
  juesuan run
  juesuan run --source disclosures --warehouse juesuan.duckdb --extracts extracts
  juesuan run pipelines/shanghai.toml --strict
  juesuan run --set keep=30 --set memory_mib=2048
  juesuan run --root disclosures --source plan/shard-0.csv --warehouse shards/0.duckdb

{}",
        keys_of_a_pipeline()
    )
}

impl PipelineArguments {
    /// The pipeline file with what the command line says; `accept` opens its gates.
    pub fn load(&self, project: &Project, accept: bool) -> Result<Pipeline> {
        let overrides = Overrides {
            sources: self.sources.clone(),
            root: self.root.clone(),
            warehouse: self.warehouse.clone(),
            extracts: self.extracts.clone(),
            workers: self.workers,
            settings: self.settings.clone(),
            accept,
        };
        Pipeline::load(project, &self.pipeline, &overrides)
    }
}

#[derive(Debug, Args)]
#[command(after_help = examples())]
pub struct RunArguments {
    #[command(flatten)]
    pipeline: PipelineArguments,
    /// Publish even if a gate of the pipeline would hold the build back
    #[arg(long)]
    accept: bool,
    /// Print how long each stage took
    #[arg(long, short)]
    verbose: bool,
    /// Exit with 1 when there is a finding of severity error
    #[arg(long)]
    strict: bool,
}

pub fn run(arguments: &RunArguments, global: &Global) -> Result<ExitCode> {
    let project = global.open_project()?;
    let pipeline = arguments.pipeline.load(&project, arguments.accept)?;
    let summary = run_and_tell(&project, &pipeline, arguments.verbose, global)?;
    Ok(ExitCode::from(u8::from(arguments.strict && summary.counts.findings_error > 0)))
}

/// Runs the pipeline with its progress on standard error and its summary on standard output.
pub fn run_and_tell(project: &Project, pipeline: &Pipeline, with_timings: bool, global: &Global) -> Result<Summary> {
    let progress = Progress::new(global.quiet || global.json).with_timings(with_timings).in_words(&global.words);
    let summary = run::run(project, pipeline, &progress)?;
    if global.json {
        say!("{}", serde_json::to_string_pretty(&summary).unwrap_or_default());
    } else if !global.quiet {
        print_summary(&summary, global);
    }
    Ok(summary)
}

fn print_summary(summary: &Summary, global: &Global) {
    let counts = &summary.counts;
    let documents: Vec<String> = summary.documents.iter().map(|(kind, n)| global.say(&format!("{n} {kind}"))).collect();
    let tell = |line: &str| say!("{}", global.say(line));
    tell(&format!("documents  {}", documents.join(" · ")));
    for (file, reason) in summary.failed.iter().chain(&summary.not_read) {
        say!("           {file}: {}", global.say(reason));
    }
    tell(&format!("figures    {}", counts.figures));
    tell(&format!("claims     {}", counts.claims));
    tell(&format!(
        "findings   {} errors · {} warnings · {} for information",
        counts.findings_error, counts.findings_warning, counts.findings_info
    ));
    if let Some(changes) = &summary.changes {
        changes.lines().iter().for_each(|line| tell(line));
    }
    if summary.nothing_new {
        tell("nothing new: the published warehouse holds all of this already");
    }
    tell(&format!("warehouse  {}", summary.warehouse.display()));
    tell(&format!("extracts   {}", summary.extracts.display()));
    let seconds: f64 = summary.seconds.values().sum();
    tell(&format!("time       {seconds:.1} s"));
    if !summary.comparison.rows.is_empty() {
        say!("\n{}", summary.comparison.title);
        say!("{}", global.table(&summary.comparison.headers, &summary.comparison.rows));
    }
}

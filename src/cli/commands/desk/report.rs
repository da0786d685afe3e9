//! `juesuan report`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::export::year_range;
use crate::cli::global::{Global, WarehouseArgument};
use crate::cli::terminal::say::say;
use crate::error::{Error, Result};
use crate::report::{ReportOptions, draft_report};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan report pages
  juesuan report shanghai --region 310000 --year 2021-2023 --lang zh
  juesuan report pages --warehouse out/juesuan.duckdb      then open pages/index.html

Every number on a page leads to the cell or the sentence it was read from.
The pages need no server, no network and no script; their folder appears whole or not at all.")]
pub struct ReportArguments {
    /// Folder to write to; what an earlier report left there is replaced
    out: PathBuf,
    #[command(flatten)]
    warehouse: WarehouseArgument,
    /// Fiscal years: 2023, 2021,2023 or 2021-2024
    #[arg(long, value_name = "YEARS", value_delimiter = ',', value_parser = year_range)]
    year: Vec<(i32, i32)>,
    /// Region code (with everything below it) or name
    #[arg(long, value_name = "REGION", value_delimiter = ',')]
    region: Vec<String>,
}

pub fn report(arguments: &ReportArguments, global: &Global) -> Result<ExitCode> {
    let project = global.open_project()?;
    let warehouse = arguments.warehouse.open()?;
    if arguments.out.is_file() {
        return Err(Error::usage(format!("{} is a file", arguments.out.display())).hint("name a folder"));
    }
    let options = ReportOptions {
        regions: arguments.region.clone(),
        years: arguments.year.clone(),
        words: global.words.clone(),
        is_chinese: global.is_chinese(),
    };
    let written = draft_report(&warehouse, &project, &options, &arguments.out)?.publish()?;
    let index = arguments.out.join("index.html");
    if global.json {
        say!("{}", json!({ "index": index, "pages": written.pages, "bytes": written.bytes }));
    } else if !global.quiet {
        say!("{}", global.say(&format!("{} · {} pages", index.display(), written.pages)));
    }
    Ok(ExitCode::SUCCESS)
}

//! `juesuan lint`

use std::process::ExitCode;

use clap::Args;

use super::Global;
use crate::error::Result;
use crate::extract::{narrative, table};
use crate::reconcile;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan lint
  juesuan lint --project my-provinces")]
pub struct LintArguments {}

/// Prints every problem of the project's files; exit 2 when there is one.
pub fn lint(_: &LintArguments, global: &Global) -> Result<ExitCode> {
    let project = global.open_project()?;
    let mut problems: Vec<String> = Vec::new();
    problems.extend(table::lint(&project).iter().map(ToString::to_string));
    problems.extend(narrative::lint(&project).iter().map(ToString::to_string));
    problems.extend(reconcile::lint(&project).iter().map(ToString::to_string));
    if global.json {
        println!("{}", serde_json::json!({ "problems": problems, "files": project.files().count() }));
    } else {
        for problem in &problems {
            println!("{problem}");
        }
        if !global.quiet {
            println!("{} files, {} problems", project.files().count(), problems.len());
        }
    }
    Ok(ExitCode::from(if problems.is_empty() { 0 } else { 2 }))
}

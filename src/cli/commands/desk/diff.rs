//! `juesuan diff OLD NEW`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use crate::cli::global::{Global, WarehouseArgument};
use crate::cli::terminal::pager::print_paged;
use crate::cli::terminal::say::say;
use crate::desk::{self, Section, sections_json};
use crate::error::{Error, Result};
use crate::run::{self, StateFolder};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan diff                                                 what the last run that published changed
  juesuan diff juesuan.duckdb.state/versions/00000004.duckdb juesuan.duckdb
  juesuan diff juesuan.duckdb juesuan.duckdb.state/held-back.duckdb --json

Each part is a file of sql/diff/, with the warehouses attached as old and new.")]
pub struct DiffArguments {
    /// The earlier warehouse [default: the version before the published one]
    #[arg(requires = "new")]
    old: Option<PathBuf>,
    /// The later warehouse [default: the published one]
    new: Option<PathBuf>,
    #[command(flatten)]
    warehouse: WarehouseArgument,
    /// Rows printed of each part; JSON always has all
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

pub fn diff(arguments: &DiffArguments, global: &Global) -> Result<ExitCode> {
    let (old, new) = match (&arguments.old, &arguments.new) {
        (Some(old), Some(new)) => (old.clone(), new.clone()),
        _ => (version_before(&arguments.warehouse.warehouse)?, arguments.warehouse.warehouse.clone()),
    };
    let sections = desk::difference(&old, &new, &global.open_project()?)?;
    if !global.json && !global.quiet {
        say!("{} → {}\n", old.display(), new.display());
    }
    if global.json {
        say!("{}", serde_json::to_string_pretty(&sections_json(&sections)).unwrap_or_default());
        return Ok(ExitCode::SUCCESS);
    }
    let text: String = sections.iter().map(|section| shown(section, arguments.limit, global)).collect();
    print_paged(&text, true);
    Ok(ExitCode::SUCCESS)
}

/// What the published warehouse replaced.
fn version_before(warehouse: &Path) -> Result<PathBuf> {
    run::version_before(warehouse, &StateFolder::of(warehouse)).ok_or_else(|| {
        Error::usage(format!("no version before {} is kept", warehouse.display()))
            .hint("a run that replaces a published warehouse keeps it: see `keep` in the pipeline file")
    })
}

fn shown(section: &Section, limit: usize, global: &Global) -> String {
    let title = global.title_of(section);
    let mut rows = global.section_rows(section, 40);
    if rows.is_empty() {
        return format!("{title}: {}\n", global.say("no change"));
    }
    let all = rows.len();
    rows.truncate(limit);
    let mut text = format!("{title}: {all}\n{}\n", global.section_table(section, &rows));
    if all > limit {
        text += &format!("… {}\n", global.say(&format!("{} more: --limit N, or --json", all - limit)));
    }
    text.push('\n');
    text
}

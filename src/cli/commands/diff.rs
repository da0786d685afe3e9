//! `juesuan diff OLD NEW`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::global::Global;
use crate::cli::terminal::pager::print_paged;
use crate::cli::terminal::say::say;
use crate::desk::{self, Section, sections_json};
use crate::error::Result;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan diff juesuan.duckdb.state/versions/00000004.duckdb juesuan.duckdb
  juesuan diff juesuan.duckdb juesuan.duckdb.state/held-back.duckdb --json

Each part is a file of sql/diff/, with the warehouses attached as old and new.")]
pub struct DiffArguments {
    /// The earlier warehouse
    old: PathBuf,
    /// The later warehouse
    new: PathBuf,
    /// Rows printed of each part; JSON always has all
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
}

pub fn diff(arguments: &DiffArguments, global: &Global) -> Result<ExitCode> {
    let sections = desk::difference(&arguments.old, &arguments.new, &global.open_project()?)?;
    if global.json {
        say!("{}", serde_json::to_string_pretty(&sections_json(&sections)).unwrap_or_default());
        return Ok(ExitCode::SUCCESS);
    }
    let text: String = sections.iter().map(|section| shown(section, arguments.limit, global)).collect();
    print_paged(&text, true);
    Ok(ExitCode::SUCCESS)
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

//! `juesuan status`

use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use crate::cli::global::{Global, WarehouseArgument};
use crate::cli::terminal::pager::print_paged;
use crate::cli::terminal::say::say;
use crate::desk::{self, Section, sections_json};
use crate::error::{Error, Result};
use crate::run::{self, StateFolder};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan status
  juesuan status --warehouse juesuan.duckdb --json | jq '.freshness[0].finished_at'

Each part is a file of sql/status/: change or add one in a project folder.")]
pub struct StatusArguments {
    #[command(flatten)]
    warehouse: WarehouseArgument,
}

pub fn status(arguments: &StatusArguments, global: &Global) -> Result<ExitCode> {
    let path = &arguments.warehouse.warehouse;
    let state = StateFolder::of(path);
    let sections = desk::status(path, &global.open_project()?, |warehouse| run::show_runs(warehouse, &state))?;
    let bytes = std::fs::metadata(path).map_err(|error| Error::io("read", path, &error))?.len();
    let versions = run::versions(&state);
    let held_back = Some(state.held_back()).filter(|held| held.is_file());
    let seconds = age_seconds(&sections);
    if global.json {
        let mut whole = json!({
            "warehouse": path, "bytes": bytes, "age_seconds": seconds, "versions": versions, "held_back": held_back,
        });
        if let (Some(whole), Some(parts)) = (whole.as_object_mut(), sections_json(&sections).as_object()) {
            whole.extend(parts.clone());
        }
        say!("{}", serde_json::to_string_pretty(&whole).unwrap_or_default());
        return Ok(ExitCode::SUCCESS);
    }
    let mut text = format!("{} · {:.1} MiB", path.display(), bytes as f64 / f64::from(1 << 20));
    if let Some(seconds) = seconds {
        text += &format!(" · {}", ago(seconds, global));
    }
    text.push('\n');
    for section in &sections {
        text += &shown(section, global);
    }
    text += &kept(&versions, held_back.as_deref(), global);
    print_paged(&text, true);
    Ok(ExitCode::SUCCESS)
}

/// One part: a single row as a list, several as a table.
fn shown(section: &Section, global: &Global) -> String {
    let title = global.title_of(section);
    let rows = global.section_rows(section, 60);
    match rows.as_slice() {
        [] => format!("\n{title}: {}\n", global.say("none")),
        [only] if section.name == "freshness" => {
            let pairs: Vec<Vec<String>> = section
                .headings(global.is_chinese())
                .into_iter()
                .zip(only)
                .map(|(heading, value)| vec![heading, value.clone()])
                .collect();
            format!("\n{}\n", global.table(&[title.to_owned(), String::new()], &pairs))
        }
        _ => format!("\n{title}\n{}\n", global.section_table(section, &rows)),
    }
}

fn kept(versions: &[std::path::PathBuf], held_back: Option<&Path>, global: &Global) -> String {
    let names: Vec<String> =
        versions.iter().filter_map(|version| Some(version.file_stem()?.to_string_lossy().into_owned())).collect();
    let list = if names.is_empty() { global.say("none") } else { names.join(", ") };
    let mut text = format!("\n{}: {list}\n", global.say("Earlier versions kept"));
    if let Some(held_back) = held_back {
        text += &format!("{}: {}\n", global.say("A build was held back by a gate"), held_back.display());
    }
    text
}

/// Seconds since the last run ended; `None` where no run is recorded.
fn age_seconds(sections: &[Section]) -> Option<i64> {
    let freshness = sections.iter().find(|section| section.name == "freshness")?;
    let finished: Timestamp = format!("{}Z", freshness.first("finished_at").as_text()?).parse().ok()?;
    Some(Timestamp::now().as_second() - finished.as_second())
}

fn ago(seconds: i64, global: &Global) -> String {
    global.say(&match seconds {
        ..120 => format!("{} seconds ago", seconds.max(0)),
        120..7_200 => format!("{} minutes ago", seconds / 60),
        7_200..172_800 => format!("{} hours ago", seconds / 3_600),
        _ => format!("{} days ago", seconds / 86_400),
    })
}

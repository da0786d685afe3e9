//! `juesuan inspect FILE`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::global::Global;
use crate::cli::terminal::say::say;
use crate::decode::{self, Limits};
use crate::error::{Error, Result};
use crate::extract::narrative::{self, Rules};
use crate::extract::table::{self, Layouts};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan inspect disclosures/决算报表.xls
  juesuan inspect --json disclosures/决算说明.docx")]
pub struct InspectArguments {
    /// A workbook or a text
    file: PathBuf,
}

pub fn inspect(arguments: &InspectArguments, global: &Global) -> Result<ExitCode> {
    let project = global.open_project()?;
    let layouts = Layouts::load(&project)?;
    let rules = Rules::load(&project)?;
    let path = &arguments.file;
    let bytes = std::fs::read(path).map_err(|error| Error::io("read", path, &error))?;
    let document = decode::decode(&bytes, &path.to_string_lossy(), &Limits::default())
        .map_err(|failure| Error::usage(format!("{}: {failure}", path.display())).hint(failure.hint()))?;
    let tables = table::inspect(&document, &layouts, &table::ReadContext::default());
    let text = narrative::inspect(&document, &rules, &narrative::ReadContext::default());
    if global.json {
        let value = serde_json::json!({
            "file": path.display().to_string(),
            "format": document.format.as_str(),
            "encoding": document.encoding,
            "tables": tables,
            "text": text,
        });
        say!("{}", serde_json::to_string_pretty(&value).unwrap_or_default());
        return Ok(ExitCode::SUCCESS);
    }
    say!("{} · {} {}", path.display(), document.format.as_str(), document.encoding);
    if !document.grids.is_empty() {
        say!("{}", global.say(&tables.to_string()));
    }
    if !document.lines.is_empty() {
        say!("{}", global.say(text.text().trim_end()));
    }
    Ok(ExitCode::SUCCESS)
}

//! `juesuan init DIR`

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::cli::global::Global;
use crate::cli::terminal::say::say;
use crate::error::{Error, Result};
use crate::project::Project;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan init my-provinces
  juesuan run --project my-provinces --source disclosures")]
pub struct InitArguments {
    /// Folder to write to; existing files are left as they are
    folder: PathBuf,
}

pub fn init(arguments: &InitArguments, global: &Global) -> Result<ExitCode> {
    let (mut written, mut kept) = (0, 0);
    for file in Project::built_in().files() {
        let path = arguments.folder.join(&file.path);
        if path.exists() {
            kept += 1;
            continue;
        }
        let folder = path.parent().unwrap_or(&arguments.folder);
        fs::create_dir_all(folder).map_err(|error| Error::io("write to", folder, &error))?;
        fs::write(&path, &file.text).map_err(|error| Error::io("write", &path, &error))?;
        written += 1;
    }
    if global.json {
        say!("{}", serde_json::json!({ "folder": arguments.folder, "written": written, "kept": kept }));
    } else if !global.quiet {
        let folder = arguments.folder.display();
        say!("{}", global.say(&format!("{folder}: {written} files written, {kept} kept as they were")));
    }
    Ok(ExitCode::SUCCESS)
}

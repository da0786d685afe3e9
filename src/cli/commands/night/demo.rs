//! `juesuan demo [DIR]`

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use include_dir::{Dir, include_dir};

use super::run::run_and_tell;
use crate::cli::global::Global;
use crate::cli::terminal::say::say;
use crate::error::{Error, Result};
use crate::project::Project;
use crate::run::{Overrides, Pipeline};

/// Disclosures written for this project: 480 KB, so they travel inside the program.
static SAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/sample_data/disclosures");

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan demo
  juesuan demo /tmp/demo --lang zh")]
pub struct DemoArguments {
    /// Folder to write to; files of yours are never replaced
    #[arg(default_value = "juesuan-demo")]
    folder: PathBuf,
}

/// Writes the sample disclosures, runs the built-in pipeline on them and says what to ask next. The working folder's
/// pipelines/ stay out of it: the answer is the same on every machine.
pub fn demo(arguments: &DemoArguments, global: &Global) -> Result<ExitCode> {
    let folder = &arguments.folder;
    let sources = folder.join("disclosures");
    write_sample(&SAMPLE, &sources)?;
    let project = match &global.project {
        Some(folder) => Project::open(Some(folder))?,
        None => Project::built_in(),
    };
    let warehouse = folder.join("juesuan.duckdb");
    let overrides = Overrides {
        sources: vec![sources],
        warehouse: Some(warehouse.clone()),
        extracts: Some(folder.join("extracts")),
        ..Overrides::default()
    };
    let pipeline = Pipeline::load(&project, "nightly", &overrides)?;
    run_and_tell(&project, &pipeline, false, global)?;
    if !global.json && !global.quiet {
        let warehouse = warehouse.display();
        say!("\n{}", global.say("Ask it:"));
        say!("  juesuan query v_sangong --warehouse '{warehouse}'");
        say!("  juesuan check --warehouse '{warehouse}'");
        say!("  juesuan explain 应急管理局/2023/决算说明.txt:59:49 --warehouse '{warehouse}'");
    }
    Ok(ExitCode::SUCCESS)
}

fn write_sample(sample: &Dir<'_>, root: &Path) -> Result<()> {
    for file in sample.files() {
        write_new(&root.join(file.path()), file.contents())?;
    }
    sample.dirs().try_for_each(|folder| write_sample(folder, root))
}

fn write_new(path: &Path, contents: &[u8]) -> Result<()> {
    match fs::read(path) {
        Ok(there) if there == contents => return Ok(()),
        Ok(_) => {
            return Err(Error::usage(format!("{} is there already and is no file of the demo", path.display()))
                .hint("name another folder: juesuan demo DIR"));
        }
        Err(_) => {}
    }
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| Error::io("write to", folder, &error))?;
    fs::write(path, contents).map_err(|error| Error::io("write", path, &error))
}

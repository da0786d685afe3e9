//! `juesuan read-files`: the process that `juesuan run` starts to read files. Nobody else has a use for it.

use std::process::ExitCode;

use clap::Args;

use crate::cli::global::Global;
use crate::error::{Error, Result};
use crate::run;

#[derive(Debug, Args)]
pub struct ReadFilesArguments {
    /// What the process may take, in MiB
    #[arg(long, value_name = "MIB")]
    memory_mib: u64,
    /// Read what hidden sheets, rows and columns hold, too
    #[arg(long)]
    read_hidden: bool,
    /// The program that reads pages that are pictures, as JSON
    #[arg(long, value_name = "JSON")]
    ocr: Option<String>,
}

pub fn read_files(arguments: &ReadFilesArguments, global: &Global) -> Result<ExitCode> {
    let project = global.open_project()?;
    let ocr = arguments.ocr.as_deref().map(serde_json::from_str).transpose();
    let ocr = ocr.map_err(|error| Error::usage("this process is started by `juesuan run` alone").because(error))?;
    let terms = run::ReaderTerms { memory_mib: arguments.memory_mib, read_hidden: arguments.read_hidden, ocr };
    run::serve(&project, &terms, std::io::stdin().lock(), std::io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}

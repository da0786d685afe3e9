//! `juesuan read-files`: the process that `juesuan run` starts to read files. Nobody else has a use for it.

use std::process::ExitCode;

use clap::Args;

use crate::cli::global::Global;
use crate::error::Result;
use crate::run;

#[derive(Debug, Args)]
pub struct ReadFilesArguments {
    /// What the process may take, in MiB
    #[arg(long, value_name = "MIB")]
    memory_mib: u64,
    /// Read what hidden sheets, rows and columns hold, too
    #[arg(long)]
    read_hidden: bool,
}

pub fn read_files(arguments: &ReadFilesArguments, global: &Global) -> Result<ExitCode> {
    let project = global.open_project()?;
    let terms = run::ReaderTerms { memory_mib: arguments.memory_mib, read_hidden: arguments.read_hidden };
    run::serve(&project, terms, std::io::stdin().lock(), std::io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}

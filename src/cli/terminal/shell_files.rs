//! `juesuan completions SHELL` and `juesuan manual`

use std::process::ExitCode;

use clap::{Args, Command};
use clap_complete::Shell;

use super::say::Terminal;
use crate::error::{Error, Result};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan completions bash > ~/.local/share/bash-completion/completions/juesuan")]
pub struct CompletionsArguments {
    /// The shell to complete in
    shell: Shell,
}

pub fn completions(arguments: &CompletionsArguments, mut command: Command) -> Result<ExitCode> {
    clap_complete::generate(arguments.shell, &mut command, "juesuan", &mut Terminal);
    Ok(ExitCode::SUCCESS)
}

/// The manual page of the program and, after it, of every command.
pub fn manual(command: Command) -> Result<ExitCode> {
    let render = |command: Command| clap_mangen::Man::new(command).render(&mut Terminal);
    let names: Vec<Command> = command.get_subcommands().cloned().collect();
    render(command)
        .and_then(|()| names.into_iter().try_for_each(render))
        .map_err(|error| Error::usage("cannot print the manual").because(error))?;
    Ok(ExitCode::SUCCESS)
}

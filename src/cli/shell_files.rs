//! `juesuan completions SHELL` and `juesuan manual`

use std::io;
use std::process::ExitCode;

use clap::Args;
use clap_complete::Shell;

use super::{Global, command};
use crate::error::{Error, Result};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  juesuan completions bash > ~/.local/share/bash-completion/completions/juesuan")]
pub struct CompletionsArguments {
    /// The shell to complete in
    shell: Shell,
}

pub fn completions(arguments: &CompletionsArguments, global: &Global) -> Result<ExitCode> {
    clap_complete::generate(arguments.shell, &mut command(&global.words), "juesuan", &mut io::stdout());
    Ok(ExitCode::SUCCESS)
}

/// The manual page of the program and, after it, of every command.
pub fn manual(global: &Global) -> Result<ExitCode> {
    let command = command(&global.words);
    let render = |command: clap::Command| clap_mangen::Man::new(command).render(&mut io::stdout());
    let names: Vec<clap::Command> = command.get_subcommands().cloned().collect();
    render(command)
        .and_then(|()| names.into_iter().try_for_each(render))
        .map_err(|error| Error::usage("cannot print the manual").because(error))?;
    Ok(ExitCode::SUCCESS)
}

//! Tells the outside how a run ended.

use std::io::Write;
use std::process::{Command, Stdio};

use super::summary::Summary;
use crate::error::{Error, Result};
use crate::run::settings::pipeline::Hooks;

/// Runs the hook for this ending, with its JSON on standard input.
///
/// # Errors
/// The hook cannot be started or fails, after a run that went well.
pub fn run_hook(hooks: &Hooks, ended: &Result<Summary>) -> Result<()> {
    let (command, json) = match ended {
        Ok(summary) => (&hooks.success, serde_json::to_string(summary).unwrap_or_default()),
        Err(error) => (
            &hooks.failure,
            serde_json::json!({ "error": error.what, "why": error.why, "hint": error.hint }).to_string(),
        ),
    };
    let Some(command) = command else { return Ok(()) };
    let done = start(command, &json);
    match done {
        Ok(()) => Ok(()),
        // The run's own error matters more than that nobody could be told.
        Err(_) if ended.is_err() => Ok(()),
        Err(why) => Err(Error::usage(format!("the hook `{command}` failed"))
            .because(why)
            .hint("the warehouse is published; correct [hooks] in the pipeline file")),
    }
}

fn start(command: &str, json: &str) -> std::io::Result<()> {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut child = Command::new(shell).arg(flag).arg(command).stdin(Stdio::piped()).spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // A hook that does not read its input closes it early: that is not an error.
        let _ = input.write_all(json.as_bytes()).and_then(|()| input.write_all(b"\n"));
    }
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(std::io::Error::other(status.to_string())) }
}

//! Help pages and complaints about arguments, in the reader's language.

use std::process::ExitCode;

use clap::builder::styling::Style;
use clap::error::ErrorKind;
use clap::{Arg, Command};

use super::global::stderr_line;
use crate::words::Words;

/// A command line with its help in these words.
pub fn said(mut command: Command, words: &Words) -> Command {
    if words.is_english() {
        return command;
    }
    // So that the parts clap adds itself (--help, --version, help) are there to be said, too.
    command.build();
    said_inside(command, words)
}

/// Prints what clap has to say and ends as it would.
pub fn complain(error: &clap::Error, words: &Words) -> ExitCode {
    if words.is_english() || matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        error.exit();
    }
    stderr_line(&words.say(error.render().to_string().trim_end()));
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn said_inside(command: Command, words: &Words) -> Command {
    let heading = Style::new().bold().underline();
    let usage = words.say("Usage:");
    let mut command = command
        .help_template(format!(
            "{{before-help}}{{about-with-newline}}\n{heading}{usage}{heading:#} {{usage}}\n\n{{all-args}}{{after-help}}"
        ))
        .subcommand_help_heading(words.say("Commands"))
        .subcommand_value_name(words.say("COMMAND"));
    if let Some(text) = command.get_about().map(|text| words.say(&text.to_string())) {
        command = command.about(text);
    }
    if let Some(text) = command.get_long_about().map(|text| words.say(&text.to_string())) {
        command = command.long_about(text);
    }
    if let Some(text) = command.get_after_help().map(|text| words.say_page(&text.to_string())) {
        command = command.after_help(text);
    }
    command =
        command.mut_args(|argument| said_argument(argument, words)).mut_subcommands(|inner| said_inside(inner, words));
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().replace("[OPTIONS]", &words.say("[OPTIONS]"));
    command.override_usage(usage)
}

/// One argument: its help, with what clap would add in English.
fn said_argument(argument: Arg, words: &Words) -> Arg {
    let takes_value = argument.get_action().takes_values();
    let heading = words.say(if argument.is_positional() { "Arguments" } else { "Options" });
    let mut notes = Vec::new();
    let choices = argument.get_possible_values();
    if takes_value && !choices.is_empty() {
        let names: Vec<&str> = choices.iter().map(|choice| choice.get_name()).collect();
        notes.push(words.say(&format!("possible values: {}", names.join(", "))));
    }
    let defaults: Vec<String> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if takes_value && !defaults.is_empty() {
        notes.push(words.say(&format!("default: {}", defaults.join(", "))));
    }
    if let Some(variable) = argument.get_env() {
        notes.push(words.say(&format!("environment variable: {}", variable.to_string_lossy())));
    }
    let mut text = argument.get_help().map(|text| words.say(&text.to_string())).unwrap_or_default();
    if !notes.is_empty() {
        text += &format!(" [{}]", notes.join("; "));
    }
    for choice in choices {
        if let Some(help) = choice.get_help() {
            text += &format!("\n{}: {}", choice.get_name(), words.say(&help.to_string()));
        }
    }
    let names: Option<Vec<String>> =
        argument.get_value_names().map(|names| names.iter().map(|name| words.say(name)).collect());
    let argument = match names {
        Some(names) if takes_value => argument.value_names(names),
        _ => argument,
    };
    let argument = match argument.get_long_help().map(|text| words.say(&text.to_string())) {
        Some(long) => argument.long_help(long),
        None => argument,
    };
    argument.help(text).help_heading(heading).hide_default_value(true).hide_env(true).hide_possible_values(true)
}

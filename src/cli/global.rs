//! What every command shares: its options, its language, the warehouse it reads.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::terminal::table::{Screen, cut_cells, print_table};
use crate::desk::Section;
use crate::error::{Error, Result};
use crate::project::Project;
use crate::vocabulary::visible;
use crate::warehouse::Warehouse;
use crate::words::Words;

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Folder whose pipelines/ and sql/ override the built-in ones [default: the working folder, if it has pipelines/]
    #[arg(long, global = true, value_name = "DIR", env = "JUESUAN_PROJECT")]
    pub project: Option<PathBuf>,
    /// Print JSON for machines
    #[arg(long, global = true)]
    pub json: bool,
    /// No progress, no summary
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Language of help, labels, findings and errors
    #[arg(long, global = true, value_enum, env = "JUESUAN_LANG", default_value_t = Language::of_locale())]
    pub lang: Language,
    /// What the program says, in that language.
    #[arg(skip)]
    pub words: Words,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    En,
    Zh,
}

impl Language {
    /// From LC_ALL, LC_MESSAGES or LANG.
    fn of_locale() -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
            .unwrap_or_default();
        if locale.starts_with("zh") { Language::Zh } else { Language::En }
    }
}

impl Global {
    pub fn open_project(&self) -> Result<Project> {
        Project::open(self.project.as_deref())
    }

    pub fn is_chinese(&self) -> bool {
        self.lang == Language::Zh
    }

    /// A text in the language asked for.
    pub fn say(&self, english: &str) -> String {
        self.words.say(english)
    }

    /// A table for where standard output goes.
    pub fn table(&self, headings: &[String], rows: &[Vec<String>]) -> String {
        print_table(headings, rows, &Screen::of_output(), &self.words)
    }

    /// A table whose column `kept` is shown on the narrowest terminal, too.
    pub fn table_keeping(&self, headings: &[String], rows: &[Vec<String>], kept: usize) -> String {
        print_table(headings, rows, &Screen::of_output().keeping(kept), &self.words)
    }

    /// One part of an answer as a table: headings, and rows whose codes and messages are in the language asked for.
    pub fn section_table(&self, section: &Section, rows: &[Vec<String>]) -> String {
        self.table(&section.headings(self.is_chinese()), rows)
    }

    /// The rows of a part of an answer, each cell on one line of at most `width` columns on the screen.
    pub fn section_rows(&self, section: &Section, width: usize) -> Vec<Vec<String>> {
        let said = section
            .shown_rows(self.is_chinese())
            .into_iter()
            .map(|row| row.iter().map(|cell| self.say(cell)).collect());
        let mut rows: Vec<Vec<String>> = said.collect();
        cut_cells(&mut rows, width);
        rows
    }

    pub fn title_of<'a>(&self, section: &'a Section) -> &'a str {
        if self.is_chinese() { &section.title.0 } else { &section.title.1 }
    }

    /// Headings in the language asked for.
    pub fn headings(&self, english: &[&str]) -> Vec<String> {
        english.iter().map(|heading| self.say(heading)).collect()
    }

    /// Says on standard error what a person should know beside the answer.
    pub fn tell_aside(&self, text: &str) {
        self.tell_line(&format!("warning: {text}"));
    }

    /// One line on standard error.
    pub fn tell_line(&self, line: &str) {
        stderr_line(&self.say(line));
    }

    /// Prints an error with its hint.
    pub fn tell(&self, error: &Error) {
        stderr_line(&self.say(&error.to_string()));
    }
}

/// The warehouse a command reads.
#[derive(Debug, Clone, Args)]
pub struct WarehouseArgument {
    /// The published DuckDB file; it is only read
    #[arg(long, value_name = "FILE", env = "JUESUAN_WAREHOUSE", default_value = "juesuan.duckdb")]
    pub warehouse: PathBuf,
}

impl WarehouseArgument {
    pub fn open(&self) -> Result<Warehouse> {
        Warehouse::open_for_questions(&self.warehouse)
    }
}

/// The words for arguments that are not parsed yet: help and complaints about them are said in the language asked for.
pub fn words_for(arguments: &[OsString]) -> Words {
    let language = given(arguments, "--lang").or_else(|| std::env::var("JUESUAN_LANG").ok());
    let is_chinese = match language.as_deref() {
        Some(language) => language == "zh",
        None => Language::of_locale() == Language::Zh,
    };
    if !is_chinese {
        return Words::default();
    }
    let folder = given(arguments, "--project").or_else(|| std::env::var("JUESUAN_PROJECT").ok());
    let project = Project::open(folder.as_deref().map(Path::new)).unwrap_or_else(|_| Project::built_in());
    // `juesuan lint` tells what is wrong with a catalogue; until then English is better than nothing.
    Words::of(&project).unwrap_or_default()
}

/// The last value given for a long option.
fn given(arguments: &[OsString], option: &str) -> Option<String> {
    let arguments: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let mut joined = arguments.iter().enumerate().filter_map(|(at, argument)| match argument.strip_prefix(option)? {
        "" => arguments.get(at + 1).copied(),
        rest => rest.strip_prefix('='),
    });
    joined.next_back().map(str::to_owned)
}

/// Standard error may be a file on a full disk: the exit code still tells.
pub fn stderr_line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", visible(text));
}

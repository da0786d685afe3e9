//! Errors for analysts: what, where, why, and what to do.

use std::path::Path;
use std::{fmt, io};

/// An error that ends a command. Findings about one file are `vocabulary::Finding`, never this.
#[derive(Debug, Clone)]
pub struct Error {
    pub kind: ErrorKind,
    /// What went wrong, in one sentence that names the file.
    pub what: String,
    /// The underlying cause, if any.
    pub why: Option<String>,
    pub hint: Option<String>,
}

/// Decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// Exit 2: arguments, configuration or paths are wrong.
    Usage,
    /// Exit 3: the run ended without publishing.
    NotPublished,
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub fn usage(what: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Usage, what: what.into(), why: None, hint: None }
    }

    pub fn not_published(what: impl Into<String>) -> Self {
        Self { kind: ErrorKind::NotPublished, ..Self::usage(what) }
    }

    /// A file that cannot be read or written.
    pub fn io(action: &str, path: &Path, error: &std::io::Error) -> Self {
        let failed = Self::usage(format!("cannot {action} {}", path.display())).because(error);
        match error.kind() {
            io::ErrorKind::NotFound => {
                failed.hint("a path that does not begin with / is taken from the working folder")
            }
            io::ErrorKind::PermissionDenied => failed.hint("see whose file it is and who may read or write it"),
            io::ErrorKind::IsADirectory => failed.hint("name a file in this folder"),
            _ => failed,
        }
    }

    /// A CSV file of the project that does not parse.
    pub fn csv(shown_path: &str, error: impl fmt::Display) -> Self {
        Self::usage(format!("{shown_path} is not a valid CSV file"))
            .because(error)
            .hint("every row must have as many fields as the header row; quote fields that hold commas")
    }

    pub fn because(mut self, why: impl fmt::Display) -> Self {
        self.why = Some(why.to_string());
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub fn exit_code(&self) -> u8 {
        match self.kind {
            ErrorKind::Usage => 2,
            ErrorKind::NotPublished => 3,
        }
    }
}

/// What, why and hint, each on a line that says which it is.
impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "error: {}", self.what)?;
        for (label, part) in [("why", &self.why), ("hint", &self.hint)] {
            if let Some(part) = part {
                write!(formatter, "\n  {label}: {part}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

//! Errors for analysts: what, where, why, and what to do.

use std::fmt;
use std::path::Path;

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
        Self::usage(format!("cannot {action} {}", path.display())).because(error)
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

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "error: {}", self.what)?;
        if let Some(why) = &self.why {
            write!(formatter, "\n  why: {why}")?;
        }
        if let Some(hint) = &self.hint {
            write!(formatter, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

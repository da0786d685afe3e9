//! Why a file could not be read. Never stops the files beside it.

use std::fmt;

/// One unreadable file. `Display` is the reason; `hint` says what the reader can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeFailure {
    /// No bytes, or nothing but white space.
    Empty,
    /// Protected by a password.
    Encrypted,
    /// A format this program does not read: what it is, and what to do instead.
    Unsupported { what: String, hint: String },
    /// Truncated, or not what its first bytes promise.
    Damaged { reason: String },
    /// Larger than the limits of one document.
    TooLarge { reason: String },
}

impl DecodeFailure {
    pub(crate) fn unsupported(what: &str, hint: &str) -> Self {
        Self::Unsupported { what: what.to_owned(), hint: hint.to_owned() }
    }

    pub(crate) fn damaged(reason: impl fmt::Display) -> Self {
        Self::Damaged { reason: reason.to_string() }
    }

    /// A stable word for the ledger: `empty`, `encrypted`, `unsupported`, `damaged`, `too_large`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Encrypted => "encrypted",
            Self::Unsupported { .. } => "unsupported",
            Self::Damaged { .. } => "damaged",
            Self::TooLarge { .. } => "too_large",
        }
    }

    pub fn hint(&self) -> &str {
        match self {
            Self::Empty => "fetch the file again: the publisher's copy may be complete",
            Self::Encrypted => "open it with its password and save a copy without one",
            Self::Unsupported { hint, .. } => hint,
            Self::Damaged { .. } => {
                "fetch the file again; if the publisher's copy is the same, open it in a spreadsheet program and save it as .xlsx"
            }
            Self::TooLarge { .. } => "split the file, or save only the sheets that hold tables",
        }
    }
}

impl fmt::Display for DecodeFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(formatter, "the file is empty"),
            Self::Encrypted => write!(formatter, "the file is protected by a password"),
            Self::Unsupported { what, .. } => write!(formatter, "{what} cannot be read"),
            Self::Damaged { reason } => write!(formatter, "the file is damaged: {reason}"),
            Self::TooLarge { reason } => write!(formatter, "the file is too large: {reason}"),
        }
    }
}

impl std::error::Error for DecodeFailure {}

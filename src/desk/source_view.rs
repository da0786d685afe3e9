//! The source file of a figure as it is today.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::decode::{self, Document, Limits};
use crate::discover::read_again;

/// How the file of today relates to the one that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceState {
    Unchanged,
    /// Another content stands at its path.
    Changed,
    /// Not there, or not readable.
    Gone,
}

/// The file, decoded only when it is the one that was read: cells of another content would mislead.
pub struct SourceView {
    pub state: SourceState,
    pub document: Option<Document>,
}

impl SourceView {
    pub fn open(source: &str, file: &str, sha256: &str) -> Self {
        let limits = Limits::default();
        let Some(bytes) = read_again(source, file, limits.bytes) else {
            return Self { state: SourceState::Gone, document: None };
        };
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        if digest != sha256 {
            return Self { state: SourceState::Changed, document: None };
        }
        Self { state: SourceState::Unchanged, document: decode::decode(&bytes, file, &limits).ok() }
    }
}

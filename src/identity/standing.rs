//! What a document is asked for, and what is decided of it.

use super::evidence::Evidence;
use super::whose::Identity;
use crate::vocabulary::{Contents, Finding, ReadAs};

/// One document that was read.
#[derive(Debug, Clone)]
pub struct Paper<'a> {
    pub evidence: Evidence<'a>,
    pub document_key: &'a str,
    /// Path relative to its source folder, and that folder.
    pub file: &'a str,
    pub source: &'a str,
    pub read_as: ReadAs,
    pub contents: Contents,
    /// The region whose layouts and rules it was read with; empty where none was known.
    pub read_as_region: &'a str,
    pub holds_text: bool,
    /// Codes of the report tables it holds.
    pub report_tables: &'a [String],
    pub published_date: Option<&'a str>,
    /// How exactly its format prints: of copies published together the one with more counts.
    pub exactness: u8,
    /// It holds tables of several departments or years: it is nobody's.
    pub belongs_to_several: bool,
}

/// What is decided of one document.
#[derive(Debug, Clone)]
pub struct Standing {
    pub identity: Identity,
    pub fiscal_year: Option<i32>,
    pub year_source: String,
    /// What the workbook, the text and every re-publication of one disclosure share; empty where the document is none.
    pub disclosure_key: String,
    /// From 1 within disclosure and document kind.
    pub version: u32,
    /// Some table or the text of it is not replaced by a later version.
    pub is_current: bool,
    pub is_text_current: bool,
    pub superseded_tables: Vec<String>,
    pub findings: Vec<Finding>,
}

//! Corrections of errors in published files: `pipelines/corrections/*.toml`. Each names the printed text it expects, so
//! that a publisher's own fix is noticed instead of being overwritten.

use std::collections::HashMap;

use serde::Deserialize;
use toml::Spanned;

use crate::decode::CellValue;
use crate::error::{Error, Result};
use crate::extract::table::RawFigure;
use crate::project::Project;
use crate::vocabulary::{CellReference, Finding, Place, Severity};

/// Corrections of cells, by the document's SHA-256.
#[derive(Debug, Default)]
pub struct Corrections {
    by_document: HashMap<String, Vec<Correction>>,
}

/// One corrected cell.
#[derive(Debug, Clone)]
pub struct Correction {
    pub sheet: String,
    pub cell: CellReference,
    pub expect: String,
    pub value: String,
    /// `<file>:<line>` of the entry: the figure points back to it.
    pub id: String,
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectionFile {
    #[serde(default)]
    correction: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// `sha256:` and the content's fingerprint.
    document: String,
    sheet: String,
    cell: String,
    expect: String,
    value: String,
    reason: String,
    #[serde(default, rename = "reported")]
    _reported: Option<toml::value::Datetime>,
    #[serde(default = "open")]
    status: String,
}

fn open() -> String {
    "open".to_owned()
}

const STATUSES: [&str; 4] = ["open", "reported", "acknowledged", "fixed_upstream"];

impl Corrections {
    /// # Errors
    /// An entry that does not parse, names no cell, or has an unknown status: with file and line.
    pub fn load(project: &Project) -> Result<Self> {
        let mut corrections = Self::default();
        for file in project.under("pipelines/corrections", "toml") {
            let parsed: CorrectionFile =
                file.parse("keys of a [[correction]]: document, sheet, cell, expect, value, reason, reported, status")?;
            for entry in parsed.correction {
                let line = file.line_of(entry.span().start);
                corrections.add(entry.into_inner(), format!("{}:{line}", file.path), &file.shown_path, line)?;
            }
        }
        Ok(corrections)
    }

    fn add(&mut self, entry: Entry, id: String, shown_path: &str, line: usize) -> Result<()> {
        let wrong = |what: String| Error::usage(format!("{shown_path}:{line}: {what}"));
        let cell = CellReference::parse(&entry.cell)
            .ok_or_else(|| wrong(format!("“{}” is not a cell such as E17", entry.cell)))?;
        let sha256 = entry.document.strip_prefix("sha256:").ok_or_else(|| {
            wrong("document must be `sha256:` and the fingerprint `juesuan inspect FILE` shows".to_owned())
        })?;
        if !STATUSES.contains(&entry.status.as_str()) {
            return Err(wrong(format!("status “{}” is none of {}", entry.status, STATUSES.join(", "))));
        }
        self.by_document.entry(sha256.to_owned()).or_default().push(Correction {
            sheet: entry.sheet,
            cell,
            expect: entry.expect,
            value: entry.value,
            id,
            reason: entry.reason,
        });
        Ok(())
    }

    /// Corrects the figures of one document in place: gives the entries by the places of the figures they corrected, and
    /// a finding for each entry whose expected text does not stand there.
    pub fn apply(&self, sha256: &str, figures: &mut [RawFigure]) -> (HashMap<usize, String>, Vec<Finding>) {
        let mut applied = HashMap::new();
        let mut findings = Vec::new();
        for correction in self.by_document.get(sha256).into_iter().flatten() {
            let is_meant = |figure: &RawFigure| figure.sheet == correction.sheet && figure.cell == correction.cell;
            let found = figures.iter().position(is_meant);
            match found.map(|at| (at, &mut figures[at])) {
                Some((at, figure)) if figure.value.printed().trim() == correction.expect.trim() => {
                    figure.value = CellValue::Text(correction.value.clone());
                    applied.insert(at, correction.id.clone());
                }
                Some((_, figure)) => findings.push(correction.stale(&figure.value.printed())),
                None => findings.push(correction.stale("nothing")),
            }
        }
        (applied, findings)
    }
}

impl Correction {
    fn stale(&self, printed: &str) -> Finding {
        Finding::extraction(
            "correction.stale",
            Severity::Error,
            Place::Cell { sheet: self.sheet.clone(), cell: self.cell },
            format!("the correction {} expects “{}” and finds “{printed}”: it is not applied", self.id, self.expect),
            format!("the publisher may have fixed it ({}): if so, remove the entry", self.reason),
        )
    }
}

//! A pipeline file: which folders, which warehouse, which extracts, and when not to publish.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::notify::Notify;
use crate::error::{Error, Result};
use crate::reconcile::report::Language;
use crate::run::read::ocr::OcrProgram;

/// `pipelines/<name>.toml`. Paths are relative to the working folder.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    /// Folders of disclosures in any arrangement, zip bundles, or manifests (.csv) that name the files; or patterns.
    pub sources: Vec<PathBuf>,
    /// The folder that the paths of manifests begin in; without one, each manifest's own.
    #[serde(default)]
    pub root: Option<PathBuf>,
    /// The published DuckDB file.
    pub warehouse: PathBuf,
    /// The folder of CSV extracts.
    pub extracts: PathBuf,
    /// Write big extracts in parts by year and province, so that a night writes those alone in which something changed.
    #[serde(default)]
    pub extract_parts: bool,
    /// Earlier warehouses kept for `juesuan restore`.
    #[serde(default = "default_keep")]
    pub keep: usize,
    /// Parallel readers; 0 means one per processor.
    #[serde(default)]
    pub workers: usize,
    /// Load what hidden sheets, rows and columns hold, as if a reader saw it.
    #[serde(default)]
    pub read_hidden: bool,
    /// A program that recognises characters, with its arguments: `{page.png}` stands for the picture of a page. Empty:
    /// pages that are pictures are named and not read.
    #[serde(default)]
    pub ocr: Vec<String>,
    /// Seconds that program may take for one page.
    #[serde(default = "default_ocr_seconds")]
    pub ocr_seconds: u64,
    /// Processor time one file may take, in seconds. A file that takes more is set aside with a finding.
    #[serde(default = "default_file_seconds")]
    pub file_seconds: u64,
    /// Memory of a process that reads files, in MiB. A file that needs more is set aside with a finding.
    #[serde(default = "default_file_memory")]
    pub file_memory_mib: u64,
    /// What DuckDB may take while it builds, in MiB; 0 leaves it to DuckDB (most of the machine).
    #[serde(default = "default_memory")]
    pub memory_mib: u64,
    /// Where documents of more than this share (percent) of all belong to a family of departments that changed, the
    /// warehouse is built from nothing; below it, only these families are replaced.
    #[serde(default = "default_rebuild")]
    pub rebuild_above_percent: u32,
    /// Documents of changed families of which an update makes several tables at a time; of more it makes one after the other.
    #[serde(default = "default_side_by_side")]
    pub side_by_side_documents: u64,
    /// Language of the findings stored in the warehouse: en or zh.
    #[serde(default)]
    pub language: String,
    /// A file for JSON lines about every run; set aside when it is full.
    #[serde(default)]
    pub log: Option<PathBuf>,
    #[serde(default)]
    pub report: Report,
    #[serde(default)]
    pub gates: Gates,
    #[serde(default)]
    pub hooks: Hooks,
    #[serde(default)]
    pub notify: Notify,
}

/// Pages to look at, written by every run that publishes (`juesuan report`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Report {
    /// Their folder; none are written without one.
    pub folder: Option<PathBuf>,
    /// Their language: en or zh.
    pub language: String,
}

/// Shell commands run when a run has ended. They get the run's JSON line on standard input.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Hooks {
    pub success: Option<String>,
    pub failure: Option<String>,
}

/// When a finished build is kept aside instead of being published. All shares are percent of the last published run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Gates {
    /// Loaded documents may shrink by at most this share.
    pub lost_documents_percent: u32,
    /// Figures may shrink by at most this share.
    pub lost_figures_percent: u32,
    /// Unreadable files may be at most this share of all files.
    pub failed_documents_percent: u32,
    /// Findings of severity error whose cause is the warehouse (rows that break `sql/checks/`): at most this many.
    pub broken_warehouse_checks: u64,
    /// Different findings of severity error or warning whose cause is a reference list: at most this many. A code that no
    /// list holds is one, however often it is printed.
    pub reference_findings: u64,
}

impl Default for Gates {
    fn default() -> Self {
        Self {
            lost_documents_percent: 20,
            lost_figures_percent: 20,
            failed_documents_percent: 50,
            broken_warehouse_checks: 0,
            reference_findings: 100,
        }
    }
}

impl Gates {
    /// Lets everything through.
    pub fn open() -> Self {
        Self {
            lost_documents_percent: 100,
            lost_figures_percent: 100,
            failed_documents_percent: 100,
            broken_warehouse_checks: u64::MAX,
            reference_findings: u64::MAX,
        }
    }
}

fn default_file_seconds() -> u64 {
    20
}

fn default_ocr_seconds() -> u64 {
    120
}

fn default_file_memory() -> u64 {
    1024
}

fn default_memory() -> u64 {
    512
}

fn default_rebuild() -> u32 {
    25
}

fn default_side_by_side() -> u64 {
    4_000
}

fn default_keep() -> usize {
    7
}

impl Pipeline {
    /// How many processes read.
    pub fn hands(&self) -> usize {
        match self.workers {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            workers => workers,
        }
    }

    /// What reads pages that are pictures.
    pub fn ocr_program(&self) -> Option<OcrProgram> {
        let command = Some(self.ocr.clone()).filter(|command| !command.is_empty())?;
        Some(OcrProgram { command, seconds: self.ocr_seconds })
    }

    /// # Errors
    /// The pipeline names another language than en or zh.
    pub fn findings_language(&self) -> Result<Language> {
        language(&self.language)
    }

    /// # Errors
    /// The pipeline names another language than en or zh.
    pub fn report_language(&self) -> Result<Language> {
        language(&self.report.language)
    }
}

fn language(name: &str) -> Result<Language> {
    match name {
        "" => Ok(Language::English),
        name => Language::from_name(name)
            .ok_or_else(|| Error::usage(format!("the pipeline's language “{name}” is not known")).hint("en or zh")),
    }
}

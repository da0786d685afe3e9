//! A pipeline file: which folders, which warehouse, which extracts, and when not to publish.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use walkdir::WalkDir;

use crate::error::{Error, Result};
use crate::project::Project;
use crate::reconcile::report::Language;

/// `pipelines/<name>.toml`. Paths are relative to the working folder.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    /// Folders of disclosures, in any arrangement.
    pub sources: Vec<PathBuf>,
    /// The published DuckDB file.
    pub warehouse: PathBuf,
    /// The folder of CSV extracts.
    pub extracts: PathBuf,
    /// Earlier warehouses kept for `juesuan restore`.
    #[serde(default = "default_keep")]
    pub keep: usize,
    /// Parallel readers; 0 means one per processor.
    #[serde(default)]
    pub workers: usize,
    /// What DuckDB may take while it builds, in MiB; 0 leaves it to DuckDB (most of the machine).
    #[serde(default = "default_memory")]
    pub memory_mib: u64,
    /// Language of the findings stored in the warehouse: en or zh.
    #[serde(default)]
    pub language: String,
    /// A file for JSON lines about every run; set aside when it is full.
    #[serde(default)]
    pub log: Option<PathBuf>,
    #[serde(default)]
    pub gates: Gates,
    #[serde(default)]
    pub hooks: Hooks,
}

/// Shell commands run when a run has ended. They get the run's JSON line on standard input.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Hooks {
    pub success: Option<String>,
    pub failure: Option<String>,
}

/// When a finished build is kept aside instead of being published. All shares are percent of the last published run.
#[derive(Debug, Clone, PartialEq, Deserialize)]
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
    fn open() -> Self {
        Self {
            lost_documents_percent: 100,
            lost_figures_percent: 100,
            failed_documents_percent: 100,
            broken_warehouse_checks: u64::MAX,
            reference_findings: u64::MAX,
        }
    }
}

fn default_memory() -> u64 {
    512
}

fn default_keep() -> usize {
    7
}

/// What the command line says instead of the pipeline file.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    pub sources: Vec<PathBuf>,
    pub warehouse: Option<PathBuf>,
    pub extracts: Option<PathBuf>,
    pub workers: Option<usize>,
    /// Publish whatever the gates say.
    pub accept: bool,
}

impl Pipeline {
    /// Reads `name` (a file on disk, or the name of one under `pipelines/`) and applies the overrides.
    ///
    /// # Errors
    /// No such pipeline, or one that does not parse: with the line and what is allowed there.
    pub fn load(project: &Project, name: &str, overrides: &Overrides) -> Result<Self> {
        let (shown, text) = find(project, name)?;
        let mut pipeline: Pipeline = toml::from_str(&text).map_err(|error| {
            Error::usage(format!("the pipeline file {shown} is broken"))
                .because(error.to_string().trim_end())
                .hint("keys: sources, warehouse, extracts, keep, workers, memory_mib, language, log, [gates], [hooks]; see pipelines/nightly.toml")
        })?;
        if !overrides.sources.is_empty() {
            pipeline.sources = overrides.sources.clone();
        }
        if let Some(warehouse) = &overrides.warehouse {
            pipeline.warehouse = warehouse.clone();
        }
        if let Some(extracts) = &overrides.extracts {
            pipeline.extracts = extracts.clone();
        }
        if let Some(workers) = overrides.workers {
            pipeline.workers = workers;
        }
        if overrides.accept {
            pipeline.gates = Gates::open();
        }
        pipeline.sources = expand(&pipeline.sources)?;
        Ok(pipeline)
    }
}

impl Pipeline {
    /// # Errors
    /// The pipeline names another language than en or zh.
    pub fn findings_language(&self) -> Result<Language> {
        match self.language.as_str() {
            "" => Ok(Language::English),
            name => Language::from_name(name)
                .ok_or_else(|| Error::usage(format!("the pipeline's language “{name}” is not known")).hint("en or zh")),
        }
    }
}

/// Replaces patterns such as `disclosures/*/2023` by the folders they match.
fn expand(sources: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for source in sources {
        let pattern = source.to_string_lossy();
        if source.exists() || !pattern.contains(['*', '?', '[', '{']) {
            folders.push(source.clone());
            continue;
        }
        let glob = globset::GlobBuilder::new(&pattern).literal_separator(true).build().map_err(|error| {
            Error::usage(format!("the source pattern {pattern} is broken"))
                .because(error)
                .hint("for example disclosures/*/2023")
        })?;
        let matcher = glob.compile_matcher();
        let fixed: PathBuf = source
            .components()
            .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']))
            .collect();
        let root = if fixed.as_os_str().is_empty() { PathBuf::from(".") } else { fixed };
        let matches = WalkDir::new(&root)
            .sort_by_file_name()
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_dir())
            .map(|entry| entry.path().strip_prefix("./").unwrap_or(entry.path()).to_owned())
            .filter(|path| matcher.is_match(path));
        let before = folders.len();
        folders.extend(matches);
        if folders.len() == before {
            return Err(Error::usage(format!("no folder matches the source pattern {pattern}"))
                .hint("the pattern must match folders, not files"));
        }
    }
    Ok(folders)
}

fn find(project: &Project, name: &str) -> Result<(String, String)> {
    let on_disk = Path::new(name);
    if on_disk.extension().is_some_and(|extension| extension == "toml") || on_disk.components().count() > 1 {
        let text = std::fs::read_to_string(on_disk).map_err(|error| {
            Error::io("read the pipeline file", on_disk, &error)
                .hint("give a file, or the name of one under pipelines/")
        })?;
        return Ok((name.to_owned(), text));
    }
    let inside = format!("pipelines/{name}.toml");
    let file = project.get(&inside).ok_or_else(|| {
        let known: Vec<&str> = project
            .files()
            .filter_map(|file| file.path.strip_prefix("pipelines/")?.strip_suffix(".toml"))
            .filter(|name| !name.contains('/'))
            .collect();
        Error::usage(format!("there is no pipeline {name}")).hint(format!("known pipelines: {}", known.join(", ")))
    })?;
    Ok((file.shown_path.clone(), file.text.clone()))
}

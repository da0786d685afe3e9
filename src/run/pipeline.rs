//! A pipeline file: which folders, which warehouse, which extracts, and when not to publish.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use super::settings::{self, Setting};

use crate::error::{Error, Result};
use crate::project::Project;
use crate::reconcile::report::Language;

/// `pipelines/<name>.toml`. Paths are relative to the working folder.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    /// Folders of disclosures in any arrangement, zip bundles, or manifests (.csv) that name the files; or patterns.
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
    /// Where documents of more than this share (percent) of all belong to a family of departments that changed, the
    /// warehouse is built from nothing; below it, only these families are replaced.
    #[serde(default = "default_rebuild")]
    pub rebuild_above_percent: u32,
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

fn default_rebuild() -> u32 {
    25
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
    /// Any other key, in the order given; the last one wins.
    pub settings: Vec<Setting>,
    /// Publish whatever the gates say.
    pub accept: bool,
}

impl Pipeline {
    /// Reads `name` (a file on disk, or the name of one under `pipelines/`). The environment wins over it, the command
    /// line over both.
    ///
    /// # Errors
    /// No such pipeline, or one that does not parse: with the line and what is allowed there.
    pub fn load(project: &Project, name: &str, overrides: &Overrides) -> Result<Self> {
        let (shown, text) = find(project, name)?;
        let broken = |error: toml::de::Error| {
            Error::usage(format!("the pipeline file {shown} is broken"))
                .because(error.to_string().trim_end())
                .hint(format!("keys: {}; see pipelines/nightly.toml", settings::keys().join(", ")))
        };
        // Read as a pipeline first: only then does an error name its line.
        toml::from_str::<Pipeline>(&text).map_err(broken)?;
        let mut table: toml::Table = toml::from_str(&text).map_err(broken)?;
        for setting in settings::from_environment() {
            table = settings::apply(&table, &setting, &settings::variable(&setting.0))?;
        }
        for setting in &overrides.settings {
            table = settings::apply(&table, setting, "--set")?;
        }
        let mut pipeline: Pipeline = table.try_into().map_err(broken)?;
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

/// Replaces patterns such as `disclosures/*/2023` by the folders, bundles and manifests they match.
fn expand(sources: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let is_pattern = |part: &str| part.contains(['*', '?', '[', '{']);
    let mut found = Vec::new();
    for source in sources {
        let pattern = source.to_string_lossy();
        if source.exists() || !is_pattern(&pattern) {
            found.push(source.clone());
            continue;
        }
        let glob = globset::GlobBuilder::new(&pattern).literal_separator(true).build().map_err(|error| {
            Error::usage(format!("the source pattern {pattern} is broken"))
                .because(error)
                .hint("for example disclosures/*/2023")
        })?;
        let matcher = glob.compile_matcher();
        let fixed: PathBuf =
            source.components().take_while(|part| !is_pattern(&part.as_os_str().to_string_lossy())).collect();
        let root = if fixed.as_os_str().is_empty() { PathBuf::from(".") } else { fixed };
        let before = found.len();
        let entries = WalkDir::new(&root).sort_by_file_name().into_iter().flatten();
        found.extend(
            entries
                .filter(|entry| is_source(entry.path()))
                .map(|entry| entry.path().strip_prefix("./").unwrap_or(entry.path()).to_owned())
                .filter(|path| matcher.is_match(path)),
        );
        if found.len() == before {
            return Err(Error::usage(format!("nothing matches the source pattern {pattern}"))
                .hint("a pattern matches folders, zip bundles and manifests (.csv), not single disclosures"));
        }
    }
    Ok(found)
}

fn is_source(path: &Path) -> bool {
    let is_one =
        |extension: &std::ffi::OsStr| extension.eq_ignore_ascii_case("zip") || extension.eq_ignore_ascii_case("csv");
    path.is_dir() || path.extension().is_some_and(is_one)
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

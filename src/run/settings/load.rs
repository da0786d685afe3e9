//! A pipeline as a run uses it: the file, then the environment, then the command line.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::pipeline::{Gates, Pipeline};
use super::said::Setting;
use super::{bounds, said};
use crate::error::{Error, Result};
use crate::project::Project;

/// What the command line says instead of the pipeline file.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    pub sources: Vec<PathBuf>,
    pub root: Option<PathBuf>,
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
                .hint(format!("keys: {}; see pipelines/nightly.toml", said::keys().join(", ")))
        };
        // Read as a pipeline first: only then does an error name its line.
        toml::from_str::<Pipeline>(&text).map_err(broken)?;
        let mut table: toml::Table = toml::from_str(&text).map_err(broken)?;
        for setting in said::from_environment() {
            table = said::apply(&table, &setting, &said::variable(&setting.0))?;
        }
        for setting in &overrides.settings {
            table = said::apply(&table, setting, "--set")?;
        }
        let mut pipeline: Pipeline = table.try_into().map_err(broken)?;
        if !overrides.sources.is_empty() {
            pipeline.sources = overrides.sources.clone();
        }
        if overrides.root.is_some() {
            pipeline.root = overrides.root.clone();
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
        bounds::check(&pipeline)?;
        Ok(pipeline)
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

//! What a run would do, and why.

use std::collections::BTreeSet;

use serde::Serialize;

use super::ledger::{Ledger, StateFolder};
use super::pipeline::Pipeline;
use super::reading::{Reader, document_key};
use super::{build_fingerprint, is_published, reading_fingerprint};
use crate::discover::discover;
use crate::error::Result;
use crate::project::Project;
use crate::stage::LoadPackage;

/// Grain: one file and what would happen to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedFile {
    pub file: String,
    /// read, keep, retire
    pub action: &'static str,
    pub why: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    pub files: Vec<PlannedFile>,
    /// False when the published warehouse holds all of this already.
    pub builds: bool,
    pub why: &'static str,
}

/// Looks at sources and state; writes nothing.
pub fn plan(project: &Project, pipeline: &Pipeline) -> Result<Plan> {
    let reader = Reader::load(project)?;
    let state = StateFolder::of(&pipeline.warehouse);
    let mut ledger = Ledger::open(&state, &reading_fingerprint(project));
    let before: BTreeSet<String> = ledger.readings.keys().cloned().collect();
    ledger.forget_damaged(&LoadPackage::new(&state.stage()));
    ledger.forget_failed_openings();
    let discovery = discover(&pipeline.sources, &mut ledger.fingerprints, reader.limits.bytes)?;
    let known_files: BTreeSet<&str> =
        ledger.readings.values().filter(|reading| !reading.retired).map(|reading| reading.file.as_str()).collect();
    let mut files: Vec<PlannedFile> = discovery
        .files
        .iter()
        .map(|source| {
            let (action, why) =
                match (ledger.readings.contains_key(&document_key(source)), known_files.contains(source.file.as_str()))
                {
                    (true, _) => ("keep", "unchanged since it was read"),
                    _ if before.contains(&document_key(source)) => {
                        ("read", "its stored rows are missing or damaged, or it could not be opened")
                    }
                    (false, true) => ("read", "its content changed"),
                    (false, false) if ledger.readings.is_empty() => {
                        ("read", "nothing was read yet with these layouts, rules and program")
                    }
                    (false, false) => ("read", "new"),
                };
            PlannedFile { file: source.file.clone(), action, why }
        })
        .collect();
    let present: BTreeSet<&str> = discovery.files.iter().map(|source| source.file.as_str()).collect();
    files.extend(known_files.iter().filter(|file| !present.contains(*file)).map(|file| PlannedFile {
        file: (*file).to_owned(),
        action: "retire",
        why: "no longer in the source folders",
    }));
    let (builds, why) = if is_published(&state, pipeline, &build_fingerprint(project, pipeline, &discovery)?) {
        (false, "the published warehouse holds all of this already")
    } else if !pipeline.warehouse.is_file() {
        (true, "there is no published warehouse yet")
    } else {
        (true, "files, the pipeline, layouts, rules, SQL or the program changed, or extracts are missing")
    };
    Ok(Plan { files, builds, why })
}

//! What a run would do, and why.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::conductor::{build_fingerprint, is_published, told_by_key};
use crate::discover::{SourceFile, discover};
use crate::error::Result;
use crate::project::Project;
use crate::run::read::reader::Reader;
use crate::run::read::reading::{Reading, document_key};
use crate::run::settings::pipeline::Pipeline;
use crate::run::state::fingerprint::Fingerprint;
use crate::run::state::folder::StateFolder;
use crate::run::state::ledger::Ledger;
use crate::stage::LoadPackage;

/// Grain: one file and what would happen to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedFile {
    pub file: String,
    /// read, keep, retire
    pub action: &'static str,
    pub why: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    pub files: Vec<PlannedFile>,
    /// False when the published warehouse holds all of this already.
    pub builds: bool,
    pub why: String,
}

/// Looks at sources and state; writes nothing.
pub fn plan(project: &Project, pipeline: &Pipeline) -> Result<Plan> {
    let reader = Reader::load(project)?.with_hidden(pipeline.read_hidden);
    let state = StateFolder::of(&pipeline.warehouse);
    let mut ledger = Ledger::open(&state, &Fingerprint::of_reading(project, pipeline));
    let discovery =
        discover(&pipeline.sources, pipeline.root.as_deref(), &mut ledger.fingerprints, reader.limits.bytes)?;
    let known = Known::of(&mut ledger, &LoadPackage::new(&state.stage()), &told_by_key(&discovery));
    let present: BTreeSet<&str> = discovery.files.iter().map(|source| source.file.as_str()).collect();
    let mut files: Vec<PlannedFile> = discovery.files.iter().map(|source| known.planned(source, &present)).collect();
    let moved: BTreeSet<&str> =
        discovery.files.iter().filter_map(|source| known.moved_from(source, &present)).collect();
    files.extend(known.by_file.keys().filter(|file| !present.contains(file.as_str())).map(|file| PlannedFile {
        file: file.clone(),
        action: "retire",
        why: if moved.contains(file.as_str()) { "moved" } else { "no longer in the sources" }.to_owned(),
    }));
    let build_fingerprint = build_fingerprint(project, pipeline, &discovery)?;
    let (builds, why) = if is_published(&state, pipeline, &build_fingerprint) {
        (false, "the published warehouse holds all of this already".to_owned())
    } else {
        (true, why_to_build(&state, pipeline, &build_fingerprint))
    };
    Ok(Plan { files, builds, why })
}

fn why_to_build(state: &StateFolder, pipeline: &Pipeline, now: &Fingerprint) -> String {
    if !pipeline.warehouse.is_file() {
        return "there is no published warehouse yet".to_owned();
    }
    match state.published(&pipeline.warehouse).map(|published| now.differences(&published.built_from)) {
        None => "the last run did not end well, or the published file is not the one it left".to_owned(),
        Some(differences) if differences.is_empty() => "extracts are missing or were changed".to_owned(),
        Some(differences) => format!("changed: {}", differences.join(", ")),
    }
}

/// What earlier runs have read.
struct Known {
    /// Document keys whose rows can be used again, and those whose rows cannot.
    usable: BTreeSet<String>,
    unusable: BTreeSet<String>,
    /// Of these the manifest says something else than when they were read.
    told_otherwise: BTreeSet<String>,
    /// Fingerprint of the content by file.
    by_file: BTreeMap<String, String>,
    /// Why nothing that was read can be used: layouts, rules or the program changed.
    outdated_by: Vec<String>,
}

impl Known {
    fn of(ledger: &mut Ledger, package: &LoadPackage, told: &HashMap<String, String>) -> Self {
        let keys = |ledger: &Ledger| ledger.readings.keys().cloned().collect::<BTreeSet<String>>();
        let files = |readings: &mut dyn Iterator<Item = &Reading>| {
            let present = readings.filter(|reading| !reading.retired);
            present.map(|reading| (reading.file.clone(), reading.sha256.clone())).collect::<BTreeMap<_, _>>()
        };
        let by_file = files(&mut ledger.readings.values().chain(&ledger.outdated));
        let all = keys(ledger);
        ledger.forget_damaged(package);
        ledger.forget_failed_openings();
        let sound = keys(ledger);
        ledger.forget_told_otherwise(told);
        let usable = keys(ledger);
        Self {
            unusable: &all - &sound,
            told_otherwise: &sound - &usable,
            usable,
            by_file,
            outdated_by: ledger.outdated_by.clone(),
        }
    }

    fn planned(&self, source: &SourceFile, present: &BTreeSet<&str>) -> PlannedFile {
        let key = document_key(source);
        let before = self.by_file.get(&source.file);
        let (action, why) = if self.usable.contains(&key) {
            ("keep", "unchanged since it was read".to_owned())
        } else if self.unusable.contains(&key) {
            ("read", "its stored rows are missing or damaged, or it could not be opened".to_owned())
        } else if self.told_otherwise.contains(&key) {
            ("read", "the manifest says something else of it, or of a file stored with it".to_owned())
        } else if let Some(from) = self.moved_from(source, present) {
            ("read", format!("moved from {from}"))
        } else if self.by_file.is_empty() {
            ("read", "nothing was read yet".to_owned())
        } else {
            ("read", self.why_again(before == Some(&source.sha256), before.is_some()))
        };
        PlannedFile { file: source.file.clone(), action, why }
    }

    fn why_again(&self, same: bool, known: bool) -> String {
        match (known, same) {
            (true, true) => format!("changed since it was read: {}", self.outdated_by.join(", ")),
            (true, false) => "its content changed".to_owned(),
            _ => "new".to_owned(),
        }
    }

    /// Where a new file of the same content was before; only where it is no more.
    fn moved_from(&self, source: &SourceFile, present: &BTreeSet<&str>) -> Option<&str> {
        if self.by_file.contains_key(&source.file) {
            return None;
        }
        let mut gone = self.by_file.iter().filter(|(file, _)| !present.contains(file.as_str()));
        gone.find(|(_, sha256)| **sha256 == source.sha256).map(|(file, _)| file.as_str())
    }
}

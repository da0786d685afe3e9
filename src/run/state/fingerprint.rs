//! What a reading or a warehouse depends on, part by part: equal fingerprints mean nothing to do, and where they differ
//! `plan` names the part.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::discover::Discovery;
use crate::error::Result;
use crate::project::Project;
use crate::run::read::reading::document_key;
use crate::run::settings::pipeline::Pipeline;

/// The folders whose change makes every file be read again, and what they are called in a plan.
const READING_FOLDERS: [(&str, &str); 5] = [
    ("layouts", "pipelines/layouts/"),
    ("narrative rules", "pipelines/narrative/"),
    ("reference lists", "pipelines/reference/"),
    ("names", "pipelines/names/"),
    ("corrections", "pipelines/corrections/"),
];

/// The parts that say which documents there are, and where the extracts and the report go.
const DOCUMENTS: [&str; 5] = ["source files", "manifest", "files that cannot be opened", "extracts folder", "report"];

/// Digests by the name of what they are of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint(BTreeMap<String, String>);

impl Fingerprint {
    /// Of all that decides what reading a file gives.
    pub fn of_reading(project: &Project, pipeline: &Pipeline) -> Self {
        let folders = READING_FOLDERS.map(|(name, folder)| (name, project.fingerprint(&[folder])));
        Self::default()
            .with("program", program())
            .with("hidden cells", pipeline.read_hidden.to_string())
            .with("the program that reads pictures", pipeline.ocr.join(" "))
            .with_all(folders)
    }

    /// Of all that decides what the warehouse and its extracts hold. `expired` is the number of acceptances that have
    /// run out: their findings speak again with no file changed.
    pub fn of_build(project: &Project, pipeline: &Pipeline, discovery: &Discovery, expired: usize) -> Result<Self> {
        let mut files = Sha256::new();
        let mut rows = Sha256::new();
        for source in &discovery.files {
            files.update(document_key(source));
            files.update(&source.source);
            rows.update(format!("{:?}", source.manifest));
        }
        let mut unreadable = Sha256::new();
        for (file, finding) in &discovery.unreadable {
            unreadable.update(file);
            unreadable.update(&finding.message);
        }
        let folders = READING_FOLDERS.map(|(name, folder)| (name, project.fingerprint(&[folder])));
        Ok(Self::default()
            .with("program", program())
            .with("hidden cells", pipeline.read_hidden.to_string())
            .with("the program that reads pictures", pipeline.ocr.join(" "))
            .with_all(folders)
            .with("checks", project.fingerprint(&["pipelines/checks/", "pipelines/baseline.toml"]))
            .with("SQL", project.fingerprint(&["sql/"]))
            .with("other files of pipelines/", project.fingerprint_of(is_no_pipeline))
            .with("language of the findings", format!("{:?}", pipeline.findings_language()?))
            .with("extracts folder", format!("{} {}", pipeline.extracts.display(), pipeline.extract_parts))
            .with("report", report(project, pipeline))
            .with("acceptances that have run out", expired.to_string())
            .with("source files", hex(files))
            .with("manifest", hex(rows))
            .with("files that cannot be opened", hex(unreadable)))
    }

    /// The names of the parts that differ, the most telling first.
    pub fn differences(&self, earlier: &Self) -> Vec<String> {
        let differs = |name: &&String| self.0.get(*name) != earlier.0.get(*name);
        let names: Vec<String> = self.0.keys().filter(differs).cloned().collect();
        // That a folder of `pipelines/` changed says more than that `pipelines/` did.
        let is_vague = |name: &String| name.starts_with("other files");
        if names.iter().any(|name| !is_vague(name)) {
            return names.into_iter().filter(|name| !is_vague(name)).collect();
        }
        names
    }

    /// Whether a build from `earlier` differs in the documents it holds and in nothing else.
    pub fn differs_in_documents_only(&self, earlier: &Self) -> bool {
        self.differences(earlier).iter().all(|name| DOCUMENTS.contains(&name.as_str()))
    }

    fn with(mut self, name: &str, digest: String) -> Self {
        self.0.insert(name.to_owned(), digest);
        self
    }

    fn with_all<const N: usize>(self, parts: [(&str, String); N]) -> Self {
        parts.into_iter().fold(self, |all, (name, digest)| all.with(name, digest))
    }
}

/// Of all that decides what a warehouse is before it holds a document: hexadecimal digits.
pub fn groundwork_fingerprint(project: &Project) -> String {
    let rests_on = project.fingerprint(&["sql/", "pipelines/reference/"]);
    hex(Sha256::new().chain_update(program()).chain_update(rests_on))
}

/// Pipeline files decide where a warehouse is put and how it is built, words and templates how the program speaks: not
/// what it holds.
fn is_no_pipeline(path: &str) -> bool {
    let speaks = |inside: &str| inside.starts_with("words/") || inside.starts_with("report/");
    path.strip_prefix("pipelines/").is_some_and(|inside| inside.contains('/') && !speaks(inside))
}

/// Where the pages of the run go and how they look; empty where it writes none.
fn report(project: &Project, pipeline: &Pipeline) -> String {
    match &pipeline.report.folder {
        Some(folder) => {
            let look = project.fingerprint(&["pipelines/report/", "pipelines/words/"]);
            format!("{} {} {look}", folder.display(), pipeline.report.language)
        }
        None => String::new(),
    }
}

/// The version, and the sources it was compiled from: a program built anew may read differently under the same version.
fn program() -> String {
    format!("{} {}", env!("CARGO_PKG_VERSION"), env!("JUESUAN_SOURCE_FINGERPRINT"))
}

pub fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

//! What is kept of one file that was read.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::discover::SourceFile;
use crate::identity::{Share, TitlePage};
use crate::vocabulary::{Contents, ReadAs};

/// What the ledger keeps of one file between runs: enough to tell whose it is without reading it again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    pub document_key: String,
    pub file: String,
    pub source: String,
    pub sha256: String,
    pub bytes: u64,
    pub format: String,
    pub encoding: String,
    pub contents: Contents,
    pub read_as: ReadAs,
    /// What its title, its headings and its tables say of it.
    pub title_page: TitlePage,
    /// What the manifest said when it was read: said otherwise, it must be read again.
    pub told: String,
    /// The region whose layouts and rules it was read with; empty where none was known.
    pub read_as_region: String,
    pub report_tables: Vec<String>,
    pub figures: u32,
    pub claims: u32,
    pub unclaimed_numbers: u32,
    pub message: String,
    /// Part of the load package that holds its rows; empty when it has none.
    pub part: String,
    /// It holds tables of several departments or years that cannot be told apart: it belongs to nobody.
    #[serde(default)]
    pub stands_alone: bool,
    /// The publisher whose part of a file of several it is.
    #[serde(default)]
    pub share: Option<Share>,
    /// Of a file of several: the reading of each publisher's part, with a key of its own.
    #[serde(default)]
    pub shares: Vec<Reading>,
    /// The file is no longer in the source folders.
    pub retired: bool,
    /// The file could not be opened: a fault of the moment, not of the file.
    pub try_again: bool,
}

impl Reading {
    /// The documents a file holds: itself, or one for each publisher.
    pub fn documents(&self) -> &[Reading] {
        if self.shares.is_empty() { std::slice::from_ref(self) } else { &self.shares }
    }

    /// One publisher's part of a file that is being read.
    pub fn of_share(whole: &Reading, share: Share) -> Self {
        let names = Some(share.department.clone()).filter(|name| !name.is_empty());
        let mut title_page = TitlePage::default();
        title_page.take_names_of_tables(names.into_iter().collect());
        let document_key = key_of(&[&whole.file, &whole.sha256, &share.name()]);
        Self { document_key, title_page, share: Some(share), ..whole.clone() }
    }

    /// What is known before anything is read.
    pub fn of(source: &SourceFile) -> Self {
        Self {
            document_key: document_key(source),
            file: source.file.clone(),
            source: source.source.clone(),
            sha256: source.sha256.clone(),
            bytes: source.bytes,
            told: told(source),
            ..Self::default()
        }
    }
}

/// Identifies a file by where it is and what it holds.
pub fn document_key(source: &SourceFile) -> String {
    key_of(&[&source.file, &source.sha256])
}

fn key_of(parts: &[&str]) -> String {
    let digest: String = Sha256::digest(parts.join("\0")).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("doc_{digest}")
}

/// What the manifest says that decides how a file is read. A row that says nothing is as good as none.
pub fn told(source: &SourceFile) -> String {
    let said = source.manifest.as_ref().map(|row| {
        let year = row.fiscal_year.map(|year| year.to_string()).unwrap_or_default();
        [row.department.as_str(), row.region.as_str(), year.as_str()].join("|")
    });
    said.filter(|said| said != "||").unwrap_or_default()
}

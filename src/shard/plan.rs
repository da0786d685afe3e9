//! Which files make which shard.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::families::{NOWHERE, families};
use super::file_list::row_of;
use super::whole_folder::WholeFolder;
use crate::discover::{Discovery, FingerprintCache, ManifestRow, SourceFile, discover, write_manifest};
use crate::error::{Error, Result};
use crate::identity::{Evidence, Identities, TitlePage};
use crate::project::Project;
use crate::vocabulary::Finding;

/// The file of a plan that says what its lists are.
const PLAN: &str = "plan.json";

/// More than a manifest in a bundle ever holds.
const MANIFEST_BYTES: u64 = 1 << 28;

/// How files are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// Each shard can be modelled and reconciled by itself: what belongs to a region is never parted.
    Region,
    /// By a digest of the path: for reading only, families are parted; `juesuan unite` brings them together again.
    Hash,
}

/// One shard: a list of files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    pub number: u32,
    /// Name of its list in the folder of the plan.
    pub list: String,
    pub files: usize,
    /// Region codes told before reading; empty for a shard by hash.
    pub regions: Vec<String>,
}

/// All shards of a corpus.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Plan {
    /// The source folder as given: the root of every shard's run.
    pub root: PathBuf,
    pub by: By,
    pub shards: Vec<Shard>,
    /// Files that nothing places before they are read. They stand in one shard.
    pub unplaced: usize,
    /// What is wrong with the corpus or its manifest and no shard's run can tell: a path and what it is.
    pub told: Vec<(String, String)>,
    #[serde(skip)]
    lists: Vec<Vec<ManifestRow>>,
}

/// Parts the files of a source folder into shards of about `target_files` files; no family is larger than its shard, so a
/// large one makes a larger shard. Opens no file but bundles and the manifest.
///
/// # Errors
/// No such folder, a manifest that does not parse, a file name that cannot stand in a list, no file at all.
pub fn plan(project: &Project, source: &Path, by: By, target_files: usize) -> Result<Plan> {
    if !source.is_dir() {
        return Err(Error::usage(format!("the source {} is no folder", source.display()))
            .hint("a corpus is parted from its folder: what lies elsewhere has other keys"));
    }
    let identities = Identities::load(project)?;
    let found = discover(&[source.to_owned()], None, &mut FingerprintCache::not_asked(), MANIFEST_BYTES)?;
    if found.files.is_empty() {
        return Err(
            Error::usage(format!("there is no file in {}", source.display())).hint("give the folder of disclosures")
        );
    }
    let (lost, told) = what_is_wrong(&found, source);
    let parts = match by {
        By::Region => by_region(&identities, &found.files, target_files),
        By::Hash => by_hash(&found.files, target_files),
    };
    let mut lists = Vec::with_capacity(parts.len());
    for part in &parts {
        lists.push(part.files.iter().map(|at| row_of(&found.files[*at])).collect::<Result<Vec<ManifestRow>>>()?);
    }
    // What is named and not there is told by the run of the first shard.
    if let Some(first) = lists.first_mut() {
        first.extend(lost.into_iter().map(|path| ManifestRow { path, ..ManifestRow::default() }));
    }
    let unplaced = parts.iter().map(|part| part.unplaced).sum();
    let shards = parts.into_iter().enumerate().map(|(number, part)| shard(number, part)).collect();
    Ok(Plan { root: source.to_owned(), by, shards, unplaced, told, lists })
}

/// Writes the lists and `plan.json` as a whole in the place of an earlier plan.
///
/// # Errors
/// The folder cannot be written, or holds something that is no plan.
pub fn write(plan: &Plan, folder: &Path) -> Result<()> {
    let holds_something = folder.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if holds_something && !folder.join(PLAN).is_file() {
        return Err(Error::usage(format!("{} holds something that is no plan", folder.display()))
            .hint("choose another folder with --out: a plan takes the place of an earlier one as a whole"));
    }
    let draft = WholeFolder::at(folder)?;
    for (shard, rows) in plan.shards.iter().zip(&plan.lists) {
        write_manifest(&draft.path().join(&shard.list), rows.iter())?;
    }
    let path = draft.path().join(PLAN);
    let text = serde_json::to_string_pretty(plan).unwrap_or_default();
    std::fs::write(&path, text + "\n").map_err(|error| Error::io("write", &path, &error))?;
    draft.put_in_place()
}

/// Reads what a folder of `juesuan shard` says; its lists stay there.
///
/// # Errors
/// No plan stands there, or one of another program.
pub fn plan_of(folder: &Path) -> Result<Plan> {
    let path = folder.join(PLAN);
    let text = std::fs::read_to_string(&path).map_err(|error| Error::io("read", &path, &error))?;
    serde_json::from_str(&text).map_err(|error| {
        Error::usage(format!("{} is no plan of shards", path.display()))
            .because(error)
            .hint("write it anew with `juesuan shard`")
    })
}

/// Files of one shard to be.
#[derive(Debug, Default)]
struct Part {
    regions: Vec<String>,
    files: Vec<usize>,
    unplaced: usize,
}

fn by_region(identities: &Identities, files: &[SourceFile], target_files: usize) -> Vec<Part> {
    let region = |file: &SourceFile| {
        let hint = identities.hint(&Evidence::of(file, TitlePage::default()));
        hint.region_code.unwrap_or_else(|| NOWHERE.to_owned())
    };
    let regions: Vec<String> = files.par_iter().map(region).collect();
    let mut parts: Vec<Part> = Vec::new();
    for family in families(files, &regions) {
        let is_unplaced = family.regions == [NOWHERE];
        let unplaced = if is_unplaced { family.files.len() } else { 0 };
        let family = Part { regions: family.regions, files: family.files, unplaced };
        match parts.last_mut() {
            // What is placed late may be of any region: it shares its shard with none.
            Some(last) if last.unplaced == 0 && last.files.len() + family.files.len() <= target_files => {
                last.regions.extend(family.regions);
                last.files.extend(family.files);
            }
            _ => parts.push(family),
        }
    }
    parts.iter_mut().for_each(|part| part.files.sort_unstable());
    parts
}

fn by_hash(files: &[SourceFile], target_files: usize) -> Vec<Part> {
    let shards = files.len().div_ceil(target_files.max(1));
    let mut parts: Vec<Part> = (0..shards).map(|_| Part::default()).collect();
    for (at, file) in files.iter().enumerate() {
        let digest = Sha256::digest(&file.file);
        let number = digest.iter().take(4).fold(0, |number, byte| (number << 8) | usize::from(*byte));
        parts[number % shards].files.push(at);
    }
    parts.retain(|part| !part.files.is_empty());
    parts
}

fn shard(number: usize, part: Part) -> Shard {
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let regions = part.regions.into_iter().filter(|region| region != NOWHERE).collect();
    Shard { number, list: format!("shard-{number}.csv"), files: part.files.len(), regions }
}

/// Paths that a shard's run tells of itself when they stand in its list, and what only this walk has seen.
fn what_is_wrong(found: &Discovery, root: &Path) -> (Vec<String>, Vec<(String, String)>) {
    let mut lost = Vec::new();
    let mut told = Vec::new();
    // A bundle tells of what is in it wherever it is opened.
    let lies_in_bundle = |path: &str| Path::new(path).ancestors().skip(1).any(|outer| root.join(outer).is_file());
    for (path, Finding { check_id, message, .. }) in &found.unreadable {
        match check_id.as_str() {
            "discover.not_there" | "discover.unreadable" if lies_in_bundle(path) => {}
            "discover.not_there" | "discover.unreadable" => lost.push(path.clone()),
            _ => told.push((path.clone(), message.clone())),
        }
    }
    (lost, told)
}

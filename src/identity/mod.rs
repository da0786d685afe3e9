//! Who published a disclosure: from printed names and folder names to one stable department key.
//!
//! Everything known about names and places stands in `pipelines/reference/`: `regions.csv`, `name_patterns.csv`,
//! `department_aliases.csv`, `sectors.csv`. A name outside the lists is kept and marked proposed, never guessed.

mod names;
mod regions;

use sha2::{Digest, Sha256};

use crate::error::Result;
use crate::project::Project;

use names::{Names, Parts};
use regions::Regions;

/// Everything that may say whose disclosure a file is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence<'a> {
    /// From manifest.csv: believed before everything else. The region is a code or a name.
    pub manifest_department: Option<&'a str>,
    pub manifest_region: Option<&'a str>,
    /// Names printed in the file, most trusted first.
    pub printed_departments: &'a [String],
    /// `department`, `unit` or empty: what the text says about itself.
    pub level_hint: &'a str,
    /// Folders between the source folder and the file, outermost first.
    pub folders: &'a [String],
    /// File name without extension.
    pub file_stem: &'a str,
    pub fiscal_year: Option<i32>,
}

/// Whose disclosure it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Standard name with its region: 北京市门头沟区应急管理局, and （本级） for the department's own unit; empty where nothing names one.
    pub department: String,
    /// As printed, before cleaning.
    pub department_printed: String,
    /// Region code, short name and level; stable over spellings, years and folders.
    pub department_key: String,
    /// GB/T 2260, empty where nothing says it.
    pub region_code: String,
    /// `department` (部门) or `unit` (单位)
    pub level: String,
    /// `manifest`, `content`, `folder`, `path` or empty.
    pub source: String,
    /// The short name stands in no reference list.
    pub is_proposed: bool,
}

/// The reference lists, ready to use.
pub struct Identities {
    names: Names,
    regions: Regions,
}

/// A name that may be the publisher's, with where it stood.
struct Candidate<'a> {
    source: &'static str,
    printed: &'a str,
    /// Folder and file names count only where they end like an institution.
    must_be_institution: bool,
}

impl Identities {
    /// Reads the reference lists of the project.
    pub fn load(project: &Project) -> Result<Self> {
        Ok(Self { names: Names::load(project)?, regions: Regions::load(project)? })
    }

    /// The first name that can be read as an institution, with the region it prints or, failing that, the one its
    /// surroundings agree on.
    pub fn resolve(&self, evidence: &Evidence<'_>) -> Identity {
        let hints = self.region_hints(evidence);
        for candidate in candidates(evidence) {
            let Some(parts) = self.names.clean(candidate.printed) else { continue };
            if candidate.must_be_institution && !self.names.is_institution(&parts.text) {
                continue;
            }
            let (region, rest) = self.place(&parts, evidence, &hints);
            if rest.chars().count() >= 2 {
                return self.identity(&candidate, &parts, region, &rest, evidence);
            }
        }
        self.unnamed(evidence, hints)
    }

    /// Whether a path says that the file corrects an earlier one.
    pub fn says_corrected(&self, path: &str) -> bool {
        self.names.says_corrected(path)
    }

    /// The key that the workbook, the text and every re-publication of one disclosure share. Without a year the
    /// document stands alone: two files of unknown year are never taken for versions of each other.
    pub fn disclosure_key(identity: &Identity, fiscal_year: Option<i32>, kind: &str, document_key: &str) -> String {
        match fiscal_year {
            Some(year) => format!("{}/{year}/{kind}", identity.department_key),
            None => format!("{}/?/{kind}/{document_key}", identity.department_key),
        }
    }

    /// The region a printed name begins with, narrowed by the hints, and what follows it.
    fn place(&self, parts: &Parts, evidence: &Evidence<'_>, hints: &[String]) -> (String, String) {
        let (found, rest) = self.regions.leading(&parts.text);
        let region = match found.as_slice() {
            [] => return (only(hints), parts.text.clone()),
            [one] => one.clone(),
            several => match self.regions.narrow(several, hints, evidence.fiscal_year) {
                Some(one) => one,
                // Several places of this name and nothing to choose by: the name stays whole.
                None => return (String::new(), parts.text.clone()),
            },
        };
        (self.more_specific(region, rest, evidence), rest.to_owned())
    }

    /// A printed name without its district (上海市财政局) gives way to one with it (上海市普陀区财政局).
    fn more_specific(&self, region: String, rest: &str, evidence: &Evidence<'_>) -> String {
        let short_name = self.names.short_name("", rest, &region).0;
        for printed in evidence.printed_departments {
            let Some(parts) = self.names.clean(printed) else { continue };
            let (found, other_rest) = self.regions.leading(&parts.text);
            if let [other] = found.as_slice()
                && *other != region
                && self.regions.lies_in(other, &region)
                && self.names.short_name("", other_rest, other).0 == short_name
            {
                return other.clone();
            }
        }
        region
    }

    fn identity(
        &self,
        candidate: &Candidate<'_>,
        parts: &Parts,
        region_code: String,
        rest: &str,
        evidence: &Evidence<'_>,
    ) -> Identity {
        let (short_name, standard) = self.names.short_name(&parts.prefix, rest, &region_code);
        let level = self.level(parts, evidence);
        let place = self.regions.shown(&region_code);
        let department = match standard {
            Some(standard) => format!("{place}{standard}{}", parts.suffix),
            None => format!("{}{place}{rest}{}", parts.prefix, parts.suffix),
        };
        Identity {
            department_key: format!("{}/{short_name}/{level}", self.key_of_place(&region_code, evidence)),
            department,
            department_printed: candidate.printed.trim().to_owned(),
            region_code,
            level,
            source: candidate.source.to_owned(),
            is_proposed: !self.names.is_listed(&short_name),
        }
    }

    fn unnamed(&self, evidence: &Evidence<'_>, hints: Vec<String>) -> Identity {
        let region_code = only(&hints);
        let level = self.level(&Parts::default(), evidence);
        Identity {
            department: String::new(),
            department_printed: String::new(),
            department_key: format!("{}//{level}", key_of_folder(evidence)),
            region_code,
            level,
            source: String::new(),
            is_proposed: true,
        }
    }

    /// 本级 in the name says unit; else what the name, the text, the file name or the folder says; else department.
    fn level(&self, parts: &Parts, evidence: &Evidence<'_>) -> String {
        let said = [parts.level.clone(), evidence.level_hint.to_owned(), self.names.level_in(evidence.file_stem)];
        let folders = evidence.folders.iter().rev().map(|folder| self.names.level_in(folder));
        said.into_iter().chain(folders).find(|level| !level.is_empty()).unwrap_or_else(|| "department".to_owned())
    }

    /// Without a region two departments of the same name must not become one: their folder keeps them apart.
    fn key_of_place(&self, region_code: &str, evidence: &Evidence<'_>) -> String {
        if region_code.is_empty() { key_of_folder(evidence) } else { region_code.to_owned() }
    }

    /// Regions named around the file, most specific last; empty where nothing is named or the names disagree.
    fn region_hints(&self, evidence: &Evidence<'_>) -> Vec<String> {
        if let Some(named) = evidence.manifest_region.and_then(|text| self.regions.exactly(text)) {
            return named;
        }
        let around = evidence.folders.iter().map(String::as_str).chain([evidence.file_stem]);
        let printed = evidence.printed_departments.iter().map(String::as_str);
        let mut hints: Vec<String> = Vec::new();
        for text in around.chain(printed) {
            let named = self.named_region(text);
            if named.is_empty() {
                continue;
            }
            let within: Vec<String> = named
                .iter()
                .filter(|code| hints.iter().any(|hint| self.regions.lies_in(code, hint)))
                .cloned()
                .collect();
            if !within.is_empty() {
                hints = within;
            } else if hints.is_empty() {
                hints = named;
            }
        }
        hints
    }

    fn named_region(&self, text: &str) -> Vec<String> {
        if let Some(named) = self.regions.exactly(text) {
            return named;
        }
        self.names.clean(text).map(|parts| self.regions.leading(&parts.text).0).unwrap_or_default()
    }
}

fn candidates<'a>(evidence: &Evidence<'a>) -> Vec<Candidate<'a>> {
    let manifest = evidence.manifest_department.into_iter().map(|printed| ("manifest", printed, false));
    let content = evidence.printed_departments.iter().map(|printed| ("content", printed.as_str(), false));
    let folders = evidence.folders.iter().rev().map(|folder| ("folder", folder.as_str(), true));
    let path = [("path", evidence.file_stem, true)];
    manifest
        .chain(content)
        .chain(folders)
        .chain(path)
        .map(|(source, printed, must_be_institution)| Candidate { source, printed, must_be_institution })
        .collect()
}

/// The one region, or none where there are several.
fn only(regions: &[String]) -> String {
    match regions {
        [one] => one.clone(),
        _ => String::new(),
    }
}

fn key_of_folder(evidence: &Evidence<'_>) -> String {
    let digest = Sha256::digest(evidence.folders.join("/").as_bytes());
    let hex: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("?{hex}")
}

//! From printed names and folder names to one stable department key.

use sha2::{Digest, Sha256};

use super::Identities;
use super::evidence::{Evidence, PrintedName};
use super::names::Parts;
use crate::vocabulary::Level;

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
    /// [`Level::Unsaid`] where nobody is named.
    pub level: Level,
    /// `manifest`, `content`, `folder`, `path` or empty.
    pub source: String,
    /// The same of the region, and the words that name it.
    pub region_source: String,
    pub region_words: String,
    /// The short name stands in no reference list.
    pub is_proposed: bool,
}

/// Regions a text may mean, with where it stood.
#[derive(Debug, Clone, Default)]
struct Named {
    codes: Vec<String>,
    source: &'static str,
    words: String,
}

/// The region a name stands in, and what is left of the name.
struct Placed {
    region: Named,
    rest: String,
}

/// A name that may be the publisher's, with where it stood.
struct Candidate<'a> {
    source: &'static str,
    printed: &'a str,
    /// Folder and file names count only where they end like an institution.
    must_be_institution: bool,
    is_area: bool,
}

impl Identities {
    /// The first name that can be read as an institution, with the region it prints or, failing that, the one its
    /// surroundings agree on.
    pub fn resolve(&self, evidence: &Evidence<'_>) -> Identity {
        let hints = self.region_hints(evidence);
        for candidate in candidates(evidence) {
            let Some(parts) = self.names.clean(candidate.printed) else { continue };
            if candidate.must_be_institution && !self.names.is_institution(&parts.text) {
                continue;
            }
            let placed = self.place(&candidate, &parts, evidence, &hints);
            if candidate.is_area {
                if let Some(identity) = self.whole_area(&candidate, &parts, placed, evidence) {
                    return identity;
                }
                continue;
            }
            if placed.rest.chars().count() >= 2 {
                return self.identity(&candidate, &parts, placed, evidence);
            }
        }
        self.unnamed(evidence, hints)
    }

    /// The name a document prints most, as far as it is written out, in one spelling and without its place; `None` where
    /// it prints none.
    pub fn fullest_name(&self, evidence: &Evidence<'_>) -> Option<String> {
        let names = printed_names(evidence);
        let first = names.first()?;
        let fullest = names
            .iter()
            .filter(|name| name.votes * 2 >= first.votes && name.text.starts_with(&first.text))
            .max_by_key(|name| name.text.len())?;
        let parts = self.names.clean(&fullest.text)?;
        let rest = self.regions.leading(&parts.text).1;
        Some(self.names.short_name(&parts.prefix, rest, "").0)
    }

    /// A printed name in one spelling, its place as a code where it is sure; `None` where no name is left.
    pub(super) fn key_of_name(&self, printed: &str) -> Option<String> {
        let parts = self.names.clean(printed)?;
        let (codes, rest) = self.regions.leading(&parts.text);
        Some(match codes.as_slice() {
            [code] => format!("{code}/{}{}", self.names.short_name(&parts.prefix, rest, code).0, parts.suffix),
            _ => format!("{}{}{}", parts.prefix, parts.text, parts.suffix),
        })
    }

    pub(super) fn names_an_institution(&self, text: &str) -> bool {
        self.names.clean(text).is_some_and(|parts| self.names.is_institution(&parts.text))
    }

    /// The region a printed name begins with, narrowed by the hints, and what follows it.
    fn place(&self, candidate: &Candidate<'_>, parts: &Parts, evidence: &Evidence<'_>, hints: &Named) -> Placed {
        let (found, rest) = self.regions.leading(&parts.text);
        let of_name = |code: String| Named {
            codes: vec![code],
            source: candidate.source,
            words: candidate.printed.trim().to_owned(),
        };
        let region = match found.as_slice() {
            [] => return Placed { region: hints.only(), rest: parts.text.clone() },
            [one] => one.clone(),
            several => match self.regions.narrow(several, &hints.codes, evidence.fiscal_year().0) {
                Some(one) => one,
                // Several places of this name and nothing to choose by: the name stays whole.
                None => return Placed { region: Named::default(), rest: parts.text.clone() },
            },
        };
        Placed { region: of_name(self.more_specific(region, rest, evidence)), rest: rest.to_owned() }
    }

    /// A printed name without its district (上海市财政局) gives way to one with it (上海市普陀区财政局).
    fn more_specific(&self, region: String, rest: &str, evidence: &Evidence<'_>) -> String {
        let short_name = self.names.short_name("", rest, &region).0;
        for printed in &evidence.title_page.names {
            let Some(parts) = self.names.clean(&printed.text) else { continue };
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
        Placed { region, rest }: Placed,
        evidence: &Evidence<'_>,
    ) -> Identity {
        let region_code = region.code();
        let (short_name, standard) = self.names.short_name(&parts.prefix, &rest, &region_code);
        let level = self.level(parts, evidence);
        let place = self.regions.shown(&region_code);
        let department = match standard {
            Some(standard) => format!("{place}{standard}{}", parts.suffix),
            None => format!("{}{place}{rest}{}", parts.prefix, parts.suffix),
        };
        Identity {
            department_key: format!("{}/{short_name}/{}", self.key_of_place(&region_code, evidence), level.as_str()),
            department,
            department_printed: candidate.printed.trim().to_owned(),
            region_code,
            level,
            source: candidate.source.to_owned(),
            region_source: region.source.to_owned(),
            region_words: region.words,
            is_proposed: !self.names.is_listed(&short_name),
        }
    }

    /// A government as a whole, or its own level: the place itself is the name.
    fn whole_area(
        &self,
        candidate: &Candidate<'_>,
        parts: &Parts,
        Placed { region, rest }: Placed,
        evidence: &Evidence<'_>,
    ) -> Option<Identity> {
        let region_code = region.code();
        let own_level = parts.suffix.trim_matches(['（', '）']);
        let name = if region_code.is_empty() {
            // 县本级 of an unknown county is nobody's name.
            (rest.chars().count() >= 3).then(|| format!("{rest}{own_level}"))?
        } else {
            let ending = self.names.area_ending(&rest)?;
            let ending = if ending.is_empty() { own_level } else { ending };
            format!("{}{ending}", self.regions.shown(&region_code))
        };
        Some(Identity {
            department_key: format!("{}/{name}/government", self.key_of_place(&region_code, evidence)),
            department: name,
            department_printed: candidate.printed.trim().to_owned(),
            region_code,
            level: Level::Government,
            source: candidate.source.to_owned(),
            region_source: region.source.to_owned(),
            region_words: region.words,
            is_proposed: false,
        })
    }

    /// Nobody can say whose it is: it has a key of its own, which no other document shares.
    fn unnamed(&self, evidence: &Evidence<'_>, hints: Named) -> Identity {
        let region = hints.only();
        Identity {
            department: String::new(),
            department_printed: String::new(),
            department_key: format!("?{}//", short_hash(&evidence.document)),
            region_code: region.code(),
            level: Level::Unsaid,
            source: String::new(),
            region_source: region.source.to_owned(),
            region_words: region.words,
            is_proposed: true,
        }
    }

    /// 本级 in the name says unit; else what the name, the text, the file name or the folder says; else department.
    fn level(&self, parts: &Parts, evidence: &Evidence<'_>) -> Level {
        let said = [parts.level, evidence.title_page.level, self.names.level_in(evidence.file_stem)];
        let folders = evidence.folders.iter().rev().map(|folder| self.names.level_in(folder));
        said.into_iter().chain(folders).fold(Level::Unsaid, Level::or).or(Level::Department)
    }

    /// Without a region two departments of the same name must not become one: their folder keeps them apart.
    fn key_of_place(&self, region_code: &str, evidence: &Evidence<'_>) -> String {
        if region_code.is_empty() { key_of_folder(evidence) } else { region_code.to_owned() }
    }

    /// Regions named around the file, most specific last; none where nothing is named or the names disagree.
    fn region_hints(&self, evidence: &Evidence<'_>) -> Named {
        if let Some(text) = evidence.manifest_region
            && let Some(codes) = self.regions.exactly(text)
        {
            return Named { codes, source: "manifest", words: text.to_owned() };
        }
        let folders = evidence.folders.iter().map(|folder| ("folder", *folder));
        let printed = evidence.title_page.names.iter().map(|name| ("content", name.text.as_str()));
        let mut hints = Named::default();
        let around = evidence.title_page.places.iter().map(|place| ("content", place.as_str()));
        for (source, text) in folders.chain([("path", evidence.file_stem)]).chain(printed).chain(around) {
            let named = self.named_region(text);
            let within: Vec<String> = named
                .iter()
                .filter(|code| hints.codes.iter().any(|hint| self.regions.lies_in(code, hint)))
                .cloned()
                .collect();
            let codes = if hints.codes.is_empty() { named } else { within };
            if !codes.is_empty() && codes != hints.codes {
                hints = Named { codes, source, words: text.trim().to_owned() };
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

impl Named {
    /// The one region, or none where there are several.
    fn only(&self) -> Self {
        if self.codes.len() == 1 { self.clone() } else { Self::default() }
    }

    fn code(&self) -> String {
        self.codes.first().cloned().unwrap_or_default()
    }
}

fn candidates<'a>(evidence: &'a Evidence<'a>) -> Vec<Candidate<'a>> {
    let manifest = evidence.manifest_department.into_iter().map(|printed| ("manifest", printed));
    let around = evidence.folders.iter().rev().map(|folder| ("folder", *folder)).chain([("path", evidence.file_stem)]);
    let candidate =
        |(source, printed), must_be_institution| Candidate { source, printed, must_be_institution, is_area: false };
    let content = printed_names(evidence).into_iter().map(|name| Candidate {
        source: "content",
        printed: &name.text,
        must_be_institution: false,
        is_area: name.is_area,
    });
    if evidence.share.is_some_and(|share| !share.department.is_empty()) {
        return content.collect();
    }
    manifest
        .map(|named| candidate(named, false))
        .chain(content)
        .chain(around.map(|named| candidate(named, true)))
        .collect()
}

/// Printed names, the most trusted first; what the file is called after has a vote, too.
fn printed_names<'a>(evidence: &'a Evidence<'a>) -> Vec<&'a PrintedName> {
    const VOTES_OF_THE_FILE: u32 = 5;
    let calls = |name: &PrintedName| evidence.file_stem.contains(name.text.as_str());
    let mut names: Vec<&PrintedName> = evidence.title_page.names.iter().collect();
    let votes = |name: &PrintedName| name.votes + if calls(name) { VOTES_OF_THE_FILE } else { 0 };
    names.sort_by_key(|name| std::cmp::Reverse(votes(name)));
    names
}

fn key_of_folder(evidence: &Evidence<'_>) -> String {
    format!("?{}", short_hash(&evidence.folders.join("/")))
}

fn short_hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

//! Which document of a disclosure is the current one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Identities;
use super::standing::{Paper, Standing};
use crate::vocabulary::{Contents, Finding, Place, Severity};

/// Orders the documents of each disclosure from the earliest to the latest: publication date, then a word for
/// "corrected" in the path, then how exactly they print, then the path; versions are counted among files of one kind. A later document takes over the
/// report tables it holds, and a later text takes over the text; one that prints another name says so.
pub fn number_versions(standings: &mut [Standing], papers: &[Paper<'_>], identities: &Identities) {
    let mut disclosures: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, standing) in standings.iter().enumerate().filter(|(_, standing)| !standing.disclosure_key.is_empty()) {
        disclosures.entry(standing.disclosure_key.clone()).or_default().push(index);
    }
    for members in disclosures.values_mut() {
        members.sort_by_cached_key(|index| {
            let paper = &papers[*index];
            (paper.published_date, identities.says_corrected(paper.file), paper.exactness, paper.file, paper.source)
        });
        let mut latest: HashMap<Contents, u32> = HashMap::new();
        for index in members.iter() {
            let version = latest.entry(papers[*index].contents).or_default();
            *version += 1;
            standings[*index].version = *version;
        }
        supersede(standings, papers, members, identities);
    }
}

fn supersede(standings: &mut [Standing], papers: &[Paper<'_>], members: &[usize], identities: &Identities) {
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    let mut text_taken: Option<usize> = None;
    for index in members.iter().rev() {
        let paper = &papers[*index];
        let tables: Vec<&str> = paper.report_tables.iter().map(String::as_str).collect();
        let superseded: Vec<&str> = tables.iter().copied().filter(|table| taken.contains_key(table)).collect();
        let mut replaced_by: BTreeSet<usize> = superseded.iter().map(|table| taken[table]).collect();
        replaced_by.extend(text_taken.filter(|_| paper.holds_text));
        for later in replaced_by {
            let differing = differing_names(&standings[later], &papers[later], paper, identities);
            standings[later].findings.extend(differing);
        }
        let standing = &mut standings[*index];
        standing.superseded_tables = superseded.iter().map(|table| (*table).to_owned()).collect();
        standing.is_text_current = paper.holds_text && text_taken.is_none();
        standing.is_current =
            superseded.len() < tables.len() || standing.is_text_current || (tables.is_empty() && !paper.holds_text);
        if paper.holds_text && text_taken.is_none() {
            text_taken = Some(*index);
        }
        for table in tables {
            taken.entry(table).or_insert(*index);
        }
    }
}

/// The later document replaces an earlier one, and the two do not print the same names: perhaps they are two publishers'.
fn differing_names(
    standing: &Standing,
    later: &Paper<'_>,
    earlier: &Paper<'_>,
    identities: &Identities,
) -> Option<Finding> {
    let (one, other) = (identities.fullest_name(&later.evidence)?, identities.fullest_name(&earlier.evidence)?);
    if one == other {
        return None;
    }
    Some(Finding::extraction(
        "identity.differing_names",
        Severity::Error,
        Place::File,
        format!(
            "it replaces {} as a later version of {}, and they print different names: {one}, {other}",
            earlier.file, standing.identity.department
        ),
        "if they are two departments, name both in manifest.csv at the top of the source folder: path,department"
            .to_owned(),
    ))
}

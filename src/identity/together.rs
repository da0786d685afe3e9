//! Whose every document is, decided for all of them together: a workbook without a name takes it from the text beside it,
//! and a version is one only among others.

use std::collections::BTreeMap;

use super::Identities;
use super::evidence::Evidence;
use super::standing::{Paper, Standing};
use super::versions::number_versions;
use super::whose::Identity;
use crate::vocabulary::{Finding, Level, Place, ReadAs, Severity};

impl Identities {
    /// Gives every document its department, year, disclosure and version; one standing for each paper, in order.
    pub fn identify(&self, papers: &[Paper<'_>]) -> Vec<Standing> {
        let mut standings: Vec<Standing> = papers.iter().map(|paper| self.alone(paper)).collect();
        take_from_neighbours(&mut standings, papers);
        for (standing, _) in standings.iter_mut().zip(papers).filter(|(_, paper)| paper.belongs_to_several) {
            standing.identity = self.resolve(&Evidence::default());
        }
        for (standing, paper) in standings.iter_mut().zip(papers) {
            standing.disclosure_key = disclosure_key(standing, paper);
        }
        number_versions(&mut standings, papers, self);
        for (standing, paper) in standings.iter_mut().zip(papers) {
            standing.findings.extend(unidentified(standing, paper));
            standing.findings.extend(placed_late(standing, paper));
        }
        standings
    }

    fn alone(&self, paper: &Paper<'_>) -> Standing {
        let (fiscal_year, year_source) = paper.evidence.fiscal_year();
        Standing {
            identity: self.resolve(&paper.evidence),
            fiscal_year,
            year_source: year_source.to_owned(),
            disclosure_key: String::new(),
            version: 1,
            is_current: true,
            is_text_current: true,
            superseded_tables: Vec::new(),
            findings: Vec::new(),
        }
    }
}

/// Files of one folder belong together: a workbook that names nobody takes the name from the texts there, and a text
/// from the workbooks, if those agree. A document of unknown year takes that of its department's other files there, and
/// one that does not say whether it is a department's or a unit's takes that from a neighbour that does.
fn take_from_neighbours(standings: &mut [Standing], papers: &[Paper<'_>]) {
    let mut folders: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (index, paper) in papers.iter().enumerate() {
        folders.entry((paper.source, paper.evidence.folders.join("/"))).or_default().push(index);
    }
    for members in folders.values() {
        let before: Vec<(usize, Standing)> = members.iter().map(|index| (*index, standings[*index].clone())).collect();
        for index in members {
            let paper = &papers[*index];
            let complements = |other: usize| papers[other].contents != paper.contents;
            let standing = &mut standings[*index];
            if !is_own(&standing.identity.source)
                && let Some(neighbour) = sole_department(&before, complements)
            {
                standing.identity = Identity { source: "folder".to_owned(), ..neighbour };
            }
            if paper.evidence.title_page.level == Level::Unsaid && !standing.identity.department.is_empty() {
                let says_level = before.iter().find(|(other, known)| {
                    papers[*other].evidence.title_page.level != Level::Unsaid
                        && known.identity.department == standing.identity.department
                });
                if let Some((_, other)) = says_level {
                    let source = std::mem::take(&mut standing.identity.source);
                    standing.identity = Identity { source, ..other.identity.clone() };
                }
            }
            if !is_own(&standing.year_source)
                && let Some(year) = sole_year(&before, &standing.identity.department_key)
            {
                standing.fiscal_year = Some(year);
                standing.year_source = "folder".to_owned();
            }
        }
    }
}

/// Said by the file itself or by its collector.
fn is_own(source: &str) -> bool {
    matches!(source, "manifest" | "content")
}

/// The one department all named files of a folder are of, where one of another kind than the asking file names it.
fn sole_department(members: &[(usize, Standing)], complements: impl Fn(usize) -> bool) -> Option<Identity> {
    let mut named = members.iter().filter(|(_, standing)| is_own(&standing.identity.source));
    let (_, first) = named.clone().find(|(index, _)| complements(*index))?;
    named
        .all(|(_, other)| other.identity.department_key == first.identity.department_key)
        .then(|| first.identity.clone())
}

fn sole_year(members: &[(usize, Standing)], department_key: &str) -> Option<i32> {
    let mut years = members
        .iter()
        .map(|(_, standing)| standing)
        .filter(|standing| is_own(&standing.year_source) && standing.identity.department_key == department_key)
        .filter_map(|standing| standing.fiscal_year);
    let first = years.next()?;
    years.all(|other| other == first).then_some(first)
}

/// A document whose department or year is unknown stands alone: it is never taken for a version of another.
fn disclosure_key(standing: &Standing, paper: &Paper<'_>) -> String {
    let Some(accounts) = paper.read_as.accounts() else { return String::new() };
    let department = &standing.identity.department_key;
    match standing.fiscal_year {
        Some(year) if !standing.identity.department.is_empty() => format!("{department}/{year}/{accounts}"),
        _ => format!("{department}/?/{accounts}/{}", paper.document_key),
    }
}

fn unidentified(standing: &Standing, paper: &Paper<'_>) -> Option<Finding> {
    let is_named = !standing.identity.department.is_empty();
    if paper.read_as != ReadAs::Loaded || is_named && standing.fiscal_year.is_some() {
        return None;
    }
    let missing = match (is_named, standing.fiscal_year) {
        (false, None) => "department and fiscal year",
        (false, Some(_)) => "department",
        _ => "fiscal year",
    };
    let year = standing.fiscal_year.map(|year| year.to_string()).unwrap_or_default();
    let row = [paper.file, standing.identity.department.as_str(), &standing.identity.region_code, &year].join(",");
    Some(Finding::extraction(
        "identity.unknown",
        Severity::Error,
        Place::File,
        format!(
            "the {missing} cannot be told from the file, its neighbours or its path: its figures join no comparison"
        ),
        format!(
            "complete this row in manifest.csv at the top of the source folder (columns path,department,region,fiscal_year): {row}"
        ),
    ))
}

/// Its region became known after it was read: what is limited to that region was not used.
fn placed_late(standing: &Standing, paper: &Paper<'_>) -> Option<Finding> {
    let region = &standing.identity.region_code;
    if paper.read_as != ReadAs::Loaded || region.is_empty() || region == paper.read_as_region {
        return None;
    }
    Some(Finding::extraction(
        "identity.placed_late",
        Severity::Info,
        Place::File,
        format!(
            "its region {region} is told by its neighbours or its tables only: it was read without what is limited to that region"
        ),
        format!("name the region in manifest.csv (columns path,region): {},{region}", paper.file),
    ))
}

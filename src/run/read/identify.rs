//! Whose document is it, of which year, and is it the current version? Decided for all files together, because a
//! workbook without a name takes it from the text beside it, and a version is one only among others.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::Reading;
use crate::discover::SourceFile;
use crate::identity::{Evidence, Identities, Identity};
use crate::normalise::DocumentRecord;
use crate::stage::DocumentFinding;
use crate::vocabulary::{Finding, Place, Severity};

/// Gives every reading its department, year, disclosure and version.
pub fn identify(
    files: &[(&SourceFile, &Reading)],
    identities: &Identities,
) -> (Vec<DocumentRecord>, Vec<DocumentFinding>) {
    let mut documents: Vec<DocumentRecord> =
        files.iter().map(|(source, reading)| own_identity(source, reading, identities)).collect();
    take_from_neighbours(&mut documents, files);
    for document in &mut documents {
        document.disclosure_key = disclosure_key(document);
    }
    number_versions(&mut documents, files, identities);
    let findings = documents.iter().filter_map(unidentified).collect();
    (documents, findings)
}

fn own_identity(source: &SourceFile, reading: &Reading, identities: &Identities) -> DocumentRecord {
    let manifest = source.manifest.as_ref();
    let evidence = Evidence::of(source, reading.title_page.clone());
    let (fiscal_year, year_source) = evidence.fiscal_year();
    let identity: Identity = identities.resolve(&evidence);
    DocumentRecord {
        document_key: reading.document_key.clone(),
        sha256: reading.sha256.clone(),
        file: reading.file.clone(),
        source: source.source.clone(),
        bytes: reading.bytes,
        format: reading.format.clone(),
        encoding: reading.encoding.clone(),
        document_kind: reading.document_kind.clone(),
        outcome: reading.outcome.clone(),
        department: identity.department,
        department_printed: identity.department_printed,
        department_source: identity.source,
        department_key: identity.department_key,
        region_code: identity.region_code,
        level: identity.level,
        fiscal_year,
        year_source: year_source.to_owned(),
        disclosure_key: String::new(),
        version: 1,
        is_current: true,
        is_text_current: true,
        superseded_tables: String::new(),
        published_date: manifest.map(|row| row.published_date.clone()).filter(|date| !date.is_empty()),
        approval_date: manifest.map(|row| row.approval_date.clone()).filter(|date| !date.is_empty()),
        source_address: manifest.map(|row| row.address.clone()).filter(|address| !address.is_empty()),
        figures: reading.figures,
        claims: reading.claims,
        unclaimed_numbers: reading.unclaimed_numbers,
        message: reading.message.clone(),
    }
}

/// Files of one folder belong together: one that names no department or year takes it from the others there, if those
/// agree, and one that does not say whether it is a department's or a unit's takes that from a neighbour that does.
fn take_from_neighbours(documents: &mut [DocumentRecord], files: &[(&SourceFile, &Reading)]) {
    let mut folders: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (index, (source, _)) in files.iter().enumerate() {
        folders.entry((&source.source, source.folder())).or_default().push(index);
    }
    for members in folders.values() {
        let neighbour = sole_department(documents, members);
        let year = sole_year(documents, members);
        let says_level: Vec<DocumentRecord> = members
            .iter()
            .filter(|index| !files[**index].1.title_page.level.is_empty())
            .map(|index| documents[*index].clone())
            .collect();
        for index in members {
            let document = &mut documents[*index];
            if let Some(neighbour) = &neighbour
                && !is_own(&document.department_source)
            {
                adopt(document, neighbour);
                document.department_source = "folder".to_owned();
            }
            let same_name = says_level.iter().find(|other| other.department == document.department);
            if let Some(other) = same_name.filter(|_| files[*index].1.title_page.level.is_empty()) {
                adopt(document, other);
            }
            if year.is_some() && !is_own(&document.year_source) {
                document.fiscal_year = year;
                document.year_source = "folder".to_owned();
            }
        }
    }
}

/// Said by the file itself or by its collector.
fn is_own(source: &str) -> bool {
    matches!(source, "manifest" | "content")
}

fn adopt(document: &mut DocumentRecord, other: &DocumentRecord) {
    document.department.clone_from(&other.department);
    document.department_key.clone_from(&other.department_key);
    document.region_code.clone_from(&other.region_code);
    document.level.clone_from(&other.level);
}

fn sole_department(documents: &[DocumentRecord], members: &[usize]) -> Option<DocumentRecord> {
    let mut named =
        members.iter().map(|index| &documents[*index]).filter(|document| is_own(&document.department_source));
    let first = named.next()?;
    named.all(|other| other.department_key == first.department_key).then(|| first.clone())
}

fn sole_year(documents: &[DocumentRecord], members: &[usize]) -> Option<i32> {
    let mut years = members
        .iter()
        .map(|index| &documents[*index])
        .filter(|document| is_own(&document.year_source))
        .filter_map(|document| document.fiscal_year);
    let first = years.next()?;
    years.all(|other| other == first).then_some(first)
}

/// What the workbook, the text and every re-publication of one disclosure share. A document whose department or year is
/// unknown stands alone: it is never taken for a version of another.
fn disclosure_key(document: &DocumentRecord) -> String {
    let kind = match document.outcome.as_str() {
        "loaded" => "final",
        "budget" => "budget",
        _ => return String::new(),
    };
    match document.fiscal_year {
        Some(year) if !document.department.is_empty() => format!("{}/{year}/{kind}", document.department_key),
        _ => format!("{}/?/{kind}/{}", document.department_key, document.document_key),
    }
}

/// Orders the documents of each disclosure from the earliest to the latest: publication date, then a word for
/// "corrected" in the path, then the path; versions are counted among files of one kind. A later document takes over the
/// report tables it holds, and a later text takes over the text.
fn number_versions(documents: &mut [DocumentRecord], files: &[(&SourceFile, &Reading)], identities: &Identities) {
    let mut disclosures: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, document) in documents.iter().enumerate().filter(|(_, document)| !document.disclosure_key.is_empty()) {
        disclosures.entry(document.disclosure_key.clone()).or_default().push(index);
    }
    for members in disclosures.values_mut() {
        members.sort_by_cached_key(|index| {
            let document = &documents[*index];
            (
                document.published_date.clone(),
                identities.says_corrected(&document.file),
                document.file.clone(),
                document.source.clone(),
            )
        });
        let mut latest: BTreeMap<String, u32> = BTreeMap::new();
        for index in members.iter() {
            let document = &mut documents[*index];
            let version = latest.entry(document.document_kind.clone()).or_default();
            *version += 1;
            document.version = *version;
        }
        let mut taken: BTreeSet<&str> = BTreeSet::new();
        let mut text_taken = false;
        for index in members.iter().rev() {
            let tables: Vec<&str> = files[*index].1.report_tables.iter().map(String::as_str).collect();
            let superseded: Vec<&str> = tables.iter().copied().filter(|table| taken.contains(table)).collect();
            let document = &mut documents[*index];
            let holds_text = document.claims > 0;
            document.superseded_tables = superseded.join("|");
            document.is_text_current = holds_text && !text_taken;
            document.is_current =
                superseded.len() < tables.len() || document.is_text_current || (tables.is_empty() && !holds_text);
            text_taken |= holds_text;
            taken.extend(tables);
        }
    }
}

fn unidentified(document: &DocumentRecord) -> Option<DocumentFinding> {
    if document.outcome != "loaded" || !document.department.is_empty() && document.fiscal_year.is_some() {
        return None;
    }
    let missing = match (document.department.is_empty(), document.fiscal_year) {
        (true, None) => "department and fiscal year",
        (true, Some(_)) => "department",
        _ => "fiscal year",
    };
    let finding = Finding::extraction(
        "identity.unknown",
        Severity::Error,
        Place::File,
        format!(
            "the {missing} cannot be told from the file, its neighbours or its path: its figures join no comparison"
        ),
        "name them in manifest.csv at the top of the source folder: path, department, region, fiscal_year".to_owned(),
    );
    Some((document.document_key.clone(), finding))
}

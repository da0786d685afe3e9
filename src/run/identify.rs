//! Whose document is it, of which year, and is it the current version? Decided for all files together, because a
//! workbook without a name takes it from the text beside it, and a version is one only among others.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::Reading;
use crate::discover::SourceFile;
use crate::normalise::DocumentRecord;
use crate::normalise::identity::{Evidence, Identities, Identity};
use crate::vocabulary::{Finding, Place, Severity};

/// Gives every reading its department, year, disclosure and version.
pub fn identify(
    files: &[(&SourceFile, &Reading)],
    identities: &Identities,
) -> (Vec<DocumentRecord>, Vec<(String, Finding)>) {
    let mut documents: Vec<DocumentRecord> =
        files.iter().map(|(source, reading)| own_identity(source, reading, identities)).collect();
    take_from_neighbours(&mut documents, files);
    for document in &mut documents {
        document.disclosure_key = disclosure_key(document);
    }
    number_versions(&mut documents, files);
    let findings = documents.iter().filter_map(unidentified).collect();
    (documents, findings)
}

fn own_identity(source: &SourceFile, reading: &Reading, identities: &Identities) -> DocumentRecord {
    let manifest = source.manifest.as_ref();
    let identity: Identity = identities.resolve(&Evidence {
        manifest_department: manifest.map_or("", |row| row.department.as_str()),
        manifest_region: manifest.map_or("", |row| row.region.as_str()),
        printed: &reading.departments,
        printed_level: &reading.level,
        path: &source.file,
    });
    let (fiscal_year, year_source) = fiscal_year(source, reading);
    DocumentRecord {
        document_key: reading.document_key.clone(),
        sha256: reading.sha256.clone(),
        file: reading.file.clone(),
        source: reading.source.clone(),
        bytes: reading.bytes,
        format: reading.format.clone(),
        encoding: reading.encoding.clone(),
        document_kind: reading.document_kind.clone(),
        outcome: reading.outcome.clone(),
        department: identity.department,
        department_printed: reading.departments.first().cloned().unwrap_or_default(),
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
        source_address: manifest.map(|row| row.address.clone()).filter(|address| !address.is_empty()),
        figures: reading.figures,
        claims: reading.claims,
        unclaimed_numbers: reading.unclaimed_numbers,
        message: reading.message.clone(),
    }
}

/// The manifest's year, else the one the content prints first and most, else one in the path.
fn fiscal_year(source: &SourceFile, reading: &Reading) -> (Option<i32>, &'static str) {
    if let Some(year) = source.manifest.as_ref().and_then(|row| row.fiscal_year) {
        return (Some(year), "manifest");
    }
    if let Some(year) = reading.years.first() {
        return (Some(*year), "content");
    }
    match year_in_path(&source.file) {
        Some(year) => (Some(year), "path"),
        None => (None, ""),
    }
}

/// The last four digits in the path that can be a year and do not belong to a longer number.
fn year_in_path(path: &str) -> Option<i32> {
    path.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .rfind(|year| (2000..2100).contains(year))
}

/// Files of one folder that name no department or year take it from the others there, if those agree.
fn take_from_neighbours(documents: &mut [DocumentRecord], files: &[(&SourceFile, &Reading)]) {
    let mut folders: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (index, (source, _)) in files.iter().enumerate() {
        folders.entry((&source.source, source.folder())).or_default().push(index);
    }
    for members in folders.values() {
        let named: Vec<usize> = members
            .iter()
            .copied()
            .filter(|index| matches!(documents[*index].department_source.as_str(), "manifest" | "content"))
            .collect();
        let keys: BTreeSet<&str> = named.iter().map(|index| documents[*index].department_key.as_str()).collect();
        let years: BTreeSet<i32> = members
            .iter()
            .filter(|index| matches!(documents[**index].year_source.as_str(), "manifest" | "content"))
            .filter_map(|index| documents[*index].fiscal_year)
            .collect();
        let neighbour = (keys.len() == 1).then(|| documents[named[0]].clone());
        let year = (years.len() == 1).then(|| years.first().copied()).flatten();
        for index in members {
            let document = &mut documents[*index];
            if let Some(neighbour) = &neighbour
                && !matches!(document.department_source.as_str(), "manifest" | "content")
            {
                document.department.clone_from(&neighbour.department);
                document.department_key.clone_from(&neighbour.department_key);
                document.region_code.clone_from(&neighbour.region_code);
                document.level.clone_from(&neighbour.level);
                document.department_source = "folder".to_owned();
            }
            if year.is_some() && !matches!(document.year_source.as_str(), "manifest" | "content") {
                document.fiscal_year = year;
                document.year_source = "folder".to_owned();
            }
        }
    }
}

/// Empty unless department and year are known: an unidentified document belongs to no disclosure.
fn disclosure_key(document: &DocumentRecord) -> String {
    match document.fiscal_year {
        Some(year) if !document.department_key.is_empty() && document.outcome == "loaded" => {
            format!("{}:{year}", document.department_key)
        }
        _ => String::new(),
    }
}

/// Orders the documents of each disclosure from the earliest to the latest: publication date, then a word for
/// "corrected" in the path, then the path. A later document takes over the report tables it holds, and a later text
/// takes over the text.
fn number_versions(documents: &mut [DocumentRecord], files: &[(&SourceFile, &Reading)]) {
    let mut disclosures: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, document) in documents.iter().enumerate().filter(|(_, document)| !document.disclosure_key.is_empty()) {
        disclosures.entry(document.disclosure_key.clone()).or_default().push(index);
    }
    for members in disclosures.values_mut() {
        members.sort_by_cached_key(|index| {
            let document = &documents[*index];
            (
                document.published_date.clone(),
                is_correction(&document.file),
                document.file.clone(),
                document.source.clone(),
            )
        });
        let mut taken: BTreeSet<&str> = BTreeSet::new();
        let mut text_taken = false;
        for (position, index) in members.iter().enumerate().rev() {
            let tables: Vec<&str> = files[*index].1.report_tables.iter().map(String::as_str).collect();
            let superseded: Vec<&str> = tables.iter().copied().filter(|table| taken.contains(table)).collect();
            let document = &mut documents[*index];
            let holds_text = document.claims > 0;
            document.version = position as u32 + 1;
            document.superseded_tables = superseded.join("|");
            document.is_text_current = holds_text && !text_taken;
            document.is_current =
                superseded.len() < tables.len() || document.is_text_current || (tables.is_empty() && !holds_text);
            text_taken |= holds_text;
            taken.extend(tables);
        }
    }
}

fn is_correction(file: &str) -> bool {
    ["更正", "修订", "更新", "订正", "修改"].iter().any(|word| file.contains(word))
}

fn unidentified(document: &DocumentRecord) -> Option<(String, Finding)> {
    if document.outcome != "loaded" || !document.disclosure_key.is_empty() {
        return None;
    }
    let missing = match (document.department_key.is_empty(), document.fiscal_year) {
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

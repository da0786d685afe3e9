//! Whose every file is: hands what was read to the identity room and enters its answers in the records of the documents.

use super::reading::Reading;
use crate::discover::SourceFile;
use crate::identity::{Evidence, Identities, Paper, Standing};
use crate::normalise::{DocumentFinding, DocumentRecord};
use crate::vocabulary::{Finding, Place, Severity};

/// Gives every reading its department, year, disclosure and version.
pub fn identify(
    files: &[(&SourceFile, &Reading)],
    identities: &Identities,
) -> (Vec<DocumentRecord>, Vec<DocumentFinding>) {
    let papers: Vec<Paper<'_>> = files.iter().map(|(source, reading)| paper(source, reading)).collect();
    let standings = identities.identify(&papers);
    let mut findings = Vec::new();
    let mut documents = Vec::with_capacity(files.len());
    for ((source, reading), standing) in files.iter().zip(standings) {
        let own = standing.findings.iter().cloned().chain(unknown_region(source, identities));
        findings.extend(own.map(|finding| (reading.document_key.clone(), finding)));
        documents.push(record(source, reading, standing));
    }
    (documents, findings)
}

fn paper<'a>(source: &'a SourceFile, reading: &'a Reading) -> Paper<'a> {
    let published = source.manifest.as_ref().map(|row| row.published_date.as_str());
    Paper {
        evidence: Evidence { share: reading.share.as_ref(), ..Evidence::of(source, reading.title_page.clone()) },
        document_key: &reading.document_key,
        file: &source.file,
        source: &source.source,
        read_as: reading.read_as,
        contents: reading.contents,
        read_as_region: &reading.read_as_region,
        holds_text: reading.claims > 0,
        report_tables: &reading.report_tables,
        published_date: published.filter(|date| !date.is_empty()),
        exactness: exactness(&reading.format),
        belongs_to_several: reading.stands_alone,
    }
}

/// A region of the manifest that no list holds.
fn unknown_region(source: &SourceFile, identities: &Identities) -> Option<Finding> {
    let region = source.manifest.as_ref().map(|row| row.region.as_str()).filter(|region| !region.is_empty())?;
    if identities.knows_region(region) {
        return None;
    }
    Some(Finding::extraction(
        "identity.manifest_region",
        Severity::Error,
        Place::File,
        format!("the manifest's region {region} is in no list of regions; it is not used"),
        "correct it in the manifest: pipelines/reference/regions.csv lists codes and names".to_owned(),
    ))
}

/// Cells of a workbook, then what a word processor or a page holds as tables, then what was only printed.
fn exactness(format: &str) -> u8 {
    match format {
        "pdf" | "ofd" => 0,
        "doc" | "docx" | "rtf" | "odt" | "html" | "mht" | "text" => 1,
        _ => 2,
    }
}

fn record(source: &SourceFile, reading: &Reading, standing: Standing) -> DocumentRecord {
    let manifest = source.manifest.as_ref();
    let identity = standing.identity;
    DocumentRecord {
        document_key: reading.document_key.clone(),
        sha256: reading.sha256.clone(),
        file: reading.file.clone(),
        source: source.source.clone(),
        bytes: reading.bytes,
        format: reading.format.clone(),
        encoding: reading.encoding.clone(),
        document_kind: reading.contents,
        outcome: reading.read_as,
        department: identity.department,
        department_printed: identity.department_printed,
        department_source: identity.source,
        department_key: identity.department_key,
        region_code: identity.region_code,
        level: identity.level,
        fiscal_year: standing.fiscal_year,
        year_source: standing.year_source,
        disclosure_key: standing.disclosure_key,
        version: standing.version,
        is_current: standing.is_current,
        is_text_current: standing.is_text_current,
        superseded_tables: standing.superseded_tables.join("|"),
        published_date: manifest.map(|row| row.published_date.clone()).filter(|date| !date.is_empty()),
        approval_date: manifest.map(|row| row.approval_date.clone()).filter(|date| !date.is_empty()),
        source_address: manifest.map(|row| row.address.clone()).filter(|address| !address.is_empty()),
        figures: reading.figures,
        claims: reading.claims,
        unclaimed_numbers: reading.unclaimed_numbers,
        message: reading.message.clone(),
    }
}

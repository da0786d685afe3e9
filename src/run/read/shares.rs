//! A workbook of several publishers: whose its sheets are, and what is told of it.

use std::collections::BTreeMap;

use super::reading::Reading;
use crate::decode::Document;
use crate::discover::SourceFile;
use crate::extract::table::{FoundTable, TableReading};
use crate::identity::{Identities, Share, Shares, TableSays};
use crate::vocabulary::{Finding, Place, Severity};

/// Whose the tables of a document are. A text of several publishers cannot be divided, nor can what was divided already.
pub fn of(document: &Document, tables: &TableReading, identities: &Identities, reading: &Reading) -> Shares {
    let says: Vec<TableSays<'_>> = tables.tables.iter().map(says).collect();
    match identities.divide(&says, document.lines.is_empty()) {
        Shares::Divided(shares) if !document.lines.is_empty() || reading.share.is_some() => Shares::Undivided {
            names: shares.iter().map(Share::name).collect(),
            why: "it cannot be divided by its sheets".to_owned(),
        },
        shares => shares,
    }
}

fn says(table: &FoundTable) -> TableSays<'_> {
    TableSays {
        sheet_number: table.sheet_number,
        sheet: &table.sheet,
        report_table: &table.report_table,
        departments: &table.departments,
        before_title: &table.before_title,
        title_years: &table.title_years,
        holds_figures: table.figures > 0,
    }
}

/// The share (by its place) of every sheet: one without tables goes with the sheet before it.
pub fn owners(document: &Document, shares: &[Share]) -> BTreeMap<u32, usize> {
    let mut owner = 0;
    let sheets = document.grids.iter().map(|grid| {
        owner = shares.iter().position(|share| share.sheets.contains_key(&grid.sheet_number)).unwrap_or(owner);
        (grid.sheet_number, owner)
    });
    sheets.collect()
}

pub fn undivided(names: &[String], why: &str) -> Finding {
    Finding::extraction(
        "extract.several_publishers",
        Severity::Error,
        Place::File,
        format!("its tables belong to several departments or years ({}): {why}", names.join("、")),
        "split it into one workbook for each: until then its figures stand alone and join no comparison".to_owned(),
    )
}

/// What is told of a workbook that is read as one publisher's and names it in several ways.
pub fn named_differently(names: &[String]) -> Option<Finding> {
    (!names.is_empty()).then(|| {
        Finding::extraction(
            "identity.names_differ",
            Severity::Warning,
            Place::File,
            format!("its sheets name {}: they are read as one department", names.join("、")),
            "look at the file: split it if they are two".to_owned(),
        )
    })
}

/// What is told of one publisher's part.
pub fn told(reading: &Reading, source: &SourceFile) -> Vec<Finding> {
    let Some(share) = &reading.share else { return Vec::new() };
    let sheets: Vec<&str> = share.sheets.values().map(String::as_str).collect();
    let mut findings = vec![Finding::extraction(
        "identity.one_of_several",
        Severity::Info,
        Place::File,
        format!(
            "the file holds tables of several publishers: those of {} stand on {}",
            share.name(),
            sheets.join("、")
        ),
        "nothing to do: each publisher is a disclosure of its own".to_owned(),
    )];
    let contradicts = source.manifest.as_ref().is_some_and(|row| {
        let names_one = !row.department.is_empty() && !share.department.is_empty();
        let dates_one =
            row.fiscal_year.is_some() && share.fiscal_year.is_some() && row.fiscal_year != share.fiscal_year;
        names_one || dates_one
    });
    if contradicts {
        findings.push(Finding::extraction(
            "identity.manifest_of_several",
            Severity::Warning,
            Place::File,
            "the manifest gives one department or year for a file of several: what the sheets say is used".to_owned(),
            "leave these fields of the file's row in manifest.csv blank, or split the file".to_owned(),
        ));
    }
    findings
}

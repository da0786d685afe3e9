//! Whose the sheets of a workbook are, where one workbook holds the tables of several departments or years.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Identities;

/// What one table of a workbook says of itself.
#[derive(Debug, Clone, Copy)]
pub struct TableSays<'a> {
    pub sheet_number: u32,
    pub sheet: &'a str,
    pub report_table: &'a str,
    /// Names printed as 部门：.. or 编制单位：..
    pub departments: &'a [String],
    /// What its title prints before the name of the table.
    pub before_title: &'a str,
    pub title_years: &'a [i32],
    pub holds_figures: bool,
}

/// The sheets of one publisher.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// As printed; empty where one department of unknown name prints several years.
    pub department: String,
    pub fiscal_year: Option<i32>,
    /// Number and name of each sheet that holds a table of it.
    pub sheets: BTreeMap<u32, String>,
}

/// Whose a workbook is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shares {
    /// With what its sheets call it, where that may be several.
    OfOne { names: Vec<String> },
    /// Every sheet says whose it is.
    Divided(Vec<Share>),
    /// Several publishers are named, and not every sheet says whose it is: the first reason.
    Undivided { names: Vec<String>, why: String },
}

/// Whose a table is, as far as it says.
#[derive(Debug, Clone, Default)]
struct Said {
    printed: String,
    /// The name in one spelling and without its place; empty where none is printed.
    key: String,
    /// Printed behind 部门：, not taken from a title or a sheet's name.
    is_labelled: bool,
    year: Option<i32>,
}

impl Share {
    /// The department and the year, as findings name them.
    pub fn name(&self) -> String {
        let year = self.fiscal_year.map(|year| year.to_string()).unwrap_or_default();
        format!("{} {year}", self.department).trim().to_owned()
    }
}

impl Identities {
    /// Divides the sheets among their publishers. A document is of several where it prints one report table for two
    /// departments or two years; a workbook also where its sheets name departments that have nothing in common.
    pub fn divide(&self, tables: &[TableSays<'_>], is_workbook: bool) -> Shares {
        let said: Vec<(&TableSays<'_>, Said)> = tables.iter().map(|table| (table, self.said(table))).collect();
        let is_of_strangers = is_workbook && strangers_are_named(&said);
        if !one_table_is_printed_for_several(&said) && !is_of_strangers {
            return Shares::OfOne { names: if is_workbook { other_names(&said) } else { Vec::new() } };
        }
        let mut shares: Vec<(String, Share)> = Vec::new();
        let filled = |pick: fn(&Said) -> bool| said.iter().filter(move |(_, said)| pick(said)).map(|(_, said)| said);
        let names: BTreeSet<&str> = filled(|said| !said.key.is_empty()).map(|said| said.key.as_str()).collect();
        let years: BTreeSet<Option<i32>> = filled(|said| said.year.is_some()).map(|said| said.year).collect();
        let (one_name, one_year) = (sole(&names).copied(), sole(&years).copied().flatten());
        let mut why = names_within_names(&said);
        for (table, said) in &said {
            let key = if said.key.is_empty() { one_name.unwrap_or_default() } else { said.key.as_str() };
            let year = said.year.or(one_year);
            let lacks_name = key.is_empty() && !names.is_empty();
            let lacks_year = year.is_none() && !years.is_empty();
            if lacks_name || lacks_year {
                let what = if lacks_name { "whose it is" } else { "of which year it is" };
                if table.holds_figures {
                    why = why.or_else(|| Some(format!("sheet {} does not say {what}", table.sheet)));
                }
                continue;
            }
            let at = shares.iter().position(|(known, share)| known == key && share.fiscal_year == year);
            let at = at.unwrap_or_else(|| {
                shares.push((key.to_owned(), Share { fiscal_year: year, ..Share::default() }));
                shares.len() - 1
            });
            let share = &mut shares[at].1;
            if said.printed.len() > share.department.len() {
                share.department.clone_from(&said.printed);
            }
            share.sheets.insert(table.sheet_number, table.sheet.to_owned());
        }
        why = why.or_else(|| shared_sheet(&shares));
        let shares: Vec<Share> = shares.into_iter().map(|(_, share)| share).collect();
        match why {
            None => Shares::Divided(shares),
            Some(why) => Shares::Undivided { names: shares.iter().map(Share::name).collect(), why },
        }
    }

    fn said(&self, table: &TableSays<'_>) -> Said {
        let year = match table.title_years {
            [year] => Some(*year),
            _ => None,
        };
        let printed = table
            .departments
            .iter()
            .map(String::as_str)
            .chain([table.before_title, table.sheet].into_iter().filter(|text| self.names_an_institution(text)));
        let named = printed.into_iter().find_map(|printed| Some((printed, self.key_of_name(printed)?)));
        let (printed, key) = named.map(|(printed, key)| (printed.to_owned(), key)).unwrap_or_default();
        Said { is_labelled: table.departments.contains(&printed), printed, key, year }
    }
}

impl Said {
    /// The name without its place.
    fn name(&self) -> &str {
        self.key.rsplit('/').next().unwrap_or_default()
    }
}

/// What the sheets print behind 部门：, those of empty tables too: they name the document as well.
fn labelled<'a>(said: &'a [(&TableSays<'_>, Said)]) -> Vec<&'a Said> {
    said.iter().map(|(_, said)| said).filter(|said| said.is_labelled).collect()
}

/// Two names of which neither can be a short form of the other.
fn strangers_are_named(said: &[(&TableSays<'_>, Said)]) -> bool {
    let named = labelled(said);
    named.first().is_some_and(|first| {
        named.iter().any(|other| !is_short_for(first.name(), other.name()) && !is_short_for(other.name(), first.name()))
    })
}

/// Names that may be short forms of each other, and are more than the same name with and without its place.
fn other_names(said: &[(&TableSays<'_>, Said)]) -> Vec<String> {
    let mut names: Vec<&Said> = Vec::new();
    for said in labelled(said) {
        let is_known = |known: &&Said| known.name().ends_with(said.name()) || said.name().ends_with(known.name());
        if !names.iter().any(is_known) {
            names.push(said);
        }
    }
    if names.len() < 2 { Vec::new() } else { names.into_iter().map(|said| said.printed.clone()).collect() }
}

/// Whether the characters of one name stand in the other in their order: 市场监管局, 市场监督管理局.
fn is_short_for(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|wanted| rest.any(|character| character == wanted))
}

fn sole<T: Ord>(values: &BTreeSet<T>) -> Option<&T> {
    values.first().filter(|_| values.len() == 1)
}

fn one_table_is_printed_for_several(said: &[(&TableSays<'_>, Said)]) -> bool {
    let mut by_table: BTreeMap<&str, (BTreeSet<&str>, BTreeSet<i32>)> = BTreeMap::new();
    for (table, said) in said {
        let (names, years) = by_table.entry(table.report_table).or_default();
        names.extend(Some(said.key.as_str()).filter(|key| !key.is_empty() && table.holds_figures));
        // An empty table dates the figures beside it, too, if it is not told apart.
        years.extend(said.year);
    }
    by_table.values().any(|(names, years)| names.len() > 1 || years.len() > 1)
}

/// A name that ends like another one may be the same publisher or a second one.
fn names_within_names(said: &[(&TableSays<'_>, Said)]) -> Option<String> {
    let named: Vec<&Said> = said.iter().map(|(_, said)| said).filter(|said| !said.key.is_empty()).collect();
    named.iter().find_map(|one| {
        let other = named.iter().find(|other| other.key != one.key && other.key.ends_with(&one.key))?;
        Some(format!("{} and {} may be one department or two", one.printed, other.printed))
    })
}

fn shared_sheet(shares: &[(String, Share)]) -> Option<String> {
    let mut seen = BTreeSet::new();
    let mut sheets = shares.iter().flat_map(|(_, share)| &share.sheets);
    let (_, sheet) = sheets.find(|(number, _)| !seen.insert(**number))?;
    Some(format!("sheet {sheet} holds tables of more than one of them"))
}

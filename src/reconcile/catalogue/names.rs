//! The names checks may use: codes of `pipelines/reference/`, items and sections of `pipelines/checks/names.toml`.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;

use super::dated::DatedClauses;
use crate::error::{Error, Result};
use crate::project::{Project, ProjectFile};
use crate::reconcile::facts::operands::ClaimFact;

pub const NAMES_FILE: &str = "pipelines/checks/names.toml";
/// Where the keys of the files of this room are explained.
pub const KEYS: &str = "docs/checks.md describes the keys of a check";

/// What a claim's item stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemMeaning {
    pub item: String,
    /// Empty where the name does not say which money.
    pub fund: String,
}

/// A group of sections of the explanation, recognised by code or by heading.
#[derive(Debug, Clone)]
pub struct SectionGroup {
    pub code: String,
    sections: Vec<String>,
    heading: Option<Regex>,
    part_of: Option<String>,
    /// Money the section speaks of, where the claim does not say.
    pub fund: String,
}

/// Every name a check may use.
#[derive(Debug, Clone)]
pub struct Names {
    pub tables: BTreeSet<String>,
    pub table_titles: BTreeMap<String, String>,
    pub components: BTreeSet<String>,
    pub phases: BTreeSet<String>,
    pub funds: BTreeSet<String>,
    pub flows: BTreeSet<String>,
    /// Line codes and the item codes of names.toml.
    pub items: BTreeSet<String>,
    pub sections: Vec<SectionGroup>,
    pub measures: BTreeSet<String>,
    /// Names of functional codes, for comparing names in prose.
    pub function_names: FxHashMap<String, Vec<String>>,
    /// Functional and economic classes (three digits) by name, where only one class has the name.
    function_classes: FxHashMap<String, String>,
    economic_classes: FxHashMap<String, String>,
    meanings: FxHashMap<String, ItemMeaning>,
    /// How a clause says the year-end its numbers stand for.
    pub dated: DatedClauses,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NamesForm {
    measures: Vec<String>,
    year_end: Spanned<String>,
    #[serde(default)]
    item: Vec<ItemForm>,
    #[serde(default)]
    section: Vec<SectionForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemForm {
    code: Spanned<String>,
    names: Vec<String>,
    #[serde(default)]
    fund: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionForm {
    code: String,
    #[serde(default)]
    sections: Vec<String>,
    #[serde(default)]
    heading: Option<Spanned<String>>,
    #[serde(default)]
    part_of: Option<String>,
    #[serde(default)]
    fund: Option<Spanned<String>>,
}

impl Names {
    pub fn load(project: &Project) -> Result<Self> {
        let column = |file: &str| first_column(project.require(&format!("pipelines/reference/{file}.csv"))?);
        let lines = rows(project.require("pipelines/reference/lines.csv")?)?;
        let file = project.require(NAMES_FILE)?;
        let form: NamesForm = file.parse(KEYS)?;
        let mut names = Self {
            tables: column("report_tables")?,
            table_titles: rows(project.require("pipelines/reference/report_tables.csv")?)?
                .into_iter()
                .map(|row| (field(&row, 0), field(&row, 1)))
                .collect(),
            components: column("components")?,
            phases: column("phases")?,
            funds: column("funds")?,
            flows: column("flows")?,
            items: lines.iter().map(|row| field(row, 0)).collect(),
            sections: Vec::new(),
            measures: form.measures.into_iter().collect(),
            function_names: function_names(project)?,
            function_classes: classes(project, "function_codes")?,
            economic_classes: classes(project, "economic_codes")?,
            dated: DatedClauses::read(file, &form.year_end)?,
            meanings: meanings_of_lines(&lines),
        };
        names.take_items(file, form.item)?;
        names.take_sections(file, form.section)?;
        Ok(names)
    }

    /// What an item of this name stands for, if a list knows it.
    pub fn meaning(&self, name: &str) -> Option<&ItemMeaning> {
        self.meanings.get(&bare(name))
    }

    /// The functional class of a statement: its code, else the one class of that name.
    pub fn function_code<'a>(&'a self, claim: &'a ClaimFact) -> &'a str {
        coded(&claim.function_code, &self.function_classes, &claim.item)
    }

    /// The economic code of a statement: its own, else the one class of that name.
    pub fn economic_code<'a>(&'a self, claim: &'a ClaimFact) -> &'a str {
        coded(&claim.economic_code, &self.economic_classes, &claim.item)
    }

    /// The section group of a claim: by its section code, else by its headings, then the part of it the headings name.
    pub fn section_of(&self, section: &str, section_path: &str) -> Option<&SectionGroup> {
        let headings = bare(if section_path.is_empty() { section } else { section_path });
        let is_headed =
            |group: &SectionGroup| group.heading.as_ref().is_some_and(|heading| heading.is_match(&headings));
        let mut whole = self.sections.iter().filter(|group| group.part_of.is_none());
        let group = whole
            .clone()
            .find(|group| group.sections.iter().any(|code| code == section))
            .or_else(|| whole.find(|group| is_headed(group)))?;
        let part = self.sections.iter().find(|part| part.part_of.as_ref() == Some(&group.code) && is_headed(part));
        Some(part.unwrap_or(group))
    }

    fn take_items(&mut self, file: &ProjectFile, items: Vec<ItemForm>) -> Result<()> {
        for item in items {
            let code = item.code.get_ref().clone();
            let fund = self.known_fund(file, item.fund)?;
            self.items.insert(code.clone());
            for name in item.names {
                self.meanings.insert(bare(&name), ItemMeaning { item: code.clone(), fund: fund.clone() });
            }
        }
        Ok(())
    }

    fn take_sections(&mut self, file: &ProjectFile, sections: Vec<SectionForm>) -> Result<()> {
        for section in sections {
            let heading = section.heading.map(|written| {
                Regex::new(written.get_ref()).map_err(|error| {
                    Error::usage(format!(
                        "{}: the heading pattern of section {} cannot be read",
                        file.place_of(written.span().start),
                        section.code
                    ))
                    .because(error)
                    .hint("a pattern is a regular expression over the headings joined by /, without spaces or quotes")
                })
            });
            let fund = self.known_fund(file, section.fund)?;
            self.sections.push(SectionGroup {
                code: section.code,
                sections: section.sections,
                heading: heading.transpose()?,
                part_of: section.part_of,
                fund,
            });
        }
        Ok(())
    }

    fn known_fund(&self, file: &ProjectFile, fund: Option<Spanned<String>>) -> Result<String> {
        let Some(fund) = fund else { return Ok(String::new()) };
        known(&self.funds, fund.get_ref(), "fund", &file.place_of(fund.span().start))?;
        Ok(fund.into_inner())
    }
}

fn coded<'a>(code: &'a str, classes: &'a FxHashMap<String, String>, item: &str) -> &'a str {
    if code.is_empty() { classes.get(&bare(item)).map_or("", String::as_str) } else { code }
}

/// Refuses a name no list knows, and says which one is closest.
pub fn known(list: &BTreeSet<String>, name: &str, what: &str, place: &str) -> Result<()> {
    if list.contains(name) {
        return Ok(());
    }
    let closest = list.iter().min_by_key(|candidate| strsim::levenshtein(candidate, name));
    let hint = closest.map_or_else(String::new, |closest| format!("closest: {closest}"));
    Err(Error::usage(format!("{place}: unknown {what} `{name}`")).hint(hint))
}

/// A name without spaces, quotes and bracket styles, as names are compared.
pub fn bare(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !"“”\"'‘’「」《》".contains(*c))
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            other => other,
        })
        .collect()
}

fn meanings_of_lines(lines: &[csv::StringRecord]) -> FxHashMap<String, ItemMeaning> {
    let mut counted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in lines {
        let aliases = field(row, 5);
        for name in aliases.split('|').chain([field(row, 1).as_str()]).filter(|name| !name.is_empty()) {
            let codes = counted.entry(bare(name)).or_default();
            if !codes.contains(&field(row, 0)) {
                codes.push(field(row, 0));
            }
        }
    }
    // A name two lines share (合计, 基本支出结转) says nothing by itself.
    counted
        .into_iter()
        .filter(|(_, codes)| codes.len() == 1)
        .map(|(name, mut codes)| (name, ItemMeaning { item: codes.remove(0), fund: String::new() }))
        .collect()
}

fn function_names(project: &Project) -> Result<FxHashMap<String, Vec<String>>> {
    let mut names: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for row in rows(project.require("pipelines/reference/function_codes.csv")?)? {
        names.entry(field(&row, 0)).or_default().push(bare(&field(&row, 1)));
    }
    Ok(names)
}

/// Codes of three digits by name; a name of several classes names none.
fn classes(project: &Project, list: &str) -> Result<FxHashMap<String, String>> {
    let mut classes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows(project.require(&format!("pipelines/reference/{list}.csv"))?)? {
        if field(&row, 0).len() == 3 {
            classes.entry(bare(&field(&row, 1))).or_default().insert(field(&row, 0));
        }
    }
    let only = |codes: BTreeSet<String>| (codes.len() == 1).then(|| codes.into_iter().next()).flatten();
    Ok(classes.into_iter().filter_map(|(name, codes)| Some((name, only(codes)?))).collect())
}

fn first_column(file: &ProjectFile) -> Result<BTreeSet<String>> {
    Ok(rows(file)?.iter().map(|row| field(row, 0)).collect())
}

fn rows(file: &ProjectFile) -> Result<Vec<csv::StringRecord>> {
    csv::Reader::from_reader(file.text.as_bytes())
        .records()
        .collect::<std::result::Result<_, _>>()
        .map_err(|error| Error::csv(&file.shown_path, error))
}

fn field(row: &csv::StringRecord, column: usize) -> String {
    row.get(column).unwrap_or_default().to_owned()
}

//! The names checks may use: codes of `pipelines/reference/` and of the dictionary `pipelines/names/`.

mod lists;
pub mod parts;
mod titles;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::project::{Project, ProjectFile};
use crate::reconcile::facts::operands::ClaimFact;
use lists::{field, rows};
use titles::Titles;

const ITEMS_FILE: &str = "pipelines/names/items.csv";
const SECTIONS_FILE: &str = "pipelines/names/sections.toml";
/// Where the keys of the files of this room are explained.
pub const KEYS: &str = "docs/checks.md describes the keys of a check";

/// Every name a check may use.
#[derive(Debug, Clone)]
pub struct Names {
    pub tables: BTreeSet<String>,
    /// Components, phases, funds, flows and measures in Chinese and in English.
    titles: FxHashMap<String, (String, String)>,
    /// What the parts of a term are called.
    pub terms: Titles,
    pub components: BTreeSet<String>,
    pub phases: BTreeSet<String>,
    pub funds: BTreeSet<String>,
    pub flows: BTreeSet<String>,
    /// Line codes and the codes of the dictionary of items.
    pub items: BTreeSet<String>,
    /// Groups of sections.
    pub sections: BTreeSet<String>,
    pub measures: BTreeSet<String>,
    /// Functional and economic classes (three digits) by name, where only one class has the name.
    function_classes: FxHashMap<String, String>,
    economic_classes: FxHashMap<String, String>,
}

/// What checks need of `sections.toml`; the narrative room reads the rest.
#[derive(Deserialize)]
struct Groups {
    group: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    code: String,
}

impl Names {
    pub fn load(project: &Project) -> Result<Self> {
        let column = |file: &str| first_column(project.require(&format!("pipelines/reference/{file}.csv"))?);
        let lines = column("lines")?;
        let listed = rows(project.require(ITEMS_FILE)?)?.into_iter().map(|row| field(&row, 2));
        let groups: Groups = project.require(SECTIONS_FILE)?.parse(KEYS)?;
        Ok(Self {
            tables: column("report_tables")?,
            titles: titles(project)?,
            terms: Titles::load(project)?,
            components: column("components")?,
            phases: column("phases")?,
            funds: column("funds")?,
            flows: column("flows")?,
            items: lines.into_iter().chain(listed.filter(|code| !code.is_empty())).collect(),
            sections: groups.group.into_iter().map(|group| group.code).collect(),
            measures: column("measures")?,
            function_classes: classes(project, "function_codes")?,
            economic_classes: classes(project, "economic_codes")?,
        })
    }

    /// A subject with its codes in words.
    pub fn in_words(&self, subject: &str, pick: impl Fn(&(String, String)) -> &String) -> String {
        let mut words = String::with_capacity(subject.len());
        for (at, written) in subject.split(' ').enumerate() {
            if at > 0 {
                words.push(' ');
            }
            let word = written.trim_end_matches(',');
            words.push_str(self.titles.get(word).map_or(word, |titles| pick(titles)));
            words.push_str(&written[word.len()..]);
        }
        words
    }

    /// The functional class of a statement: its code, else the one class of that name.
    pub fn function_code<'a>(&'a self, claim: &'a ClaimFact) -> &'a str {
        coded(&claim.function_code, &self.function_classes, &claim.item)
    }

    /// The economic code of a statement: its own, else the one class of that name.
    pub fn economic_code<'a>(&'a self, claim: &'a ClaimFact) -> &'a str {
        coded(&claim.economic_code, &self.economic_classes, &claim.item)
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

fn titles(project: &Project) -> Result<FxHashMap<String, (String, String)>> {
    let mut titles = FxHashMap::default();
    for list in ["components", "phases", "funds", "flows", "measures"] {
        for row in rows(project.require(&format!("pipelines/reference/{list}.csv"))?)? {
            titles.insert(field(&row, 0), (field(&row, 1), field(&row, 2)));
        }
    }
    for row in rows(project.require("pipelines/reference/lines.csv")?)? {
        titles.entry(field(&row, 0)).or_insert((field(&row, 1), field(&row, 2)));
    }
    Ok(titles)
}

fn first_column(file: &ProjectFile) -> Result<BTreeSet<String>> {
    Ok(rows(file)?.iter().map(|row| field(row, 0)).collect())
}

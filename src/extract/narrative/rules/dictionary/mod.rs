//! `pipelines/names/`, `units.csv` and the shared code lists: what names mean and how units are printed.

pub mod meanings;
pub mod names;

use std::collections::HashMap;

use super::lexicon::{KnownUnit, UnitKind, Worded};
use super::macros::{KEYS, Macros, compile};
use super::shapes::{GroupEntry, SectionsFile};
use crate::error::{Error, Result};
use crate::extract::narrative::paragraphs::normal::Script;
use crate::project::Project;
use meanings::{Counted, Meanings, SectionGroup};
use names::{Alias, Code, Names, Spelling};

const UNITS: &str = "pipelines/narrative/units.csv";
pub const SECTIONS: &str = "pipelines/names/sections.toml";
const ITEMS: &str = "pipelines/names/items.csv";
const WORDED: &str = "pipelines/names/worded.csv";
const LINES: &str = "pipelines/reference/lines.csv";

/// Rows of a CSV file of the project, by column name.
fn table(project: &Project, path: &str) -> Result<Vec<HashMap<String, String>>> {
    let file = project.require(path)?;
    let mut reader = csv::Reader::from_reader(file.text.as_bytes());
    reader.deserialize().map(|row| row.map_err(|error| Error::csv(&file.shown_path, error))).collect()
}

fn column(row: &HashMap<String, String>, name: &str) -> String {
    row.get(name).cloned().unwrap_or_default()
}

fn list(text: &str) -> Vec<String> {
    text.split('|').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn optional(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// Units by the first letter of each way to print them, the longest first.
pub fn units(project: &Project) -> Result<HashMap<char, Vec<(String, KnownUnit)>>> {
    let mut units: HashMap<char, Vec<(String, KnownUnit)>> = HashMap::new();
    for row in table(project, UNITS)? {
        let kind = match column(&row, "kind").as_str() {
            "money" => UnitKind::Money,
            "percent" => UnitKind::Percent,
            "area" => UnitKind::Area,
            "score" => UnitKind::Score,
            _ => UnitKind::Count,
        };
        let known = KnownUnit {
            name: column(&row, "unit"),
            kind,
            counts_in_chinese: column(&row, "chinese") == "yes",
            not_before: list(&column(&row, "not_before")),
        };
        for printed in std::iter::once(column(&row, "unit")).chain(list(&column(&row, "printed"))) {
            let printed = printed.replace('（', "(").replace('）', ")");
            if let Some(first) = printed.chars().next() {
                units.entry(first).or_default().push((printed, known.clone()));
            }
        }
    }
    for list in units.values_mut() {
        list.sort_by_key(|(printed, _)| std::cmp::Reverse(printed.len()));
    }
    Ok(units)
}

/// The dictionary of items and of the classification.
pub fn names(project: &Project, class_ending: String, class_wordings: Vec<String>) -> Result<Names> {
    let spelling = |row: HashMap<String, String>| Spelling {
        printed: column(&row, "printed"),
        standard: column(&row, "standard"),
        is_ending: column(&row, "where") == "end",
    };
    let spellings = table(project, "pipelines/names/spellings.csv")?.into_iter().map(spelling).collect();
    let mut names = Names::new(class_ending, class_wordings, spellings);
    for row in table(project, ITEMS)? {
        let standard = column(&row, "item");
        let alias = Alias {
            standard: standard.clone(),
            line: optional(column(&row, "line")),
            sections: list(&column(&row, "sections")),
            units: list(&column(&row, "units")),
        };
        for printed in list(&column(&row, "printed")) {
            names.add_alias(&printed, alias.clone());
        }
        // A row without other wordings only says what its name counts.
        if alias.line.is_some() || !column(&row, "printed").is_empty() {
            names.add_alias(&standard, alias);
        }
    }
    for row in table(project, LINES)? {
        let standard = column(&row, "name_zh");
        let alias = Alias {
            standard: standard.clone(),
            line: optional(column(&row, "line")),
            sections: Vec::new(),
            units: Vec::new(),
        };
        // The dictionary of items has the say where both know a name.
        if !names.is_general(&standard) {
            names.add_alias(&standard, alias);
        }
    }
    for (path, is_function) in
        [("pipelines/reference/function_codes.csv", true), ("pipelines/reference/economic_codes.csv", false)]
    {
        for row in table(project, path)? {
            let code = Code {
                code: column(&row, "code"),
                name: column(&row, "name"),
                valid_from: column(&row, "valid_from").parse().ok(),
                valid_to: column(&row, "valid_to").parse().ok(),
            };
            if is_function { names.add_function(code) } else { names.add_economic(code) }
        }
    }
    Ok(names)
}

/// What words state without a number.
pub fn worded(project: &Project, macros: &Macros) -> Result<Vec<Worded>> {
    let file = project.require(WORDED)?;
    table(project, WORDED)?
        .iter()
        .map(|row| {
            Ok(Worded {
                code: column(row, "code"),
                measure: column(row, "measure"),
                item: column(row, "item"),
                pattern: compile(file, macros, &column(row, "pattern"))?,
                sections: list(&column(row, "sections")),
                is_count_after: match column(row, "is_count_after").as_str() {
                    "" => None,
                    pattern => Some(compile(file, macros, pattern)?),
                },
            })
        })
        .collect()
}

/// What items count and which sections belong together, as checks speak of them.
pub fn meanings(project: &Project, macros: &Macros) -> Result<Meanings> {
    let lines = table(project, LINES)?;
    let named = lines.iter().flat_map(|row| {
        let names = row.get("aliases").into_iter().flat_map(|aliases| aliases.split('|'));
        let code = row.get("line").map_or("", String::as_str);
        names
            .chain(row.get("name_zh").map(String::as_str))
            .filter(|name| !name.is_empty())
            .map(move |name| (name, code))
    });
    let mut meanings = Meanings::of_lines(named);
    for row in table(project, ITEMS)?.iter().rev() {
        let (code, fund) = (column(row, "code"), column(row, "fund"));
        if code.is_empty() {
            continue;
        }
        // A wording that means it everywhere counts the same.
        let is_limited = !column(row, "sections").is_empty() || !column(row, "units").is_empty();
        let printed = if is_limited { Vec::new() } else { list(&column(row, "printed")) };
        for name in printed.into_iter().chain([column(row, "item")]) {
            meanings.add(&name, Counted { code: code.clone(), fund: fund.clone() });
        }
    }
    let file = project.require(SECTIONS)?;
    let parsed: SectionsFile = file.parse(KEYS)?;
    for group in parsed.group {
        let GroupEntry { code, sections, heading, part_of, fund } = group;
        let heading = heading.map(|pattern| compile(file, macros, &pattern)).transpose()?;
        meanings.groups.push(SectionGroup { code, sections, heading, part_of, fund });
    }
    Ok(meanings)
}

/// Characters replaced before anything is compared.
pub fn script(project: &Project) -> Result<Script> {
    let mut map = HashMap::new();
    for row in table(project, "pipelines/reference/traditional.csv")? {
        if let (Some(from), to) = (column(&row, "traditional").chars().next(), column(&row, "simplified")) {
            map.insert(from, to);
        }
    }
    Ok(Script::new(map))
}

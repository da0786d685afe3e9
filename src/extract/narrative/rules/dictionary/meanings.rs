//! What an item counts, and which group its section belongs to, as checks and comparisons speak of them.

use std::collections::{BTreeMap, HashMap};

use super::names::bare;
use crate::extract::pattern::Pattern;

/// What is counted: a code of `lines.csv` or one of `items.csv`'s own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counted {
    pub code: String,
    /// Empty where the name does not say which money.
    pub fund: String,
}

/// Sections that checks speak of together, recognised by code or by heading.
#[derive(Debug, Clone)]
pub struct SectionGroup {
    pub code: String,
    pub sections: Vec<String>,
    pub heading: Option<Pattern>,
    /// The group it is a part of, told by its headings.
    pub part_of: Option<String>,
    /// Money the section speaks of, where the claim does not say.
    pub fund: String,
}

#[derive(Debug, Clone, Default)]
pub struct Meanings {
    by_name: HashMap<String, Counted>,
    pub groups: Vec<SectionGroup>,
}

impl Meanings {
    /// Names and aliases of `lines.csv`; a name that two lines share (合计, 基本支出结转) says nothing by itself.
    pub fn of_lines<'a>(names: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut codes: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (name, code) in names {
            let known = codes.entry(bare(name)).or_default();
            if !known.contains(&code) {
                known.push(code);
            }
        }
        let only = codes.into_iter().filter_map(|(name, codes)| match codes.as_slice() {
            [code] => Some((name, Counted { code: (*code).to_owned(), fund: String::new() })),
            _ => None,
        });
        Self { by_name: only.collect(), groups: Vec::new() }
    }

    /// A row of `items.csv` comes before the lines.
    pub fn add(&mut self, name: &str, counted: Counted) {
        self.by_name.insert(bare(name), counted);
    }

    pub fn of(&self, name: &str) -> Option<&Counted> {
        self.by_name.get(&bare(name))
    }

    /// The group of a section: by its code, else by the headings above; then the part of it that the headings name.
    pub fn group_of(&self, section: &str, section_path: &str) -> Option<&SectionGroup> {
        let written = if section_path.is_empty() { section } else { section_path };
        let headings: String =
            written.chars().filter(|c| !c.is_whitespace() && !"“”\"'‘’「」《》".contains(*c)).collect();
        let is_headed =
            |group: &SectionGroup| group.heading.as_ref().is_some_and(|heading| heading.is_match(&headings));
        let mut whole = self.groups.iter().filter(|group| group.part_of.is_none());
        let group = whole
            .clone()
            .find(|group| group.sections.iter().any(|code| code == section))
            .or_else(|| whole.find(|group| is_headed(group)))?;
        let part = self.groups.iter().find(|part| part.part_of.as_ref() == Some(&group.code) && is_headed(part));
        Some(part.unwrap_or(group))
    }
}

//! The words all layouts share, normalised.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::layout::RecognitionFile;
use super::source::{KEYS, regex};
use crate::error::Result;
use crate::extract::pattern::Pattern;
use crate::extract::table::rows::label::{normal, without_numbering};
use crate::project::ProjectFile;

/// recognition.toml, normalised.
#[derive(Debug)]
pub struct Words {
    pub transparent: HashSet<String>,
    pub numbering: HashSet<String>,
    pub ignored: HashSet<String>,
    pub code_parts: HashSet<String>,
    pub totals: HashSet<String>,
    /// Header label → phase code.
    pub phases: HashMap<String, String>,
    /// Row label → phase code, beside those.
    row_phases: HashMap<String, String>,
    /// What column labels call the year before that of the account.
    pub year_before: String,
    pub keys: BTreeMap<String, HashSet<String>>,
    pub refused_before: Vec<String>,
    pub title_endings: Vec<char>,
    pub continuation: Vec<String>,
    pub final_words: Vec<String>,
    pub unit_patterns: Vec<Pattern>,
    pub unit_note_patterns: Vec<Pattern>,
    unit_labels: Vec<String>,
    pub budget_words: Vec<String>,
    pub not_final: Vec<String>,
    pub money_units: HashSet<String>,
    pub units: Vec<String>,
    pub departments: Vec<String>,
    pub after_name: Vec<String>,
    pub skip: Vec<Pattern>,
    pub note_prefixes: Vec<String>,
    pub note_openings: Vec<String>,
    pub declares_empty: Vec<Pattern>,
}

impl Words {
    /// # Errors
    /// An unknown key or a pattern that does not parse, with file and line.
    pub fn load(source: &ProjectFile) -> Result<Self> {
        let file: RecognitionFile = source.parse(KEYS)?;
        let set = |labels: &[String]| -> HashSet<String> { labels.iter().map(|label| normal(label)).collect() };
        let list = |labels: &[String]| -> Vec<String> { labels.iter().map(|label| normal(label)).collect() };
        let regexes = |patterns: &[String]| -> Result<Vec<Pattern>> {
            patterns.iter().map(|pattern| regex(pattern, source)).collect()
        };
        let by_label = |phases: &BTreeMap<String, Vec<String>>| -> HashMap<String, String> {
            let labels = phases.iter().flat_map(|(phase, labels)| labels.iter().map(move |label| (label, phase)));
            labels.map(|(label, phase)| (normal(label), phase.clone())).collect()
        };
        let mut units = list(&file.unit.others);
        units.extend(list(&file.unit.money));
        let mut departments = list(&file.furniture.departments);
        departments.sort_by_key(|label| std::cmp::Reverse(label.chars().count()));
        Ok(Self {
            transparent: set(&file.transparent),
            numbering: set(&file.numbering),
            ignored: set(&file.ignored_columns),
            code_parts: set(&file.code_parts),
            totals: set(&file.totals),
            phases: by_label(&file.phases),
            row_phases: by_label(&file.row_phases),
            year_before: normal(&file.year_before),
            keys: file.keys.iter().map(|(name, labels)| (name.clone(), set(labels))).collect(),
            refused_before: list(&file.title.refused_before),
            title_endings: file.title.endings.clone(),
            continuation: list(&file.title.continuation),
            final_words: list(&file.title.final_words),
            unit_patterns: regexes(&file.unit.patterns)?,
            unit_note_patterns: regexes(&file.unit.note_patterns)?,
            unit_labels: list(&file.unit.labels),
            budget_words: list(&file.title.budget_words),
            not_final: list(&file.title.not_final),
            money_units: set(&file.unit.money),
            units,
            departments,
            after_name: list(&file.furniture.after_name),
            skip: regexes(&file.furniture.skip)?,
            note_prefixes: list(&file.notes.prefixes),
            note_openings: list(&file.notes.openings),
            declares_empty: regexes(&file.notes.declares_empty)?,
        })
    }

    /// The phase of every amount of a row that is named by it: 预算数, 决算数, 增减额 below each other.
    pub fn phase_of_row(&self, label: &str) -> Option<&str> {
        let label = normal(label);
        let label = without_numbering(&label);
        self.row_phases.get(label).or_else(|| self.phases.get(label)).map(String::as_str)
    }

    /// Whether a label starts with a word for unit: 单位, 金额单位.
    pub fn names_unit(&self, label: &str) -> bool {
        self.unit_labels.iter().any(|word| label.starts_with(word.as_str()))
    }

    /// Whether a label ends in a word for unit, with or without a colon: the unit itself stands in the next cell.
    pub fn ends_in_unit(&self, label: &str) -> bool {
        let label = label.strip_suffix(':').unwrap_or(label);
        self.unit_labels.iter().any(|word| label.ends_with(word.as_str()))
    }

    /// Whether a text that may be a name ends in, or has in brackets, a unit of money.
    pub fn has_money_unit(&self, name: &str) -> bool {
        let bare = name.trim_matches(['(', ')']);
        self.money_units
            .iter()
            .any(|unit| bare == unit || name.ends_with(&format!("万{unit}")) || name.contains(&format!("{unit})")))
    }

    /// Whether any list of key columns has this label.
    pub fn is_key(&self, label: &str) -> bool {
        self.keys.values().any(|labels| labels.contains(label))
    }
}

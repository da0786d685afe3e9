//! Cleaning of institution names by the patterns of `name_patterns.csv`, and their standard forms.

use std::collections::BTreeSet;

use regex::Regex;

use crate::error::{Error, Result};
use crate::project::Project;
use crate::vocabulary::Level;

const PATTERNS: &str = "pipelines/reference/name_patterns.csv";
const ALIASES: &str = "pipelines/reference/department_aliases.csv";
const SECTORS: &str = "pipelines/reference/sectors.csv";

struct Pattern {
    expression: Regex,
    replacement: String,
    level: Level,
    suffix: String,
}

struct Alias {
    alias: String,
    standard: String,
    region_code: String,
}

/// A name after cleaning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// 中共, 政协 ..: what stands before the place.
    pub prefix: String,
    /// The name without prefix, years and kind of document.
    pub text: String,
    /// What the removed words said.
    pub level: Level,
    /// （本级） where the name said so: the unit of that name beside its department.
    pub suffix: String,
}

/// The endings of institution names as one expression, for those who look for names in a text.
///
/// # Errors
/// The list is missing or is no CSV.
pub fn institution_endings(project: &Project) -> Result<String> {
    let endings: Vec<String> = rows(project, PATTERNS)?
        .into_iter()
        .filter(|[stage, ..]| stage == "institution")
        .map(|[_, pattern, ..]| format!("(?:{pattern})"))
        .collect();
    Ok(endings.join("|"))
}

#[derive(Default)]
pub struct Names {
    clean: Vec<Pattern>,
    refuse: Vec<Pattern>,
    prefix: Vec<Pattern>,
    short: Vec<Pattern>,
    institution: Vec<Pattern>,
    corrected: Vec<Pattern>,
    area: Vec<Pattern>,
    aliases: Vec<Alias>,
    standard_names: BTreeSet<String>,
    sector_keywords: Vec<String>,
}

impl Names {
    pub fn load(project: &Project) -> Result<Self> {
        let mut names = Names::default();
        for (line, row) in rows(project, PATTERNS)?.into_iter().enumerate() {
            names.add_pattern(row).map_err(|error| {
                Error::usage(format!("{PATTERNS}, row {}: the pattern cannot be read", line + 2))
                    .because(error)
                    .hint("stages are clean, refuse, prefix, short, institution, area and corrected; patterns are regular expressions without look-around")
            })?;
        }
        for [alias, standard, region_code, ..] in rows(project, ALIASES)? {
            names.standard_names.insert(standard.clone());
            names.aliases.push(Alias { alias, standard, region_code });
        }
        names.sector_keywords = rows(project, SECTORS)?.into_iter().map(|[keyword, ..]| keyword).collect();
        Ok(names)
    }

    fn add_pattern(
        &mut self,
        [stage, pattern, replacement, level, _, suffix]: [String; 6],
    ) -> std::result::Result<(), String> {
        let expression = Regex::new(&pattern).map_err(|error| error.to_string())?;
        let level = Level::parse(&level).ok_or_else(|| format!("`{level}` is no level"))?;
        let list = match stage.as_str() {
            "clean" => &mut self.clean,
            "refuse" => &mut self.refuse,
            "prefix" => &mut self.prefix,
            "short" => &mut self.short,
            "institution" => &mut self.institution,
            "corrected" => &mut self.corrected,
            "area" => &mut self.area,
            other => return Err(format!("`{other}` is no stage")),
        };
        list.push(Pattern { expression, replacement, level, suffix });
        Ok(())
    }

    /// A printed name without years, document words and brackets; `None` where nothing or a placeholder remains.
    pub fn clean(&self, printed: &str) -> Option<Parts> {
        if self.refuse.iter().any(|pattern| pattern.expression.is_match(printed)) {
            return None;
        }
        let mut parts = Parts { text: printed.to_owned(), ..Parts::default() };
        for pattern in &self.clean {
            if !pattern.expression.is_match(&parts.text) {
                continue;
            }
            parts.text = pattern.expression.replace_all(&parts.text, pattern.replacement.as_str()).into_owned();
            if parts.level != Level::Unit {
                parts.level = pattern.level.or(parts.level);
            }
            if !pattern.suffix.is_empty() {
                parts.suffix.clone_from(&pattern.suffix);
            }
        }
        for pattern in &self.prefix {
            // What is nothing but the prefix is a name by itself.
            let found = pattern.expression.captures(&parts.text);
            if let Some(found) = found.filter(|found| found[0].len() < parts.text.len()) {
                let length = found[0].len();
                found.expand(&pattern.replacement, &mut parts.prefix);
                parts.text = parts.text.split_off(length);
                break;
            }
        }
        (!parts.text.is_empty()).then_some(parts)
    }

    pub fn level_in(&self, text: &str) -> Level {
        self.clean(text).map(|parts| parts.level).unwrap_or_default()
    }

    pub fn is_institution(&self, text: &str) -> bool {
        self.institution.iter().any(|pattern| pattern.expression.is_match(text))
    }

    /// What is left of a whole area's name behind its place (县, 级, 全市): the word its name ends with, which may be empty.
    /// `None` where something else is left.
    pub fn area_ending(&self, rest: &str) -> Option<&str> {
        self.area.iter().find(|pattern| pattern.expression.is_match(rest)).map(|pattern| pattern.replacement.as_str())
    }

    /// A word for a corrected publication stands in a path or title.
    pub fn says_corrected(&self, text: &str) -> bool {
        self.corrected.iter().any(|pattern| pattern.expression.is_match(text))
    }

    /// The name without its place, in one spelling, and the curated name behind it where an alias led there.
    pub fn short_name(&self, prefix: &str, rest: &str, region_code: &str) -> (String, Option<String>) {
        // 中共 + 委.. becomes 党委.. by the patterns; every other prefix is part of the name.
        let mut short = if prefix == "中共" { rest.to_owned() } else { format!("{prefix}{rest}") };
        for pattern in &self.short {
            short = pattern.expression.replace_all(&short, pattern.replacement.as_str()).into_owned();
        }
        let known = self
            .aliases
            .iter()
            .filter(|alias| alias.alias == short && (alias.region_code.is_empty() || alias.region_code == region_code))
            .max_by_key(|alias| alias.region_code.len());
        match known {
            Some(alias) => (alias.standard.clone(), Some(alias.standard.clone())),
            None => (short, None),
        }
    }

    pub fn is_listed(&self, short_name: &str) -> bool {
        self.standard_names.contains(short_name)
            || self.sector_keywords.iter().any(|keyword| short_name.contains(keyword))
    }
}

/// The rows of a reference list, each with up to six fields.
fn rows(project: &Project, path: &str) -> Result<Vec<[String; 6]>> {
    let file = project.require(path)?;
    let records = csv::ReaderBuilder::new().flexible(true).from_reader(file.text.as_bytes()).into_records();
    records
        .map(|record| {
            let record = record.map_err(|error| Error::csv(&file.shown_path, error))?;
            Ok(std::array::from_fn(|at| record.get(at).unwrap_or_default().to_owned()))
        })
        .collect()
}

//! The title lines: department, year, kind and level.

use crate::extract::narrative::rules::model::Rules;
use crate::extract::pattern::Letters;

/// What the first lines of a text say about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Title {
    pub departments: Vec<String>,
    pub years: Vec<i32>,
    /// `final`, `budget` or empty.
    pub kind: String,
    /// `department`, `unit` or empty.
    pub level: String,
}

/// Reads the title lines: those before the first numbered heading, at most twelve.
pub fn title(lines: &[String], rules: &Rules) -> Title {
    let mut title = Title::default();
    let words = &rules.titles;
    for line in lines.iter().take(12) {
        if line.chars().count() > 60 {
            continue;
        }
        let line: String = line.chars().filter(|c| !"《》#*“”\"".contains(*c)).collect();
        let letters = Letters::of(&line);
        for pattern in words.patterns.iter().filter_map(|pattern| pattern.within(&letters)) {
            let Some(found) = pattern.captures(&line) else { continue };
            if let Some(year) = found.name("year").and_then(|year| year.as_str().parse().ok())
                && !title.years.contains(&year)
            {
                title.years.push(year);
            }
            if let Some(name) = found.name("name").map(|name| name.as_str().trim_matches(['-', '—', ':', ' ']))
                && words.department.is_match(name)
                && !title.departments.iter().any(|known| known == name)
            {
                title.departments.push(name.to_owned());
            }
        }
        if title.kind.is_empty() {
            if words.accounts.is_match(&line) {
                title.kind = "final".to_owned();
            } else if words.budget.is_match(&line) {
                title.kind = "budget".to_owned();
            }
        }
        if title.level.is_empty() {
            if words.unit_level.is_match(&line) {
                title.level = "unit".to_owned();
            } else if words.department_level.is_match(&line) {
                title.level = "department".to_owned();
            }
        }
    }
    title
}

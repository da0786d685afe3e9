//! What a warehouse is before it holds a document: schemas, reference lists and the tables that rest on these alone, every other
//! table empty, views and comments. All of it follows from the project, so it can be made while files are read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::script::Script;
use crate::warehouse::ask::pieces::statements;

/// What was made of a script before a document was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    Whole,
    /// Its table, without rows.
    Empty,
}

/// The tables and views that stand already, by name.
#[derive(Debug, Clone, Default)]
pub struct Groundwork(Arc<BTreeMap<String, Made>>);

impl Made {
    /// The statements of a script that make it.
    pub fn statements(self, script: &Script) -> &str {
        match self {
            Made::Whole => &script.sql,
            Made::Empty => statements(&script.sql)[0],
        }
    }
}

impl Groundwork {
    /// What was made as planned.
    pub fn of(plan: &[(&Script, Made)]) -> Self {
        let made = plan.iter().filter_map(|(script, made)| Some((script.creates.as_ref()?.1.clone(), *made)));
        Self(Arc::new(made.collect()))
    }

    /// The statements of a script that are still to be run.
    pub fn left_of(&self, script: &Script) -> String {
        let made = script.creates.as_ref().and_then(|(_, name)| self.0.get(name));
        match made {
            None => script.sql.clone(),
            Some(Made::Whole) => String::new(),
            Some(Made::Empty) => statements(&script.sql)[1..].join(";\n"),
        }
    }
}

/// What can be made of scripts in their order, those of `sql/schema` left out, which are run before. Nothing, where one says not
/// what it creates: nobody can tell what rests on it.
pub fn plan(scripts: &[Script]) -> Vec<(&Script, Made)> {
    let mut plan = Vec::new();
    // What has all its rows, and what is there at all.
    let (mut full, mut there): (BTreeSet<&str>, BTreeSet<&str>) = Default::default();
    for script in scripts {
        let is_begun = script.path.starts_with("sql/schema/");
        let Some((kind, name)) = &script.creates else {
            if is_begun {
                continue;
            }
            return Vec::new();
        };
        let is_in = |known: &BTreeSet<&str>, used: &str| {
            used == name || known.contains(used) || used.starts_with("stage.reference_")
        };
        let parts = statements(&script.sql);
        let made = match kind.as_str() {
            "TABLE" if is_begun => Some(Made::Empty),
            // Rows of a table that its script leaves empty come from elsewhere.
            "TABLE" if parts.len() > 1 && script.names().all(|used| is_in(&full, used)) => Some(Made::Whole),
            "TABLE" => Script::names_in(parts[0]).iter().all(|used| is_in(&full, used)).then_some(Made::Empty),
            _ => (is_begun || script.names().all(|used| is_in(&there, used))).then_some(Made::Whole),
        };
        let Some(made) = made else { continue };
        there.insert(name);
        if made == Made::Whole && kind != "VIEW" {
            full.insert(name);
        }
        if !is_begun {
            plan.push((script, made));
        }
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::ProjectFile;

    fn script(path: &str, sql: &str) -> Script {
        let text = format!("-- title: 表 | Table\n{sql}");
        Script::read(&ProjectFile { path: path.to_owned(), shown_path: path.to_owned(), text }).unwrap()
    }

    #[test]
    fn only_what_rests_on_no_document_has_its_rows_before_one_is_loaded() {
        let scripts = [
            script("sql/schema/0.sql", "CREATE SCHEMA core"),
            script("sql/schema/a.sql", "CREATE MACRO core.half(x) AS x // 2"),
            script(
                "sql/dims/unit.sql",
                "CREATE TABLE core.unit (u INT); INSERT INTO core.unit FROM stage.reference_units",
            ),
            script(
                "sql/dims/year.sql",
                "CREATE TABLE core.year (y INT); INSERT INTO core.year SELECT core.half(u) FROM core.unit",
            ),
            script("sql/dims/check.sql", "CREATE TABLE core.check_list (c INT)"),
            script(
                "sql/dims/of_checks.sql",
                "CREATE TABLE core.of_checks (c INT); INSERT INTO core.of_checks FROM core.check_list",
            ),
            script(
                "sql/facts/paper.sql",
                "CREATE TABLE core.paper (p INT); INSERT INTO core.paper FROM stage.document",
            ),
            script(
                "sql/facts/copied.sql",
                "CREATE TABLE core.copied AS FROM core.paper; INSERT INTO core.copied VALUES (1)",
            ),
            script("sql/marts/v.sql", "CREATE VIEW mart.v AS FROM core.paper, core.year"),
            script("sql/marts/w.sql", "CREATE VIEW mart.w AS FROM mart.v, core.copied"),
        ];
        let made: Vec<(String, Made)> =
            plan(&scripts).into_iter().map(|(script, made)| (script.name().to_owned(), made)).collect();
        let expected = [
            ("unit", Made::Whole),
            ("year", Made::Whole),
            ("check", Made::Empty),
            ("of_checks", Made::Empty),
            ("paper", Made::Empty),
            ("v", Made::Whole),
        ];
        assert_eq!(made, expected.map(|(name, made)| (name.to_owned(), made)));
    }

    #[test]
    fn a_script_that_says_not_what_it_creates_leaves_all_for_later() {
        let scripts = [
            script("sql/dims/unit.sql", "CREATE TABLE core.unit (u INT)"),
            script("sql/facts/other.sql", "INSERT INTO core.unit VALUES (1)"),
        ];
        assert!(plan(&scripts).is_empty());
    }
}

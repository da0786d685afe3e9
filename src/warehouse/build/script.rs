//! The SQL files of a folder, in the order in which they can run.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::error::{Error, Result};
use crate::project::{Project, ProjectFile};

use super::header::Header;

static CREATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?im)^\s*CREATE\s+(?:OR\s+REPLACE\s+)?(TABLE|VIEW|MACRO)\s+([a-z_]+\.[a-z_0-9]+)").ok()
});
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(?:core|mart|audit|stage)\.[a-z_0-9]+").ok());

/// One SQL file: its header comment and the object it creates, if it creates one.
#[derive(Debug, Clone)]
pub struct Script {
    pub path: String,
    pub shown_path: String,
    pub header: Header,
    /// `TABLE`, `VIEW` or `MACRO` and the qualified name, such as `mart.v_entity_year`.
    pub creates: Option<(String, String)>,
    /// Qualified names used in the statements.
    uses: BTreeSet<String>,
    pub sql: String,
}

impl Script {
    /// Reads a file's header and the names in it.
    pub fn read(file: &ProjectFile) -> Result<Self> {
        let header = Header::read(file)?;
        let statements: String = file
            .text
            .lines()
            .filter(|line| !line.trim_start().starts_with("--"))
            .flat_map(|line| [line, "\n"])
            .collect();
        let creates = CREATED
            .as_ref()
            .and_then(|pattern| pattern.captures(&statements))
            .map(|found| (found[1].to_uppercase(), found[2].to_lowercase()));
        let uses = Self::names_in(&statements);
        Ok(Self {
            path: file.path.clone(),
            shown_path: file.shown_path.clone(),
            header,
            creates,
            uses,
            sql: file.text.clone(),
        })
    }

    /// The file name without folder and extension: the name of an extract or a check.
    pub fn name(&self) -> &str {
        let file = self.path.rsplit('/').next().unwrap_or(&self.path);
        file.strip_suffix(".sql").unwrap_or(file)
    }

    /// The files of one folder, each after those whose objects it names; ties in path order.
    pub fn in_order(project: &Project, folder: &str) -> Result<Vec<Script>> {
        let mut waiting: BTreeMap<String, Script> = BTreeMap::new();
        for file in project.under(folder, "sql") {
            waiting.insert(file.path.clone(), Script::read(file)?);
        }
        let mut missing: BTreeSet<String> =
            waiting.values().filter_map(|script| script.creates.as_ref()).map(|(_, name)| name.clone()).collect();
        let mut ordered = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            let ready = waiting
                .values()
                .find(|script| script.needs(&missing).next().is_none())
                .map(|script| script.path.clone());
            let Some(script) = ready.and_then(|path| waiting.remove(&path)) else {
                return Err(circle(&waiting, &missing));
            };
            if let Some((_, name)) = &script.creates {
                missing.remove(name);
            }
            ordered.push(script);
        }
        Ok(ordered)
    }

    /// The qualified names in statements.
    pub fn names_in(statements: &str) -> BTreeSet<String> {
        let found = NAMED.iter().flat_map(|pattern| pattern.find_iter(statements));
        found.map(|name| name.as_str().to_owned()).collect()
    }

    /// Whether its statements name this table or view.
    pub fn uses(&self, name: &str) -> bool {
        self.uses.contains(name)
    }

    /// Whether it must run after an earlier one: it names what that one creates, or nobody can tell, since one of them says not
    /// what it creates.
    pub fn rests_on(&self, earlier: &Script) -> bool {
        let created = earlier.creates.as_ref().filter(|_| self.creates.is_some());
        created.is_none_or(|(_, name)| self.uses.contains(name))
    }

    /// Every qualified name in its statements, its own among them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.uses.iter().map(String::as_str)
    }

    /// Whether a line of its statements begins with this column.
    pub fn names_column(&self, column: &str) -> bool {
        self.sql.lines().any(|line| line.trim_start().starts_with(&format!("{column} ")))
    }

    fn needs<'a>(&'a self, missing: &'a BTreeSet<String>) -> impl Iterator<Item = &'a String> {
        let own = self.creates.as_ref().map(|(_, name)| name);
        self.uses.iter().filter(move |name| Some(*name) != own && missing.contains(*name))
    }
}

fn circle(waiting: &BTreeMap<String, Script>, missing: &BTreeSet<String>) -> Error {
    let stuck: Vec<String> = waiting
        .values()
        .map(|script| {
            format!("{} needs {}", script.shown_path, script.needs(missing).cloned().collect::<Vec<_>>().join(", "))
        })
        .collect();
    Error::usage("these SQL files need each other in a circle")
        .because(stuck.join("; "))
        .hint("take one of the references out, or move what both need to a view of its own")
}

//! The reference lists the table room needs: line names, economic names, and which codes exist.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::extract::table::rows::label::{normal, without_glued_ordinals, without_numbering, without_remark};
use crate::project::Project;

/// `pipelines/reference/*.csv`, as far as labels and codes of layouts need them.
#[derive(Debug, Default)]
pub struct Lists {
    /// Normalised name or alias → lines, in file order.
    lines: HashMap<String, Vec<usize>>,
    line_rows: Vec<LineRow>,
    by_code: HashMap<String, usize>,
    /// Names and codes of the economic classification.
    pub economic: HashSet<String>,
    pub report_tables: HashMap<String, String>,
    pub components: BTreeSet<String>,
    pub funds: BTreeSet<String>,
    pub phases: BTreeSet<String>,
    pub flows: BTreeSet<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct LineRow {
    pub line: String,
    name_zh: String,
    pub flow: String,
    pub role: String,
    aliases: String,
}

#[derive(Deserialize)]
struct NamedCode {
    code: String,
    name: String,
}

impl Lists {
    /// # Errors
    /// A reference list is missing or does not parse.
    pub fn load(project: &Project) -> Result<Self> {
        let mut lists = Self { line_rows: rows(project, "lines")?, ..Self::default() };
        for (at, row) in lists.line_rows.iter().enumerate() {
            lists.by_code.insert(row.line.clone(), at);
            for name in std::iter::once(row.name_zh.as_str()).chain(row.aliases.split('|')) {
                let name = normal(name);
                if !name.is_empty() {
                    lists.lines.entry(name).or_default().push(at);
                }
            }
        }
        for NamedCode { code, name } in rows::<NamedCode>(project, "economic_codes")? {
            lists.economic.insert(code);
            lists.economic.insert(normal(&name));
        }
        let titles: Vec<(String, String)> = rows::<HashMap<String, String>>(project, "report_tables")?
            .into_iter()
            .filter_map(|mut row| Some((row.remove("report_table")?, row.remove("title_zh")?)))
            .collect();
        lists.report_tables = titles.into_iter().collect();
        lists.components = first_column(project, "components", "component")?;
        lists.funds = first_column(project, "funds", "fund")?;
        lists.phases = first_column(project, "phases", "phase")?;
        lists.flows = first_column(project, "flows", "flow")?;
        Ok(lists)
    }

    /// The line a normalised label means, among lines whose code starts with one of the prefixes, the first prefix first;
    /// then among lines without a prefix (`total`).
    pub fn line(&self, normal_label: &str, prefixes: &[String]) -> Option<&LineRow> {
        let bare = without_numbering(normal_label);
        let names = [normal_label, bare, without_remark(bare)];
        names.into_iter().chain(without_glued_ordinals(bare)).find_map(|name| {
            let found = self.lines.get(name)?;
            let with_prefix = |prefix: &str| found.iter().find(|at| self.line_rows[**at].line.starts_with(prefix));
            let at = prefixes
                .iter()
                .find_map(|prefix| with_prefix(prefix))
                .or_else(|| found.iter().find(|at| !self.line_rows[**at].line.contains('.')))?;
            Some(&self.line_rows[*at])
        })
    }

    pub fn line_row(&self, code: &str) -> Option<&LineRow> {
        self.by_code.get(code).map(|at| &self.line_rows[*at])
    }
}

fn rows<T: for<'de> Deserialize<'de>>(project: &Project, name: &str) -> Result<Vec<T>> {
    let file = project.require(&format!("pipelines/reference/{name}.csv"))?;
    csv::Reader::from_reader(file.text.as_bytes())
        .into_deserialize()
        .collect::<std::result::Result<_, _>>()
        .map_err(|error| Error::csv(&file.shown_path, error))
}

fn first_column(project: &Project, list: &str, column: &str) -> Result<BTreeSet<String>> {
    Ok(rows::<HashMap<String, String>>(project, list)?.into_iter().filter_map(|mut row| row.remove(column)).collect())
}

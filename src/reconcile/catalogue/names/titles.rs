//! Codes in words: what a term of a check names, as a reader says it.

use rustc_hash::FxHashMap;

use super::lists::{field, rows};
use super::parts::Parts;
use crate::error::Result;
use crate::project::Project;

/// The lists that a part of a term is a code of.
const LISTS: [(&str, &str); 6] = [
    ("report_tables", "table"),
    ("lines", "row"),
    ("components", "component"),
    ("phases", "phase"),
    ("funds", "fund"),
    ("flows", "flow"),
];

/// The Chinese and the English name of every code, list by list.
#[derive(Debug, Clone, Default)]
pub struct Titles(FxHashMap<String, FxHashMap<String, (String, String)>>);

impl Titles {
    /// Reads the reference lists, the dictionary of items, and `pipelines/names/terms.csv` for what is in neither.
    pub(super) fn load(project: &Project) -> Result<Self> {
        let mut titles: FxHashMap<String, FxHashMap<String, (String, String)>> = FxHashMap::default();
        let list = |path: &str| project.require(path).and_then(rows);
        let mut add = |kind: &str, row: [String; 3]| {
            let [code, zh, en] = row;
            titles.entry(kind.to_owned()).or_default().entry(code).or_insert((zh, en));
        };
        let fields = |row: &csv::StringRecord, from: usize| [0, 1, 2].map(|at| field(row, from + at));
        for row in list("pipelines/names/terms.csv")? {
            add(&field(&row, 0), fields(&row, 1));
        }
        for (file, kind) in LISTS.into_iter().chain([("measures", "measure")]) {
            for row in list(&format!("pipelines/reference/{file}.csv"))? {
                add(kind, fields(&row, 0));
            }
        }
        // The dictionary speaks Chinese; its codes are English words.
        for row in list("pipelines/names/items.csv")? {
            let [item, _, code] = fields(&row, 0);
            let english = code.replace(['.', '_'], " ");
            add("row", [code, item, english]);
        }
        Ok(Self(titles))
    }

    fn get(&self, list: &str, code: &str) -> Option<&(String, String)> {
        self.0.get(list)?.get(code)
    }

    /// What is missing or stands there twice, in words: a term, several of them, a table, an item; else as it is.
    pub fn of_terms(&self, written: &str, pick: impl Fn(&(String, String)) -> &String + Copy) -> String {
        let one = |term: &str| {
            let said = self.of_term(term.trim(), pick);
            said.unwrap_or_else(|| term.trim().to_owned())
        };
        let term = |terms: &str| terms.split(" or ").map(one).collect::<Vec<_>>().join(" / ");
        written.split(", ").map(term).collect::<Vec<_>>().join(", ")
    }

    fn of_term(&self, term: &str, pick: impl Fn(&(String, String)) -> &String + Copy) -> Option<String> {
        let said = |list: &str, code: &str| self.get(list, code).map(|title| pick(title).clone());
        if let Some(words) = said("place", term).or_else(|| said("table", term)) {
            return Some(words);
        }
        let bare = term.trim_start_matches(['+', '-']).trim_end_matches(['?', '!']).trim();
        let keys = |keys: &str| {
            let key = |key: &str| said("row", key.trim()).unwrap_or_else(|| key.trim().to_owned());
            keys.split('|').map(key).collect::<Vec<_>>().join("|")
        };
        // Items and a measure, as a text is asked for them.
        let stated = bare.rsplit_once('.').and_then(|(items, measure)| {
            let is_known = items.split('|').all(|item| self.get("row", item).is_some());
            Some([keys(items), said("measure", measure)?].join(" · ")).filter(|_| is_known)
        });
        if stated.is_some() {
            return stated;
        }
        let (whose, rest) = match bare.split_once(':') {
            Some((whose @ ("prior" | "units"), rest)) => (said("place", whose), rest),
            _ => (None, bare),
        };
        let parts = Parts::split(rest, term, "").ok()?;
        let section = parts.head.strip_prefix("text:").map(|section| said("section", section));
        let is_prose = section.is_some() || matches!(parts.head, "text" | "linked");
        let head = match section {
            Some(_) => said("place", "text"),
            None => said("place", parts.head).or_else(|| said("table", parts.head)),
        };
        let known = |part: Option<&str>, list: &str| part.and_then(|code| said(list, code));
        let parts = [
            whose,
            head,
            section.flatten(),
            parts.row.map(keys),
            known(parts.dot, if is_prose { "measure" } else { "component" }),
            known(parts.at, "phase"),
            known(parts.fund, "fund"),
            known(parts.flow, "flow"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" · "))
    }
}

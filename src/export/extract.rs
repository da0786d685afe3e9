//! What can be exported by name: the files of `sql/extracts/`, and every mart of the warehouse.

use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::{Header, Notes, Relation, Script, Warehouse};

/// One table that can be exported.
#[derive(Debug, Clone)]
pub struct Extract {
    /// `figures`, `dashboard/entity_year` or `v_entity_year`
    pub name: String,
    pub sql: String,
    /// Title in Chinese and English.
    pub title: (String, String),
    /// Columns that together name one row; empty where none are declared.
    pub key: Vec<String>,
    /// Columns that stand for a row of another extract, where they are its key: that extract's name and the column.
    pub references: Vec<(String, String)>,
    /// What names a part of it, where it may be written in parts: name and expression over its columns.
    pub parts: Vec<(String, String)>,
    /// The column that names the department a row follows from, where its rows can be replaced by it.
    pub updated_by: Option<String>,
    /// The columns such an extract is sorted by, up to the department.
    pub order: Vec<String>,
    /// Columns that hold yuan though their names do not end in `_yuan`.
    pub money: Vec<String>,
    pub notes: Notes,
}

impl Extract {
    /// Its SQL, to stand in brackets.
    pub fn statement(&self) -> &str {
        self.sql.trim().trim_end_matches(';')
    }
}

/// The extracts of `sql/extracts/`, by name.
///
/// # Errors
/// A file whose header comment is wrong.
pub fn named_extracts(project: &Project) -> Result<Vec<Extract>> {
    let common = Notes::common(project)?;
    project
        .under("sql/extracts", "sql")
        .map(|file| {
            let script = Script::read(file)?;
            let name = file.path.trim_start_matches("sql/extracts/").trim_end_matches(".sql").to_owned();
            Ok(Extract {
                name,
                title: script.header.title.clone(),
                key: listed(&script.header, "key"),
                references: listed(&script.header, "references").iter().filter_map(|named| reference(named)).collect(),
                money: listed(&script.header, "money"),
                parts: parts(&script.header),
                updated_by: listed(&script.header, "update").pop(),
                order: listed(&script.header, "order"),
                notes: common.clone().with_header(&script.header),
                sql: script.sql,
            })
        })
        .collect()
}

/// The extracts with what the marts of this warehouse say of their columns.
pub fn explained_extracts(warehouse: &Warehouse, project: &Project) -> Result<Vec<Extract>> {
    let mut extracts = named_extracts(project)?;
    let (relations, comments) = (warehouse.relations()?, warehouse.comments(None)?);
    for extract in &mut extracts {
        // What an extract takes from a mart is explained there.
        for mart in relations.iter().map(Relation::qualified).filter(|name| names_it(&extract.sql, name)) {
            extract.notes = std::mem::take(&mut extract.notes).with_comments(&comments, &mart);
        }
    }
    Ok(extracts)
}

/// The extracts, then the marts of this warehouse.
pub fn all_extracts(warehouse: &Warehouse, project: &Project) -> Result<Vec<Extract>> {
    let mut extracts = explained_extracts(warehouse, project)?;
    let comments = warehouse.comments(None)?;
    let common = Notes::common(project)?;
    let keys: Vec<(String, Vec<String>)> =
        extracts.iter().map(|extract| (extract.sql.clone(), extract.key.clone())).collect();
    // The rows of an extract that is a whole mart are those of the mart.
    let key_of_extract = |mart: &str| {
        let is_whole = |sql: &str| {
            let rest = sql.split_once("SELECT * FROM ").map(|(_, rest)| rest);
            rest.and_then(|rest| rest.split_whitespace().next()) == Some(mart)
        };
        keys.iter().find(|(sql, _)| is_whole(sql)).map(|(_, key)| key.clone()).unwrap_or_default()
    };
    for relation in warehouse.relations()?.into_iter().filter(|relation| relation.schema == "mart") {
        let title = |chinese: bool| relation.remarks(chinese).first().map(|&text| text.to_owned()).unwrap_or_default();
        extracts.push(Extract {
            sql: format!("SELECT * FROM {}", relation.qualified()),
            title: (title(true), title(false)),
            key: Some(remarked(&relation, "key: "))
                .filter(|key| !key.is_empty())
                .unwrap_or_else(|| key_of_extract(&relation.qualified())),
            references: Vec::new(),
            money: remarked(&relation, "money: "),
            parts: Vec::new(),
            updated_by: None,
            order: Vec::new(),
            notes: common.clone().with_comments(&comments, &relation.qualified()),
            name: relation.name,
        });
    }
    Ok(extracts)
}

/// The extracts of these names; a folder's name means all in it.
///
/// # Errors
/// A name that is neither an extract nor a mart, with the nearest ones.
pub fn chosen<'a>(extracts: &'a [Extract], names: &[String]) -> Result<Vec<&'a Extract>> {
    let mut found = Vec::new();
    for name in names {
        let folder = format!("{name}/");
        let short = name.strip_prefix("mart.").unwrap_or(name);
        let before = found.len();
        found.extend(extracts.iter().filter(|extract| extract.name == short || extract.name.starts_with(&folder)));
        if found.len() == before {
            let known = extracts.iter().map(|extract| extract.name.as_str());
            let closest = known.min_by_key(|known| strsim::damerau_levenshtein(known, short)).unwrap_or_default();
            return Err(Error::usage(format!("there is no extract {name}"))
                .hint(format!("closest: {closest}; `juesuan export --list` lists them")));
        }
    }
    Ok(found)
}

fn names_it(sql: &str, relation: &str) -> bool {
    relation.starts_with("mart.")
        && sql
            .match_indices(relation)
            .any(|(at, _)| !sql[at + relation.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
}

fn remarked(relation: &Relation, key: &str) -> Vec<String> {
    let remarks = relation.remarks(false);
    remarks.iter().find_map(|remark| remark.strip_prefix(key)).map(names_in).unwrap_or_default()
}

fn listed(header: &Header, key: &str) -> Vec<String> {
    header.remark(key).map(|(columns, _)| names_in(columns)).unwrap_or_default()
}

/// The lines `part year: ..` of a header: what a part is called by, and the expression over the extract's columns that says it.
fn parts(header: &Header) -> Vec<(String, String)> {
    let part = |(key, expression, _): &(String, String, String)| {
        key.strip_prefix("part ").map(|name| (name.trim().to_owned(), expression.clone()))
    };
    header.remarks.iter().filter_map(part).collect()
}

/// `documents.document_key`
fn reference(text: &str) -> Option<(String, String)> {
    text.split_once('.').map(|(extract, column)| (extract.to_owned(), column.to_owned()))
}

fn names_in(text: &str) -> Vec<String> {
    text.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

//! How the rows of several shards become one table: said by the header line `-- unite:` of the file that makes it.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::{Script, model_scripts};

/// How a table of several shards is united.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Union {
    /// Without a header line: all rows of all shards. They rest on documents, and a document is in one shard.
    Rows,
    /// `once`: a reference list, equal in every shard. `least(COLUMN)`: of a row that shards name differently there, the least.
    Once { least: Option<String> },
    /// `of_its_region`: rows about a region come from the shard that holds documents of it; about one
    /// that no shard holds, from any.
    OfItsRegion,
    /// `again`: made by its own file from what is united already.
    Again,
}

/// The union of every table, by its full name; tables that no file creates have none.
///
/// # Errors
/// A header line that says none of these.
pub fn unions(project: &Project) -> Result<BTreeMap<String, Union>> {
    let mut unions = BTreeMap::new();
    for script in model_scripts(project)? {
        if let Some((_, name)) = script.creates.as_ref().filter(|(kind, _)| kind == "TABLE") {
            unions.insert(name.clone(), said(&script)?);
        }
    }
    Ok(unions)
}

/// # Errors
/// The first header line that says no union.
pub fn lint(project: &Project) -> Result<()> {
    unions(project).map(drop)
}

fn said(script: &Script) -> Result<Union> {
    let Some((text, _)) = script.header.remark("unite") else { return Ok(Union::Rows) };
    let least = text.strip_prefix("least(").and_then(|rest| rest.strip_suffix(')'));
    let is_column = |column: &&str| script.names_column(column);
    match (text, least.filter(is_column)) {
        ("again", _) => Ok(Union::Again),
        ("once", _) => Ok(Union::Once { least: None }),
        ("of_its_region", _) if is_column(&"region_code") => Ok(Union::OfItsRegion),
        (_, Some(least)) => Ok(Union::Once { least: Some(least.to_owned()) }),
        _ => Err(Error::usage(format!("{}: the header line `-- unite: {text}` cannot be used", script.shown_path)).hint(
            "it says `once`, `least(COLUMN)`, `of_its_region` (with a column region_code) or `again`; without it the rows of all shards are one table",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_of_the_project_says_how_it_is_united() {
        let unions = unions(&Project::built_in()).unwrap();
        assert_eq!(unions["core.fact_amount"], Union::Rows);
        assert_eq!(unions["core.dim_function"], Union::Once { least: Some("function_name".to_owned()) });
        assert_eq!(unions["core.fact_peer_group"], Union::Again);
        assert_eq!(unions["core.fact_coverage"], Union::OfItsRegion);
    }
}

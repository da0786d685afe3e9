//! A question in SQL, bounded.

use serde_json::{Map, Value as Json, json};

use super::Terms;
use super::arguments::Arguments;
use crate::error::{Error, Result};
use crate::warehouse::{Frame, Relation, Warehouse};

/// The published warehouse of this moment, for one call: nothing but it can be read, within the server's memory.
pub fn confined(terms: &Terms<'_>) -> Result<Warehouse> {
    let warehouse = Warehouse::open_for_questions(&terms.warehouse)?;
    warehouse.limit_memory(terms.memory_mib)?;
    warehouse.confine()?;
    Ok(warehouse)
}

pub fn query(arguments: &Arguments<'_>, terms: &Terms<'_>) -> Result<Json> {
    let (sql, limit) = (arguments.text("sql"), arguments.limit(terms));
    let warehouse = confined(terms)?;
    let (frame, is_cut) = first_rows(&warehouse, sql, limit, terms)?;
    let named: Map<String, Json> = warehouse
        .relations()?
        .iter()
        .filter(|relation| is_named(sql, &relation.name))
        .map(|relation| (relation.qualified(), json!(cautions(relation, terms))))
        .filter(|(_, cautions)| cautions.as_array().is_some_and(|cautions| !cautions.is_empty()))
        .collect();
    Ok(json!({ "rows": frame.objects(), "more_rows": is_cut, "limit": limit, "cautions": named }))
}

/// The first rows of an answer and whether there are more.
fn first_rows(warehouse: &Warehouse, sql: &str, limit: usize, terms: &Terms<'_>) -> Result<(Frame, bool)> {
    let (mut frame, mut is_cut) = (Frame::default(), false);
    let _limit = warehouse.stop_after(terms.time);
    let asked = warehouse.ask(sql, &[], |columns, row| {
        if frame.rows.len() == limit {
            is_cut = true;
            return Err(Error::usage("there are more rows"));
        }
        if frame.columns.is_empty() {
            frame.columns = columns.to_vec();
        }
        frame.rows.push(row);
        Ok(())
    });
    match asked {
        Err(_) if is_cut => Ok((frame, true)),
        Err(error) => Err(error),
        Ok(_) => Ok((frame, false)),
    }
}

/// What to beware of in a view, in the server's language.
pub fn cautions(relation: &Relation, terms: &Terms<'_>) -> Vec<String> {
    relation.remarked("caution", terms.chinese)
}

fn is_named(sql: &str, name: &str) -> bool {
    let part_of_a_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    sql.match_indices(name)
        .any(|(at, _)| !sql[..at].ends_with(part_of_a_name) && !sql[at + name.len()..].starts_with(part_of_a_name))
}

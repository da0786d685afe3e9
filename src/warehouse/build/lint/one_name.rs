//! One name for one measure: in all views of `sql/marts` a column's name has one meaning, and a meaning one name.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::project::Project;

use crate::warehouse::build::header::{ColumnNote, Header};
use crate::warehouse::build::model::{COMMON_COLUMNS, common_columns};

/// Tries that what two views share is described once, in `sql/columns.csv`, and that no description stands under two names.
///
/// # Errors
/// The first column described twice, or the first description that two names bear, with the files.
pub fn lint_names(project: &Project) -> Result<()> {
    let mut described = BTreeMap::new();
    let mut named = BTreeMap::new();
    for note in common_columns(project)?.into_values() {
        take(&mut described, &mut named, &note, COMMON_COLUMNS)?;
    }
    for file in project.under("sql/marts", "sql") {
        for note in &Header::read(file)?.columns {
            take(&mut described, &mut named, note, &file.shown_path)?;
        }
    }
    Ok(())
}

/// Notes the place where a name is described, and the name each description bears.
fn take(
    described: &mut BTreeMap<String, String>,
    named: &mut BTreeMap<String, (String, String)>,
    note: &ColumnNote,
    place: &str,
) -> Result<()> {
    if let Some(other) = described.insert(note.column.clone(), place.to_owned()) {
        return Err(Error::usage(format!("column {} is described in {other} and in {place}", note.column)).hint(
            "one name has one meaning: describe it once in sql/columns.csv, or name the other measure differently",
        ));
    }
    for meaning in [note.chinese.to_lowercase(), note.english.to_lowercase()] {
        let other = named.insert(meaning.clone(), (note.column.clone(), place.to_owned()));
        if let Some((column, elsewhere)) = other.filter(|(column, _)| *column != note.column) {
            return Err(Error::usage(format!(
                "{place}: column {} means `{meaning}`, and so does {column} in {elsewhere}",
                note.column
            ))
            .hint("one measure has one name in all views: use that name, or say what is different"));
        }
    }
    Ok(())
}

//! Big extracts in parts, such as `figures/year=2022/province=31/data_0.csv`: a night writes those anew in which something
//! changed, the others stay the files they are.
//!
//! An extract says in its header what its parts are called by (`part year: ..`). Each of its rows follows from the documents of
//! the family of one department, which its column `department_key` names: where no document of them changed, no row did.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::draft::DraftFolder;
use super::extract::Extract;
use super::format::csv_text::plain_csv_field;
use crate::error::{Error, Result};
use crate::warehouse::{Column, Value, Warehouse, quoted};

/// What an update changes of a published warehouse, and the extracts that were written of it.
#[derive(Clone, Copy)]
pub struct Since<'a> {
    /// The departments whose rows are replaced.
    pub departments: &'a [String],
    /// Names below the folder of the extracts, which stand there as they were left.
    pub extracts: &'a [PathBuf],
}

/// A file of an extract in parts.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name below the folder of the extracts.
    pub file: PathBuf,
    /// It is the file of the run before.
    pub is_kept: bool,
}

/// Whether this is the name of a part: its folders say what it is called by.
pub fn is_part(file: &Path) -> bool {
    file.parent().is_some_and(|folder| folder.to_string_lossy().contains('='))
}

/// Writes an extract in parts; of those nothing changed in since the published warehouse, the files that stand in the published
/// folder are kept.
///
/// # Errors
/// The draft cannot be written; SQL of the project that fails.
pub fn write_parts(
    warehouse: &Warehouse,
    extract: &Extract,
    columns: &[Column],
    draft: &DraftFolder,
    since: Option<(Since<'_>, &Warehouse)>,
) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    let mut only = String::new();
    let is_left = |since: &Since<'_>| since.extracts.iter().any(|file| file.starts_with(&extract.name));
    if let Some((since, published)) = since.filter(|(since, _)| is_left(since)) {
        let changed = changed_parts((published, warehouse), extract, columns, since.departments)?;
        for file in since.extracts.iter().filter(|file| file.starts_with(&extract.name)) {
            let part = file.parent().unwrap_or(Path::new(""));
            if !changed.contains(part) {
                draft.keep(file)?;
                parts.push(Part { file: file.clone(), is_kept: true });
            }
        }
        let names = changed.iter().map(|part| quoted(&part.display().to_string())).collect::<Vec<_>>();
        if names.is_empty() {
            return Ok(parts);
        }
        only = format!("WHERE {} IN ({})", path_of_part(extract), names.join(", "));
    }
    let fields = columns.iter().map(|column| plain_csv_field(column, &column.name));
    let named = extract.parts.iter().map(|(name, expression)| format!("{expression} AS \"{name}\""));
    let list = fields.chain(named).collect::<Vec<_>>().join(", ");
    let by = extract.parts.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let folder = draft.path().join(&extract.name);
    let written = draft.path().join(format!(".{}", extract.name.replace('/', "-")));
    let options = format!("FORMAT csv, HEADER, PARTITION_BY ({by})");
    warehouse.copy_to(&format!("SELECT {list} FROM ({}\n) {only}", extract.statement()), &written, &options)?;
    let failed = |error: std::io::Error| Error::io("write extracts to", &folder, &error);
    for file in walkdir::WalkDir::new(&written).sort_by_file_name().into_iter().flatten() {
        let Ok(inside) = file.path().strip_prefix(&written) else { continue };
        if file.file_type().is_file() {
            let target = folder.join(inside);
            fs::create_dir_all(target.parent().unwrap_or(&folder)).map_err(failed)?;
            fs::rename(file.path(), target).map_err(failed)?;
            parts.push(Part { file: Path::new(&extract.name).join(inside), is_kept: false });
        }
    }
    let _ = fs::remove_dir_all(&written);
    parts.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(parts)
}

/// The folders of the parts whose rows of the changed departments are not what they were.
fn changed_parts(
    (published, warehouse): (&Warehouse, &Warehouse),
    extract: &Extract,
    columns: &[Column],
    departments: &[String],
) -> Result<BTreeSet<PathBuf>> {
    let departments: Vec<String> = departments.iter().map(|key| quoted(key)).collect();
    let all: Vec<String> = columns.iter().map(|column| format!("\"{}\"", column.name)).collect();
    let sql = format!(
        "SELECT {}, count(*), sum(CAST(hash({}) AS HUGEINT)) FROM ({}\n)
         WHERE department_key IN (SELECT unnest(CAST([{}] AS VARCHAR[]))) GROUP BY 1",
        path_of_part(extract),
        all.join(", "),
        extract.statement(),
        departments.join(", ")
    );
    let rows_of = |side: &Warehouse| -> Result<BTreeSet<Vec<String>>> {
        Ok(side.query(&sql, &[])?.rows.iter().map(|row| row.iter().map(Value::shown).collect()).collect())
    };
    let (before, after) = (rows_of(published)?, rows_of(warehouse)?);
    Ok(before.symmetric_difference(&after).filter_map(|part| part.first()).map(PathBuf::from).collect())
}

/// SQL that gives `figures/year=2022/province=31`.
fn path_of_part(extract: &Extract) -> String {
    let named = extract.parts.iter().map(|(name, expression)| format!("'/{name}=' || ({expression})"));
    std::iter::once(quoted(&extract.name)).chain(named).collect::<Vec<_>>().join(" || ")
}

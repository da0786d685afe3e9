//! Big extracts in parts, such as `figures/year=2022/province=31/data_0.csv`: a night writes those anew in which something
//! changed, the others stay the files they are.
//!
//! An extract says in its header what its parts are called by (`part year: ..`). Each of its rows follows from the documents of
//! the family of one department, which its column `department_key` names: where no document of them changed, no row did.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::cut::{CHUNK, Cut, Since, of_departments, read_record};
use super::draft::DraftFolder;
use super::extract::Extract;
use super::format::csv_text::plain_csv_field;
use super::target::{cannot_write, write_file};
use crate::error::{Error, Result};
use crate::warehouse::{Column, Warehouse};

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

/// Writes an extract in parts; of those nothing changed in since the run before, the files that stand in the published folder are
/// kept, and the others are those files with the present rows of the departments that changed.
///
/// # Errors
/// The draft cannot be written; SQL of the project that fails.
pub fn write_parts(
    warehouse: &Warehouse,
    extract: &Extract,
    columns: &[Column],
    draft: &DraftFolder,
    since: Option<Since<'_>>,
) -> Result<Vec<Part>> {
    let former = |since: &Since<'_>| -> Vec<PathBuf> {
        since.extracts.iter().filter(|file| file.starts_with(&extract.name)).cloned().collect()
    };
    let cut = since.and_then(|since| Some((former(&since), Cut::over(extract, columns, &since)?, since)));
    let mut parts = match (cut, &extract.updated_by) {
        (Some((former, cut, since)), Some(by)) if !former.is_empty() => {
            let only = of_departments(by, since.departments);
            let mut present = copy_parts(warehouse, extract, columns, draft, &only)?;
            let mut parts = Vec::new();
            for file in former {
                let rows = file.parent().and_then(|part| present.remove(part)).unwrap_or_default();
                parts.extend(replace_part(draft, &cut, file, &rows)?);
            }
            for file in present.into_values().flatten() {
                parts.push(new_part(draft, extract, &file)?);
            }
            parts
        }
        _ => {
            let written = copy_parts(warehouse, extract, columns, draft, "TRUE")?;
            written.values().flatten().map(|file| new_part(draft, extract, file)).collect::<Result<_>>()?
        }
    };
    let _ = fs::remove_dir_all(draft.aside(&extract.name));
    parts.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(parts)
}

/// Writes the rows for which a condition holds, each part in a folder of its own; gives the files of each part, with headers.
fn copy_parts(
    warehouse: &Warehouse,
    extract: &Extract,
    columns: &[Column],
    draft: &DraftFolder,
    only: &str,
) -> Result<BTreeMap<PathBuf, Vec<PathBuf>>> {
    let fields = columns.iter().map(|column| plain_csv_field(column, &column.name));
    let named = extract.parts.iter().map(|(name, expression)| format!("{expression} AS \"{name}\""));
    let list = fields.chain(named).collect::<Vec<_>>().join(", ");
    let by = extract.parts.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let written = draft.aside(&extract.name);
    // A copy that finds half of the memory too little is begun anew, over the files it had written by then.
    let options = format!("FORMAT csv, HEADER, PARTITION_BY ({by}), OVERWRITE");
    let sql = format!("SELECT {list} FROM ({}\n) WHERE {only}", extract.statement());
    warehouse.copy_to(&sql, &written, &options)?;
    let mut parts: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    let files = WalkDir::new(&written).sort_by_file_name().into_iter().flatten();
    for file in files.filter(|file| file.file_type().is_file()) {
        let Some(part) = file.path().parent().and_then(|part| part.strip_prefix(&written).ok()) else { continue };
        parts.entry(Path::new(&extract.name).join(part)).or_default().push(file.into_path());
    }
    Ok(parts)
}

/// A file of a part that was not there.
fn new_part(draft: &DraftFolder, extract: &Extract, written: &Path) -> Result<Part> {
    let inside = written.strip_prefix(draft.aside(&extract.name)).unwrap_or(written);
    let file = Path::new(&extract.name).join(inside);
    let target = draft.path().join(&file);
    let failed = |error: io::Error| Error::io("write extracts to", &target, &error);
    fs::create_dir_all(target.parent().unwrap_or(draft.path())).map_err(failed)?;
    fs::rename(written, &target).map_err(failed)?;
    Ok(Part { file, is_kept: false })
}

/// The file of a part without the rows of changed departments and with their present `rows`: the file it was where these are the
/// same, none where no row is left.
fn replace_part(draft: &DraftFolder, cut: &Cut, file: PathBuf, rows: &[PathBuf]) -> Result<Option<Part>> {
    let before = draft.published(&file);
    let unreadable = |error: io::Error| Error::io("read", &before, &error);
    let open = || File::open(&before).map(|file| BufReader::with_capacity(CHUNK, file)).map_err(unreadable);
    let mut present = Vec::new();
    for rows in rows {
        let cannot_read = |error: io::Error| Error::io("read", rows, &error);
        let mut rows = BufReader::new(File::open(rows).map_err(cannot_read)?);
        let mut record = Vec::new();
        read_record(&mut rows, &mut record).map_err(cannot_read)?;
        while read_record(&mut rows, &mut record).map_err(cannot_read)? {
            present.push(record.clone());
        }
    }
    present.sort();
    let taken = cut.taken_out(&mut open()?).map_err(unreadable)?;
    if taken.rows == present {
        draft.keep(&file)?;
        return Ok(Some(Part { file, is_kept: true }));
    }
    if present.is_empty() && !taken.leaves_rows {
        return Ok(None);
    }
    let target = draft.path().join(&file);
    let parent = target.parent().unwrap_or(draft.path());
    fs::create_dir_all(parent).map_err(|error| Error::io("write extracts to", parent, &error))?;
    write_file(&target, |out| {
        let spliced = cut.splice(&mut open()?, &mut present.concat().as_slice(), out);
        spliced.map_err(|error| cannot_write(&target, &error))
    })?;
    Ok(Some(Part { file, is_kept: false }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::warehouse::Notes;

    #[test]
    fn a_copy_begun_anew_replaces_what_it_had_written() {
        let folder = tempfile::tempdir().unwrap();
        let draft = DraftFolder::beside(&folder.path().join("extracts")).unwrap();
        let left = draft.aside("figures").join("year=2021");
        fs::create_dir_all(&left).unwrap();
        fs::write(left.join("data_0.csv"), "half a re").unwrap();
        let extract = Extract {
            name: "figures".to_owned(),
            sql: "SELECT 'a' AS department_key, 2022 AS fiscal_year".to_owned(),
            title: Default::default(),
            key: Vec::new(),
            references: Vec::new(),
            parts: vec![("year".to_owned(), "fiscal_year".to_owned())],
            updated_by: None,
            order: Vec::new(),
            money: Vec::new(),
            notes: Notes::default(),
        };
        let warehouse = Warehouse::in_memory().unwrap();
        let columns = warehouse.query(extract.statement(), &[]).unwrap().columns;
        let parts = write_parts(&warehouse, &extract, &columns, &draft, None).unwrap();
        assert_eq!(parts, [Part { file: PathBuf::from("figures/year=2022/data_0.csv"), is_kept: false }]);
        let written = fs::read_to_string(draft.path().join("figures/year=2022/data_0.csv")).unwrap();
        assert_eq!(written, "department_key,fiscal_year\na,2022\n");
    }
}

//! An extract in one file, the night after: the file of the run before without the rows of the departments that changed, and
//! their present rows. What stays is copied as it stands, at a quarter of what writing it anew costs.
//!
//! An extract says in its header that this can be done (`update: department_key`): each of its rows follows from the documents
//! of the family of the department that this column names. `order:` names the columns it is sorted by, up to the department;
//! without them present rows come last, as they do in the warehouse.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use super::draft::DraftFolder;
use super::extract::Extract;
use super::format::csv_text::{CsvStyle, plain_csv_field};
use super::package::Hashed;
use super::parts::Since;
use super::target::{cannot_write, write_file};
use crate::error::{Error, Result};
use crate::warehouse::{Column, Warehouse, quoted};

/// Read and written at a time.
const CHUNK: usize = 1 << 20;

/// Writes the file of the run before with the rows of the changed departments replaced; gives its bytes and hash. `None` where
/// it cannot be: then the extract is to be written whole.
///
/// # Errors
/// The draft cannot be written; SQL of the project that fails.
pub fn write_spliced(
    warehouse: &Warehouse,
    extract: &Extract,
    columns: &[Column],
    draft: &DraftFolder,
    since: &Since<'_>,
) -> Result<Option<(u64, String)>> {
    let name = format!("{}.csv", extract.name);
    let is_left = since.extracts.iter().any(|file| file == Path::new(&name));
    // Rows that name no department cannot be told apart.
    let is_named = since.departments.iter().all(|department| !department.is_empty());
    let (Some(by), true, true) = (&extract.updated_by, is_left, is_named) else { return Ok(None) };
    let at = |wanted: &String| columns.iter().position(|column| column.name == *wanted);
    let (Some(department), Some(order)) = (at(by), extract.order.iter().map(at).collect::<Option<Vec<usize>>>()) else {
        return Ok(None);
    };
    let before = draft.published(Path::new(&name));
    let mut before =
        BufReader::with_capacity(CHUNK, File::open(&before).map_err(|error| cannot_read(&before, &error))?);
    let present = present_rows(warehouse, extract, columns, draft, since)?;
    let changed: BTreeSet<Vec<u8>> = since.departments.iter().map(|key| written(key).into_bytes()).collect();
    let path = draft.path().join(&name);
    let mut digest = None;
    write_file(&path, |out| {
        let mut out = Hashed::over(out);
        let splice = Splice { department, order: &order, changed: &changed };
        splice.write(&mut before, &present, &mut out).map_err(|error| cannot_write(&path, &error))?;
        digest = Some(out.finish());
        Ok(())
    })?;
    Ok(digest)
}

/// The rows of the changed departments, as they stand in the file.
fn present_rows(
    warehouse: &Warehouse,
    extract: &Extract,
    columns: &[Column],
    draft: &DraftFolder,
    since: &Since<'_>,
) -> Result<Vec<u8>> {
    let (Some(by), false) = (&extract.updated_by, since.departments.is_empty()) else { return Ok(Vec::new()) };
    let fields: Vec<String> = columns.iter().map(|column| plain_csv_field(column, &column.name)).collect();
    let keys: Vec<String> = since.departments.iter().map(|key| quoted(key)).collect();
    let (fields, keys) = (fields.join(", "), keys.join(", "));
    let sql = format!("SELECT {fields} FROM ({}\n) WHERE \"{by}\" IN ({keys})", extract.statement());
    let aside = draft.path().join(format!(".{}", extract.name.replace('/', "-")));
    warehouse.copy_to(&sql, &aside, "FORMAT csv, HEADER false")?;
    let rows = fs::read(&aside).map_err(|error| cannot_read(&aside, &error))?;
    fs::remove_file(&aside).map_err(|error| cannot_read(&aside, &error))?;
    Ok(rows)
}

/// What is kept of a file and what comes in between.
struct Splice<'a> {
    /// The column that names the department.
    department: usize,
    /// The columns the file is sorted by, if it is.
    order: &'a [usize],
    changed: &'a BTreeSet<Vec<u8>>,
}

impl Splice<'_> {
    fn write(&self, before: &mut impl BufRead, mut present: &[u8], out: &mut impl Write) -> io::Result<()> {
        let (mut record, mut coming) = (Vec::new(), Vec::new());
        read_record(before, &mut record)?;
        out.write_all(&record)?;
        read_record(&mut present, &mut coming)?;
        while read_record(before, &mut record)? {
            if self.changed.contains(field(&record, self.department).as_ref()) {
                continue;
            }
            while !self.order.is_empty() && !coming.is_empty() && self.place(&coming) < self.place(&record) {
                out.write_all(&coming)?;
                read_record(&mut present, &mut coming)?;
            }
            out.write_all(&record)?;
        }
        out.write_all(&coming)?;
        out.write_all(present)
    }

    fn place<'r>(&self, record: &'r [u8]) -> Vec<Cow<'r, [u8]>> {
        self.order.iter().map(|at| field(record, *at)).collect()
    }
}

/// The next record with its line end: a line break in quotes belongs to it. `false` after the last one.
fn read_record(from: &mut impl BufRead, record: &mut Vec<u8>) -> io::Result<bool> {
    record.clear();
    loop {
        let begun = record.len();
        let read = from.read_until(b'\n', record)?;
        let quotes = record.iter().filter(|byte| **byte == b'"').count();
        if read == 0 || quotes % 2 == 0 {
            return Ok(begun > 0 || read > 0);
        }
    }
}

/// One field of a record, without its quotes. Not by the `csv` crate, which takes every field apart and does not give back the
/// record as it stands.
fn field(record: &[u8], at: usize) -> Cow<'_, [u8]> {
    let (mut begin, mut passed, mut is_quoted) = (0, 0, false);
    let mut end = record.len();
    for (place, byte) in record.iter().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' | b'\n' if !is_quoted => {
                if passed == at {
                    end = place;
                    break;
                }
                (begin, passed) = (place + 1, passed + 1);
            }
            _ => {}
        }
    }
    let found = record.get(begin..end).unwrap_or_default();
    match found.strip_prefix(b"\"").and_then(|found| found.strip_suffix(b"\"")) {
        Some(inside) => String::from_utf8_lossy(inside).replace("\"\"", "\"").into_bytes().into(),
        None => found.into(),
    }
}

/// A text as it stands in the file.
fn written(key: &str) -> String {
    CsvStyle::default().field(&key.into(), false)
}

fn cannot_read(path: &Path, error: &io::Error) -> Error {
    Error::io("read", path, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spliced(order: &[usize], before: &str, present: &str, changed: &[&str]) -> String {
        let changed = changed.iter().map(|key| key.as_bytes().to_vec()).collect();
        let mut out = Vec::new();
        let splice = Splice { department: 1, order, changed: &changed };
        splice.write(&mut before.as_bytes(), present.as_bytes(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn rows_of_changed_departments_are_replaced_and_all_others_stay_as_they_are() {
        let before = "a,b\n1,x\n\"2\n,x\",\"y\"\"\"\n3,x\n4,\"z,w\"\n";
        assert_eq!(spliced(&[], before, "5,x\n", &["x"]), "a,b\n\"2\n,x\",\"y\"\"\"\n4,\"z,w\"\n5,x\n");
        assert_eq!(spliced(&[], before, "", &["y\"", "z,w"]), "a,b\n1,x\n3,x\n");
        assert_eq!(spliced(&[], before, "", &[]), before);
    }

    #[test]
    fn a_sorted_extract_stays_sorted() {
        let before = "r,d\n10,a\n10,b\n10,c\n20,a2\n";
        assert_eq!(spliced(&[0, 1], before, "10,b\n10,bb\n30,q\n", &["b", "bb", "q"]), {
            "r,d\n10,a\n10,b\n10,bb\n10,c\n20,a2\n30,q\n"
        });
        assert_eq!(spliced(&[0, 1], "r,d\n", "10,b\n20,c\n", &["b", "c"]), "r,d\n10,b\n20,c\n");
    }
}

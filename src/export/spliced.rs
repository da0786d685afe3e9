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
use std::path::{Path, PathBuf};

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

/// The file of the run before, and what takes the places of the rows of changed departments.
pub struct Splice {
    path: PathBuf,
    before: PathBuf,
    /// Holds the rows of changed departments as they are now, without a header.
    present: PathBuf,
    cut: Cut,
}

/// What is taken out of a file, and where something is put in.
struct Cut {
    /// The column that names the department.
    department: usize,
    /// The columns the file is sorted by, if it is.
    order: Vec<usize>,
    changed: BTreeSet<Vec<u8>>,
}

/// Asks for the rows that an extract's file of the run before lacks. `None` where they cannot be put there: then the extract is
/// to be written whole.
///
/// # Errors
/// The draft cannot be written; SQL of the project that fails.
pub fn prepare_splice(
    warehouse: &Warehouse,
    extract: &Extract,
    columns: &[Column],
    draft: &DraftFolder,
    since: &Since<'_>,
) -> Result<Option<Splice>> {
    let name = format!("{}.csv", extract.name);
    let is_left = since.extracts.iter().any(|file| file == Path::new(&name));
    // Rows that name no department cannot be told apart.
    let is_named = since.departments.iter().all(|department| !department.is_empty());
    let (Some(by), true, true) = (&extract.updated_by, is_left, is_named) else { return Ok(None) };
    let at = |wanted: &String| columns.iter().position(|column| column.name == *wanted);
    let (Some(department), Some(order)) = (at(by), extract.order.iter().map(at).collect::<Option<Vec<usize>>>()) else {
        return Ok(None);
    };
    let present = draft.path().join(format!(".{}", extract.name.replace('/', "-")));
    let fields: Vec<String> = columns.iter().map(|column| plain_csv_field(column, &column.name)).collect();
    let keys: Vec<String> = since.departments.iter().map(|key| quoted(key)).collect();
    // Keys as constants: DuckDB takes a list into views and past their joins, which it does not with a table of them.
    let which = if keys.is_empty() { "FALSE".to_owned() } else { format!("\"{by}\" IN ({})", keys.join(", ")) };
    let sql = format!("SELECT {} FROM ({}\n) WHERE {which}", fields.join(", "), extract.statement());
    warehouse.copy_to(&sql, &present, "FORMAT csv, HEADER false")?;
    let changed = since.departments.iter().map(|key| written(key).into_bytes()).collect();
    Ok(Some(Splice {
        path: draft.path().join(&name),
        before: draft.published(Path::new(&name)),
        present,
        cut: Cut { department, order, changed },
    }))
}

impl Splice {
    /// Writes the file; gives its bytes and hash.
    ///
    /// # Errors
    /// The draft cannot be written, or the file of the run before not be read.
    pub fn write(self) -> Result<(u64, String)> {
        let open = |path: &Path| {
            let file = File::open(path).map_err(|error| Error::io("read", path, &error))?;
            Ok::<_, Error>(BufReader::with_capacity(CHUNK, file))
        };
        let (mut before, mut present) = (open(&self.before)?, open(&self.present)?);
        let mut digest = (0, String::new());
        write_file(&self.path, |out| {
            let mut out = Hashed::over(out);
            let spliced = self.cut.splice(&mut before, &mut present, &mut out);
            spliced.map_err(|error| cannot_write(&self.path, &error))?;
            digest = out.finish();
            Ok(())
        })?;
        fs::remove_file(&self.present).map_err(|error| cannot_write(&self.present, &error))?;
        Ok(digest)
    }
}

impl Cut {
    fn splice(&self, before: &mut impl BufRead, present: &mut impl BufRead, out: &mut impl Write) -> io::Result<()> {
        let (mut record, mut coming) = (Vec::new(), Vec::new());
        read_record(before, &mut record)?;
        out.write_all(&record)?;
        read_record(present, &mut coming)?;
        while read_record(before, &mut record)? {
            if self.changed.contains(field(&record, self.department).as_ref()) {
                continue;
            }
            while !self.order.is_empty() && !coming.is_empty() && self.place(&coming) < self.place(&record) {
                out.write_all(&coming)?;
                read_record(present, &mut coming)?;
            }
            out.write_all(&record)?;
        }
        out.write_all(&coming)?;
        io::copy(present, out).map(drop)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn spliced(order: &[usize], before: &str, present: &str, changed: &[&str]) -> String {
        let changed = changed.iter().map(|key| key.as_bytes().to_vec()).collect();
        let mut out = Vec::new();
        let cut = Cut { department: 1, order: order.to_vec(), changed };
        cut.splice(&mut before.as_bytes(), &mut present.as_bytes(), &mut out).unwrap();
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

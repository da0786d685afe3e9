//! Rows of an extract that follow from the departments that changed, taken out of the file of the run before. What stays is copied
//! as it stands, with all records that stand between two of theirs at once.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;

use memchr::{memchr, memchr_iter, memrchr_iter};

use super::extract::Extract;
use super::format::csv_text::CsvStyle;
use crate::warehouse::{Column, quoted};

/// Read and written at a time.
pub const CHUNK: usize = 1 << 20;

/// What an update changes of a published warehouse, and the extracts that were written of it.
#[derive(Clone, Copy)]
pub struct Since<'a> {
    /// The departments whose rows are replaced.
    pub departments: &'a [String],
    /// Names below the folder of the extracts, which stand there as they were left.
    pub extracts: &'a [PathBuf],
}

/// What is taken out of a file, and where something is put in.
pub struct Cut {
    /// The column that names the department.
    department: Field,
    /// The columns the file is sorted by, if it is.
    order: Vec<Field>,
    changed: BTreeSet<Vec<u8>>,
}

/// The rows of the changed departments in a file, sorted.
#[derive(Default)]
pub struct TakenOut {
    pub rows: Vec<Vec<u8>>,
    /// The file holds rows of other departments, too.
    pub leaves_rows: bool,
}

impl Cut {
    /// `None` where rows of these departments cannot be told from others by the columns of the extract.
    pub fn over(extract: &Extract, columns: &[Column], since: &Since<'_>) -> Option<Self> {
        // Rows that name no department cannot be told apart.
        let is_named = since.departments.iter().all(|department| !department.is_empty());
        let at = |wanted: &String| {
            let before = columns.iter().position(|column| column.name == *wanted)?;
            Some(Field { before, behind: columns.len() - 1 - before })
        };
        let department = at(extract.updated_by.as_ref().filter(|_| is_named)?)?;
        let order = extract.order.iter().map(at).collect::<Option<Vec<Field>>>()?;
        let changed = since.departments.iter().map(|key| written(key).into_bytes()).collect();
        Some(Self { department, order, changed })
    }

    /// Copies a file without the rows of the changed departments, and puts their present rows (without a header) where they belong.
    ///
    /// # Errors
    /// Those of reading and writing.
    pub fn splice(
        &self,
        before: &mut impl BufRead,
        present: &mut impl BufRead,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let (mut header, mut coming) = (Vec::new(), Vec::new());
        read_record(before, &mut header)?;
        out.write_all(&header)?;
        read_record(present, &mut coming)?;
        each_chunk(before, |records| {
            let may_come_between = last_of(records).is_some_and(|last| self.is_before(&coming, last));
            let staying = |from, to| records.get(from..to).unwrap_or_default();
            let (mut written, mut end) = (0, 0);
            for record in each_record(records) {
                let begin = end;
                end += record.len();
                if self.is_changed(record) {
                    out.write_all(staying(written, begin))?;
                    written = end;
                    continue;
                }
                while may_come_between && self.is_before(&coming, record) {
                    out.write_all(staying(written, begin))?;
                    written = begin;
                    out.write_all(&coming)?;
                    read_record(present, &mut coming)?;
                }
            }
            out.write_all(staying(written, end))
        })?;
        out.write_all(&coming)?;
        io::copy(present, out).map(drop)
    }

    /// What is taken out of a file with a header, and whether anything is left.
    ///
    /// # Errors
    /// Those of reading.
    pub fn taken_out(&self, before: &mut impl BufRead) -> io::Result<TakenOut> {
        let (mut header, mut taken) = (Vec::new(), TakenOut::default());
        read_record(before, &mut header)?;
        each_chunk(before, |records| {
            for record in each_record(records) {
                if self.is_changed(record) {
                    taken.rows.push(record.to_vec());
                } else {
                    taken.leaves_rows = true;
                }
            }
            Ok(())
        })?;
        taken.rows.sort();
        Ok(taken)
    }

    fn is_changed(&self, record: &[u8]) -> bool {
        self.changed.contains(self.department.of(record).as_ref())
    }

    /// A row that is put in belongs before this one.
    fn is_before(&self, coming: &[u8], record: &[u8]) -> bool {
        !self.order.is_empty() && !coming.is_empty() && self.place(coming) < self.place(record)
    }

    fn place<'r>(&self, record: &'r [u8]) -> Vec<Cow<'r, [u8]>> {
        self.order.iter().map(|field| field.of(record)).collect()
    }
}

/// Condition under which a row is of one of these departments. Keys as constants: DuckDB takes a list into views and past their
/// joins, which it does not with a table of them.
pub fn of_departments(column: &str, departments: &[String]) -> String {
    let keys: Vec<String> = departments.iter().map(|key| quoted(key)).collect();
    if keys.is_empty() { "FALSE".to_owned() } else { format!("\"{column}\" IN ({})", keys.join(", ")) }
}

/// Hands over whole records, about a chunk of them at a time.
fn each_chunk(from: &mut impl BufRead, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut held = Vec::new();
    loop {
        let read = from.by_ref().take(CHUNK as u64).read_to_end(&mut held)?;
        let whole = if read == 0 { held.len() } else { ends_of_records(&held).next().unwrap_or(0) };
        take(held.get(..whole).unwrap_or_default())?;
        held.drain(..whole);
        if read == 0 {
            return Ok(());
        }
    }
}

/// The next record with its line end: a line break in quotes belongs to it. `false` after the last one.
pub fn read_record(from: &mut impl BufRead, record: &mut Vec<u8>) -> io::Result<bool> {
    record.clear();
    let mut quotes = 0;
    loop {
        let begun = record.len();
        let read = from.read_until(b'\n', record)?;
        quotes += memchr_iter(b'"', record.get(begun..).unwrap_or_default()).count();
        if read == 0 || quotes.is_multiple_of(2) {
            return Ok(!record.is_empty());
        }
    }
}

/// The last of these records.
fn last_of(records: &[u8]) -> Option<&[u8]> {
    let begin = ends_of_records(records).nth(1).unwrap_or(0);
    records.get(begin..).filter(|record| !record.is_empty())
}

/// Where records end, the last one first, in bytes that begin with a record: at line breaks outside of quotes.
fn ends_of_records(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let mut quotes = memchr_iter(b'"', bytes).count();
    let mut seen = bytes.len();
    memrchr_iter(b'\n', bytes).filter_map(move |at| {
        quotes -= memchr_iter(b'"', bytes.get(at..seen).unwrap_or_default()).count();
        seen = at;
        quotes.is_multiple_of(2).then_some(at + 1)
    })
}

/// The records of bytes that hold whole ones.
fn each_record(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (record, others) = rest.split_at(end_of_record(rest));
        rest = others;
        (!record.is_empty()).then_some(record)
    })
}

/// Where the first record ends: at a line break outside of quotes.
fn end_of_record(bytes: &[u8]) -> usize {
    let (mut end, mut quotes) = (0, 0);
    loop {
        let rest = bytes.get(end..).unwrap_or_default();
        let line = memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        quotes += memchr_iter(b'"', rest.get(..line).unwrap_or_default()).count();
        end += line;
        if line == 0 || quotes.is_multiple_of(2) {
            return end;
        }
    }
}

/// A column, by how many others stand before and behind it: a field is looked for from the end that is nearer.
#[derive(Clone, Copy)]
struct Field {
    before: usize,
    behind: usize,
}

impl Field {
    /// The field of a record, without its quotes. Not by the `csv` crate, which takes every field apart and does not give back
    /// the record as it stands.
    fn of<'r>(&self, record: &'r [u8]) -> Cow<'r, [u8]> {
        let record = record.strip_suffix(b"\n").unwrap_or(record);
        let (begin, end) = if self.before <= self.behind {
            fields_passed(record.iter().copied(), self.before)
        } else {
            let (behind, length) = fields_passed(record.iter().rev().copied(), self.behind);
            (record.len() - length, record.len() - behind)
        };
        let found = record.get(begin..end).unwrap_or_default();
        match found.strip_prefix(b"\"").and_then(|found| found.strip_suffix(b"\"")) {
            Some(inside) => String::from_utf8_lossy(inside).replace("\"\"", "\"").into_bytes().into(),
            None => found.into(),
        }
    }
}

/// Where the field begins and ends that has so many others before it. A field's quotes are as many read backwards.
fn fields_passed(bytes: impl ExactSizeIterator<Item = u8>, others: usize) -> (usize, usize) {
    let length = bytes.len();
    let (mut begin, mut passed, mut is_quoted) = (0, 0, false);
    for (place, byte) in bytes.enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted && passed == others => return (begin, place),
            b',' if !is_quoted => (begin, passed) = (place + 1, passed + 1),
            _ => {}
        }
    }
    (begin, length)
}

/// A text as it stands in the file.
fn written(key: &str) -> String {
    CsvStyle::default().field(&key.into(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spliced(order: &[usize], before: &str, present: &str, changed: &[&str]) -> String {
        let mut out = Vec::new();
        let columns = before.lines().next().unwrap().split(',').count();
        let at = |before: &usize| Field { before: *before, behind: columns - 1 - before };
        let changed = changed.iter().map(|key| key.as_bytes().to_vec()).collect();
        let cut = Cut { department: at(&1), order: order.iter().map(at).collect(), changed };
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

    /// Lines of several MiB, with line breaks and quotes in them; `rows` are the departments of records 0, 1, 2, ..
    fn long(rows: impl Iterator<Item = (usize, String)>) -> String {
        let lines = rows.map(|(number, department)| {
            let text = if number % 7 == 0 { "\"行\n\"\"x7\"\"\"" } else { "文字" };
            format!("{number:08},{department},{}{text}\n", "长".repeat(number % 90))
        });
        std::iter::once("n,d,t\n".to_owned()).chain(lines).collect()
    }

    #[test]
    fn what_is_longer_than_a_chunk_is_spliced_record_by_record_too() {
        let department = |number: usize| format!("d{:03}", number / 300);
        let before = long((0..40_000).map(|number| (number, department(number))));
        assert!(before.len() > 4 * CHUNK, "{}", before.len());
        let is_changed = |number: usize| ["d000", "d061", "d133"].contains(&department(number).as_str());
        let present = |number: &usize| is_changed(*number) && number.is_multiple_of(3);
        let rows = |numbers: Vec<usize>| long(numbers.into_iter().map(|number| (number, department(number))));
        let now = rows((0..40_000).filter(present).collect());
        let now = now.strip_prefix("n,d,t\n").unwrap();
        let sorted = rows((0..40_000).filter(|number| !is_changed(*number) || present(number)).collect());
        assert_eq!(spliced(&[1, 0], &before, now, &["d000", "d061", "d133"]), sorted);
        let last = rows((0..40_000).filter(|number| !is_changed(*number)).collect()) + now;
        assert_eq!(spliced(&[], &before, now, &["d000", "d061", "d133"]), last);
        assert_eq!(spliced(&[], &before, "", &[]), before);
    }

    #[test]
    fn a_record_longer_than_a_chunk_stays_whole() {
        let long = format!("1,\"x\",\"{}\"\n", "一行\n".repeat(CHUNK / 4));
        let before = format!("a,b,c\n{long}2,y,\n{long}");
        assert_eq!(spliced(&[], &before, "3,y,z\n", &["y"]), format!("a,b,c\n{long}{long}3,y,z\n"));
    }
}

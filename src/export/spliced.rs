//! An extract in one file, the night after: the file of the run before without the rows of the departments that changed, and
//! their present rows. What stays is copied as it stands, at a quarter of what writing it anew costs.
//!
//! An extract says in its header that this can be done (`update: department_key`): each of its rows follows from the documents
//! of the family of the department that this column names. `order:` names the columns it is sorted by, up to the department;
//! without them present rows come last, as they do in the warehouse.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

use super::cut::{CHUNK, Cut, Since, of_departments};
use super::draft::DraftFolder;
use super::extract::Extract;
use super::format::csv_text::plain_csv_field;
use super::package::Hashed;
use super::target::{cannot_write, write_file};
use crate::error::{Error, Result};
use crate::warehouse::{Column, Warehouse};

/// The file of the run before, and what takes the places of the rows of changed departments.
pub struct Splice {
    path: PathBuf,
    before: PathBuf,
    /// Holds the rows of changed departments as they are now, without a header.
    present: PathBuf,
    cut: Cut,
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
    let (Some(by), Some(cut), true) = (&extract.updated_by, Cut::over(extract, columns, since), is_left) else {
        return Ok(None);
    };
    let present = draft.aside(&extract.name);
    let fields: Vec<String> = columns.iter().map(|column| plain_csv_field(column, &column.name)).collect();
    let which = of_departments(by, since.departments);
    let sql = format!("SELECT {} FROM ({}\n) WHERE {which}", fields.join(", "), extract.statement());
    warehouse.copy_to(&sql, &present, "FORMAT csv, HEADER false")?;
    Ok(Some(Splice { path: draft.path().join(&name), before: draft.published(Path::new(&name)), present, cut }))
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

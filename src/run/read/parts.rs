//! Rows of several files, written as parts of the load package.

use super::reading::Reading;
use crate::stage::{Batch, LoadPackage, PartFingerprint};

/// Rows held before a part is written: several times those of a usual task, which is then one part.
const PART_ROWS: usize = 100_000;

/// Collects rows and writes them as `<name>`, `<name>-01` ..: rows of one document, and documents of one folder, stay
/// together.
pub struct Parts<'a> {
    package: &'a LoadPackage,
    name: String,
    batch: Batch,
    written: u32,
}

impl<'a> Parts<'a> {
    pub fn new(package: &'a LoadPackage, name: &str) -> Self {
        Self { package, name: name.to_owned(), batch: Batch::default(), written: 0 }
    }

    /// Takes the rows of one file and enters into its reading where they will stand. Gives the part that was full before.
    ///
    /// # Errors
    /// The part cannot be written.
    pub fn take(&mut self, reading: &mut Reading, batch: Batch) -> Result<Option<(String, PartFingerprint)>, String> {
        let is_full = self.batch.rows() > 0 && self.batch.rows() + batch.rows() > PART_ROWS;
        let full = if is_full { self.flush()? } else { None };
        if batch.rows() > 0 {
            reading.part = self.current();
        }
        self.batch.append(batch);
        Ok(full)
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// The part cannot be written.
    pub fn flush(&mut self) -> Result<Option<(String, PartFingerprint)>, String> {
        if self.batch.rows() == 0 {
            return Ok(None);
        }
        let name = self.current();
        self.package.write(&name, &self.batch).map_err(|error| error.to_string())?;
        let fingerprint = self.package.fingerprint(&name).map_err(|error| error.to_string())?;
        self.batch.clear();
        self.written += 1;
        Ok(Some((name, fingerprint)))
    }

    fn current(&self) -> String {
        match self.written {
            0 => self.name.clone(),
            more => format!("{}-{more:02}", self.name),
        }
    }
}

//! A folder that is there as a whole or not at all: filled beside its place, then put there by a rename.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// A folder on its way. Gone when dropped without being put in place.
#[derive(Debug)]
pub struct WholeFolder {
    draft: PathBuf,
    place: PathBuf,
}

impl WholeFolder {
    /// An empty draft beside `place`; what a killed attempt left there is removed.
    ///
    /// # Errors
    /// The folder around it cannot be written.
    pub fn at(place: &Path) -> Result<Self> {
        let failed =
            |error: &io::Error| Error::not_published(format!("cannot write {}", place.display())).because(error);
        let draft = beside(place, "new");
        remove(&draft).and_then(|()| fs::create_dir_all(&draft)).map_err(|error| failed(&error))?;
        Ok(Self { draft, place: place.to_owned() })
    }

    pub fn path(&self) -> &Path {
        &self.draft
    }

    /// Takes the place of what stood there.
    ///
    /// # Errors
    /// It cannot be renamed; what stood there before stands there still.
    pub fn put_in_place(self) -> Result<()> {
        let former = beside(&self.place, "old");
        let put = || {
            remove(&former)?;
            if self.place.exists() {
                fs::rename(&self.place, &former)?;
            }
            fs::rename(&self.draft, &self.place).inspect_err(|_| {
                // Nothing else can be done where this fails, too: the former folder is beside its place.
                let _ = fs::rename(&former, &self.place);
            })?;
            remove(&former)
        };
        put().map_err(|error| Error::not_published(format!("cannot write {}", self.place.display())).because(error))
    }
}

impl Drop for WholeFolder {
    fn drop(&mut self) {
        let _ = remove(&self.draft);
    }
}

/// `.<name>.<word>` in the same folder.
fn beside(place: &Path, word: &str) -> PathBuf {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    place.with_file_name(format!(".{name}.{word}"))
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_former_folder_stays_until_the_new_one_is_whole() {
        let world = tempfile::tempdir().unwrap();
        let place = world.path().join("plan");
        let filled = |name: &str| {
            let folder = WholeFolder::at(&place).unwrap();
            fs::write(folder.path().join(name), "").unwrap();
            folder
        };
        let names = |folder: &Path| -> Vec<String> {
            let entries = fs::read_dir(folder).unwrap().flatten();
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
        };
        filled("first").put_in_place().unwrap();
        drop(filled("given up"));
        assert_eq!(names(&place), ["first"]);
        filled("second").put_in_place().unwrap();
        assert_eq!(names(&place), ["second"]);
        assert_eq!(names(world.path()), ["plan"]);
    }
}

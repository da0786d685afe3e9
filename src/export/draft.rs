//! A folder that changes all at once: who lists it sees the files of one run, never of two.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::error::{Error, Result};

/// Files on their way into a folder. Gone when dropped without being published.
#[derive(Debug)]
pub struct DraftFolder {
    draft: PathBuf,
    folder: PathBuf,
    former: Vec<PathBuf>,
}

impl DraftFolder {
    /// An empty draft beside the folder, or inside it where there cannot be one beside it (a mount point). What a killed
    /// run left there is removed.
    ///
    /// # Errors
    /// Neither place can be written.
    pub fn beside(folder: &Path) -> Result<Self> {
        // A link stays a link: what it points to is replaced.
        let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let mut name = OsString::from(".");
        name.push(folder.file_name().unwrap_or_default());
        name.push(".new");
        let draft = folder.with_file_name(&name);
        let inside = folder.join(".new");
        let made = match make_empty(&draft) {
            Ok(()) => draft,
            Err(error) if make_empty(&inside).is_err() => {
                return Err(Error::not_published(format!("cannot write extracts to {}", folder.display()))
                    .because(error)
                    .hint("the folder must be writable; the published warehouse and its extracts are untouched"));
            }
            Err(_) => inside,
        };
        Ok(Self { draft: made, folder, former: Vec::new() })
    }

    /// These files of the folder, by their names below it, are those of the draft before: what the draft lacks of them goes.
    pub fn replacing(mut self, former: &[PathBuf]) -> Self {
        self.former = former.to_vec();
        self
    }

    /// The folder's own file is the draft's, too.
    ///
    /// # Errors
    /// The draft cannot be written.
    pub fn keep(&self, file: &Path) -> Result<()> {
        let target = self.draft.join(file);
        let kept = second_name(&self.folder.join(file), &target);
        kept.map_err(|error| Error::io("write extracts to", &target, &error))
    }

    pub fn path(&self) -> &Path {
        &self.draft
    }

    /// Where rows of an extract wait until they stand in its files.
    pub fn aside(&self, extract: &str) -> PathBuf {
        self.draft.join(format!(".{}", extract.replace('/', "-")))
    }

    /// Where a file stands that the draft may replace.
    pub fn published(&self, file: &Path) -> PathBuf {
        self.folder.join(file)
    }

    /// Puts the draft in the folder's place by one rename; where the folder holds other folders too, file by file. Files
    /// that are not part of the draft stay.
    ///
    /// # Errors
    /// The folder cannot be replaced.
    pub fn publish(self) -> Result<Vec<PathBuf>> {
        let written = self.written();
        self.replace().map(|()| written).map_err(|error| {
            Error::usage(format!("cannot replace the extracts in {}", self.folder.display())).because(error).hint(
                "the warehouse is published, its extracts are still those of the run before; the next run writes them",
            )
        })
    }

    /// The files of the draft, by their names below the folder.
    fn written(&self) -> Vec<PathBuf> {
        let files = WalkDir::new(&self.draft).sort_by_file_name().into_iter().flatten();
        let files = files.filter(|entry| entry.file_type().is_file());
        files.filter_map(|entry| Some(entry.path().strip_prefix(&self.draft).ok()?.to_owned())).collect()
    }

    fn replace(&self) -> io::Result<()> {
        if !self.folder.exists() {
            return fs::rename(&self.draft, &self.folder);
        }
        if !self.is_ours()? {
            return self.replace_one_by_one();
        }
        self.link_others(&self.folder, &self.draft)?;
        let _ = fs::set_permissions(&self.draft, fs::metadata(&self.folder)?.permissions());
        if exchange(&self.draft, &self.folder).is_err() {
            return self.replace_one_by_one();
        }
        // The draft's name now holds the old folder; a file put there in the last moment is not lost.
        self.link_others(&self.draft, &self.folder)
    }

    fn replace_one_by_one(&self) -> io::Result<()> {
        let gone: Vec<&PathBuf> = self.former.iter().filter(|file| !self.draft.join(file).exists()).collect();
        move_into(&self.draft, &self.folder)?;
        for file in gone {
            let path = self.folder.join(file);
            let _ = fs::remove_file(&path);
            // Folders of parts that are empty now.
            let below = path.ancestors().skip(1).take_while(|folder| *folder != self.folder);
            let _ = below.map(fs::remove_dir).take_while(std::result::Result::is_ok).count();
        }
        Ok(())
    }

    /// Gives every file of `from` that `to` lacks a second name there, but for those of the draft before.
    fn link_others(&self, from: &Path, to: &Path) -> io::Result<()> {
        for entry in WalkDir::new(from).min_depth(1) {
            let entry = entry?;
            let Ok(inside) = entry.path().strip_prefix(from) else { continue };
            let is_known = || self.former.iter().any(|file| file == inside || file.starts_with(inside));
            if to.join(inside).symlink_metadata().is_ok() || is_known() {
                continue;
            }
            if entry.file_type().is_dir() {
                fs::create_dir_all(to.join(inside))?;
            } else {
                second_name(entry.path(), &to.join(inside))?;
            }
        }
        Ok(())
    }

    /// The folder may be replaced as a whole: nobody works in it, and besides extracts it holds single files at most.
    fn is_ours(&self) -> io::Result<bool> {
        let works_in_it = std::env::current_dir().is_ok_and(|here| here.starts_with(&self.folder));
        let mut entries = fs::read_dir(&self.folder)?.flatten();
        let holds_folders = entries.any(|entry| entry.path().is_dir() && !self.draft.join(entry.file_name()).is_dir());
        Ok(!works_in_it && !holds_folders)
    }
}

impl Drop for DraftFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.draft);
    }
}

fn make_empty(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::create_dir_all(folder)
}

/// A hard link, or a copy where there are none.
fn second_name(file: &Path, name: &Path) -> io::Result<()> {
    if let Some(folder) = name.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::hard_link(file, name).or_else(|_| fs::copy(file, name).map(drop))
}

/// Where folders cannot be exchanged: one file after another, each by its own rename.
fn move_into(from: &Path, to: &Path) -> io::Result<()> {
    for entry in WalkDir::new(from).min_depth(1) {
        let entry = entry?;
        let Ok(inside) = entry.path().strip_prefix(from) else { continue };
        if entry.file_type().is_dir() {
            fs::create_dir_all(to.join(inside))?;
        } else {
            fs::rename(entry.path(), to.join(inside))?;
        }
    }
    Ok(())
}

/// Swaps the names of two folders in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(root: &Path, files: &[(&str, &str)]) -> PathBuf {
        let folder = root.join("extracts");
        fs::create_dir_all(&folder).unwrap();
        files.iter().for_each(|(name, text)| fs::write(folder.join(name), text).unwrap());
        folder
    }

    #[test]
    fn what_is_published_replaces_and_what_is_not_ours_stays() {
        let root = tempfile::tempdir().unwrap();
        let folder = folder(root.path(), &[("a.csv", "old"), ("notes.txt", "keep")]);
        let draft = DraftFolder::beside(&folder).unwrap();
        fs::write(draft.path().join("a.csv"), "new").unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "old");
        draft.publish().unwrap();
        let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!((text("a.csv"), text("notes.txt")), ("new".to_owned(), "keep".to_owned()));
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_dropped_draft_changes_nothing() {
        let root = tempfile::tempdir().unwrap();
        let folder = folder(root.path(), &[("a.csv", "old")]);
        let draft = DraftFolder::beside(&folder).unwrap();
        fs::write(draft.path().join("a.csv"), "half").unwrap();
        drop(draft);
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "old");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_with_folders_of_others_is_changed_file_by_file() {
        let root = tempfile::tempdir().unwrap();
        let folder = folder(root.path(), &[("a.csv", "old")]);
        fs::create_dir(folder.join("warehouse.state")).unwrap();
        let inside = fs::File::create(folder.join("warehouse.state/lock")).unwrap();
        let draft = DraftFolder::beside(&folder).unwrap();
        fs::write(draft.path().join("a.csv"), "new").unwrap();
        draft.publish().unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "new");
        assert!(folder.join("warehouse.state/lock").is_file());
        drop(inside);
    }

    /// What is done where the platform or the file system cannot exchange folders.
    #[test]
    fn files_can_be_moved_one_by_one() {
        let root = tempfile::tempdir().unwrap();
        let folder = folder(root.path(), &[("a.csv", "old"), ("notes.txt", "keep")]);
        let draft = folder.join(".new");
        fs::create_dir_all(draft.join("deep")).unwrap();
        fs::write(draft.join("a.csv"), "new").unwrap();
        fs::write(draft.join("deep/c.csv"), "new").unwrap();
        DraftFolder { draft, folder: folder.clone(), former: Vec::new() }.publish().unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "new");
        assert_eq!(fs::read_to_string(folder.join("deep/c.csv")).unwrap(), "new");
        assert!(folder.join("notes.txt").is_file() && !folder.join(".new").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_folder_stays_a_link() {
        let root = tempfile::tempdir().unwrap();
        let folder = folder(root.path(), &[("a.csv", "old")]);
        let link = root.path().join("link");
        std::os::unix::fs::symlink(&folder, &link).unwrap();
        let draft = DraftFolder::beside(&link).unwrap();
        fs::write(draft.path().join("a.csv"), "new").unwrap();
        draft.publish().unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read_to_string(folder.join("a.csv")).unwrap(), "new");
    }
}

//! Files and folders that appear at once or not at all.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Fills a file beside the target, then renames it over the target. What is no regular file (a pipe, a device) is
/// written to as it stands; a link stays, and the file it leads to is replaced.
pub fn write_file(path: &Path, fill: impl FnOnce(&mut BufWriter<&File>) -> Result<()>) -> Result<()> {
    let cannot_write = |error: &std::io::Error| cannot_write(path, error);
    let path = &behind_links(path);
    if is_written_through(path) {
        let file = File::options().write(true).open(path).map_err(|error| cannot_write(&error))?;
        let mut writer = BufWriter::new(&file);
        fill(&mut writer)?;
        return writer.flush().map_err(|error| cannot_write(&error));
    }
    let file = with_usual_rights(&mut tempfile::Builder::new())
        .tempfile_in(folder_of(path))
        .map_err(|error| cannot_write(&error))?;
    let mut writer = BufWriter::new(file.as_file());
    fill(&mut writer)?;
    writer.flush().map_err(|error| cannot_write(&error))?;
    drop(writer);
    file.persist(path).map_err(|error| cannot_write(&error.error))?;
    Ok(())
}

/// Lets `fill` write at a path beside the target, then renames what stands there: for writers that open files themselves.
pub fn write_path(path: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let path = &behind_links(path);
    if is_written_through(path) {
        let aside = tempfile::tempdir().map_err(|error| cannot_write(path, &error))?;
        let draft = aside.path().join("draft");
        fill(&draft)?;
        let copied = File::open(&draft)
            .and_then(|mut draft| std::io::copy(&mut draft, &mut File::options().write(true).open(path)?));
        return copied.map(drop).map_err(|error| cannot_write(path, &error));
    }
    let beside = tempfile::tempdir_in(folder_of(path)).map_err(|error| cannot_write(path, &error))?;
    let draft = beside.path().join(path.file_name().unwrap_or_default());
    fill(&draft)?;
    if path.is_dir() {
        let old = beside.path().join("replaced");
        fs::rename(path, &old).map_err(|error| cannot_write(path, &error))?;
    }
    fs::rename(&draft, path).map_err(|error| cannot_write(path, &error))
}

/// Where a link leads; a link to nothing, and everything else, is what it is.
fn behind_links(path: &Path) -> PathBuf {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()),
        _ => path.to_owned(),
    }
}

/// Neither a file nor a folder: it cannot be replaced without breaking what others use it for.
fn is_written_through(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Temporary files are private; what is kept is for colleagues too, as far as the umask of this process lets them.
pub fn with_usual_rights<'a, 'b>(builder: &'a mut tempfile::Builder<'b, 'b>) -> &'a mut tempfile::Builder<'b, 'b> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666))
    }
    #[cfg(not(unix))]
    builder
}

pub fn cannot_write(path: &Path, error: &std::io::Error) -> Error {
    Error::not_published(format!("cannot write {}", path.display()))
        .because(error)
        .hint("the folder must exist, be writable and have room on its disk; nothing was replaced")
}

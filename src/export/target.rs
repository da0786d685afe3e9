//! Files and folders that appear at once or not at all.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::error::{Error, Result};

/// Fills a file beside the target, then renames it over the target.
pub fn write_file(path: &Path, fill: impl FnOnce(&mut BufWriter<&File>) -> Result<()>) -> Result<()> {
    let cannot_write = |error: &std::io::Error| cannot_write(path, error);
    let file = tempfile::NamedTempFile::new_in(folder_of(path)).map_err(|error| cannot_write(&error))?;
    let mut writer = BufWriter::new(file.as_file());
    fill(&mut writer)?;
    writer.flush().map_err(|error| cannot_write(&error))?;
    drop(writer);
    readable_by_all(file.path());
    file.persist(path).map_err(|error| cannot_write(&error.error))?;
    Ok(())
}

/// Lets `fill` write at a path beside the target, then renames what stands there: for writers that open files themselves.
pub fn write_path(path: &Path, fill: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let beside = tempfile::tempdir_in(folder_of(path)).map_err(|error| cannot_write(path, &error))?;
    let draft = beside.path().join(path.file_name().unwrap_or_default());
    fill(&draft)?;
    if path.is_dir() {
        let old = beside.path().join("replaced");
        fs::rename(path, &old).map_err(|error| cannot_write(path, &error))?;
    }
    fs::rename(&draft, path).map_err(|error| cannot_write(path, &error))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Temporary files are private; extracts are for colleagues too.
fn readable_by_all(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o644));
    }
    #[cfg(not(unix))]
    let _ = path;
}

pub fn cannot_write(path: &Path, error: &std::io::Error) -> Error {
    Error::not_published(format!("cannot write {}", path.display()))
        .because(error)
        .hint("the folder must exist, be writable and have room on its disk; nothing was replaced")
}

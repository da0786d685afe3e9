//! A file of an earlier run, opened once more.

use std::fs::File;
use std::path::Path;

use zip::ZipArchive;

use super::source::{Location, SourceFile};

/// The file at `file` below the source folder, or inside the bundle on the way to it; `limit` bytes at most.
/// `None` when it is not there any more or cannot be read.
pub fn read_again(source: &str, file: &str, limit: u64) -> Option<Vec<u8>> {
    let path = Path::new(source).join(file);
    let location = if path.is_file() { Location::Path(path) } else { in_bundle(Path::new(source), file)? };
    let found = SourceFile {
        location,
        file: file.to_owned(),
        source: source.to_owned(),
        bytes: 0,
        sha256: String::new(),
        manifest: None,
    };
    found.read(limit).ok()
}

fn in_bundle(source: &Path, file: &str) -> Option<Location> {
    let cuts = file.match_indices('/').map(|(at, _)| (&file[..at], &file[at + 1..]));
    let (bundle, inside) = cuts.map(|(outer, inner)| (source.join(outer), inner)).find(|(path, _)| path.is_file())?;
    let mut archive = ZipArchive::new(File::open(&bundle).ok()?).ok()?;
    let member = (0..archive.len()).find_map(|index| {
        let member = archive.by_index(index).ok()?;
        let name = member.enclosed_name()?.to_string_lossy().replace('\\', "/");
        if name == inside { member.name().ok().map(|name| name.into_owned()) } else { None }
    })?;
    Some(Location::Bundle { bundle, member })
}

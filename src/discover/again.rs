//! A file of an earlier run, opened once more.

use std::fs::File;
use std::path::Path;

use super::bundle::Bundle;
use super::source::read_at_most;

/// The file at `file` below the source folder, or inside the bundle on the way to it; `limit` bytes at most.
/// `None` when it is not there any more or cannot be read.
pub fn read_again(source: &str, file: &str, limit: u64) -> Option<Vec<u8>> {
    let path = Path::new(source).join(file);
    if path.is_file() {
        return read_at_most(File::open(path).ok()?, limit).ok();
    }
    let mut cuts = file.match_indices('/').map(|(at, _)| (Path::new(source).join(&file[..at]), &file[at + 1..]));
    let (bundle, inside) = cuts.find(|(outer, _)| outer.is_file())?;
    let mut bundle = Bundle::open(&bundle).ok()?;
    let member = bundle.members().ok()?.into_iter().find(|member| member.path == inside)?;
    read_at_most(bundle.member(member.number).ok()?, limit).ok()
}

//! Damage inside the members of packages: a workbook, a .docx or an OFD file whose bytes are changed from outside fails at its
//! checksums, and nothing behind them is reached.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Packages whose members are larger unpacked are changed from outside only.
const ROOM: u64 = 1 << 20;
/// How much one member may grow.
const GROWTH: usize = 512;

/// The package with one member changed by libFuzzer and the others as they were, packed without compression; None for what is
/// no package.
pub fn changed(package: &[u8], seed: u32) -> Option<Vec<u8>> {
    let mut members = members(package)?;
    let count = members.len().max(1);
    let (_, bytes) = members.get_mut(seed as usize % count)?;
    let before = bytes.len();
    bytes.resize(before + GROWTH, 0);
    let after = libfuzzer_sys::fuzzer_mutate(bytes, before, before + GROWTH);
    bytes.truncate(after);
    packed(&members)
}

fn members(package: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(package)).ok()?;
    let mut members = Vec::new();
    let mut room = ROOM;
    for number in 0..archive.len() {
        let file = archive.by_index(number).ok()?;
        let name = file.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        file.take(room).read_to_end(&mut bytes).ok()?;
        room = room.checked_sub(bytes.len() as u64).filter(|&left| left > 0)?;
        members.push((name, bytes));
    }
    Some(members)
}

fn packed(members: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in members {
        package.start_file(name.as_str(), stored).ok()?;
        package.write_all(bytes).ok()?;
    }
    Some(package.finish().ok()?.into_inner())
}

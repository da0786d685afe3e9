//! .rar and .7z: unpacked whole and within bounds, because their members are packed together.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::rc::Rc;

use rars::{ArchiveReadOptions, ArchiveReader, ErrorKind};
use sevenz_rust2::{ArchiveReader as SevenZip, Password};

/// Bounds of one archive: it is held in memory.
const PACKED: u64 = 256 << 20;
const UNPACKED: u64 = 256 << 20;
const MEMBERS: u64 = 10_000;

/// One file inside, by its stored name.
pub struct Unpacked {
    pub name: Vec<u8>,
    pub bytes: Vec<u8>,
}

/// What an archive's first bytes say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    Zip,
    Rar,
    SevenZip,
}

/// Told by content: any of them may be called .zip.
pub fn packing(path: &Path) -> io::Result<Packing> {
    let mut head = [0; 6];
    let mut read = 0;
    let mut file = File::open(path)?;
    while read < head.len() {
        match file.read(&mut head[read..])? {
            0 => break,
            more => read += more,
        }
    }
    Ok(match &head[..read] {
        [b'R', b'a', b'r', b'!', ..] => Packing::Rar,
        [b'7', b'z', 0xbc, 0xaf, ..] => Packing::SevenZip,
        _ => Packing::Zip,
    })
}

/// The files of a .rar or .7z.
///
/// # Errors
/// It is damaged, needs a password, is one of several volumes, or is larger than what is held in memory.
pub fn unpack(path: &Path, packing: Packing) -> io::Result<Vec<Unpacked>> {
    if path.metadata()?.len() > PACKED {
        return Err(io::Error::other(format!("it is larger than {PACKED} bytes: unpack it beside the other files")));
    }
    let unpack = || match packing {
        Packing::SevenZip => seven_zip(path),
        _ => rar(path),
    };
    // Whatever is wrong inside never stops the others.
    catch_unwind(AssertUnwindSafe(unpack)).unwrap_or_else(|_| Err(io::Error::other("the archive is damaged")))
}

/// Where the bytes of one member go.
#[derive(Clone, Default)]
struct Sink(Rc<RefCell<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn rar(path: &Path) -> io::Result<Vec<Unpacked>> {
    let options = || {
        ArchiveReadOptions::new()
            .with_max_header_count(MEMBERS)
            .with_max_total_output_bytes(UNPACKED)
            .with_max_reader_workspace_bytes(UNPACKED)
            .with_rar50_dictionary_size_limit(UNPACKED)
    };
    let archive = ArchiveReader::read_with_options(&std::fs::read(path)?, options()).map_err(said_of_rar)?;
    let mut members: Vec<(Vec<u8>, Sink)> = Vec::new();
    let open = |member: &rars::ExtractedEntryMeta| {
        let sink = Sink::default();
        if !member.is_directory {
            members.push((member.name_bytes().to_vec(), sink.clone()));
        }
        Ok(Box::new(sink) as Box<dyn Write>)
    };
    archive.extract_to_with_options(options(), open).map_err(said_of_rar)?;
    let unpacked = |(name, sink): (Vec<u8>, Sink)| Unpacked { name, bytes: sink.0.take() };
    Ok(members.into_iter().map(unpacked).collect())
}

fn said_of_rar(error: rars::Error) -> io::Error {
    match error.kind() {
        ErrorKind::PasswordRequired | ErrorKind::BadPassword => needs_password(),
        _ if matches!(error.root_cause(), rars::Error::FeatureDisabled { feature } if feature.contains("crypt")) => {
            needs_password()
        }
        _ => io::Error::other(error.to_string()),
    }
}

fn needs_password() -> io::Error {
    io::Error::other("it needs a password: unpack it beside the other files")
}

fn seven_zip(path: &Path) -> io::Result<Vec<Unpacked>> {
    let mut archive = SevenZip::open(path, Password::empty()).map_err(said_of_seven_zip)?;
    if archive.archive().files.len() as u64 > MEMBERS {
        return Err(io::Error::other(format!("it holds more than {MEMBERS} files")));
    }
    let mut left = UNPACKED;
    let mut members = Vec::new();
    let each = |entry: &sevenz_rust2::ArchiveEntry, content: &mut dyn Read| {
        let mut bytes = Vec::new();
        left = left.saturating_sub(content.take(left + 1).read_to_end(&mut bytes)? as u64);
        if !entry.is_directory() {
            members.push(Unpacked { name: entry.name().as_bytes().to_vec(), bytes });
        }
        Ok(left > 0)
    };
    archive.for_each_entries(each).map_err(said_of_seven_zip)?;
    if left == 0 {
        return Err(io::Error::other(format!("it unpacks to more than {UNPACKED} bytes")));
    }
    Ok(members)
}

fn said_of_seven_zip(error: sevenz_rust2::Error) -> io::Error {
    match error {
        sevenz_rust2::Error::PasswordRequired | sevenz_rust2::Error::MaybeBadPassword(_) => needs_password(),
        sevenz_rust2::Error::UnsupportedCompressionMethod(method) if method.contains("AES") => needs_password(),
        other => io::Error::other(other.to_string()),
    }
}

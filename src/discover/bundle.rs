//! Bundles (.zip, .rar, .7z): their members count as files of a folder named like the bundle.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use super::fingerprint::sha256_hex;
use super::unpacked::{Packing, Unpacked, packing, unpack};

pub fn is_bundle(path: &Path) -> bool {
    let is_known = |extension: &str| ["zip", "rar", "7z"].iter().any(|known| extension.eq_ignore_ascii_case(known));
    path.extension().and_then(|extension| extension.to_str()).is_some_and(is_known)
}

/// One file inside a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub number: usize,
    /// Path inside the bundle, with `/`.
    pub path: String,
    pub bytes: u64,
}

/// Bounds of one bundle: far above what the offices of a whole province publish in a year.
const MEMBERS: usize = 100_000;
const UNPACKED: u64 = 4 << 30;

pub struct Bundle {
    archive: Archive,
}

enum Archive {
    /// Its members are unpacked one by one.
    Zip(ZipArchive<BufReader<File>>),
    Unpacked(Vec<Unpacked>),
}

impl Bundle {
    /// The members of one bundle are read one after another: its list is read once for all of them.
    pub fn with_opened<T>(path: &Path, read: impl FnOnce(&mut Bundle) -> io::Result<T>) -> io::Result<T> {
        thread_local! {
            static OPENED: RefCell<Option<(PathBuf, Bundle)>> = const { RefCell::new(None) };
        }
        OPENED.with_borrow_mut(|opened| {
            let bundle = match opened.take().filter(|(before, _)| before == path) {
                Some((_, bundle)) => bundle,
                None => Bundle::open(path)?,
            };
            read(&mut opened.insert((path.to_owned(), bundle)).1)
        })
    }

    pub fn open(path: &Path) -> io::Result<Self> {
        let archive = match packing(path)? {
            Packing::Zip => Archive::Zip(ZipArchive::new(BufReader::new(File::open(path)?)).map_err(io::Error::other)?),
            other => Archive::Unpacked(unpack(path, other)?),
        };
        Ok(Self { archive })
    }

    /// Every file inside; folders and names that point outside the bundle are left out.
    ///
    /// # Errors
    /// The bundle is damaged, holds more than a collection of disclosures could, or members share their bytes: then a few
    /// kilobytes unpack without end.
    pub fn members(&mut self) -> io::Result<Vec<Member>> {
        match &mut self.archive {
            Archive::Zip(archive) => members_of_zip(archive),
            Archive::Unpacked(files) => {
                let member = |(number, file): (usize, &Unpacked)| Member {
                    number,
                    path: member_path(&file.name),
                    bytes: file.bytes.len() as u64,
                };
                Ok(files.iter().enumerate().map(member).filter(|member| is_inside(&member.path)).collect())
            }
        }
    }

    /// The unpacked bytes of a member. They may be many more than the bundle's: the caller sets the limit.
    pub fn member(&mut self, number: usize) -> io::Result<Box<dyn Read + '_>> {
        match &mut self.archive {
            Archive::Zip(archive) => Ok(Box::new(archive.by_index(number).map_err(io::Error::other)?)),
            Archive::Unpacked(files) => match files.get(number) {
                Some(file) => Ok(Box::new(file.bytes.as_slice())),
                None => Err(io::Error::other("the archive has changed")),
            },
        }
    }

    /// The fingerprint of a member, as far as it is read: no further than the limit, nor than the bundle says it is long.
    pub fn sha256(&mut self, member: &Member, limit: u64) -> io::Result<String> {
        sha256_hex(&mut self.member(member.number)?.take(limit.min(member.bytes) + 1))
    }
}

fn members_of_zip(archive: &mut ZipArchive<BufReader<File>>) -> io::Result<Vec<Member>> {
    if archive.len() > MEMBERS {
        return Err(io::Error::other(format!("it holds {} files, and the limit is {MEMBERS}", archive.len())));
    }
    let mut members = Vec::new();
    let mut stored = Vec::new();
    for number in 0..archive.len() {
        let member = archive.by_index_raw(number).map_err(io::Error::other)?;
        let path = member_path(member.name_raw());
        let start = member.data_start().unwrap_or(member.header_start());
        stored.push((start, start.saturating_add(member.compressed_size())));
        if !member.is_dir() && is_inside(&path) {
            members.push(Member { number, path, bytes: member.size() });
        }
    }
    stored.sort_unstable();
    if stored.windows(2).any(|pair| pair[0].1 > pair[1].0) {
        return Err(io::Error::other("several of its files share the same bytes"));
    }
    let unpacked = members.iter().fold(0u64, |sum, member| sum.saturating_add(member.bytes));
    if unpacked > UNPACKED {
        return Err(io::Error::other(format!("it unpacks to {unpacked} bytes, and the limit is {UNPACKED}")));
    }
    Ok(members)
}

/// Bundles made on a Chinese Windows name their members in its code page.
fn member_path(name: &[u8]) -> String {
    let name = match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(name).0.into_owned(),
    };
    name.replace('\\', "/")
}

fn is_inside(path: &str) -> bool {
    !path.is_empty() && !path.ends_with('/') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_the_encoding_they_are_in() {
        let gbk = encoding_rs::GBK.encode("财政局\\决算.xls").0.into_owned();
        assert_eq!(member_path(&gbk), "财政局/决算.xls");
        assert_eq!(member_path("财政局/决算.xls".as_bytes()), "财政局/决算.xls");
    }

    #[test]
    fn names_that_point_outside_are_left_out() {
        for path in ["../a.xls", "/etc/passwd", "a/../../b", "folder/", ""] {
            assert!(!is_inside(path), "{path}");
        }
        assert!(is_inside("a/b.xls"));
    }
}

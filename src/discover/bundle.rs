//! Zip bundles: their members count as files of a folder named like the bundle.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use super::fingerprint::sha256_hex;

pub fn is_bundle(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

/// One file inside a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub number: usize,
    /// Path inside the bundle, with `/`.
    pub path: String,
    pub bytes: u64,
}

pub struct Bundle {
    archive: ZipArchive<BufReader<File>>,
}

impl Bundle {
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { archive: ZipArchive::new(BufReader::new(File::open(path)?)).map_err(io::Error::other)? })
    }

    /// Every file inside; folders and names that point outside the bundle are left out.
    pub fn members(&mut self) -> io::Result<Vec<Member>> {
        let mut members = Vec::new();
        for number in 0..self.archive.len() {
            let member = self.archive.by_index_raw(number).map_err(io::Error::other)?;
            let path = member_path(member.name_raw());
            if !member.is_dir() && is_inside(&path) {
                members.push(Member { number, path, bytes: member.size() });
            }
        }
        Ok(members)
    }

    /// The unpacked bytes of a member. They may be many more than the bundle's: the caller sets the limit.
    pub fn member(&mut self, number: usize) -> io::Result<impl Read> {
        self.archive.by_index(number).map_err(io::Error::other)
    }

    pub fn sha256(&mut self, member: usize, limit: u64) -> io::Result<String> {
        sha256_hex(&mut self.member(member)?.take(limit + 1))
    }
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

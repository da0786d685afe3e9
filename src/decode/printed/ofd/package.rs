//! The zip an OFD document is packed in.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::tree::{self, Node};
use crate::decode::failure::DecodeFailure;
use crate::decode::limits::Limits;

/// Where a place that stands in a part of `folder` leads to.
pub fn resolved(folder: &str, place: &str) -> String {
    let is_whole = place.starts_with('/') || (!folder.is_empty() && place.starts_with(&format!("{folder}/")));
    let joined = if is_whole || folder.is_empty() { place.to_owned() } else { format!("{folder}/{place}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

pub fn damaged(why: &str) -> DecodeFailure {
    DecodeFailure::damaged(why)
}

/// The zip, read by names in any case.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    places: BTreeMap<String, usize>,
    bytes_left: u64,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, DecodeFailure> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(DecodeFailure::damaged)?;
        let places = archive
            .file_names()
            .enumerate()
            .filter_map(|(at, name)| Some((name.ok()?.replace('\\', "/").to_lowercase(), at)))
            .collect();
        Ok(Self { archive, places, bytes_left: limits.unpacked_bytes })
    }

    pub fn beside(&mut self, folder: &str, place: &str) -> Result<Option<Node>, DecodeFailure> {
        self.part(&resolved(folder, place))
    }

    /// A part of the package; `None` where there is none of that name.
    pub fn part(&mut self, name: &str) -> Result<Option<Node>, DecodeFailure> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        let text = String::from_utf8(bytes).map_err(|_| damaged("its pages are not UTF-8"))?;
        tree::parse(&text).map(Some)
    }

    /// The bytes of a part.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, DecodeFailure> {
        let Some(place) = self.places.get(&name.to_lowercase()) else { return Ok(None) };
        let part = self.archive.by_index(*place).map_err(DecodeFailure::damaged)?;
        let mut bytes = Vec::new();
        part.take(self.bytes_left + 1).read_to_end(&mut bytes).map_err(DecodeFailure::damaged)?;
        self.bytes_left = self
            .bytes_left
            .checked_sub(bytes.len() as u64)
            .ok_or_else(|| DecodeFailure::TooLarge { reason: "it unpacks to more than a document holds".to_owned() })?;
        Ok(Some(bytes))
    }
}

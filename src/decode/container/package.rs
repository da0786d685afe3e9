//! The parts of a zipped workbook, found by its relations and not by customary names.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::events::Event;
use zip::ZipArchive;

use crate::decode::failure::DecodeFailure;
use crate::decode::text::encoding::decode_bytes;
use crate::decode::xml;

pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Part names in lower case, with `/` and without a leading one.
    parts: HashMap<String, usize>,
}

/// A relation of one part to another.
#[derive(Debug, Clone)]
pub struct Relation {
    pub id: String,
    /// The last word of its type: worksheet, chartsheet, styles ..
    pub kind: String,
    pub target: String,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, DecodeFailure> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(DecodeFailure::damaged)?;
        let mut parts = HashMap::new();
        for at in 0..archive.len() {
            if let Ok(part) = archive.by_index_raw(at)
                && let Ok(name) = part.name()
            {
                parts.entry(key(&name)).or_insert(at);
            }
        }
        Ok(Self { archive, parts })
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }

    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&key(name))
    }

    /// # Errors
    /// The part cannot be unpacked. One that is not there is `None`.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, DecodeFailure> {
        let Some(at) = self.parts.get(&key(name)) else { return Ok(None) };
        let damaged = |error: &dyn std::fmt::Display| DecodeFailure::damaged(format!("{name}: {error}"));
        let mut part = self.archive.by_index(*at).map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        Ok(Some(bytes))
    }

    /// A part of XML, in whatever encoding it is written.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, DecodeFailure> {
        let Some(bytes) = self.bytes(name)? else { return Ok(None) };
        match String::from_utf8(bytes) {
            Ok(mut text) if !text.contains('\0') => {
                if text.starts_with('\u{feff}') {
                    text.remove(0);
                }
                Ok(Some(text))
            }
            Ok(text) => Ok(Some(decode_bytes(text.as_bytes())?.0)),
            Err(error) => Ok(Some(decode_bytes(error.as_bytes())?.0)),
        }
    }

    /// The relations of a part, or of the package where none is named.
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, DecodeFailure> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let Some(text) = self.text(&format!("{folder}/_rels/{name}.rels"))? else { return Ok(Vec::new()) };
        let mut reader = xml::reader(&text);
        let mut relations = Vec::new();
        loop {
            match reader.read_event().map_err(DecodeFailure::damaged)? {
                Event::Start(element) if element.local_name().into_inner() == "Relationship" => {
                    let get = |name: &str| xml::attribute(&element, name).unwrap_or_default();
                    relations.push(Relation {
                        id: get("Id"),
                        kind: get("Type").rsplit('/').next().unwrap_or("").to_owned(),
                        target: resolve(folder, &get("Target")),
                    });
                }
                Event::Eof => return Ok(relations),
                _ => {}
            }
        }
    }

    /// The part that holds the document itself.
    pub fn main_part(&mut self) -> Result<Option<String>, DecodeFailure> {
        let stated = self.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument");
        if let Some(stated) = stated.filter(|stated| self.has(&stated.target)) {
            return Ok(Some(stated.target));
        }
        let customary = ["xl/workbook.xml", "xl/workbook.bin", "word/document.xml"];
        Ok(customary.into_iter().find(|name| self.has(name)).map(str::to_owned))
    }
}

fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// A target as a path from the root: `worksheets/sheet1.xml` below `xl`, `/xl/worksheets/sheet1.xml`, `../styles.xml`.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = match target.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_paths_from_the_root() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("xl/sub", "..\\styles.xml"), "xl/styles.xml");
        assert_eq!(resolve("", "./book.xml"), "book.xml");
    }
}

//! The readings of earlier runs and the part files of the load package that hold their rows.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::fingerprint::Fingerprint;
use super::folder::{StateFolder, write_atomically};
use crate::discover::FingerprintCache;
use crate::error::Result;
use crate::run::read::reading::Reading;
use crate::stage::{LoadPackage, PartFingerprint};

/// First line of the ledger. Readings made with other layouts, rules or another program are not used.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    reading_fingerprint: Fingerprint,
    /// Lines that follow: a ledger cut at the end of a line is noticed.
    readings: usize,
    next_part: u32,
    parts: BTreeMap<String, PartFingerprint>,
}

/// Files and rows of one part.
#[derive(Debug, Clone, Copy, Default)]
pub struct Held {
    pub files: u64,
    pub rows: u64,
}

impl Held {
    /// A part of a whole task holds more files than this, or more rows.
    pub fn is_small(self) -> bool {
        self.files < 16 && self.rows < 10_000
    }
}

/// The readings of earlier runs, by document key, and the part files that hold their rows.
#[derive(Debug, Default)]
pub struct Ledger {
    pub readings: HashMap<String, Reading>,
    /// By part name. A reading without rows has no part.
    pub parts: BTreeMap<String, PartFingerprint>,
    /// Number for the next part file. Numbers are never used again.
    pub next_part: u32,
    pub fingerprints: FingerprintCache,
    /// What changed since these readings were made; then all of them are outdated and none is in `readings`.
    pub outdated_by: Vec<String>,
    pub outdated: Vec<Reading>,
}

impl Ledger {
    /// Reads what earlier runs left. A ledger that is missing, cut short or made by other rules counts as empty: the
    /// files are read again.
    pub fn open(state: &StateFolder, reading_fingerprint: &Fingerprint) -> Self {
        let fingerprints = fs::read(state.fingerprint_memory())
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        let known = read_lines(&state.readings(), reading_fingerprint).unwrap_or_default();
        Self { fingerprints, ..known }
    }

    /// Drops every reading whose rows in the load package are gone or not as they were written, and gives the number
    /// of these readings: their files must be read again.
    pub fn forget_damaged(&mut self, package: &LoadPackage) -> usize {
        let before = self.readings.len();
        self.parts.retain(|name, written| package.fingerprint(name).is_ok_and(|found| found == *written));
        self.keep_readings_in_parts();
        before - self.readings.len()
    }

    /// Marks the readings whose files are gone. Their rows stay until no present file needs the part they are in.
    pub fn retire_all_but(&mut self, present: &HashSet<String>) {
        for (key, reading) in &mut self.readings {
            reading.retired = !present.contains(key);
        }
    }

    /// Keeps years of nightly runs from leaving thousands of small part files: parts that no present file needs go, and
    /// when too many hold little, these go too, their files being read again into one.
    pub fn tidy(&mut self) {
        const MOST_SMALL_PARTS: usize = 64;
        let mut needed = self.held_by_part();
        let are_too_many = needed.values().filter(|held| held.is_small()).count() > MOST_SMALL_PARTS;
        needed.retain(|_, held| !are_too_many || !held.is_small());
        let needed: HashSet<String> = needed.into_keys().map(str::to_owned).collect();
        self.parts.retain(|name, _| needed.contains(name));
        self.keep_readings_in_parts();
        self.readings.retain(|_, reading| !(reading.retired && reading.part.is_empty()));
    }

    /// What each part holds of files that are still there.
    pub fn held_by_part(&self) -> BTreeMap<&str, Held> {
        let mut held: BTreeMap<&str, Held> = BTreeMap::new();
        for reading in self.readings.values().filter(|reading| !reading.retired && !reading.part.is_empty()) {
            let part = held.entry(&reading.part).or_default();
            part.files += 1;
            part.rows += u64::from(reading.figures) + u64::from(reading.claims);
        }
        held
    }

    /// Forgets what could not be opened last time, so that it is tried again, with the parts that hold the findings.
    pub fn forget_failed_openings(&mut self) {
        let again: HashSet<String> =
            self.readings.values().filter(|reading| reading.try_again).map(|reading| reading.part.clone()).collect();
        self.parts.retain(|name, _| !again.contains(name));
        self.keep_readings_in_parts();
    }

    /// Forgets readings of files of which the manifest now says something else (`told`, by document key), with the parts
    /// that hold their rows: region and year decide how a file is read.
    pub fn forget_told_otherwise(&mut self, told: &HashMap<String, String>) {
        let is_outdated = |reading: &Reading| told.get(&reading.document_key).is_some_and(|told| *told != reading.told);
        let outdated: HashSet<String> =
            self.readings.values().filter(|reading| is_outdated(reading)).map(|reading| reading.part.clone()).collect();
        self.readings.retain(|_, reading| !is_outdated(reading));
        self.parts.retain(|name, _| !outdated.contains(name));
        self.keep_readings_in_parts();
    }

    fn keep_readings_in_parts(&mut self) {
        let parts = &self.parts;
        self.readings.retain(|_, reading| reading.part.is_empty() || parts.contains_key(&reading.part));
    }

    /// Replaces the ledger; the old one stays if this fails half-way.
    ///
    /// # Errors
    /// The state folder cannot be written: nothing is published.
    pub fn save(&self, state: &StateFolder, reading_fingerprint: &Fingerprint) -> Result<()> {
        let mut kept: Vec<&Reading> = self.readings.values().collect();
        kept.sort_by_key(|reading| &reading.document_key);
        let header = Header {
            reading_fingerprint: reading_fingerprint.clone(),
            readings: kept.len(),
            next_part: self.next_part,
            parts: self.parts.clone(),
        };
        write_atomically(&state.readings(), |file| {
            serde_json::to_writer(&mut *file, &header)?;
            file.write_all(b"\n")?;
            for reading in kept {
                serde_json::to_writer(&mut *file, reading)?;
                file.write_all(b"\n")?;
            }
            Ok(())
        })?;
        self.save_fingerprints(state)
    }

    /// # Errors
    /// The state folder cannot be written.
    pub fn save_fingerprints(&self, state: &StateFolder) -> Result<()> {
        write_atomically(&state.fingerprint_memory(), |file| {
            serde_json::to_writer(file, &self.fingerprints).map_err(std::io::Error::from)
        })
    }
}

/// What the readings there were made with; `None` where nothing was read.
pub fn read_with(state: &StateFolder) -> Option<Fingerprint> {
    let first = BufReader::new(File::open(state.readings()).ok()?).lines().next()?.ok()?;
    serde_json::from_str(&first).ok().map(|header: Header| header.reading_fingerprint)
}

fn read_lines(path: &Path, reading_fingerprint: &Fingerprint) -> Option<Ledger> {
    let mut lines = BufReader::new(File::open(path).ok()?).lines();
    let header: Header = serde_json::from_str(&lines.next()?.ok()?).ok()?;
    let mut readings = HashMap::new();
    for line in lines {
        let reading: Reading = serde_json::from_str(&line.ok()?).ok()?;
        readings.insert(reading.document_key.clone(), reading);
    }
    if readings.len() != header.readings {
        return None;
    }
    let outdated_by = reading_fingerprint.differences(&header.reading_fingerprint);
    Some(if outdated_by.is_empty() {
        Ledger { readings, parts: header.parts, next_part: header.next_part, ..Ledger::default() }
    } else {
        Ledger { outdated_by, outdated: readings.into_values().collect(), ..Ledger::default() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_reading_a_part(parts: usize) -> Ledger {
        let mut ledger = Ledger::default();
        for number in 0..parts {
            let part = format!("part-{number:05}");
            let reading = Reading { document_key: format!("doc_{number}"), part: part.clone(), ..Reading::default() };
            ledger.readings.insert(reading.document_key.clone(), reading);
            ledger.parts.insert(part, PartFingerprint::new());
        }
        ledger
    }

    #[test]
    fn hundreds_of_small_parts_are_read_again_into_one() {
        let mut ledger = one_reading_a_part(300);
        ledger.tidy();
        assert_eq!((ledger.parts.len(), ledger.readings.len()), (0, 0));
        let mut few = one_reading_a_part(10);
        few.retire_all_but(&HashSet::from(["doc_3".to_owned()]));
        few.tidy();
        assert_eq!(few.parts.keys().collect::<Vec<_>>(), ["part-00003"]);
    }

    #[test]
    fn a_large_corpus_keeps_its_hundreds_of_full_parts() {
        let mut ledger = one_reading_a_part(300);
        ledger.readings.values_mut().for_each(|reading| reading.figures = 50_000);
        ledger.readings.entry("doc_3".to_owned()).and_modify(|reading| reading.figures = 10);
        ledger.tidy();
        assert_eq!((ledger.parts.len(), ledger.readings.len()), (300, 300));
    }
}

//! Reads files on all cores and writes their rows as they come: a bounded channel keeps memory flat.

use std::collections::BTreeMap;
use std::sync::mpsc::sync_channel;
use std::thread;

use rayon::prelude::*;

use super::progress::Progress;
use super::reading::{Reader, Reading};
use super::stop::Stop;
use crate::discover::SourceFile;
use crate::error::{Error, Result};
use crate::stage::{Batch, LoadPackage, PartFingerprint};

/// Rows in one part file of the load package.
const PART_ROWS: usize = 200_000;
/// Readings that may wait for the writer.
const WAITING: usize = 64;

/// Reads every file and writes the rows as parts numbered from `first_part`, in the order they come: the facts are
/// sorted when they are loaded. A run that is asked to stop gives what was read until then.
pub fn read_all(
    reader: &Reader,
    files: &[&SourceFile],
    package: &LoadPackage,
    first_part: u32,
    progress: &Progress,
    stop: &Stop,
) -> Result<NewReadings> {
    let (sender, receiver) = sync_channel::<(Reading, Batch)>(WAITING);
    thread::scope(|scope| {
        let writer = scope.spawn(move || -> Result<NewReadings> {
            let mut part = Part {
                package,
                batch: Batch::default(),
                done: NewReadings { next_part: first_part, ..Default::default() },
            };
            for (reading, batch) in receiver {
                part.take(reading, batch)?;
            }
            part.flush()?;
            Ok(part.done)
        });
        files.par_iter().for_each_with(sender, |sender, source| {
            if stop.is_asked() {
                return;
            }
            let (reading, batch) = reader.read(source);
            progress.file_read(&source.file);
            // The writer hangs up only after a failure of its own, which it reports.
            let _ = sender.send((reading, batch));
        });
        writer.join().unwrap_or_else(|_| Err(Error::not_published("the writer of the load package stopped")))
    })
}

/// What reading gave, and the parts it was written to.
#[derive(Debug, Default)]
pub struct NewReadings {
    pub readings: Vec<Reading>,
    pub parts: BTreeMap<String, PartFingerprint>,
    pub next_part: u32,
}

struct Part<'a> {
    package: &'a LoadPackage,
    batch: Batch,
    done: NewReadings,
}

impl Part<'_> {
    fn name(&self) -> String {
        format!("part-{:05}", self.done.next_part)
    }

    fn take(&mut self, mut reading: Reading, batch: Batch) -> Result<()> {
        if self.batch.rows() > 0 && self.batch.rows() + batch.rows() > PART_ROWS {
            self.flush()?;
        }
        if batch.rows() > 0 {
            reading.part = self.name();
        }
        self.batch.append(batch);
        self.done.readings.push(reading);
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        if self.batch.rows() > 0 {
            let name = self.name();
            let written = self.package.write(&name, &self.batch).map_err(|error| error.to_string());
            let fingerprint = written
                .and_then(|()| self.package.fingerprint(&name).map_err(|error| error.to_string()))
                .map_err(|why| {
                    Error::not_published(why).hint(
                        "the disk that holds the warehouse may be full or read-only; the published warehouse is untouched",
                    )
                })?;
            self.batch = Batch::default();
            self.done.parts.insert(name, fingerprint);
            self.done.next_part += 1;
        }
        Ok(())
    }
}

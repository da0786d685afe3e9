//! Reads files on all cores and writes their rows as they come: a bounded channel keeps memory flat.

use std::sync::mpsc::sync_channel;
use std::thread;

use rayon::prelude::*;

use super::progress::Progress;
use super::reading::{Reader, Reading};
use super::stop::Stop;
use crate::discover::SourceFile;
use crate::error::{Error, Result};
use crate::stage::{Batch, LoadPackage};

/// Rows in one part file of the load package.
const PART_ROWS: usize = 50_000;
/// Readings that may wait for the writer.
const WAITING: usize = 16;

/// Reads every file and writes the rows as parts numbered from `first_part`, in the order they come: the facts are
/// sorted when they are loaded. Gives the readings in the files' order and the next free part number.
pub fn read_all(
    reader: &Reader,
    files: &[&SourceFile],
    package: &LoadPackage,
    first_part: u32,
    progress: &Progress,
    stop: &Stop,
) -> Result<(Vec<Reading>, u32)> {
    let (sender, receiver) = sync_channel::<(usize, Reading, Batch)>(WAITING);
    thread::scope(|scope| {
        let writer = scope.spawn(move || -> Result<(Vec<Reading>, u32)> {
            let mut readings: Vec<Option<Reading>> = vec![None; files.len()];
            let mut part = Part { package, number: first_part, batch: Batch::default() };
            for (index, reading, batch) in receiver {
                readings[index] = Some(part.take(reading, batch)?);
            }
            part.flush()?;
            Ok((readings.into_iter().flatten().collect(), part.number))
        });
        files.par_iter().enumerate().for_each_with(sender, |sender, (index, source)| {
            if stop.is_asked() {
                return;
            }
            let (reading, batch) = reader.read(source);
            progress.file_read(&source.file);
            // The writer hangs up only after a failure of its own, which it reports.
            let _ = sender.send((index, reading, batch));
        });
        writer.join().unwrap_or_else(|_| Err(Error::not_published("the writer of the load package stopped")))
    })
}

struct Part<'a> {
    package: &'a LoadPackage,
    number: u32,
    batch: Batch,
}

impl Part<'_> {
    fn name(&self) -> String {
        format!("part-{:05}", self.number)
    }

    fn take(&mut self, mut reading: Reading, batch: Batch) -> Result<Reading> {
        if self.batch.rows() > 0 && self.batch.rows() + batch.rows() > PART_ROWS {
            self.flush()?;
        }
        reading.part = self.name();
        self.batch.append(batch);
        Ok(reading)
    }

    fn flush(&mut self) -> Result<()> {
        if self.batch.rows() > 0 {
            self.package.write(&self.name(), &self.batch).map_err(|error| {
                Error::not_published(error.to_string()).hint(
                    "the disk that holds the warehouse may be full or read-only; the published warehouse is untouched",
                )
            })?;
            self.batch = Batch::default();
            self.number += 1;
        }
        Ok(())
    }
}

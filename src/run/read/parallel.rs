//! Reads files on all cores and writes their rows in the order of the files: a bounded number of readings may be ahead
//! of the one that is written next, which keeps memory flat.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::reading::{Reader, Reading};
use crate::discover::SourceFile;
use crate::error::{Error, Result};
use crate::run::stop::Stop;
use crate::run::tell::progress::Progress;
use crate::stage::{Batch, LoadPackage, PartFingerprint};

/// Rows in one part file of the load package.
const PART_ROWS: usize = 25_000;
/// Files that may be begun before the first of them is written.
const AHEAD: usize = 64;

/// What one file gave, by its place in the list; nothing where reading it failed altogether.
type Read = (usize, Option<(Reading, Batch)>);

/// Reads every file and writes the rows as parts numbered from `first_part`, in the order of the files: rows of one
/// document, and documents of one folder, stay together. A run that is asked to stop gives what was read until then.
pub fn read_all(
    reader: &Reader,
    files: &[&SourceFile],
    package: &LoadPackage,
    first_part: u32,
    progress: &Progress,
    stop: &Stop,
) -> Result<NewReadings> {
    let (sender, receiver) = channel::<Read>();
    let (allow, allowed) = sync_channel::<()>(AHEAD);
    let (allowed, next) = (Mutex::new(allowed), AtomicUsize::new(0));
    thread::scope(|scope| {
        let writer = scope.spawn(move || write_in_order(&receiver, &allow, package, first_part));
        rayon::broadcast(|_| {
            let sender = sender.clone();
            while !stop.is_asked() && is_allowed(&allowed) {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(source) = files.get(at) else { break };
                read_one(reader, source, at, &sender);
                progress.file_read(&source.file);
            }
        });
        drop(sender);
        writer.join().unwrap_or_else(|_| Err(Error::not_published("the writer of the load package stopped")))
    })
}

/// Waits until one more file may be begun. The writer hangs up only after a failure, which it reports itself.
fn is_allowed(allowed: &Mutex<Receiver<()>>) -> bool {
    allowed.lock().unwrap_or_else(PoisonError::into_inner).recv().is_ok()
}

/// Without its reading the writer would wait for ever: it is told before a panic goes on.
fn read_one(reader: &Reader, source: &SourceFile, at: usize, sender: &Sender<Read>) {
    match catch_unwind(AssertUnwindSafe(|| reader.read(source))) {
        Ok(read) => drop(sender.send((at, Some(read)))),
        Err(panic) => {
            let _ = sender.send((at, None));
            resume_unwind(panic);
        }
    }
}

fn write_in_order(
    receiver: &Receiver<Read>,
    allow: &SyncSender<()>,
    package: &LoadPackage,
    first_part: u32,
) -> Result<NewReadings> {
    let mut part =
        Part { package, batch: Batch::default(), done: NewReadings { next_part: first_part, ..Default::default() } };
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for _ in 0..AHEAD {
        let _ = allow.try_send(());
    }
    for (at, read) in receiver {
        let read = read.ok_or_else(|| Error::not_published("a file could not be read to its end"))?;
        waiting.insert(at, read);
        while let Some((reading, batch)) = waiting.remove(&next) {
            part.take(reading, batch)?;
            next += 1;
            // Nobody waits for it once all files are begun.
            let _ = allow.try_send(());
        }
    }
    part.flush()?;
    Ok(part.done)
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
            self.batch.clear();
            self.done.parts.insert(name, fingerprint);
            self.done.next_part += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::{FingerprintCache, discover};
    use crate::project::Project;

    #[test]
    fn rows_are_written_in_the_order_of_the_files() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..200 {
            // Long texts between short ones are overtaken by the files after them.
            let length = if number % 20 == 0 { 200_000 } else { 10 };
            let text = "本年收入合计1万元。".repeat(length / 10);
            std::fs::write(folder.path().join(format!("{number:03}.txt")), text).unwrap();
        }
        std::fs::write(folder.path().join("100.txt"), "").unwrap();
        let sources = [folder.path().to_owned()];
        let found = discover(&sources, &mut FingerprintCache::default(), 1 << 20).unwrap();
        let files: Vec<&SourceFile> = found.files.iter().collect();
        let reader = Reader::load(&Project::built_in()).unwrap();
        let package = LoadPackage::new(&folder.path().join("package"));
        let stop = Stop::on_signals();
        let read = read_all(&reader, &files, &package, 7, &Progress::new(true), &stop).unwrap();
        let names = |files: &mut dyn Iterator<Item = &str>| files.map(str::to_owned).collect::<Vec<_>>();
        let wanted = names(&mut files.iter().map(|file| file.file.as_str()));
        assert_eq!(names(&mut read.readings.iter().map(|reading| reading.file.as_str())), wanted);
        let empty = &read.readings[100];
        assert_eq!((empty.outcome.as_str(), empty.part.as_str()), ("failed", "part-00007"));
        assert_eq!((read.parts.len(), read.next_part), (1, 8));
    }
}

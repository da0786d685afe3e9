//! Reads files in several processes: tasks of files that follow one another, so that rows stand in the order of the files
//! whoever read them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use super::process::crew::{Given, Hand, Terms};
use super::process::task::Task;
use super::reading::Reading;
use crate::discover::SourceFile;
use crate::error::{Error, Result};
use crate::run::stop::Stop;
use crate::run::tell::progress::Progress;
use crate::stage::{LoadPackage, PartFingerprint};

/// Files of one task: a file that ends a process has so many read again, and a task is a part of the load package, of
/// which there should be few.
const TASK_FILES: RangeInclusive<usize> = 8..=64;
/// Tasks for each process: whoever is done first takes the next.
const TASKS_A_HAND: usize = 4;

/// What reading gave, and the parts it was written to.
#[derive(Debug, Default)]
pub struct NewReadings {
    pub readings: Vec<Reading>,
    pub parts: BTreeMap<String, PartFingerprint>,
    pub next_part: u32,
}

/// Reads every file and writes the rows as parts numbered from `first_part`, in the order of the files. A run that is
/// asked to stop gives what was read until then.
///
/// # Errors
/// Nothing can be read or written any more; see [`Hand::work`].
pub fn read_all(
    terms: &Terms<'_>,
    files: &[&SourceFile],
    package: &LoadPackage,
    first_part: u32,
    progress: &Progress,
    stop: &Stop,
) -> Result<NewReadings> {
    let hands = terms.pipeline.hands();
    let tasks = tasks(files, hands, package, first_part, terms.pipeline.file_seconds);
    let (next, given) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let has_failed = AtomicBool::new(false);
    let work = || -> Result<()> {
        let mut hand = Hand::new(terms);
        while !stop.is_asked() && !has_failed.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(task) = tasks.get(at) else { break };
            let done =
                hand.work(task.clone(), progress, stop).inspect_err(|_| has_failed.store(true, Ordering::Relaxed))?;
            given.lock().unwrap_or_else(PoisonError::into_inner).insert(at, done);
        }
        Ok(())
    };
    thread::scope(|scope| {
        let hands: Vec<_> = (0..hands.min(tasks.len())).map(|_| scope.spawn(work)).collect();
        let ended = hands.into_iter().map(|hand| {
            hand.join().unwrap_or_else(|_| Err(Error::not_published("a file could not be read to its end")))
        });
        ended.collect::<Vec<_>>().into_iter().collect::<Result<()>>()
    })?;
    let given: BTreeMap<usize, Given> = given.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut new = NewReadings { next_part: first_part + tasks.len() as u32, ..NewReadings::default() };
    for done in given.into_values() {
        new.readings.extend(done.readings);
        new.parts.extend(done.parts);
    }
    Ok(new)
}

fn tasks(files: &[&SourceFile], hands: usize, package: &LoadPackage, first_part: u32, seconds: u64) -> Vec<Task> {
    let size = files.len().div_ceil(hands.max(1) * TASKS_A_HAND).clamp(*TASK_FILES.start(), *TASK_FILES.end());
    files
        .chunks(size)
        .zip(first_part..)
        .map(|(files, number)| Task {
            files: files.iter().map(|file| (*file).clone()).collect(),
            package: package.folder().to_owned(),
            part: format!("part-{number:05}"),
            set_aside: Vec::new(),
            seconds,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::{FingerprintCache, discover};

    #[test]
    fn tasks_follow_the_files_and_are_shared_out() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..200 {
            std::fs::write(folder.path().join(format!("{number:03}.txt")), "x").unwrap();
        }
        let found = discover(&[folder.path().to_owned()], None, &mut FingerprintCache::default(), 1 << 20).unwrap();
        let files: Vec<&SourceFile> = found.files.iter().collect();
        let package = LoadPackage::new(&folder.path().join("package"));
        let sizes = |hands: usize| -> Vec<usize> {
            tasks(&files, hands, &package, 7, 20).iter().map(|task| task.files.len()).collect()
        };
        assert_eq!(sizes(2), [25; 8]);
        assert_eq!(sizes(1), [50; 4]);
        let shared = tasks(&files, 2, &package, 7, 20);
        assert_eq!((shared[0].part.as_str(), shared[7].part.as_str()), ("part-00007", "part-00014"));
        let order: Vec<&str> = shared.iter().flat_map(|task| &task.files).map(|file| file.file.as_str()).collect();
        assert!(order.is_sorted());
        assert!(tasks(&[], 2, &package, 7, 20).is_empty());
    }
}

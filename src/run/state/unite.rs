//! What several shards have read becomes the state of one warehouse that is not built yet.

use std::collections::HashSet;

use serde::Serialize;

use super::fingerprint::Fingerprint;
use super::folder::{Lock, StateFolder, cannot_write};
use super::ledger::{Held, Ledger, read_with};
use crate::error::{Error, Result};
use crate::stage::LoadPackage;

/// Rows of one part that is put together of small ones.
const PART_ROWS: u64 = 100_000;

/// What was united.
#[derive(Debug, Serialize)]
pub struct United {
    pub shards: usize,
    pub files: usize,
    /// Parts of the load package, small ones put together.
    pub parts: usize,
}

/// One shard and what it has read.
struct Read {
    package: LoadPackage,
    ledger: Ledger,
    _lock: Lock,
}

/// Joins what the shards have read into the state of a warehouse beside which nothing was read yet: its next run over the
/// same files, with the same root, reads none of them. The shards keep theirs.
///
/// # Errors
/// A shard has read nothing, was read by another program or project, lost rows, or holds a file that another one holds, too
/// (exit 3); the state is not written then.
pub fn unite(target: &StateFolder, shards: &[StateFolder]) -> Result<United> {
    let Some(reading_fingerprint) = shards.first().and_then(read_with) else {
        let first = shards.first().map(|shard| shard.root.display().to_string()).unwrap_or_default();
        return Err(nothing_read(&first));
    };
    target.create()?;
    let _lock = target.lock()?;
    if read_with(target).is_some() {
        return Err(Error::usage(format!("files were read beside this warehouse already: {}", target.root.display()))
            .hint("unite into a new one with --warehouse: what is there is not mixed with what comes"));
    }
    let mut read = Vec::with_capacity(shards.len());
    let mut known = HashSet::new();
    for state in shards {
        let shard = open(state, &reading_fingerprint)?;
        let twice = shard.ledger.readings.keys().find(|key| !known.insert((*key).clone()));
        if let Some(twice) = twice.and_then(|key| shard.ledger.readings.get(key)) {
            return Err(Error::not_published(format!("{} was read in two shards", twice.file))
                .because(format!("the second one is {}", state.root.display()))
                .hint("give every shard once, and shards of one plan only"));
        }
        read.push(shard);
    }
    let united = join(target, read)?;
    united.save(target, &reading_fingerprint)?;
    Ok(United { shards: shards.len(), files: united.readings.len(), parts: united.parts.len() })
}

fn open(state: &StateFolder, reading_fingerprint: &Fingerprint) -> Result<Read> {
    let shown = state.root.display().to_string();
    let made_with = read_with(state).ok_or_else(|| nothing_read(&shown))?;
    let differences = made_with.differences(reading_fingerprint);
    if !differences.is_empty() {
        return Err(Error::not_published(format!("{shown} was read by other rules than the first shard"))
            .because(format!("changed: {}", differences.join(", ")))
            .hint("read it again with the program and project of the others"));
    }
    let lock = state.lock()?;
    let package = LoadPackage::new(&state.stage());
    let mut ledger = Ledger::open(state, reading_fingerprint);
    ledger.readings.retain(|_, reading| !reading.retired);
    let damaged = ledger.forget_damaged(&package);
    if damaged > 0 || ledger.readings.is_empty() {
        return Err(Error::not_published(format!("{damaged} files of {shown} have lost their stored rows"))
            .hint("read the shard again: only what is lost is read"));
    }
    Ok(Read { package, ledger, _lock: lock })
}

/// Every part under a new number; small ones together, so that a union of many shards has not many small parts.
fn join(target: &StateFolder, shards: Vec<Read>) -> Result<Ledger> {
    let package = LoadPackage::new(&target.stage());
    // A union that was killed has left parts that no ledger names.
    package.keep_only(|_| false).map_err(|error| cannot_write(package.folder(), &error))?;
    let mut united = Ledger::default();
    for group in groups(&shards) {
        let part = format!("part-{:05}", united.next_part);
        united.next_part += 1;
        let named: Vec<(&LoadPackage, &str)> =
            group.iter().map(|(shard, name)| (&shards[*shard].package, name.as_str())).collect();
        let not_written = |why: String| Error::not_published(why).hint("the disk that holds the warehouse may be full");
        package.take_over(&part, &named).map_err(|error| not_written(error.to_string()))?;
        let fingerprint = package.fingerprint(&part).map_err(|error| cannot_write(package.folder(), &error))?;
        united.parts.insert(part.clone(), fingerprint);
        for (shard, name) in &group {
            let of_part = shards[*shard].ledger.readings.values().filter(|reading| reading.part == *name);
            united.readings.extend(of_part.map(|reading| {
                let mut reading = reading.clone();
                reading
                    .shares
                    .iter_mut()
                    .filter(|share| share.part == *name)
                    .for_each(|share| share.part = part.clone());
                reading.part.clone_from(&part);
                (reading.document_key.clone(), reading)
            }));
        }
    }
    for shard in shards {
        let without_rows = shard.ledger.readings.into_iter().filter(|(_, reading)| reading.part.is_empty());
        united.readings.extend(without_rows);
        united.fingerprints.absorb(shard.ledger.fingerprints);
    }
    Ok(united)
}

/// Parts that become one, by the number of their shard and their name: a large one alone, small ones until they are many rows.
fn groups(shards: &[Read]) -> Vec<Vec<(usize, String)>> {
    let mut groups = Vec::new();
    let (mut small, mut rows) = (Vec::new(), 0);
    for (number, shard) in shards.iter().enumerate() {
        for (name, held) in shard.ledger.held_by_part() {
            let Held { rows: own, .. } = held;
            if !held.is_small() {
                groups.push(vec![(number, name.to_owned())]);
                continue;
            }
            if rows + own > PART_ROWS {
                groups.push(std::mem::take(&mut small));
                rows = 0;
            }
            small.push((number, name.to_owned()));
            rows += own;
        }
    }
    groups.push(small);
    groups.retain(|group| !group.is_empty());
    groups
}

fn nothing_read(shown: &str) -> Error {
    Error::usage(format!("nothing was read beside {shown}"))
        .hint("give the warehouses that `juesuan run` or `juesuan stage` was given with --warehouse")
}

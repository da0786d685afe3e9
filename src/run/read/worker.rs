//! The process that reads: what a file does to its memory, time or stack ends this process and not the run.

use std::io::{BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::bounds;
use super::parts::Parts;
use super::reader::Reader;
use super::task::{Task, Told};
use crate::error::{Error, Result};
use crate::project::Project;
use crate::stage::LoadPackage;

/// What holds for every task of a reading process.
#[derive(Debug, Clone, Copy)]
pub struct ReaderTerms {
    /// What the process may take, in MiB.
    pub memory_mib: u64,
    /// See [`Reader::with_hidden`].
    pub read_hidden: bool,
}

/// Reads tasks from `input` to its end and tells on `output` what came of them.
///
/// # Errors
/// The project cannot be read, or the conductor is gone.
pub fn serve(project: &Project, terms: ReaderTerms, input: impl BufRead, mut output: impl Write) -> Result<()> {
    let gone = |error: std::io::Error| Error::usage("the run that this process reads for is gone").because(error);
    let stop = asked_to_stop();
    let reader = Reader::load(project)?.with_hidden(terms.read_hidden);
    bounds::end_with_parent();
    bounds::limit_memory(terms.memory_mib);
    for line in input.lines() {
        let line = line.map_err(gone)?;
        let task: Task = serde_json::from_str(&line)
            .map_err(|error| Error::usage("this process is started by `juesuan run` alone").because(error))?;
        work(&reader, task, &stop, &mut |told| {
            let mut line = serde_json::to_vec(&told).map_err(std::io::Error::other)?;
            line.push(b'\n');
            output.write_all(&line).and_then(|()| output.flush())
        })
        .map_err(gone)?;
    }
    Ok(())
}

fn work(
    reader: &Reader,
    task: Task,
    stop: &AtomicBool,
    tell: &mut impl FnMut(Told) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let package = LoadPackage::new(&task.package);
    if let Err(error) = package.remove_parts(&task.part) {
        return tell(Told::CannotWrite(error.to_string()));
    }
    let mut parts = Parts::new(&package, &task.part);
    for (at, source) in task.files.iter().enumerate() {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        tell(Told::Begun(at))?;
        let (mut reading, batch) = match task.set_aside.iter().find(|(place, _)| *place == at) {
            Some((_, fate)) => Reader::set_aside(source, fate),
            None => {
                bounds::limit_time(task.seconds);
                reader.read(source)
            }
        };
        match parts.take(&mut reading, batch) {
            Ok(full) => full.map_or(Ok(()), |(name, fingerprint)| tell(Told::Wrote(name, fingerprint)))?,
            Err(why) => return tell(Told::CannotWrite(why)),
        }
        tell(Told::Read(Box::new(reading)))?;
    }
    bounds::limit_time(bounds::TO_WRITE_A_PART);
    match parts.flush() {
        Ok(last) => last.map_or(Ok(()), |(name, fingerprint)| tell(Told::Wrote(name, fingerprint)))?,
        Err(why) => return tell(Told::CannotWrite(why)),
    }
    tell(Told::Done)
}

/// The conductor asks with SIGTERM. Ctrl-C reaches every process of the terminal: the conductor decides what comes of it.
fn asked_to_stop() -> Arc<AtomicBool> {
    let asked = Arc::new(AtomicBool::new(false));
    let _ = signal_hook::flag::register(signal_hook::consts::SIGTERM, Arc::clone(&asked));
    let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::new(AtomicBool::new(false)));
    asked
}

//! The process that reads: what a file does to its memory, time or stack ends this process and not the run.

use std::io::{BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::bounds;
use super::task::{Task, Told};
use crate::decode::{Recogniser, Scan, Seen};
use crate::discover::SourceFile;
use crate::error::{Error, Result};
use crate::project::Project;
use crate::run::read::ocr::OcrProgram;
use crate::run::read::parts::Parts;
use crate::run::read::reader::Reader;
use crate::run::read::reading::Reading;
use crate::stage::{Batch, LoadPackage};

/// What holds for every task of a reading process.
#[derive(Debug, Clone)]
pub struct ReaderTerms {
    /// What the process may take, in MiB.
    pub memory_mib: u64,
    /// See [`Reader::with_hidden`].
    pub read_hidden: bool,
    /// What reads pages that are pictures.
    pub ocr: Option<OcrProgram>,
}

/// Hands a page to the program of `ocr` and tells the conductor, who would take the time for a loop without end.
struct Asking<'a, T> {
    program: &'a OcrProgram,
    tell: &'a mut T,
    seconds: u64,
    has_failed: bool,
}

impl<T: FnMut(Told) -> std::io::Result<()>> Recogniser for Asking<'_, T> {
    fn texts(&mut self, scan: &Scan) -> std::result::Result<Vec<Seen>, String> {
        // A conductor that is gone ends this process when the file is read.
        let _ = (self.tell)(Told::Page);
        bounds::limit_time(self.seconds);
        let texts = self.program.texts(scan);
        self.has_failed |= texts.is_err();
        texts
    }
}

/// Reads tasks from `input` to its end and tells on `output` what came of them.
///
/// # Errors
/// The project cannot be read, or the conductor is gone.
pub fn serve(project: &Project, terms: &ReaderTerms, input: impl BufRead, mut output: impl Write) -> Result<()> {
    let gone = |error: std::io::Error| Error::usage("the run that this process reads for is gone").because(error);
    let stop = asked_to_stop();
    let reader = Reader::load(project)?.with_hidden(terms.read_hidden);
    bounds::end_with_parent();
    bounds::limit_memory(terms.memory_mib);
    for line in input.lines() {
        let line = line.map_err(gone)?;
        let task: Task = serde_json::from_str(&line)
            .map_err(|error| Error::usage("this process is started by `juesuan run` alone").because(error))?;
        work(&reader, terms.ocr.as_ref(), task, &stop, &mut |told| {
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
    ocr: Option<&OcrProgram>,
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
                read(reader, ocr, source, task.seconds, tell)
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

fn read(
    reader: &Reader,
    ocr: Option<&OcrProgram>,
    source: &SourceFile,
    seconds: u64,
    tell: &mut impl FnMut(Told) -> std::io::Result<()>,
) -> (Reading, Batch) {
    let Some(program) = ocr else { return reader.read(source, None) };
    let mut asking = Asking { program, tell, seconds, has_failed: false };
    let (mut reading, batch) = reader.read(source, Some(&mut asking));
    // What the program could not read may be a fault of the moment.
    reading.try_again |= asking.has_failed;
    (reading, batch)
}

/// The conductor asks with SIGTERM. Ctrl-C reaches every process of the terminal: the conductor decides what comes of it.
fn asked_to_stop() -> Arc<AtomicBool> {
    let asked = Arc::new(AtomicBool::new(false));
    let _ = signal_hook::flag::register(signal_hook::consts::SIGTERM, Arc::clone(&asked));
    let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::new(AtomicBool::new(false)));
    asked
}

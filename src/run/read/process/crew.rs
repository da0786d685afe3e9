//! One reading process, seen from the conductor: started, handed tasks, watched, and replaced when a file ends it.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::task::{Task, Told};
use crate::error::{Error, Result};
use crate::project::Project;
use crate::run::read::fate::Fate;
use crate::run::read::reading::Reading;
use crate::run::settings::pipeline::Pipeline;
use crate::run::stop::Stop;
use crate::run::tell::progress::Progress;
use crate::stage::PartFingerprint;

/// How often a signal is looked for while a process works.
const LOOK: Duration = Duration::from_millis(100);
/// What a process may still do after it was asked to stop.
const AFTER_STOP: Duration = Duration::from_millis(1_200);
/// A file that waits for something (a pipe, a dead network disk) takes no processor time: so many times its bound.
const PATIENCE: u32 = 10;

/// How processes are started and what a file may cost.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    pub project: &'a Project,
    pub pipeline: &'a Pipeline,
}

/// What a task gave.
#[derive(Debug, Default)]
pub struct Given {
    pub readings: Vec<Reading>,
    pub parts: Vec<(String, PartFingerprint)>,
}

/// A process that reads one task after another.
pub struct Hand<'a> {
    terms: &'a Terms<'a>,
    process: Option<Process>,
}

struct Process {
    child: Child,
    input: ChildStdin,
    told: Receiver<Told>,
    complaint: JoinHandle<String>,
}

/// How a process came to its end in the middle of a task.
struct Ended {
    /// The file it had begun.
    file: Option<usize>,
    fate: Fate,
}

impl<'a> Hand<'a> {
    pub fn new(terms: &'a Terms<'a>) -> Self {
        Self { terms, process: None }
    }

    /// Has a task done. A file that ends the process is set aside, and the task is begun again without it.
    ///
    /// # Errors
    /// No process can be started, rows cannot be written, or processes end that read no file.
    pub fn work(&mut self, mut task: Task, progress: &Progress, stop: &Stop) -> Result<Given> {
        let mut ended_without_a_file = 0;
        loop {
            match self.attempt(&task, progress, stop)? {
                Ok(given) => return Ok(given),
                Err(_) if stop.is_asked() => return Ok(Given::default()),
                Err(Ended { file: Some(at), fate }) => task.set_aside.push((at, fate)),
                Err(Ended { file: None, fate }) => {
                    ended_without_a_file += 1;
                    if ended_without_a_file > 1 {
                        return Err(Error::not_published("the processes that read files break down")
                            .because(fate.shown())
                            .hint("see that the machine has memory to spare; lower --workers"));
                    }
                }
            }
        }
    }

    fn attempt(&mut self, task: &Task, progress: &Progress, stop: &Stop) -> Result<std::result::Result<Given, Ended>> {
        let mut process = match self.process.take() {
            Some(process) => process,
            None => Process::start(self.terms)?,
        };
        let pipeline = self.terms.pipeline;
        let of_a_page = pipeline.ocr_program().map_or(0, |program| program.seconds);
        let patience = Duration::from_secs(pipeline.file_seconds) * PATIENCE + Duration::from_secs(of_a_page);
        let mut given = Given::default();
        let (mut begun, mut since, mut stopping) = (None, Instant::now(), None);
        let mut line = serde_json::to_vec(task).unwrap_or_default();
        line.push(b'\n');
        // A process that is gone already is seen by its silence below.
        let _ = process.input.write_all(&line).and_then(|()| process.input.flush());
        loop {
            match process.told.recv_timeout(LOOK) {
                Ok(Told::Begun(at)) => (begun, since) = (Some(at), Instant::now()),
                Ok(Told::Page) => since = Instant::now(),
                Ok(Told::Read(reading)) => {
                    begun = None;
                    progress.file_read(&reading.file);
                    given.readings.push(*reading);
                }
                Ok(Told::Wrote(name, fingerprint)) => given.parts.push((name, fingerprint)),
                Ok(Told::CannotWrite(why)) => return Err(cannot_write(why)),
                Ok(Told::Done) => {
                    self.process = Some(process);
                    return Ok(Ok(given));
                }
                Err(RecvTimeoutError::Timeout) if begun.is_some() && since.elapsed() > patience => {
                    process.kill();
                    return Ok(Err(Ended { file: begun, fate: Fate::Time { seconds: patience.as_secs() } }));
                }
                Err(RecvTimeoutError::Timeout) if stop.is_asked() => {
                    let since = *stopping.get_or_insert_with(|| {
                        process.ask_to_stop();
                        Instant::now()
                    });
                    if since.elapsed() > AFTER_STOP {
                        process.kill();
                        return Ok(Err(Ended { file: begun, fate: Fate::Crash { how: String::new() } }));
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Ok(Err(Ended { file: begun, fate: process.fate(self.terms) }));
                }
            }
        }
    }
}

/// Whoever measures a run counts what its readers took only once they were waited for.
impl Drop for Hand<'_> {
    fn drop(&mut self) {
        if let Some(Process { mut child, input, .. }) = self.process.take() {
            drop(input);
            let _ = child.wait();
        }
    }
}

/// The running program. On Linux that is what runs, also when an upgrade replaced its file after this run began.
fn own_program() -> std::io::Result<PathBuf> {
    let running = Path::new("/proc/self/exe");
    if running.exists() { Ok(running.to_owned()) } else { std::env::current_exe() }
}

fn cannot_write(why: String) -> Error {
    Error::not_published(why)
        .hint("the disk that holds the warehouse may be full or read-only; the published warehouse is untouched")
}

impl Process {
    fn start(terms: &Terms<'_>) -> Result<Self> {
        let cannot = |error: std::io::Error| {
            Error::not_published("cannot start a process that reads files")
                .because(error)
                .hint("the machine may have reached its number of processes; lower --workers")
        };
        let mut command = Command::new(own_program().map_err(cannot)?);
        command.arg("read-files").arg("--memory-mib").arg(terms.pipeline.file_memory_mib.to_string());
        if terms.pipeline.read_hidden {
            command.arg("--read-hidden");
        }
        if let Some(program) = terms.pipeline.ocr_program() {
            command.arg("--ocr").arg(serde_json::to_string(&program).unwrap_or_default());
        }
        if let Some(folder) = &terms.project.folder {
            command.arg("--project").arg(folder);
        }
        // Memory is counted when it is used, not when address space is set apart for it.
        command.env("MIMALLOC_ARENA_EAGER_COMMIT", "0");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(cannot)?;
        let lost = || cannot(std::io::Error::other("its pipes are missing"));
        let input = child.stdin.take().ok_or_else(lost)?;
        let output = child.stdout.take().ok_or_else(lost)?;
        let mut errors = child.stderr.take().ok_or_else(lost)?;
        let (tell, told) = channel();
        thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(std::result::Result::ok);
            for told in lines.map_while(|line| serde_json::from_str::<Told>(&line).ok()) {
                if tell.send(told).is_err() {
                    return;
                }
            }
        });
        let complaint = thread::spawn(move || {
            let mut text = String::new();
            let _ = errors.read_to_string(&mut text);
            text
        });
        Ok(Self { child, input, told, complaint })
    }

    #[cfg(unix)]
    fn ask_to_stop(&self) {
        let pid = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw);
        if let Some(pid) = pid {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        }
    }

    #[cfg(not(unix))]
    fn ask_to_stop(&self) {}

    fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Why the process is gone.
    fn fate(mut self, terms: &Terms<'_>) -> Fate {
        drop(self.input);
        let _ = self.child.kill();
        let status = self.child.wait().ok();
        let complaint = self.complaint.join().unwrap_or_default();
        if is_out_of_time(status) {
            return Fate::Time { seconds: terms.pipeline.file_seconds };
        }
        if complaint.contains("memory allocation of") || complaint.contains("out of memory") {
            return Fate::Memory { mebibytes: terms.pipeline.file_memory_mib };
        }
        let first = complaint.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let how = status.map_or_else(String::new, |status| status.to_string());
        Fate::Crash { how: [how.as_str(), first].join(" ").trim().to_owned() }
    }
}

#[cfg(unix)]
fn is_out_of_time(status: Option<ExitStatus>) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.and_then(|status| status.signal()) == Some(signal_hook::consts::SIGXCPU)
}

#[cfg(not(unix))]
fn is_out_of_time(_status: Option<ExitStatus>) -> bool {
    false
}

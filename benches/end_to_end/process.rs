//! One process: its time, its processor time, its peak memory, and the JSON it printed.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Instant;

#[derive(Debug, Clone, Default)]
pub struct Measured {
    pub seconds: f64,
    /// User and system, all threads.
    pub processor_seconds: f64,
    pub peak_mib: f64,
    pub json: serde_json::Value,
}

impl Measured {
    pub fn or_faster(self, other: Self) -> Self {
        if other.seconds < self.seconds { other } else { self }
    }
}

/// The built program.
pub fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_juesuan"))
}

/// This bench once more.
pub fn this() -> Command {
    Command::new(std::env::current_exe().unwrap_or_else(|error| panic!("{error}")))
}

pub trait Measure {
    fn measured(&mut self) -> Measured;
}

impl Measure for Command {
    #[expect(clippy::zombie_processes, reason = "`wait` waits for it, and tells what it used")]
    /// Runs the command to its end; one that fails ends the bench with what it said.
    fn measured(&mut self) -> Measured {
        let started = Instant::now();
        let mut child =
            self.stdout(Stdio::piped()).spawn().unwrap_or_else(|error| panic!("cannot start {self:?}: {error}"));
        let mut printed = String::new();
        if let Some(mut output) = child.stdout.take() {
            output.read_to_string(&mut printed).unwrap_or_else(|error| panic!("{error}"));
        }
        let (status, usage) = wait(child.id());
        assert_eq!(status, 0, "{self:?} failed");
        Measured {
            seconds: started.elapsed().as_secs_f64(),
            processor_seconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            // KiB on Linux, bytes on macOS.
            peak_mib: usage.ru_maxrss as f64 / if cfg!(target_os = "macos") { 1_048_576.0 } else { 1_024.0 },
            json: serde_json::from_str(&printed).unwrap_or_default(),
        }
    }
}

/// Waits for one child and gives what it used; the standard library tells only how it ended.
fn wait(child: u32) -> (i32, libc::rusage) {
    let mut status = 0;
    // SAFETY: both pointers are to live values of the right type, and the child is ours and not waited for elsewhere.
    unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::wait4(child as libc::pid_t, &mut status, 0, &mut usage);
        (status, usage)
    }
}

fn seconds(time: libc::timeval) -> f64 {
    time.tv_sec as f64 + time.tv_usec as f64 / 1e6
}

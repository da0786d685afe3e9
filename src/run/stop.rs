//! Ends a run cleanly when the system asks (SIGTERM, SIGINT, SIGHUP): what was read is kept, nothing is published.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

use crate::error::{Error, Result};
use crate::warehouse::Warehouse;

/// How soon a statement that is running notices.
const NOTICE: Duration = Duration::from_millis(100);

#[derive(Debug, Clone)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Listens from now on. A second signal ends the program at once.
    pub fn on_signals() -> Self {
        let asked = Arc::new(AtomicBool::new(false));
        for signal in [SIGTERM, SIGINT, SIGHUP] {
            // Where a handler cannot be set, the signal keeps its default: the program ends, and nothing is half-published.
            let _ = flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&asked))
                .and_then(|_| flag::register(signal, Arc::clone(&asked)));
        }
        Self(asked)
    }

    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// # Errors
    /// A signal has come.
    pub fn check(&self) -> Result<()> {
        if !self.is_asked() {
            return Ok(());
        }
        Err(Error::not_published("the run was asked to stop")
            .hint("the published warehouse is untouched; what was read is kept, and the next run goes on from there"))
    }

    /// What a stage gave, unless a signal has come: then whatever went wrong in it went wrong because of that.
    ///
    /// # Errors
    /// A signal has come, or the stage failed.
    pub fn unless_asked<T>(&self, result: Result<T>) -> Result<T> {
        self.check()?;
        result
    }

    /// Breaks off the statements of this warehouse once a signal has come, for as long as the watch is held.
    pub fn watch(&self, warehouse: &Warehouse) -> Watch {
        let ended = Arc::new(AtomicBool::new(false));
        let (asked, over, break_off) = (self.clone(), Arc::clone(&ended), warehouse.breaker());
        let thread = thread::spawn(move || {
            while !over.load(Ordering::Relaxed) {
                // Again and again: each call reaches only the statement that is running then.
                if asked.is_asked() {
                    break_off();
                }
                thread::park_timeout(NOTICE);
            }
        });
        Watch { ended, thread: Some(thread) }
    }
}

/// Ends with its thread.
#[derive(Debug)]
pub struct Watch {
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            let _ = thread.join();
        }
    }
}

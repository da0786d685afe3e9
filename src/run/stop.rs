//! Ends a run cleanly when the system asks (SIGTERM, SIGINT): what was read is kept, nothing is published.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::error::{Error, Result};

#[derive(Debug, Clone)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Listens from now on. A second signal ends the program at once.
    pub fn on_signals() -> Self {
        let asked = Arc::new(AtomicBool::new(false));
        for signal in [SIGTERM, SIGINT] {
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
}

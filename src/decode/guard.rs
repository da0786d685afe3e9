//! Readers of other people's formats may panic on forged bytes. One bad file must not end the run or spill a backtrace.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use super::failure::DecodeFailure;

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

static QUIET_HOOK: Once = Once::new();

/// Runs a reader; a panic inside it becomes a `Damaged` failure. Other threads keep their panic messages.
pub fn guarded<T>(read: impl FnOnce() -> Result<T, DecodeFailure>) -> Result<T, DecodeFailure> {
    QUIET_HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |information| {
            if !IS_GUARDED.get() {
                usual(information);
            }
        }));
    });
    let outer = IS_GUARDED.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(read));
    IS_GUARDED.set(outer);
    outcome.unwrap_or_else(|_| Err(DecodeFailure::damaged("its contents contradict each other")))
}

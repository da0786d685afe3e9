//! DuckDB has an allocator of its own: what this program freed serves it only once it is back with the system.

/// Gives freed memory back to the system. Without effect where `main.rs` did not choose the allocator, as in tests.
pub fn give_back() {
    // SAFETY: takes no pointer, and may be called at any time and from any thread.
    unsafe { libmimalloc_sys::mi_collect(true) }
}

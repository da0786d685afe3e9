//! DuckDB has an allocator of its own: what this program freed serves it only once it is back with the system.

/// Gives the memory that was freed back to the system; each thread keeps some of its own. Without effect where `main.rs` did
/// not choose the allocator, as in tests.
pub fn give_back() {
    rayon::broadcast(|_| give_back_own());
    give_back_own();
}

fn give_back_own() {
    // SAFETY: takes no pointer, and may be called at any time and from any thread.
    unsafe { libmimalloc_sys::mi_collect(true) }
}

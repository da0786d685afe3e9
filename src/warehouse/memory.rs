//! DuckDB's share of memory: half of what it may take at first, all of it once some statement needs it.
//!
//! DuckDB fills whatever it is given. With half of it all but a few statements over the largest corpora can be done, by
//! writing to disk what does not fit.

use super::{OUT_OF_MEMORY, Warehouse};
use crate::error::{Error, Result};

impl Warehouse {
    /// Bounds what DuckDB takes: memory in MiB and threads. What does not fit goes to a folder beside the file.
    ///
    /// # Errors
    /// DuckDB refuses the figures.
    pub fn limit(&self, memory_mib: u64, threads: usize) -> Result<()> {
        self.execute(&format!("SET threads = {}", threads.max(1)))?;
        self.execute(&self.spill())?;
        self.in_reserve_mib.set(memory_mib);
        self.give(memory_mib.div_ceil(2))
    }

    /// Does work that may be begun anew: where the first half of the memory is too little, it is done again with all of it.
    pub fn with_memory<T>(&self, work: impl Fn() -> Result<T>) -> Result<T> {
        match work() {
            Err(error) if needs_memory(&error) && self.in_reserve_mib.get() > 0 => {
                self.give(self.in_reserve_mib.take())?;
                work()
            }
            done => done,
        }
    }

    /// Does work with the memory that DuckDB began with: `None` where that is too little and there is more in reserve.
    ///
    /// # Errors
    /// Any other failure of the work.
    pub fn within_first_memory<T>(&self, work: impl Fn() -> Result<T>) -> Result<Option<T>> {
        let in_reserve_mib = self.in_reserve_mib.take();
        let done = work();
        self.in_reserve_mib.set(in_reserve_mib);
        match done {
            Err(error) if needs_memory(&error) && in_reserve_mib > 0 => Ok(None),
            done => done.map(Some),
        }
    }

    fn give(&self, memory_mib: u64) -> Result<()> {
        self.execute(&format!("SET memory_limit = '{memory_mib}MiB'"))
    }
}

fn needs_memory(error: &Error) -> bool {
    error.why.as_deref().is_some_and(|why| why.starts_with(OUT_OF_MEMORY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_half_the_memory_cannot_do_is_done_with_all_of_it() {
        // One text of 15 MB: nothing that could wait on disk.
        let large = |warehouse: &Warehouse| {
            warehouse.query("SELECT length(string_agg(CAST(i AS VARCHAR), ',')) FROM range(2000000) AS numbers(i)", &[])
        };
        let warehouse = Warehouse::in_memory().unwrap();
        warehouse.limit(80, 1).unwrap();
        let limit = |warehouse: &Warehouse| {
            let frame = warehouse.query("SELECT current_setting('memory_limit')", &[]).unwrap();
            frame.rows[0][0].shown()
        };
        assert_eq!(limit(&warehouse), "40.0 MiB");
        assert!(large(&warehouse).is_err());
        let answer = warehouse.with_memory(|| large(&warehouse)).unwrap();
        assert_eq!(answer.rows[0][0].shown(), "14888889");
        assert_eq!(limit(&warehouse), "80.0 MiB");
    }
}

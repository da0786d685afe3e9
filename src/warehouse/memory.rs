//! DuckDB's share of memory: half of what it may take, a little more to commit, and all of it while a statement needs that.
//!
//! DuckDB fills whatever it is given. With half of it all but a few statements over the largest corpora can be done, by
//! writing to disk what does not fit.

use std::sync::PoisonError;

use super::{OUT_OF_MEMORY, Value, Warehouse, quoted};
use crate::error::{Error, Result};

/// A file of more bytes may fill DuckDB's half of the memory, however few of its rows are changed.
const LARGE_FILE: u64 = 64 << 20;

impl Warehouse {
    /// Bounds what DuckDB takes: memory in MiB and threads. What does not fit goes to a folder beside the file.
    ///
    /// # Errors
    /// DuckDB refuses the figures.
    pub fn limit(&self, memory_mib: u64, threads: usize) -> Result<()> {
        self.execute(&format!("SET threads = {}", threads.max(1)))?;
        self.execute(&self.spill())?;
        self.in_reserve_mib.set(memory_mib);
        self.given_mib.set(memory_mib.div_ceil(2));
        self.give(memory_mib.div_ceil(2))
    }

    /// Does work that may be begun anew: where half of the memory is too little, it is done again with all of it.
    pub fn with_memory<T>(&self, work: impl Fn() -> Result<T>) -> Result<T> {
        match work() {
            Err(error) if needs_memory(&error) && self.may_have_more() => {
                self.with_mib(self.in_reserve_mib.get(), work)
            }
            done => done,
        }
    }

    /// Ends a transaction. Its statements may have filled half of the memory; what a commit needs then, it gets, since it cannot be
    /// done again.
    ///
    /// # Errors
    /// DuckDB cannot write its file.
    pub fn commit(&self) -> Result<()> {
        if self.has_few_rows.get() && !self.is_large() {
            return self.execute("COMMIT");
        }
        let half_mib = self.in_reserve_mib.get().div_ceil(2);
        // Nobody takes back what another connection was given to commit with.
        let _alone = self.commits.lock().unwrap_or_else(PoisonError::into_inner);
        self.with_mib(half_mib + half_mib.div_ceil(4), || self.execute("COMMIT"))
    }

    /// Whether few rows may be changed among many.
    fn is_large(&self) -> bool {
        std::fs::metadata(&self.path).is_ok_and(|file| file.len() > LARGE_FILE)
    }

    fn may_have_more(&self) -> bool {
        self.in_reserve_mib.get() > 0 && !self.keeps_to_half.get()
    }

    /// Does work while DuckDB has at least so much.
    fn with_mib<T>(&self, memory_mib: u64, work: impl Fn() -> Result<T>) -> Result<T> {
        let before_mib = self.given_mib.get();
        if memory_mib <= before_mib {
            return work();
        }
        self.given_mib.set(memory_mib);
        let done = self.give(memory_mib).and_then(|()| work());
        self.given_mib.set(before_mib);
        // It keeps what it cannot write to disk.
        let _ = self.give(before_mib);
        done
    }

    /// Writes what was built so far into its file. Until then DuckDB holds indexes, and groups of rows that are not full, in
    /// memory that no other statement can have; both grow with the corpus. Few rows fit into memory, and are written at the end
    /// alone.
    ///
    /// # Errors
    /// DuckDB cannot write its file.
    pub fn put_down(&self) -> Result<()> {
        if self.has_few_rows.get() { Ok(()) } else { self.execute("CHECKPOINT") }
    }

    /// Does work with the memory that DuckDB has now: `None` where that is too little.
    ///
    /// # Errors
    /// Any other failure of the work.
    pub fn within_memory<T>(&self, work: impl Fn() -> Result<T>) -> Result<Option<T>> {
        let kept_before = self.keeps_to_half.replace(true);
        let done = work();
        self.keeps_to_half.set(kept_before);
        match done {
            Err(error) if needs_memory(&error) => Ok(None),
            done => done.map(Some),
        }
    }

    /// Conditions on a key that each hold for a part of the rows of a table, in the order of the keys; together for all there can
    /// be. For work that takes too much memory on all of them at once.
    ///
    /// # Errors
    /// DuckDB refuses the question.
    pub fn parts_of(&self, table: &str, key: &str, parts: usize) -> Result<Vec<String>> {
        let frame = self.query(
            &format!(
                "SELECT max({key}) FROM (
                     SELECT {key}, ntile({parts}) OVER (ORDER BY {key}) AS part FROM (SELECT DISTINCT {key} FROM {table}))
                 GROUP BY part ORDER BY part"
            ),
            &[],
        )?;
        let mut last: Vec<Value> = frame.rows.into_iter().flatten().collect();
        // The last part has no end.
        last.pop();
        let ends: Vec<String> = last.iter().map(|key| quoted(&key.shown())).collect();
        let from =
            |at: usize| at.checked_sub(1).map_or("TRUE".to_owned(), |before| format!("{key} > {}", ends[before]));
        let to = |at: usize| ends.get(at).map_or("TRUE".to_owned(), |end| format!("{key} <= {end}"));
        Ok((0..=ends.len()).map(|at| format!("{} AND {}", from(at), to(at))).collect())
    }

    fn give(&self, memory_mib: u64) -> Result<()> {
        self.execute(&format!("SET memory_limit = '{memory_mib}MiB'"))
    }
}

/// Whether work may be done again with more memory. What failed in a commit may not: its rows may count as deleted already.
fn needs_memory(error: &Error) -> bool {
    error.why.as_deref().is_some_and(|why| why.starts_with(OUT_OF_MEMORY))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    use crate::warehouse::{NOT_COMMITTED, says_out_of_memory};

    #[test]
    fn parts_hold_every_row_once_and_in_order() {
        let warehouse = Warehouse::in_memory().unwrap();
        warehouse.execute("CREATE TABLE said AS SELECT 'k' || (i % 7) AS key, i FROM range(70) AS numbers(i)").unwrap();
        for parts in [1, 3, 7, 20] {
            let mut keys = Vec::new();
            for part in warehouse.parts_of("said", "key", parts).unwrap() {
                let rows = warehouse.query(&format!("SELECT key FROM said WHERE {part} ORDER BY key"), &[]).unwrap();
                keys.extend(rows.rows.into_iter().map(|row| row[0].shown()));
            }
            assert_eq!((keys.len(), keys.is_sorted()), (70, true), "{parts}");
        }
        warehouse.execute("DELETE FROM said").unwrap();
        assert_eq!(warehouse.parts_of("said", "key", 3).unwrap(), ["TRUE AND TRUE"]);
    }

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
        // It has all of it no longer than it takes.
        assert_eq!(limit(&warehouse), "40.0 MiB");
    }
    #[test]
    fn a_commit_has_memory_when_its_statements_filled_half() {
        let folder = tempfile::tempdir().unwrap();
        let warehouse = Warehouse::create(&folder.path().join("w.duckdb")).unwrap();
        warehouse.limit(16, 1).unwrap();
        warehouse
            .execute("CREATE TABLE said AS SELECT i, repeat('a', 100) AS text FROM range(5000) AS numbers(i)")
            .unwrap();
        warehouse.execute("BEGIN; UPDATE said SET text = repeat('b', 100)").unwrap();
        // What the rows looked like before is written to disk now; to commit, it is read again.
        warehouse.execute("SET memory_limit = '1.5MB'").unwrap();
        warehouse.commit().unwrap();
        let frame = warehouse.query("SELECT count(*) FROM said WHERE text[1] = 'b'", &[]).unwrap();
        assert_eq!(frame.rows[0][0].as_integer(), Some(5000));
    }

    #[test]
    fn what_failed_to_commit_is_not_done_again() {
        let warehouse = Warehouse::in_memory().unwrap();
        warehouse.limit(16, 1).unwrap();
        let times = Cell::new(0);
        let failing = |why: &str| {
            times.set(times.get() + 1);
            Err::<(), Error>(Error::not_published("no memory").because(why))
        };
        let in_commit = format!("{NOT_COMMITTED}failed to pin block of size 256.0 KiB (8.0 MiB/8.0 MiB used)");
        assert!(warehouse.with_memory(|| failing(&in_commit)).is_err());
        assert!(warehouse.within_memory(|| failing(&in_commit)).is_err());
        assert_eq!(times.take(), 2);
        assert!(warehouse.with_memory(|| failing(OUT_OF_MEMORY)).is_err());
        assert_eq!(warehouse.within_memory(|| failing(OUT_OF_MEMORY)).unwrap(), None);
        assert_eq!(times.take(), 3, "once more with all of it");
    }

    #[test]
    fn too_little_memory_is_known_in_a_commit_too() {
        let of_commit = "TransactionContext Error: Failed to commit: failed to pin block of size 256.0 KiB (255.9 MiB/256.0 MiB used)";
        assert!(says_out_of_memory(of_commit));
        assert!(says_out_of_memory(
            "Out of Memory Error: could not allocate block of size 256.0 KiB (8 MiB/8 MiB used)"
        ));
        for other in [
            "TransactionContext Error: Failed to commit: PRIMARY KEY or UNIQUE constraint violation",
            "Binder Error: no",
        ] {
            assert!(!says_out_of_memory(other), "{other}");
        }
    }
}

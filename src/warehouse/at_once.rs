//! Work on few rows, several pieces at a time: what a plan costs before its first row is nearly all there is to each, and
//! DuckDB makes a plan on one core. Over many rows a statement takes all cores and the memory there is by itself.

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::Warehouse;
use crate::error::{Error, Result};

/// Pieces done at a time, at most: each has a connection of its own.
const HANDS: usize = 4;

impl Warehouse {
    /// Whether what is done from now on, here and on connections made from now on, is done to few rows.
    pub fn expect_few_rows(&self, few: bool) {
        self.has_few_rows.set(few);
    }

    /// Does each piece of work once all earlier ones that it comes after are done: several at a time where there are few rows,
    /// else in their order.
    ///
    /// # Errors
    /// That of the first piece that fails; those that were not begun by then are left.
    pub fn each_at_once<T: Sync>(
        &self,
        pieces: &[T],
        comes_after: impl Fn(&T, &T) -> bool,
        work: impl Fn(&Warehouse, &T) -> Result<()> + Sync,
    ) -> Result<()> {
        let hands = rayon::current_num_threads().min(HANDS).min(pieces.len());
        if hands < 2 || !self.has_few_rows.get() {
            return pieces.iter().try_for_each(|piece| work(self, piece));
        }
        let others = (1..hands).map(|_| self.another_connection()).collect::<Result<Vec<Warehouse>>>()?;
        let waits_for = |at: usize| (0..at).filter(|before| comes_after(&pieces[at], &pieces[*before])).collect();
        let board = Board::of((0..pieces.len()).map(waits_for).collect());
        let hand = |warehouse: &Warehouse| {
            while let Some(taken) = board.next() {
                let done = work(warehouse, &pieces[taken.at]);
                taken.end(done);
            }
        };
        self.on_one_thread(|| {
            thread::scope(|scope| {
                let hand = &hand;
                for other in others {
                    scope.spawn(move || hand(&other));
                }
                hand(self);
            });
            Ok(())
        })?;
        board.state().failed.take().map_or(Ok(()), |(_, error)| Err(error))
    }

    /// Does work beside which threads of ours have enough to do: DuckDB has one thread meanwhile. With more, the one that asks spins
    /// while the others work, on a core that ours could use.
    ///
    /// # Errors
    /// Those of the work.
    pub fn on_one_thread<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let setting = self.query("SELECT current_setting('threads')", &[])?;
        let threads = setting.rows.first().and_then(|row| row.first()?.as_integer()).unwrap_or(1);
        self.execute("SET threads = 1")?;
        let done = work();
        let restored = self.execute(&format!("SET threads = {threads}"));
        done.and_then(|done| restored.map(|()| done))
    }
}

/// Which pieces wait, and for which others.
struct Board {
    waits_for: Vec<BTreeSet<usize>>,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    waiting: BTreeSet<usize>,
    unfinished: BTreeSet<usize>,
    failed: Option<(usize, Error)>,
    is_broken_off: bool,
}

/// A piece that somebody works at; given back when dropped.
struct Taken<'a> {
    board: &'a Board,
    at: usize,
}

impl Board {
    fn of(waits_for: Vec<BTreeSet<usize>>) -> Self {
        let all: BTreeSet<usize> = (0..waits_for.len()).collect();
        let state = State { waiting: all.clone(), unfinished: all, failed: None, is_broken_off: false };
        Self { waits_for, state: Mutex::new(state), changed: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first piece that waits for none, when there is one; `None` once there will be none.
    fn next(&self) -> Option<Taken<'_>> {
        let mut state = self.state();
        loop {
            if state.waiting.is_empty() || state.is_broken_off {
                return None;
            }
            let is_ready = |at: &&usize| self.waits_for[**at].is_disjoint(&state.unfinished);
            if let Some(at) = state.waiting.iter().find(is_ready).copied() {
                state.waiting.remove(&at);
                return Some(Taken { board: self, at });
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Taken<'_> {
    fn end(self, done: Result<()>) {
        if let Err(error) = done {
            let mut state = self.board.state();
            state.is_broken_off = true;
            if state.failed.as_ref().is_none_or(|(at, _)| *at > self.at) {
                state.failed = Some((self.at, error));
            }
        }
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let mut state = self.board.state();
        state.unfinished.remove(&self.at);
        // Nobody waits for a piece that panicked.
        state.is_broken_off |= thread::panicking();
        self.board.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each piece writes what it can see of those before it.
    #[test]
    fn a_piece_is_begun_when_those_it_comes_after_are_done() {
        let warehouse = Warehouse::in_memory().unwrap();
        warehouse.execute("CREATE TABLE t0 AS SELECT 0 AS seen").unwrap();
        for few in [false, true] {
            warehouse.expect_few_rows(few);
            let pieces: Vec<usize> = (1..40).collect();
            // Every third comes after the one three before it.
            let comes_after = |piece: &usize, before: &usize| piece.is_multiple_of(3) && *before + 3 == *piece;
            let work = |warehouse: &Warehouse, piece: &usize| {
                let from = if piece.is_multiple_of(3) { piece - 3 } else { 0 };
                warehouse.execute(&format!("CREATE OR REPLACE TABLE t{piece} AS SELECT seen + 1 AS seen FROM t{from}"))
            };
            warehouse.each_at_once(&pieces, comes_after, work).unwrap();
            let seen = |table: usize| {
                warehouse.query(&format!("FROM t{table}"), &[]).unwrap().rows[0][0].as_integer().unwrap()
            };
            assert_eq!((seen(39), seen(38), seen(3)), (13, 1, 1));
            assert_eq!((1..40).filter(|table| seen(*table) > 0).count(), 39);
            (1..40).for_each(|table| warehouse.execute(&format!("DROP TABLE t{table}")).unwrap());
        }
    }

    #[test]
    fn what_comes_after_a_piece_that_failed_is_not_begun() {
        let warehouse = Warehouse::in_memory().unwrap();
        warehouse.expect_few_rows(true);
        let pieces = ["CREATE TABLE a AS SELECT 1", "CREATE TABLE b AS FROM nowhere", "CREATE TABLE c AS SELECT 1"];
        let done = warehouse.each_at_once(&pieces, |piece, _| piece.contains("TABLE c"), |at, piece| at.execute(piece));
        assert!(done.unwrap_err().why.unwrap().contains("nowhere"));
        assert!(warehouse.query("FROM c", &[]).is_err());
    }

    #[test]
    #[should_panic]
    fn nobody_waits_for_a_piece_that_panics() {
        let warehouse = Warehouse::in_memory().unwrap();
        warehouse.expect_few_rows(true);
        let _ = warehouse.each_at_once(
            &[0, 1, 2],
            |_, before| *before == 0,
            |_, piece| {
                assert_ne!(*piece, 0);
                Ok(())
            },
        );
    }
}

//! Runs beside other runs and beside readers.

use std::fs::{self, OpenOptions};
use std::io::Write;

use juesuan::warehouse::Warehouse;

use crate::common::text;
use crate::world::{World, figures, number};

#[test]
fn the_second_of_two_runs_says_who_holds_the_lock() {
    let world = World::new();
    fs::create_dir_all(world.state()).unwrap();
    let mut lock = OpenOptions::new().create(true).truncate(true).write(true).open(world.state().join("lock")).unwrap();
    lock.lock().unwrap();
    lock.write_all(b"process 4711 since 2026-01-02T02:30:00Z\n").unwrap();
    let second = world.run(&["--quiet"]);
    assert_eq!(second.status.code(), Some(3));
    let message = text(&second.stderr);
    assert!(message.contains("process 4711 since 2026-01-02") && message.contains("hint:"), "{message}");
    drop(lock);
    world.must_run(&[]);
}

#[test]
fn a_reader_keeps_the_old_warehouse_and_blocks_nobody() {
    let world = World::new();
    world.must_run(&[]);
    let reader = Warehouse::open_read_only(&world.warehouse()).unwrap();
    let count = |reader: &Warehouse| {
        reader.query("SELECT count(*), sum(row_number) FROM core.fact_amount", &[]).unwrap().objects()
    };
    let before = count(&reader);
    let old = figures(&world.warehouse());
    world.add_department(1);
    world.must_run(&[]);
    assert_eq!(count(&reader), before);
    drop(reader);
    assert!(figures(&world.warehouse()) > old);
}

#[test]
fn a_program_that_holds_the_warehouse_for_writing_blocks_nobody_and_hides_no_history() {
    let world = World::new();
    world.must_run(&[]);
    // What the DuckDB shell does when it is not told to only read.
    let held = duckdb::Connection::open(world.warehouse()).unwrap();
    for file in world.files().iter().skip(2) {
        fs::remove_file(file).unwrap();
    }
    let gated = world.run(&["--quiet"]);
    assert_eq!(gated.status.code(), Some(3), "{}", text(&gated.stderr));
    world.must_run(&["--accept"]);
    let there: i64 = held.query_row("SELECT count(*) FROM core.fact_amount", [], |row| row.get(0)).unwrap();
    drop(held);
    assert!(i128::from(there) > figures(&world.warehouse()));
    assert_eq!(number(&world.warehouse(), "SELECT count(*) FROM audit.run"), 2);
    assert!(!world.state().join("published-copy.duckdb").exists());
}

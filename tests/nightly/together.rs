//! Runs beside other runs and beside readers.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
#[cfg(target_os = "linux")]
use std::os::fd::AsRawFd;
use std::sync::atomic::{AtomicBool, Ordering};

use juesuan::inner::warehouse::Warehouse;

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
    let published = "SELECT count(*) FROM audit.run WHERE outcome = 'published'";
    assert_eq!(number(&world.warehouse(), published), 2);
    assert!(!world.state().join("published-copy.duckdb").exists());
}

/// Whoever opens the folder of extracts while runs go on sees the files of one run.
#[cfg(target_os = "linux")]
#[test]
fn extracts_change_all_at_once() {
    let world = World::new();
    world.must_run(&[]);
    let folder = world.path("w.duckdb.extracts");
    fs::write(folder.join("notes.txt"), "of the analyst").unwrap();
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut seen = BTreeSet::new();
            while !ended.load(Ordering::Relaxed) {
                // One open folder: what is in it is asked through it, whatever happens to its name.
                let Ok(open) = fs::File::open(&folder) else { continue };
                let inside =
                    |name: &str| std::path::PathBuf::from(format!("/proc/self/fd/{}/{name}", open.as_raw_fd()));
                let read = ["figures.csv", "claims.csv", "findings.csv"].map(|name| fs::read(inside(name)).ok());
                if let [Some(figures), Some(claims), Some(findings)] = read {
                    seen.insert((figures.len(), claims.len(), findings.len()));
                }
            }
            seen
        });
        let mut written = BTreeSet::new();
        for index in 0..4 {
            let sizes = ["figures.csv", "claims.csv", "findings.csv"]
                .map(|name| fs::metadata(folder.join(name)).unwrap().len() as usize);
            written.insert((sizes[0], sizes[1], sizes[2]));
            if index < 3 {
                world.add_department(index + 1);
                world.must_run(&[]);
            }
        }
        ended.store(true, Ordering::Relaxed);
        let seen = reader.join().unwrap();
        assert!(seen.len() >= 2, "the reader saw {} versions", seen.len());
        assert!(seen.is_subset(&written), "a mixture: {seen:?} {written:?}");
    });
    assert_eq!(fs::read_to_string(folder.join("notes.txt")).unwrap(), "of the analyst");
    let left: Vec<String> = fs::read_dir(world.folder.path())
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert!(!left.iter().any(|name| name.contains(".new")), "{left:?}");
}

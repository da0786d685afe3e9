//! What may be thrown at the program: each target takes any bytes and must come back. Used by `tests/reading/mutants.rs`
//! (seeded, on every change) and by the programs in `fuzz_targets/` (libFuzzer, guided by coverage).

use std::sync::LazyLock;

use juesuan::inner::decode::{Limits, decode};
use juesuan::inner::extract::{narrative, table};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::project::Project;
use juesuan::inner::warehouse::Warehouse;

struct Readers {
    layouts: table::Layouts,
    rules: narrative::Rules,
}

static READERS: LazyLock<Readers> = LazyLock::new(|| {
    let project = Project::built_in();
    let layouts = table::Layouts::load(&project).expect("the built-in layouts");
    Readers { layouts, rules: narrative::Rules::load(&project).expect("the built-in rules") }
});

/// Far below those of a night, so that a file that fills them ends soon.
fn limits() -> Limits {
    Limits { cells: 20_000, drawing_steps: 500_000, ..Limits::default() }
}

/// A file of any format: decoded, then bound to the layouts and read as prose. Whether it could be decoded.
pub fn file(bytes: &[u8]) -> bool {
    let Ok(document) = decode(bytes, "file", &limits()) else { return false };
    let hint = PlaceHint::default();
    table::read(&document, &READERS.layouts, &hint);
    narrative::read(&document, &READERS.rules, &hint);
    true
}

/// A question to the warehouse. What the guard lets through runs, and must leave everything as it was. Whether it passed.
pub fn question(bytes: &[u8]) -> bool {
    let Ok(sql) = std::str::from_utf8(bytes) else { return false };
    thread_local! {
        static WAREHOUSE: Warehouse = {
            let warehouse = Warehouse::in_memory().expect("a warehouse in memory");
            warehouse.execute("CREATE TABLE kept AS SELECT 1 AS one").expect("a table");
            warehouse.confine().expect("settings");
            warehouse
        };
    }
    WAREHOUSE.with(|warehouse| {
        let Ok(statements) = warehouse.only_reading(sql) else { return false };
        for statement in statements {
            // A cross product of itself may be asked for; its answer need not be waited for.
            let _ = warehouse.query(&format!("SELECT * FROM ({statement}\n) LIMIT 10"), &[]);
        }
        let kept = warehouse.query("SELECT one FROM kept", &[]).expect("the table is still there");
        assert_eq!(kept.rows.len(), 1, "a question changed the warehouse: {sql}");
        true
    })
}

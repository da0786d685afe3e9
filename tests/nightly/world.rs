//! One folder with sources, a warehouse and its state.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use juesuan::inner::warehouse::Warehouse;
use juesuan_corpus::disclosure::corpus::department;

use crate::common::{juesuan, text};

pub struct World {
    pub folder: tempfile::TempDir,
}

impl World {
    /// Sources of one department over three years.
    pub fn new() -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap() };
        world.add_department(0);
        world
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn sources(&self) -> PathBuf {
        self.path("sources")
    }

    pub fn warehouse(&self) -> PathBuf {
        self.path("w.duckdb")
    }

    pub fn state(&self) -> PathBuf {
        self.path("w.duckdb.state")
    }

    pub fn add_department(&self, index: usize) {
        department(7, index, false).iter().for_each(|one| {
            let folder = self.sources().join(one.folder());
            fs::create_dir_all(&folder).unwrap();
            let ((book_name, book), (text_name, prose)) = (one.book().unwrap(), one.prose().unwrap());
            fs::write(folder.join(book_name), book).unwrap();
            fs::write(folder.join(text_name), prose).unwrap();
        });
    }

    /// Every source file but the manifest, in path order.
    pub fn files(&self) -> Vec<PathBuf> {
        let entries = walkdir::WalkDir::new(self.sources()).sort_by_file_name().into_iter().flatten();
        entries
            .filter(|entry| entry.file_type().is_file() && entry.file_name() != "manifest.csv")
            .map(|entry| entry.path().to_owned())
            .collect()
    }

    pub fn command(&self, warehouse: &str, more: &[&str]) -> Command {
        let mut command = juesuan();
        command.current_dir(self.folder.path()).args(["run", "--source", "sources", "--warehouse", warehouse]);
        command.args(["--extracts", &format!("{warehouse}.extracts")]).args(more);
        command
    }

    pub fn run(&self, more: &[&str]) -> Output {
        self.command("w.duckdb", more).output().unwrap()
    }

    pub fn must_run(&self, more: &[&str]) -> serde_json::Value {
        let ended = self.run(&[more, &["--json"]].concat());
        assert!(ended.status.success(), "{}{}", text(&ended.stdout), text(&ended.stderr));
        serde_json::from_slice(&ended.stdout).unwrap()
    }

    /// A warehouse of the same sources made from nothing.
    pub fn rebuilt(&self, more: &[&str]) -> PathBuf {
        for left in ["rebuilt.duckdb", "rebuilt.duckdb.state", "rebuilt.duckdb.extracts"] {
            let path = self.path(left);
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
        let ended = self.command("rebuilt.duckdb", &[more, &["--quiet"]].concat()).output().unwrap();
        assert!(ended.status.success(), "{}", text(&ended.stderr));
        self.path("rebuilt.duckdb")
    }

    /// The published warehouse holds, table by table, what one made from nothing holds.
    pub fn must_equal_a_rebuild(&self, more: &[&str], when: &str) {
        must_be_equal(&self.warehouse(), &self.rebuilt(more), when);
        let (found, rebuilt) =
            (extracts(&self.path("w.duckdb.extracts")), extracts(&self.path("rebuilt.duckdb.extracts")));
        assert!(found.len() > 8, "{:?}", found.keys());
        for (extract, rows) in &found {
            let expected = rebuilt.get(extract).unwrap_or_else(|| panic!("{when}: {extract} was not rebuilt"));
            let only = |these: &[Vec<String>], those: &[Vec<String>]| -> Vec<Vec<String>> {
                let those: BTreeSet<&Vec<String>> = those.iter().collect();
                these.iter().filter(|row| !those.contains(row)).take(3).cloned().collect()
            };
            let differing = (only(rows, expected), only(expected, rows));
            assert_eq!(differing, (Vec::new(), Vec::new()), "{when}: {extract} differs");
            assert!(rows == expected, "{when}: the rows of {extract} stand in another order, or more than once");
        }
        assert_eq!(found.len(), rebuilt.len(), "{when}");
    }
}

/// Extracts whose rows come in the order documents were loaded in, which a rebuild begins anew.
const AS_LOADED: [&str; 2] = ["claims", "figures"];

/// The rows of every extract in a folder as they stand there, of those in [`AS_LOADED`] sorted; those of an extract in parts
/// under its one name.
fn extracts(folder: &Path) -> BTreeMap<String, Vec<Vec<String>>> {
    let mut extracts: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for file in walkdir::WalkDir::new(folder).into_iter().flatten() {
        let inside = file.path().strip_prefix(folder).unwrap().display().to_string();
        if inside.ends_with(".csv") {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(file.path()).unwrap();
            let mut rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
            let name = inside.split('/').next().unwrap_or_default().trim_end_matches(".csv");
            let known = extracts.entry(name.to_owned()).or_default();
            let header: Option<Vec<String>> = rows.next();
            known.extend(header.filter(|_| known.is_empty()));
            known.extend(rows);
        }
    }
    extracts.iter_mut().filter(|(name, _)| AS_LOADED.contains(&name.as_str())).for_each(|(_, rows)| rows.sort());
    extracts
}

pub fn must_be_equal(one: &Path, other: &Path, when: &str) {
    let lens = Warehouse::in_memory().unwrap();
    lens.execute(&format!(
        "ATTACH '{}' AS one (READ_ONLY); ATTACH '{}' AS other (READ_ONLY)",
        one.display(),
        other.display()
    ))
    .unwrap();
    let tables = lens
        .query(
            "SELECT database_name, schema_name || '.' || table_name FROM duckdb_tables()
             WHERE schema_name = 'core' OR table_name = 'check_evaluation' ORDER BY 2, 1",
            &[],
        )
        .unwrap();
    let names = |database: &str| -> Vec<String> {
        tables.rows.iter().filter(|row| row[0].shown() == database).map(|row| row[1].shown()).collect()
    };
    assert!(names("one").len() > 10);
    assert_eq!(names("one"), names("other"));
    for table in names("one") {
        // Documents are numbered anew by a rebuild.
        let rows =
            |database: &str| format!("SELECT COLUMNS(name -> name <> 'document_number') FROM {database}.{table}");
        let differing = lens
            .query(
                &format!(
                    "(SELECT 'only incremental', * FROM ({one} EXCEPT ALL {other}))
                     UNION ALL (SELECT 'only rebuilt', * FROM ({other} EXCEPT ALL {one})) LIMIT 6",
                    one = rows("one"),
                    other = rows("other"),
                ),
                &[],
            )
            .unwrap();
        assert!(differing.rows.is_empty(), "{when}: {table} differs: {}", differing.objects());
    }
}

/// One number of a warehouse.
pub fn number(warehouse: &Path, sql: &str) -> i128 {
    let frame = Warehouse::open_read_only(warehouse).unwrap().query(sql, &[]).unwrap();
    frame.rows[0][0].as_integer().unwrap()
}

pub fn figures(warehouse: &Path) -> i128 {
    number(warehouse, "SELECT count(*) FROM core.fact_amount")
}

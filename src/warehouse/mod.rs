//! The load package becomes one DuckDB file through the statements under `sql/`. The only room that knows DuckDB.
//!
//! A build is: [`Warehouse::create`], [`Warehouse::load`], [`Warehouse::model`], rows of other rooms by
//! [`Warehouse::append`], [`Warehouse::check`], [`Warehouse::settle`], [`Warehouse::comment`], [`Warehouse::finish`]. Where few
//! documents changed, [`Warehouse::copy_of`], [`Warehouse::with_former`], [`Warehouse::begin_update`] and [`Warehouse::end_update`]
//! stand for the first three.

mod ask;
mod at_once;
mod build;
mod facts;
mod memory;
mod query_checks;
mod scope;

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use duckdb::{AccessMode, Config, Connection, appender_params_from_iter};

use crate::error::{Error, ErrorKind, Result};

pub use ask::notes::Notes;
pub use ask::pages::dictionary::data_dictionary;
pub use ask::pages::gallery::{entity_diagram, first_questions, question_gallery};
pub use ask::pieces::is_whole;
pub use ask::relation::{NamedParameter, Relation};
pub use ask::value::{Column, ColumnType, Frame, Value};
pub use build::beside::update::UpdateBounds;
use build::groundwork::Groundwork;
pub use build::header::Header;
pub use build::lint::exact_sql::lint_exactness;
pub use build::lint::one_name::lint_names;
pub use build::lint::updates::lint_updates;
pub use build::model::{Breach, Reach, model_scripts};
pub use build::renewal::updated_by_department;
pub use build::script::Script;
pub use query_checks::lint_queries;
pub use scope::Scope;

/// The catalog of a warehouse that is being built.
const BUILD: &str = "building";
/// Rows that are compressed and written out together. A third of DuckDB's usual number: while rows still come, more is
/// written on all cores and less is held in memory.
const ROW_GROUP: u32 = 40_960;
/// Blocks of a warehouse of few documents, in bytes. Each of its tables takes two or three of them, however few rows it has:
/// at DuckDB's usual 256 KiB that is most of the file.
const SMALL_BLOCK: u32 = 32_768;
/// How texts are compressed while a warehouse is built: nearly all repeat. Left to itself DuckDB tries three ways on every
/// column of every group.
const TEXTS: &str = "dictionary";
/// How DuckDB begins to say that its memory is too little, and how it does where it finds that out when it commits.
const OUT_OF_MEMORY: &str = "Out of Memory Error";
const NOT_COMMITTED: &str = "TransactionContext Error: Failed to commit: ";

/// One warehouse file, open for building or for reading.
pub struct Warehouse {
    connection: Connection,
    path: PathBuf,
    /// The catalog it asks, where that is not the file's own.
    catalog: Option<&'static str>,
    /// What DuckDB may take in all, while a statement needs that; 0 where none may.
    in_reserve_mib: Cell<u64>,
    /// What it may take now.
    given_mib: Cell<u64>,
    /// What does not do with that fails.
    keeps_to_half: Cell<bool>,
    /// Held while one connection commits.
    commits: Arc<Mutex<()>>,
    /// Statements are about few rows: see [`Warehouse::each_at_once`].
    has_few_rows: Cell<bool>,
    /// What was made of the project's SQL before a document was loaded.
    groundwork: Option<Groundwork>,
}

impl Warehouse {
    /// A new warehouse at a path where nothing stands yet.
    pub fn create(path: &Path) -> Result<Self> {
        Self::create_with(path, "")
    }

    /// A new warehouse for few documents: its file is a third as large, and one thread builds it.
    pub fn create_small(path: &Path) -> Result<Self> {
        Self::create_with(path, &format!(", BLOCK_SIZE {SMALL_BLOCK}"))?.for_few_rows()
    }

    /// What [`Warehouse::create_small`] began.
    fn open_small(path: &Path) -> Result<Self> {
        Self::open_to_build(path, "")?.for_few_rows()
    }

    fn for_few_rows(self) -> Result<Self> {
        self.expect_few_rows(true);
        self.execute("SET threads = 1")?;
        Ok(self)
    }

    fn create_with(path: &Path, options: &str) -> Result<Self> {
        if path.exists() {
            return Err(Error::usage(format!("{} exists already", path.display()))
                .hint("a warehouse is built beside the published one: give the build a path of its own"));
        }
        Self::open_to_build(path, options)
    }

    /// `options` are those of ATTACH that a file keeps from its beginning.
    fn open_to_build(path: &Path, options: &str) -> Result<Self> {
        let config = quiet_config()?.with("checkpoint_threshold", "1TB").map_err(|error| cannot_open(path, &error))?;
        let connection = Connection::open_in_memory_with_flags(config).map_err(|error| cannot_open(path, &error))?;
        let warehouse = Self::over(connection, path.to_owned());
        // A build that does not reach its end is thrown away: it needs no journal, and is saved between its stages at most, never
        // because it is closed.
        let attached = warehouse.connection.execute_batch(&format!(
            "{}; SET force_compression = '{TEXTS}'; PRAGMA disable_checkpoint_on_shutdown;
             ATTACH {} AS {BUILD} (RECOVERY_MODE no_wal_writes, ROW_GROUP_SIZE {ROW_GROUP}{options})",
            warehouse.spill(),
            quoted(&path.display().to_string())
        ));
        attached.map_err(|error| cannot_open(path, &error))?;
        warehouse.in_catalog(BUILD)
    }

    fn over(connection: Connection, path: PathBuf) -> Self {
        Self {
            connection,
            path,
            catalog: None,
            in_reserve_mib: Cell::default(),
            given_mib: Cell::default(),
            keeps_to_half: Cell::default(),
            commits: Arc::default(),
            has_few_rows: Cell::default(),
            groundwork: None,
        }
    }

    /// A warehouse in memory, for tests and for trying statements out.
    pub fn in_memory() -> Result<Self> {
        let path = PathBuf::from(":memory:");
        let connection =
            Connection::open_in_memory_with_flags(quiet_config()?).map_err(|error| cannot_open(&path, &error))?;
        Ok(Self::over(connection, path))
    }

    /// A published warehouse. Nothing done through it changes the file.
    pub fn open_read_only(path: &Path) -> Result<Self> {
        if !path.is_file() {
            return Err(Error::usage(format!("there is no warehouse at {}", path.display()))
                .hint("build one with `juesuan run`, or name another with --warehouse FILE"));
        }
        let config = quiet_config()?.access_mode(AccessMode::ReadOnly).map_err(|error| cannot_open(path, &error))?;
        let connection = Connection::open_with_flags(path, config).map_err(|error| cannot_open(path, &error))?;
        Ok(Self::over(connection, path.to_owned()))
    }

    /// A published warehouse for an analyst: marts, dimensions and facts need no schema in front of their names.
    pub fn open_for_questions(path: &Path) -> Result<Self> {
        let warehouse = Self::open_read_only(path)?;
        warehouse.execute("SET search_path = 'mart,core,audit'").map_err(|error| {
            Error::usage(format!("{} is no warehouse of this program", path.display()))
                .because(error.why.unwrap_or(error.what))
                .hint("build one with `juesuan run`, or name another with --warehouse FILE")
        })?;
        Ok(warehouse)
    }

    /// From now on only what the warehouse holds can be read: no file, no address, no other database. DuckDB keeps this
    /// itself and lets nobody take it back.
    ///
    /// # Errors
    /// DuckDB refuses the settings.
    pub fn confine(&self) -> Result<()> {
        self.execute("SET enable_external_access = false; SET lock_configuration = true")
    }

    /// Lets DuckDB take so much memory and no more.
    ///
    /// # Errors
    /// DuckDB refuses the setting.
    pub fn limit_memory(&self, mib: u64) -> Result<()> {
        self.execute(&format!("SET memory_limit = '{mib}MiB'"))
    }

    /// The same warehouse for another thread.
    pub fn another_connection(&self) -> Result<Self> {
        let connection = self.connection.try_clone().map_err(|error| cannot_open(&self.path, &error))?;
        let other = Self {
            in_reserve_mib: self.in_reserve_mib.clone(),
            given_mib: self.given_mib.clone(),
            commits: Arc::clone(&self.commits),
            has_few_rows: self.has_few_rows.clone(),
            groundwork: self.groundwork.clone(),
            ..Self::over(connection, self.path.clone())
        };
        match self.catalog {
            Some(catalog) => other.in_catalog(catalog),
            None => Ok(other),
        }
    }

    /// Asks and writes in this attached catalog from now on.
    fn in_catalog(mut self, catalog: &'static str) -> Result<Self> {
        self.execute(&format!("USE {catalog}"))?;
        self.catalog = Some(catalog);
        Ok(self)
    }

    fn spill(&self) -> String {
        format!("SET temp_directory = {}", quoted(&format!("{}.tmp", self.path.display())))
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Breaks off the statement that is running when it is called, from any thread.
    pub fn breaker(&self) -> impl Fn() + Send + 'static {
        let handle = self.connection.interrupt_handle();
        move || handle.interrupt()
    }

    /// Runs statements of this program; what an analyst wrote goes through [`Warehouse::query`] or a project file.
    pub fn execute(&self, sql: &str) -> Result<()> {
        self.connection.execute_batch(sql).map_err(|error| query_failed(&error))
    }

    /// Runs statements as a whole or not at all.
    pub fn execute_whole(&self, sql: &str) -> Result<()> {
        // Refused where the statement that failed was BEGIN or COMMIT itself.
        let take_back = |_: &Error| drop(self.execute("ROLLBACK"));
        self.with_memory(|| self.execute(&format!("BEGIN;\n{sql}")).inspect_err(take_back))?;
        self.commit().inspect_err(take_back)
    }

    /// Appends rows to a table such as `core.fact_finding`; `columns` names what each row holds, in order.
    /// Decimals must fit the column's scale: DuckDB would round them.
    pub fn append(&self, table: &str, columns: &[&str], rows: impl IntoIterator<Item = Vec<Value>>) -> Result<()> {
        let (schema, name) = table.split_once('.').unwrap_or(("main", table));
        let failed = |error: duckdb::Error| {
            let failed = query_failed(&error);
            if failed.kind == ErrorKind::NotPublished {
                return failed;
            }
            Error::not_published(format!("cannot append to {table}")).because(error).hint(
                "sql/ in the project folder may come from another version of the program: `juesuan init DIR` writes the present files out for comparison",
            )
        };
        let mut appender = self.connection.appender_with_columns_to_db(name, schema, columns).map_err(failed)?;
        for row in rows {
            appender.append_row(appender_params_from_iter(row)).map_err(failed)?;
        }
        appender.flush().map_err(failed)
    }

    /// Writes a query's rows to a file in DuckDB's own, parallel writer; gives the number of rows. `options` follow the
    /// keyword `COPY .. TO .. (`.
    pub fn copy_to(&self, sql: &str, path: &Path, options: &str) -> Result<u64> {
        let sql = sql.trim().trim_end_matches(';');
        let statement = format!("COPY ({sql}\n) TO {} ({options})", quoted(&path.display().to_string()));
        let copy = || self.connection.execute(&statement, []).map_err(|error| query_failed(&error));
        self.with_memory(copy).map(|rows| rows as u64)
    }

    /// Ends a build: what only loading needs is dropped, everything is written to the one file.
    pub fn finish(self) -> Result<()> {
        self.execute("DROP SCHEMA IF EXISTS stage CASCADE; CHECKPOINT")?;
        self.close()
    }

    fn close(self) -> Result<()> {
        self.connection
            .close()
            .map_err(|(_, error)| Error::not_published(format!("cannot close {}", self.path.display())).because(error))
    }
}

/// DuckDB never fetches extensions by itself: what is needed is linked in.
fn quiet_config() -> Result<Config> {
    Config::default()
        .enable_autoload_extension(false)
        .and_then(|config| config.with("autoinstall_known_extensions", "false"))
        .map_err(|error| Error::usage("cannot configure DuckDB").because(error))
}

fn cannot_open(path: &Path, error: &duckdb::Error) -> Error {
    Error::usage(format!("cannot open the warehouse {}", path.display()))
        .because(error)
        .hint("see whether the folder exists and is writable, and whether another program writes the same file")
}

fn query_failed(error: &duckdb::Error) -> Error {
    let why = error.to_string();
    if ["No space left", "File too large", "Could not write", "Cannot write"].iter().any(|sign| why.contains(sign)) {
        return Error::not_published("DuckDB cannot write its file")
            .because(why)
            .hint("the disk that holds the warehouse may be full or read-only; the published warehouse is untouched");
    }
    if says_out_of_memory(&why) {
        return Error::not_published("DuckDB needs more memory than it may take")
            .because(why)
            .hint("raise memory_mib in the pipeline file; the published warehouse is untouched");
    }
    Error::usage("the query failed")
        .because(error)
        .hint("`SELECT * FROM duckdb_columns() WHERE schema_name = 'mart'` lists what can be asked")
}

/// DuckDB gives no kind with what fails in a commit, only the sizes: `failed to pin block of size 256.0 KiB (255.9 MiB/256.0 MiB
/// used)`.
fn says_out_of_memory(why: &str) -> bool {
    let in_commit =
        why.strip_prefix(NOT_COMMITTED).is_some_and(|why| why.contains(" block of size ") && why.contains(" used)"));
    in_commit || why.starts_with(OUT_OF_MEMORY)
}

/// A string literal of SQL.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

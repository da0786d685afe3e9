//! The union of all shards.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use walkdir::WalkDir;

use super::open_script::open_script;
use super::refuse::{check_families, check_key, check_rows, check_shards};
use super::shard::{Description, shards_of};
use super::table::{Table, list_of};
use super::union::{Union, unions};
use super::write::{write_list, write_placed};
use crate::error::{Error, Result};
use crate::project::Project;
use crate::shard::{WholeFolder, plan_of};
use crate::warehouse::{Script, Warehouse, model_scripts, quoted};

/// The folder of the union in a lake.
const TABLES: &str = "tables";

/// What was united.
#[derive(Debug, Serialize)]
pub struct Finished {
    pub folder: PathBuf,
    pub shards: usize,
    pub tables: usize,
    pub rows: u64,
}

/// Unites the shards of a lake into `<lake>/tables`, as a whole: until it is, the earlier union stands there. Files of facts
/// get a second name and are not written again. `plan` is a folder of `juesuan shard`: all of its shards must be there.
///
/// # Errors
/// A shard is missing or does not go with the others, a region is parted, a key stands in two rows (exit 3).
pub fn finish(project: &Project, lake: &Path, plan: Option<&Path>) -> Result<Finished> {
    let shards = shards_of(lake)?;
    let expected = plan.map(plan_of).transpose()?;
    let expected: Option<BTreeSet<u32>> = expected.map(|plan| plan.shards.iter().map(|shard| shard.number).collect());
    check_shards(&shards, expected.as_ref(), project)?;
    let draft = WholeFolder::at(&lake.join(TABLES))?;
    let work = draft.path().join("work");
    let unity = Unity {
        project,
        warehouse: begin(project, &work)?,
        unions: unions(project)?,
        folder: draft.path(),
        shards: &shards,
    };
    let rows = unity.unite()?;
    let tables = &shards[0].1.tables;
    let unions = &unity.unions;
    let is_placed =
        |table: &Table| matches!(unions.get(&table.full_name()), None | Some(Union::Rows | Union::OfItsRegion));
    describe(draft.path(), tables, &is_placed)?;
    write(&draft.path().join("open.sql"), &open_script(project, tables, &is_placed)?)?;
    drop(unity);
    fs::remove_dir_all(&work).map_err(|error| Error::io("write to", &work, &error))?;
    draft.put_in_place()?;
    Ok(Finished { folder: lake.join(TABLES), shards: shards.len(), tables: tables.len(), rows })
}

/// A warehouse that holds nothing yet but what the SQL of the project calls.
fn begin(project: &Project, work: &Path) -> Result<Warehouse> {
    fs::create_dir_all(work).map_err(|error| Error::io("write to", work, &error))?;
    let warehouse = Warehouse::create(&work.join("union.duckdb"))?;
    warehouse.execute("CREATE SCHEMA shards")?;
    for script in Script::in_order(project, "sql/schema")? {
        let is_table = script.creates.as_ref().is_some_and(|(kind, _)| kind == "TABLE");
        if !is_table {
            warehouse.run_script(&script)?;
        }
    }
    Ok(warehouse)
}

/// A union under way.
struct Unity<'a> {
    project: &'a Project,
    warehouse: Warehouse,
    unions: BTreeMap<String, Union>,
    /// The draft.
    folder: &'a Path,
    shards: &'a [(PathBuf, Description)],
}

impl Unity<'_> {
    /// Writes every table; gives the number of rows.
    fn unite(&self) -> Result<u64> {
        let tables = &self.shards[0].1.tables;
        for table in tables {
            self.show(table)?;
        }
        check_families(&self.warehouse, self.project)?;
        let mut rows = 0;
        for table in tables.iter().filter(|table| self.union_of(table) != Union::Again) {
            check_key(&self.warehouse, table)?;
            rows += self.write(table)?;
        }
        for script in model_scripts(self.project)? {
            let made = script.creates.as_ref().map(|(_, name)| name);
            let table = tables.iter().find(|table| Some(&table.full_name()) == made);
            if let Some(table) = table.filter(|table| self.union_of(table) == Union::Again) {
                self.warehouse.run_script(&script)?;
                rows += write_list(&self.warehouse, table, &format!("FROM {}", table.full_name()), self.folder, "all")?;
            }
        }
        Ok(rows)
    }

    fn union_of(&self, table: &Table) -> Union {
        self.unions.get(&table.full_name()).cloned().unwrap_or(Union::Rows)
    }

    /// Shows the rows of all shards as `shards.<table>` with the shard of each, and the united rows under the table's own name.
    fn show(&self, table: &Table) -> Result<()> {
        let union = self.union_of(table);
        if union == Union::Again {
            return Ok(());
        }
        let files = self.files_of(table);
        let shards = format!("shards.{}", table.name);
        if files.is_empty() {
            let columns: Vec<String> =
                table.columns.iter().map(|column| format!("\"{}\" {}", column.name, column.kind)).collect();
            self.warehouse.execute(&format!("CREATE TABLE {shards} ({}, shard INTEGER)", columns.join(", ")))?;
        } else {
            let files: Vec<String> = files.iter().map(|file| quoted(&file.display().to_string())).collect();
            self.warehouse.execute(&format!(
                "CREATE VIEW {shards} AS
                 SELECT {}, CAST(regexp_extract(filename, 'shard-([0-9]+)[.]parquet$', 1) AS INTEGER) AS shard
                 FROM read_parquet([{}], filename = true, hive_partitioning = false)",
                table.column_list(),
                files.join(", ")
            ))?;
        }
        let expected = self.shards.iter().filter_map(|(_, shard)| shard.rows.get(&table.full_name())).sum();
        check_rows(&self.warehouse, table, &format!("FROM {shards}"), expected)?;
        self.warehouse.execute(&format!("CREATE VIEW {} AS {}", table.full_name(), united(table, &union, &shards)))
    }

    fn files_of(&self, table: &Table) -> Vec<PathBuf> {
        let folders = self.shards.iter().map(|(folder, _)| folder.join(&table.schema).join(&table.name));
        folders.flat_map(|folder| parquet_files(&folder)).collect()
    }

    fn write(&self, table: &Table) -> Result<u64> {
        let united = format!("FROM {}", table.full_name());
        match self.union_of(table) {
            Union::Rows => {
                let mut rows = 0;
                for (folder, shard) in self.shards {
                    link(&folder.join(&table.schema).join(&table.name), &self.place_of(table))?;
                    rows += shard.rows.get(&table.full_name()).copied().unwrap_or_default();
                }
                if rows > 0 { Ok(rows) } else { self.write_nothing(table) }
            }
            Union::OfItsRegion => {
                let rows = write_placed(&self.warehouse, table, &united, self.folder, "all")?;
                if rows > 0 { Ok(rows) } else { self.write_nothing(table) }
            }
            Union::Once { .. } | Union::Again => write_list(&self.warehouse, table, &united, self.folder, "all"),
        }
    }

    /// A table without rows is a file without rows: engines find its columns there.
    fn write_nothing(&self, table: &Table) -> Result<u64> {
        let folder = self.place_of(table).join("province=00").join("year=0");
        fs::create_dir_all(&folder).map_err(|error| Error::io("write to", &folder, &error))?;
        let sql = format!("SELECT {} FROM {} t LIMIT 0", table.cast_list(), table.full_name());
        self.warehouse.copy_to(&sql, &folder.join("none.parquet"), "FORMAT parquet")
    }

    fn place_of(&self, table: &Table) -> PathBuf {
        self.folder.join(&table.schema).join(&table.name)
    }
}

/// The statement that makes one table of the rows of all shards.
fn united(table: &Table, union: &Union, shards: &str) -> String {
    let columns = table.column_list();
    match union {
        Union::Rows | Union::Again => format!("SELECT {columns} FROM {shards}"),
        Union::Once { least } => {
            let is_least = |name: &String| least.as_ref() == Some(name);
            let shown = table.columns.iter().map(|column| match &column.name {
                name if is_least(name) => format!("min(\"{name}\") AS \"{name}\""),
                name => format!("\"{name}\""),
            });
            let same = list_of(table.columns.iter().map(|column| &column.name).filter(|name| !is_least(name)));
            format!("SELECT {} FROM {shards} GROUP BY {same}", shown.collect::<Vec<_>>().join(", "))
        }
        Union::OfItsRegion => format!(
            "SELECT DISTINCT {columns} FROM {shards} r
             WHERE NOT EXISTS (FROM shards.dim_document d WHERE d.region_code = r.region_code)
                OR EXISTS (FROM shards.dim_document d WHERE d.region_code = r.region_code AND d.shard = r.shard)"
        ),
    }
}

fn parquet_files(folder: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    files.filter(|path| path.extension().is_some_and(|extension| extension == "parquet")).collect()
}

/// Gives every file below `from` a second name below `to`; a copy where the disk knows no second names.
fn link(from: &Path, to: &Path) -> Result<()> {
    for file in parquet_files(from) {
        let target = to.join(file.strip_prefix(from).unwrap_or(&file));
        let folder = target.parent().unwrap_or(to);
        let linked = fs::create_dir_all(folder)
            .and_then(|()| fs::hard_link(&file, &target).or_else(|_| fs::copy(&file, &target).map(drop)));
        linked.map_err(|error| Error::not_published(format!("cannot write {}", target.display())).because(error))?;
    }
    Ok(())
}

/// `schema.json`: what engines are told instead of guessing it from paths (a region code is text).
fn describe(folder: &Path, tables: &[Table], is_placed: &dyn Fn(&Table) -> bool) -> Result<()> {
    let described = tables.iter().map(|table| {
        let partitions = if is_placed(table) { serde_json::json!({ "province": "VARCHAR", "year": "INTEGER" }) } else { serde_json::json!({}) };
        serde_json::json!({
            "schema": table.schema, "name": table.name, "columns": table.columns, "key": table.key, "partitions": partitions,
        })
    });
    let described: Vec<serde_json::Value> = described.collect();
    let text = serde_json::to_string_pretty(&serde_json::json!({ "tables": described })).unwrap_or_default();
    write(&folder.join("schema.json"), &(text + "\n"))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(|error| Error::io("write", path, &error))
}

//! What one shard gives to the lake.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::table::Table;
use super::union::{Union, unions};
use super::write::{write_list, write_placed};
use crate::error::{Error, Result};
use crate::project::Project;
use crate::shard::WholeFolder;
use crate::warehouse::Warehouse;

/// The folder of the shards in a lake, and the file that says what one holds.
pub const SHARDS: &str = "shards";
const DESCRIPTION: &str = "shard.json";

/// What `shard.json` says: enough to refuse what does not belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    pub shard: u32,
    pub made_by: MadeBy,
    pub tables: Vec<Table>,
    /// Rows of each table written, by full name.
    pub rows: BTreeMap<String, u64>,
}

/// What the rows depend on beside the documents: equal in all shards of a lake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeBy {
    pub program: String,
    pub pipelines: String,
    pub sql: String,
}

/// What was written.
#[derive(Debug, Serialize)]
pub struct Written {
    pub shard: u32,
    pub folder: PathBuf,
    pub tables: usize,
    pub rows: u64,
}

/// Writes the tables of a published warehouse into `<lake>/shards/<number>`, as a whole: an attempt that ends before leaves
/// what was there, and one made again takes its place.
///
/// # Errors
/// The warehouse was built by other SQL than the project's, or the lake cannot be written.
pub fn write_shard(project: &Project, warehouse: &Warehouse, lake: &Path, number: u32) -> Result<Written> {
    let made_by = made_by(warehouse)?;
    if made_by.sql != project.fingerprint(&["sql/"]) {
        return Err(Error::usage(format!("{} was built by other SQL than this project's", warehouse.path().display()))
            .because("`sql/` or the program has changed since")
            .hint("run the shard again, then write it to the lake"));
    }
    let unions = unions(project)?;
    let shards = lake.join(SHARDS);
    std::fs::create_dir_all(&shards).map_err(|error| Error::io("write to", &shards, &error))?;
    let place = shards.join(number.to_string());
    let draft = WholeFolder::at(&place)?;
    let tables = Table::all(warehouse)?;
    let mut rows = BTreeMap::new();
    let file = format!("shard-{number}");
    for table in &tables {
        let name = table.full_name();
        let own = own_rows(table, number);
        let written = match unions.get(&name) {
            Some(Union::Again) => continue,
            Some(Union::Once { .. }) => write_list(warehouse, table, &own, draft.path(), &file)?,
            Some(Union::Rows | Union::OfItsRegion) | None => write_placed(warehouse, table, &own, draft.path(), &file)?,
        };
        rows.insert(name, written);
    }
    let total = rows.values().sum();
    let description = Description { shard: number, made_by, tables, rows };
    let path = draft.path().join(DESCRIPTION);
    let text = serde_json::to_string_pretty(&description).unwrap_or_default();
    std::fs::write(&path, text + "\n").map_err(|error| Error::io("write", &path, &error))?;
    draft.put_in_place()?;
    Ok(Written { shard: number, folder: place, tables: description.rows.len(), rows: total })
}

/// The shards of a lake, by number.
///
/// # Errors
/// A folder whose description cannot be read.
pub fn shards_of(lake: &Path) -> Result<Vec<(PathBuf, Description)>> {
    let folder = lake.join(SHARDS);
    let entries = folder.read_dir().map_err(|error| Error::io("read", &folder, &error))?.flatten();
    let mut shards = Vec::new();
    // A draft begins with a dot: an attempt that is under way, or was ended.
    for place in entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')) {
        let path = place.path().join(DESCRIPTION);
        let text = std::fs::read_to_string(&path).map_err(|error| Error::io("read", &path, &error))?;
        let description: Description = serde_json::from_str(&text).map_err(|error| {
            Error::not_published(format!("{} describes no shard", path.display()))
                .because(error)
                .hint("write the shard again with `juesuan lake WAREHOUSE --shard`")
        })?;
        shards.push((place.path(), description));
    }
    shards.sort_by_key(|(_, description)| description.shard);
    Ok(shards)
}

fn made_by(warehouse: &Warehouse) -> Result<MadeBy> {
    let run = warehouse.query(
        "SELECT tool_version, pipelines_fingerprint, sql_fingerprint FROM audit.run
         WHERE outcome = 'published' ORDER BY run_id DESC LIMIT 1",
        &[],
    )?;
    let row = run.rows.first().ok_or_else(|| {
        Error::usage(format!("{} holds no published run", warehouse.path().display()))
            .hint("build it with `juesuan run`")
    })?;
    let [program, pipelines, sql] = [0, 1, 2].map(|at| row[at].shown());
    Ok(MadeBy { program, pipelines, sql })
}

/// The rows of a table with what holds within one warehouse only told apart: numbers of documents have the shard's in their
/// upper half, names of runs begin with it.
fn own_rows(table: &Table, number: u32) -> String {
    let is_run = |name: &str| name == "run_id" || name.ends_with("_run_id");
    let columns = table.columns.iter().map(|column| match column.name.as_str() {
        "document_number" => format!("document_number + {number}::BIGINT * 4294967296 AS document_number"),
        name if is_run(name) => format!("'{number}-' || {name} AS {name}"),
        name => format!("\"{name}\""),
    });
    format!("SELECT {} FROM {}", columns.collect::<Vec<_>>().join(", "), table.full_name())
}

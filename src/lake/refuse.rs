//! What must not be united.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::shard::{Description, MadeBy};
use super::table::{Table, list_of};
use crate::error::{Error, Result};
use crate::project::Project;
use crate::warehouse::{Script, Warehouse};

/// Regions, documents or keys named in a refusal.
const SHOWN: usize = 3;

/// Shards of one corpus: all of them, written by one program and project, the present one.
///
/// # Errors
/// What is missing or differs; nothing is united.
pub fn check_shards(
    shards: &[(PathBuf, Description)],
    expected: Option<&BTreeSet<u32>>,
    project: &Project,
) -> Result<()> {
    let Some((_, first)) = shards.first() else {
        return Err(Error::not_published("the lake holds no shard")
            .hint("write shards to it with `juesuan lake WAREHOUSE --out LAKE --shard NUMBER`"));
    };
    let there: BTreeSet<u32> = shards.iter().map(|(_, description)| description.shard).collect();
    let all = expected.cloned().unwrap_or_else(|| (0..=there.last().copied().unwrap_or_default()).collect());
    if let Some(missing) = named(all.difference(&there)) {
        return Err(Error::not_published(format!("shards are missing from the lake: {missing}"))
            .hint("run them and write them to the lake; --plan names the plan whose shards are expected"));
    }
    if let Some(other) = named(there.difference(&all)) {
        return Err(Error::not_published(format!("the lake holds shards that are not of the plan: {other}"))
            .hint("remove their folders below shards/ if they are of an earlier plan"));
    }
    for (folder, description) in shards {
        let differs = if description.made_by != first.made_by {
            difference(&description.made_by, &first.made_by)
        } else if description.tables != first.tables {
            "its tables have other columns"
        } else {
            continue;
        };
        return Err(Error::not_published(format!("{} does not go with shard {}", folder.display(), first.shard))
            .because(differs)
            .hint("run the older ones again with this program and project"));
    }
    if first.made_by.sql != project.fingerprint(&["sql/"]) {
        return Err(Error::not_published("the shards were built by other SQL than this project's")
            .hint("unite them with the program and the project that built them"));
    }
    Ok(())
}

/// A region whose documents stand in two shards: departments would miss their units, ranks and totals their rest.
///
/// # Errors
/// Names regions, shards and files.
pub fn check_families(warehouse: &Warehouse, project: &Project) -> Result<()> {
    for script in Script::in_order(project, "sql/lake")? {
        let found = warehouse.query(&script.sql, &[])?;
        if found.rows.is_empty() {
            continue;
        }
        let rows: Vec<String> = found.rows.iter().take(SHOWN).map(|row| row[0].shown()).collect();
        let hint = script.header.remark("hint").map_or("", |(_, english)| english);
        return Err(Error::not_published(format!("{} ({})", script.header.title.1, found.rows.len()))
            .because(rows.join("; "))
            .hint(hint));
    }
    Ok(())
}

/// Rows of a table that have one key.
///
/// # Errors
/// Names some of the keys.
pub fn check_key(warehouse: &Warehouse, table: &Table) -> Result<()> {
    if table.key.is_empty() {
        return Ok(());
    }
    let key = list_of(table.key.iter());
    let twice = warehouse.query(
        &format!(
            "SELECT concat_ws(' ', {key}), count(*) FROM {} GROUP BY {key} HAVING count(*) > 1 ORDER BY 1",
            table.full_name()
        ),
        &[],
    )?;
    if twice.rows.is_empty() {
        return Ok(());
    }
    let keys: Vec<String> = twice.rows.iter().take(SHOWN).map(|row| row[0].shown()).collect();
    let name = table.full_name();
    Err(Error::not_published(format!("{} keys of {name} stand in several rows: {}", twice.rows.len(), keys.join(", ")))
        .because("a document or department was run in two shards, or two shards hold different reference lists")
        .hint("part the corpus with `juesuan shard` and run every list once, all with one root and one project"))
}

/// Every row that a shard wrote is read again.
///
/// # Errors
/// A file is missing, or is one of another time.
pub fn check_rows(warehouse: &Warehouse, table: &Table, rows: &str, expected: u64) -> Result<()> {
    let counted = warehouse.query(&format!("SELECT count(*) FROM ({rows}\n)"), &[])?;
    let counted = counted.rows.first().and_then(|row| row[0].as_integer()).unwrap_or_default();
    if counted == i128::from(expected) {
        return Ok(());
    }
    Err(Error::not_published(format!(
        "{} has {counted} rows in the files of the lake, and the shards wrote {expected}",
        table.full_name()
    ))
    .because("a file of a shard is missing or was exchanged")
    .hint("write the shards again, or copy their folders again as a whole"))
}

fn named<'a>(numbers: impl Iterator<Item = &'a u32>) -> Option<String> {
    let numbers: Vec<String> = numbers.map(u32::to_string).collect();
    (!numbers.is_empty()).then(|| numbers.join(", "))
}

fn difference(one: &MadeBy, other: &MadeBy) -> &'static str {
    if one.program != other.program {
        "it was written by another version of the program"
    } else if one.pipelines != other.pipelines {
        "it was read with other files in pipelines/"
    } else {
        "it was built by other SQL"
    }
}

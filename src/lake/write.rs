//! Rows as Parquet files, by province and year.

use std::fs;
use std::path::Path;

use super::table::Table;
use crate::error::{Error, Result};
use crate::warehouse::Warehouse;

/// zstd packs these texts best; every engine reads it.
const PARQUET: &str = "FORMAT parquet, COMPRESSION zstd";

/// One file of a table that no document places: `<folder>/<schema>/<table>/<file>.parquet`. Gives the number of rows.
///
/// # Errors
/// The file cannot be written.
pub fn write_list(warehouse: &Warehouse, table: &Table, rows: &str, folder: &Path, file: &str) -> Result<u64> {
    let folder = folder.join(&table.schema).join(&table.name);
    make(&folder)?;
    let sorted = format!("SELECT {} FROM ({rows}\n) t ORDER BY ALL", table.cast_list());
    warehouse.copy_to(&sorted, &folder.join(format!("{file}.parquet")), PARQUET)
}

/// The files of a table whose rows have places: `.../province=31/year=2023/<file>.parquet`, 00 and 0 where it is not known
/// (engines take an empty name for no value). Gives the number of rows. One statement a file: a partitioned COPY does not keep
/// the order.
///
/// # Errors
/// A file cannot be written.
pub fn write_placed(warehouse: &Warehouse, table: &Table, rows: &str, folder: &Path, file: &str) -> Result<u64> {
    let from = placed(table, rows);
    let places = warehouse.query(&format!("SELECT DISTINCT province, year FROM ({from}\n) ORDER BY ALL"), &[])?;
    let mut written = 0;
    for place in &places.rows {
        let (province, year) = (place[0].shown(), place[1].shown());
        let folder = folder.join(&table.schema).join(&table.name);
        let folder = folder.join(format!("province={province}")).join(format!("year={year}"));
        make(&folder)?;
        let sorted = format!(
            "SELECT {} FROM ({from}\n) t WHERE province = '{province}' AND year = {year} ORDER BY region, row_order",
            table.cast_list()
        );
        written += warehouse.copy_to(&sorted, &folder.join(format!("{file}.parquet")), PARQUET)?;
    }
    Ok(written)
}

/// Rows with `region`, `province`, `year` and `row_order`: by their own columns, else by their department, document or
/// disclosure.
fn placed(table: &Table, rows: &str) -> String {
    let department = "LEFT JOIN core.dim_department p ON p.department_key = t.department_key";
    let document = "LEFT JOIN core.dim_document d ON d.document_key = t.document_key";
    let disclosure = "LEFT JOIN (SELECT disclosure_key, min(region_code) AS region_code, min(fiscal_year) AS fiscal_year
                                 FROM core.dim_document GROUP BY disclosure_key) d ON d.disclosure_key = t.disclosure_key";
    let asks_documents = !table.has("fiscal_year") || !table.has("region_code") && !table.has("department_key");
    let documents = [("document_key", document), ("disclosure_key", disclosure)];
    let documents = documents.into_iter().find(|(key, _)| asks_documents && table.has(key)).map(|(_, join)| join);
    let is_of_department = !table.has("region_code") && table.has("department_key");
    let region = match documents {
        _ if table.has("region_code") => "t.region_code",
        _ if is_of_department => "p.region_code",
        Some(_) => "d.region_code",
        None => "''",
    };
    let year = match documents {
        _ if table.has("fiscal_year") => "t.fiscal_year",
        Some(_) => "d.fiscal_year",
        None => "0",
    };
    let joins = [is_of_department.then_some(department), documents];
    let joins: Vec<&str> = joins.into_iter().flatten().collect();
    format!(
        "SELECT t.*, coalesce({region}, '') AS region,
                CASE WHEN coalesce({region}, '') = '' THEN '00' ELSE left({region}, 2) END AS province,
                coalesce({year}, 0) AS year
         FROM (SELECT *, row_number() OVER () AS row_order FROM ({rows}\n)) t {}",
        joins.join(" ")
    )
}

fn make(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .map_err(|error| Error::not_published(format!("cannot write {}", folder.display())).because(error))
}

//! `datapackage.json` beside CSVs: a Frictionless Data Package with types, units, keys and the column types of the
//! Fiscal Data Package where they fit.

use std::collections::BTreeMap;
use std::io::{BufReader, Write};
use std::path::{Component, Path};

use rayon::prelude::*;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::project::Project;

use super::extract::Extract;
use super::selection::Selected;
use super::target::{cannot_write, write_file};
use crate::export::format::csv_text::{CsvStyle, TextEncoding};

/// Our columns → column types of the budget taxonomy of the Fiscal Data Package.
const COLUMN_TYPES: &str = "sql/fiscal_data_package.csv";
const TAXONOMY: &str = "https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json";

/// A CSV that was written, to be described.
#[derive(Debug)]
pub struct PackagedTable<'a> {
    pub extract: &'a Extract,
    pub selected: &'a Selected,
    pub headings: &'a [String],
    /// File name inside the folder.
    pub path: String,
    pub style: CsvStyle,
    /// Bytes and hash, where they are known.
    pub digest: Option<(u64, String)>,
}

/// Describes the tables in `datapackage.json` in their folder. `version` is the run the warehouse came from.
pub fn write_datapackage(folder: &Path, tables: &[PackagedTable], project: &Project, version: &str) -> Result<()> {
    let types = column_types(project)?;
    let describe = |table| resource(folder, table, tables, &types);
    let mut resources = tables.par_iter().map(describe).collect::<Result<Vec<Value>>>()?;
    resources.extend(described_before(folder, tables));
    let is_fiscal =
        tables.iter().any(|table| table.selected.columns.iter().any(|column| types.contains_key(&column.source)));
    let mut package = json!({
        "profile": "tabular-data-package",
        "name": "juesuan-extracts",
        "title": "部门决算公开数据 | Final accounts of government departments",
        "version": version,
        "resources": resources,
    });
    if let (true, Some(package)) = (is_fiscal, package.as_object_mut()) {
        package.insert("columnTypes".to_owned(), json!(TAXONOMY));
        package.insert("currencyCode".to_owned(), json!("CNY"));
    }
    let path = folder.join("datapackage.json");
    let text = serde_json::to_string_pretty(&package).unwrap_or_default();
    write_file(&path, |out| writeln!(out, "{text}").map_err(|error| cannot_write(&path, &error)))
}

/// What an earlier export described, where its file still is the one described.
fn described_before(folder: &Path, tables: &[PackagedTable]) -> Vec<Value> {
    let resources = described_in(folder);
    let is_kept = |resource: &Value| {
        let path = resource["path"].as_str().unwrap_or_default();
        let is_plain =
            !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        is_plain
            && tables.iter().all(|table| table.path != path)
            && digest(&folder.join(path)).is_ok_and(|(_, digest)| resource["hash"] == json!(digest))
    };
    resources.into_iter().filter(is_kept).collect()
}

/// Bytes and hash of the files that `datapackage.json` of a folder describes, by their names below it.
pub fn described_digests(folder: &Path) -> BTreeMap<String, (u64, String)> {
    let digest = |resource: &Value| {
        let digest = (resource["bytes"].as_u64()?, resource["hash"].as_str()?.to_owned());
        Some((resource["path"].as_str()?.to_owned(), digest))
    };
    described_in(folder).iter().filter_map(digest).collect()
}

/// What `datapackage.json` of a folder describes.
fn described_in(folder: &Path) -> Vec<Value> {
    let package = std::fs::read(folder.join("datapackage.json")).ok();
    let package: Value = package.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    package["resources"].as_array().cloned().unwrap_or_default()
}

/// Size and hash of a file of any size.
fn digest(path: &Path) -> std::io::Result<(u64, String)> {
    let mut file = BufReader::with_capacity(1 << 20, std::fs::File::open(path)?);
    let mut hashed = Hashed::over(std::io::sink());
    std::io::copy(&mut file, &mut hashed)?;
    Ok(hashed.finish())
}

/// Counts and hashes what is written through it.
pub struct Hashed<W> {
    out: W,
    bytes: u64,
    hash: Sha256,
}

impl<W: Write> Hashed<W> {
    pub fn over(out: W) -> Self {
        Self { out, bytes: 0, hash: Sha256::new() }
    }

    /// Bytes and hash, as a package describes them.
    pub fn finish(self) -> (u64, String) {
        let digest: String = self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        (self.bytes, format!("sha256:{digest}"))
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

fn column_types(project: &Project) -> Result<BTreeMap<String, String>> {
    let file = project.require(COLUMN_TYPES)?;
    let wrong = |error: csv::Error| Error::csv(&file.shown_path, error);
    let mut types = BTreeMap::new();
    for record in csv::Reader::from_reader(file.text.as_bytes()).into_records() {
        let record = record.map_err(wrong)?;
        types.insert(record.get(0).unwrap_or_default().to_owned(), record.get(1).unwrap_or_default().to_owned());
    }
    Ok(types)
}

fn resource(
    folder: &Path,
    table: &PackagedTable,
    tables: &[PackagedTable],
    types: &BTreeMap<String, String>,
) -> Result<Value> {
    let path = folder.join(&table.path);
    let (bytes, hash) = match table.digest.clone() {
        Some(known) => known,
        None => digest(&path).map_err(|error| Error::io("read", &path, &error))?,
    };
    let encoding = match (table.style.encoding, table.style.excel) {
        (TextEncoding::Gb18030, _) => "gb18030",
        (TextEncoding::Utf8, true) => "utf-8-sig",
        (TextEncoding::Utf8, false) => "utf-8",
    };
    let mut schema = json!({ "fields": fields(table, types), "missingValues": [""] });
    let key: Option<Vec<&String>> =
        table.extract.key.iter().map(|column| table.heading_of(column)).collect::<Option<Vec<_>>>();
    if let (Some(key), Some(schema)) = (key.filter(|key| !key.is_empty()), schema.as_object_mut()) {
        schema.insert("primaryKey".to_owned(), json!(key));
    }
    let references = table.references(tables);
    if let (false, Some(schema)) = (references.is_empty(), schema.as_object_mut()) {
        schema.insert("foreignKeys".to_owned(), json!(references));
    }
    Ok(json!({
        "profile": "tabular-data-resource",
        "name": table.resource_name(),
        "path": table.path,
        "title": format!("{} | {}", table.extract.title.0, table.extract.title.1),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": encoding,
        "bytes": bytes,
        "hash": hash,
        "dialect": { "delimiter": ",", "lineTerminator": if table.style.excel { "\r\n" } else { "\n" } },
        "schema": schema,
    }))
}

impl PackagedTable<'_> {
    fn resource_name(&self) -> String {
        self.path.trim_end_matches(".csv").replace(['/', '='], "-")
    }

    /// The columns that stand for a row of another table which is written here, too.
    fn references(&self, tables: &[PackagedTable]) -> Vec<Value> {
        let reference = |(extract, column): &(String, String)| {
            let other = tables.iter().find(|table| table.extract.name == *extract)?;
            let (here, there) = (self.heading_of(column)?, other.heading_of(column)?);
            Some(json!({ "fields": [here], "reference": { "resource": other.resource_name(), "fields": [there] } }))
        };
        self.extract.references.iter().filter_map(reference).collect()
    }

    /// The heading of an extract's own column; `None` where the wide shape spread or dropped it.
    fn heading_of(&self, column: &str) -> Option<&String> {
        let at = self.selected.columns.iter().position(|found| found.source == column && found.year.is_none())?;
        self.headings.get(at)
    }
}

fn fields(table: &PackagedTable, types: &BTreeMap<String, String>) -> Vec<Value> {
    let columns = table.selected.columns.iter().zip(table.headings);
    columns
        .map(|(column, heading)| {
            let mut field = Map::new();
            field.insert("name".to_owned(), json!(heading));
            field.insert("type".to_owned(), json!(frictionless_type(&column.kind)));
            let chinese = table.extract.notes.description(&column.source, true);
            let english = table.extract.notes.description(&column.source, false);
            if !chinese.is_empty() {
                field.insert("title".to_owned(), json!(chinese));
                field.insert("description".to_owned(), json!(english));
            }
            let declared = table.extract.money.contains(&column.name).then_some("元");
            if let Some(unit) = unit_of(&column.name).or(declared) {
                field.insert("unit".to_owned(), json!(unit));
            }
            if let Some(year) = column.year {
                field.insert("fiscalYear".to_owned(), json!(year));
            }
            if let Some(kind) = types.get(&column.source) {
                field.insert("columnType".to_owned(), json!(kind));
            }
            Value::Object(field)
        })
        .collect()
}

fn frictionless_type(kind: &str) -> &'static str {
    match kind {
        "BOOLEAN" => "boolean",
        "DATE" => "date",
        "TIMESTAMP" => "datetime",
        "DOUBLE" | "FLOAT" => "number",
        kind if kind.starts_with("DECIMAL") => "number",
        kind if kind.ends_with("INT") || kind.ends_with("INTEGER") => "integer",
        _ => "string",
    }
}

/// The unit a column's name states, years of the wide shape aside.
fn unit_of(name: &str) -> Option<&'static str> {
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
    [("_wan_yuan", "万元"), ("_yuan", "元"), ("_percent", "%")]
        .into_iter()
        .find_map(|(ending, unit)| name.ends_with(ending).then_some(unit))
}

//! `datapackage.json` beside the published extracts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value as Json;

use crate::common::text;
use crate::world::World;

/// One published extract: its columns and rows.
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn values(&self, fields: &[String]) -> Vec<Vec<&str>> {
        let at: Vec<usize> =
            fields.iter().map(|field| self.columns.iter().position(|column| column == field).unwrap()).collect();
        self.rows.iter().map(|row| at.iter().map(|at| row[*at].as_str()).collect()).collect()
    }
}

fn texts(list: &Json) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_published_extracts_describe_themselves_and_keep_their_keys() {
    let world = World::new();
    world.add_department(1);
    let ended = world.run(&[]);
    assert!(ended.status.success(), "{}", text(&ended.stderr));
    let folder = world.path("w.duckdb.extracts");
    let package: Json = serde_json::from_slice(&fs::read(folder.join("datapackage.json")).unwrap()).unwrap();
    assert_eq!(package["profile"], "tabular-data-package");
    assert_eq!(package["version"], "00000001");
    let mut tables = BTreeMap::new();
    for resource in package["resources"].as_array().unwrap() {
        let path = folder.join(resource["path"].as_str().unwrap());
        assert_eq!(fs::metadata(&path).unwrap().len(), resource["bytes"].as_u64().unwrap());
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        tables.insert(resource["name"].as_str().unwrap().to_owned(), Table { columns, rows });
    }
    let csvs =
        fs::read_dir(&folder).unwrap().filter(|file| file.as_ref().unwrap().path().extension().unwrap() == "csv");
    assert_eq!(csvs.count(), tables.len(), "every extract is described");
    let (mut keys, mut references) = (0, 0);
    for resource in package["resources"].as_array().unwrap() {
        let name = resource["name"].as_str().unwrap();
        let (table, schema) = (&tables[name], &resource["schema"]);
        let fields = schema["fields"].as_array().unwrap();
        let named: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(named, table.columns, "{name}");
        for field in fields {
            let column = field["name"].as_str().unwrap();
            let is_code = column.ends_with("code") || column.ends_with("_key") || column == "value" || column == "cell";
            let is_text = is_code && !(column == "value" && name != "figures" && name != "claims");
            assert!(!is_text || field["type"] == "string", "{name}.{column}: {field}");
        }
        if schema["primaryKey"].is_array() {
            keys += 1;
            let values = table.values(&texts(&schema["primaryKey"]));
            assert!(values.iter().flatten().all(|value| !value.is_empty()), "{name}");
            assert_eq!(values.iter().collect::<BTreeSet<_>>().len(), values.len(), "{name}: one row a key");
        }
        for reference in schema["foreignKeys"].as_array().into_iter().flatten() {
            references += 1;
            let other = &tables[reference["reference"]["resource"].as_str().unwrap()];
            let held = other.values(&texts(&reference["reference"]["fields"]));
            let held: BTreeSet<&Vec<&str>> = held.iter().collect();
            let named = table.values(&texts(&reference["fields"]));
            let lost = named.iter().find(|value| !value.iter().all(|part| part.is_empty()) && !held.contains(value));
            assert_eq!(lost, None, "{name}: {reference}");
        }
    }
    assert_eq!((tables.len(), keys, references), (11, 10, 12));
    assert!(tables["figures"].rows.len() > 100);
}

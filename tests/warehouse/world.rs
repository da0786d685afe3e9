//! Builds small warehouses from rows written as CSV: columns left out take the default of their type.

use std::collections::BTreeMap;
use std::path::Path;

use juesuan::inner::project::Project;
use juesuan::inner::warehouse::{Value, Warehouse};
use rust_decimal::Decimal;

/// CSV text by staging table.
pub type Rows = BTreeMap<String, String>;

/// A settled warehouse over these rows, with comments.
pub fn built(rows: &Rows) -> Warehouse {
    settled(built_with(Warehouse::in_memory().unwrap(), rows, |_| ()))
}

/// The same, with more rows put in between loading and modelling.
fn built_with(warehouse: Warehouse, rows: &Rows, loaded: impl Fn(&Warehouse)) -> Warehouse {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::built_in();
    write_stage(rows, folder.path(), &project);
    let result = warehouse.load(folder.path(), &project).and_then(|()| {
        loaded(&warehouse);
        warehouse.model(&project)
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    materialise_stage(&warehouse);
    warehouse
}

/// Writes the load package: one folder with one Parquet part for each table.
pub fn write_stage(rows: &Rows, folder: &Path, project: &Project) {
    let maker = Warehouse::in_memory().unwrap();
    maker.load(&folder.join("nothing yet"), project).unwrap();
    for (table, text) in rows {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let given: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let names: Vec<&str> = given.iter().map(String::as_str).collect();
        let declared: Vec<String> = names.iter().map(|name| format!("\"{name}\" VARCHAR")).collect();
        maker.execute(&format!("CREATE TABLE given_{table} ({})", declared.join(", "))).unwrap();
        let records = reader.records().map(|record| {
            let record = record.unwrap_or_else(|error| panic!("{table}: {error}"));
            record.iter().map(|field| Value::from((!field.is_empty()).then_some(field))).collect()
        });
        maker.append(&format!("given_{table}"), &names, records.collect::<Vec<Vec<Value>>>()).unwrap();
        let columns = maker
            .query(
                "SELECT column_name, data_type, is_nullable FROM duckdb_columns() WHERE schema_name = 'stage' AND table_name = ? ORDER BY column_index",
                &[table.as_str().into()],
            )
            .unwrap();
        assert!(!columns.rows.is_empty(), "no staging table {table}");
        for name in &names {
            assert!(columns.rows.iter().any(|row| row[0].shown() == *name), "stage.{table} has no column {name}");
        }
        let selected: Vec<String> = columns
            .rows
            .iter()
            .map(|row| {
                let (name, kind, nullable) = (row[0].shown(), row[1].shown(), row[2] == Value::Boolean(true));
                let given = if names.contains(&name.as_str()) { format!("\"{name}\"") } else { "NULL".to_owned() };
                let fallback = match (name.as_str(), names.contains(&"is_current"), names.contains(&"document_kind")) {
                    ("is_text_current", true, true) => {
                        "coalesce(is_current, 'true') = 'true' AND document_kind <> 'workbook'"
                    }
                    ("is_text_current", true, false) => "is_current",
                    ("is_text_current", false, true) => "document_kind <> 'workbook'",
                    _ => fallback(table, &name, &kind, nullable),
                };
                format!("CAST(coalesce({given}, CAST({fallback} AS VARCHAR)) AS {kind}) AS \"{name}\"")
            })
            .collect();
        let part = folder.join(table);
        std::fs::create_dir_all(&part).unwrap();
        let sql = format!("SELECT {} FROM given_{table}", selected.join(", "));
        maker
            .copy_to(&sql, &part.join("part-0.parquet"), "FORMAT parquet")
            .unwrap_or_else(|error| panic!("{table}: {error}"));
    }
}

/// What a column holds where a test does not say.
fn fallback(table: &str, column: &str, kind: &str, nullable: bool) -> &'static str {
    const YUAN: &str = "CASE unit WHEN '元' THEN CAST(value AS DECIMAL(28, 2)) WHEN '万元' THEN CAST(value AS DECIMAL(28, 8)) * 10000 END";
    match (table, column) {
        ("document", "is_current" | "is_text_current") => "TRUE",
        ("document", "outcome") => "'loaded'",
        ("document", "version") => "1",
        ("document", "level") => "'department'",
        ("document", "document_kind") => "'workbook'",
        ("document", "file") => "document_key || '.xlsx'",
        ("document", "disclosure_key") => "department_key || '/' || fiscal_year",
        ("figure", "cell") => "'B' || row_number",
        ("figure", "row_role") => "'detail'",
        ("figure", "component") => "'total'",
        ("figure", "phase") => "'final_account'",
        ("figure", "fund") => "'all'",
        ("figure", "flow") => "'expenditure'",
        ("figure", "sheet_number") => "1",
        ("figure" | "claim", "unit") => "'元'",
        ("figure" | "claim", "printed") => "value",
        ("figure" | "claim", "amount_yuan") => YUAN,
        ("figure" | "claim", "value_kind") => {
            "CASE WHEN unit IN ('元', '万元') THEN 'money' WHEN unit = '%' THEN 'percent' WHEN unit IN ('平方米', '分') THEN 'other' ELSE 'count' END"
        }
        ("figure" | "claim", "half_unit") => "0",
        ("claim", "kind") => "'number'",
        ("report_table", "state") => "'data'",
        ("finding", "severity") => "'info'",
        ("finding", "outcome") => "'not_evaluable'",
        ("finding", "cause") => "'extraction'",
        _ if nullable => "NULL",
        _ if kind == "VARCHAR" => "''",
        _ if kind == "BOOLEAN" => "FALSE",
        _ => "0",
    }
}

/// The load package is gone when a test queries: checks over `stage` need its rows to stay.
fn materialise_stage(warehouse: &Warehouse) {
    let views = warehouse
        .query("SELECT view_name FROM duckdb_views() WHERE schema_name = 'stage' ORDER BY view_name", &[])
        .unwrap();
    for row in views.rows {
        let name = row[0].shown();
        warehouse
            .execute(&format!(
                "CREATE TABLE kept AS SELECT * FROM stage.{name}; DROP VIEW stage.{name};
                 CREATE TABLE stage.{name} AS SELECT * FROM kept; DROP TABLE kept"
            ))
            .unwrap();
    }
}

/// The small world under `tests/marts/world`: departments over several years with known answers.
pub fn small_world() -> Warehouse {
    small_world_in(Warehouse::in_memory().unwrap())
}

/// The small world in a warehouse that holds nothing yet.
pub fn small_world_in(warehouse: Warehouse) -> Warehouse {
    filled(warehouse, small_world_rows())
}

/// The small world with every amount of money so many times as large.
pub fn small_world_times(factor: u64) -> Warehouse {
    let mut rows = small_world_rows();
    for table in ["figure", "claim"] {
        let text = rows.remove(table).unwrap();
        rows.insert(table.to_owned(), with_amounts_times(&text, factor));
    }
    world_of(rows)
}

fn small_world_rows() -> Rows {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/marts/world");
    let mut rows = Rows::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        rows.insert(name, std::fs::read_to_string(&path).unwrap());
    }
    rows
}

fn with_amounts_times(text: &str, factor: u64) -> String {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|other| other == name).unwrap();
    let (value, unit) = (column("value"), column("unit"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).unwrap();
    for record in reader.records() {
        let mut fields: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
        if let (true, Ok(amount)) = (["元", "万元"].contains(&&*fields[unit]), fields[value].parse::<Decimal>()) {
            fields[value] = (amount * Decimal::from(factor)).to_string();
        }
        writer.write_record(&fields).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// A settled warehouse over rows of the load package, of reference lists (`reference_indicators`) and of what
/// reconciliation wrote (`check_evaluation`, `claim_link`, `dim_check`).
pub fn world_of(rows: Rows) -> Warehouse {
    filled(Warehouse::in_memory().unwrap(), rows)
}

fn filled(warehouse: Warehouse, rows: Rows) -> Warehouse {
    let (found, rows): (Rows, Rows) = rows
        .into_iter()
        .partition(|(table, _)| ["check_evaluation", "claim_link", "dim_check"].contains(&table.as_str()));
    let (lists, staged): (Rows, Rows) = rows.into_iter().partition(|(table, _)| table.starts_with("reference_"));
    let warehouse = built_with(warehouse, &staged, |warehouse| {
        for (table, text) in &lists {
            insert(warehouse, &format!("stage.{table}"), text);
        }
    });
    for (table, text) in &found {
        let schema = if table == "check_evaluation" { "audit" } else { "core" };
        insert(&warehouse, &format!("{schema}.{table}"), text);
    }
    settled(warehouse)
}

/// The values settled, the marts created, every column explained.
fn settled(warehouse: Warehouse) -> Warehouse {
    let project = Project::built_in();
    let result = warehouse.settle(&project).and_then(|()| warehouse.comment(&project));
    result.unwrap_or_else(|error| panic!("{error}"));
    warehouse
}

/// Appends rows written as CSV; an empty field is NULL where the column allows it.
fn insert(warehouse: &Warehouse, table: &str, text: &str) {
    let required: Vec<String> = warehouse
        .query(&format!("DESCRIBE {table}"), &[])
        .unwrap()
        .rows
        .iter()
        .filter(|row| row[2].shown() == "NO")
        .map(|row| row[0].shown())
        .collect();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let columns: Vec<&str> = header.iter().collect();
    let rows: Vec<Vec<Value>> = reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            let values = header.iter().zip(record.iter());
            values
                .map(|(column, field)| match field {
                    "" if !required.iter().any(|name| name == column) => Value::Null,
                    field => field.into(),
                })
                .collect()
        })
        .collect();
    warehouse.append(table, &columns, rows).unwrap_or_else(|error| panic!("{table}: {error}"));
}

//! Rows in, rows out: every `tests/marts/*.test` asks the small world and says what must come back.

use std::collections::BTreeSet;
use std::path::Path;

use juesuan::inner::project::Project;
use juesuan::inner::warehouse::Warehouse;

use super::world::{Rows, small_world, world_of};

/// One question of a test file.
struct Question {
    query: String,
    expected: String,
}

fn questions(text: &str) -> Vec<Question> {
    text.split("\nquery:\n")
        .skip(1)
        .map(|part| {
            let (query, expected) = part.split_once("\nexpect:\n").expect("a query without expected rows");
            let expected = expected.split("\n\n").next().unwrap_or_default();
            Question { query: query.to_owned(), expected: expected.trim_end().to_owned() }
        })
        .collect()
}

/// The rows a test file brings along, by staging table; a file without any asks the small world.
fn own_rows(text: &str) -> Rows {
    text.split("\nrows ")
        .skip(1)
        .map(|part| {
            let (table, rest) = part.split_once(":\n").expect("a table and its rows");
            let rows = rest.split("\n\n").next().unwrap_or_default();
            (table.to_owned(), format!("{rows}\n"))
        })
        .collect()
}

fn answer(warehouse: &Warehouse, query: &str) -> String {
    let frame = warehouse.query(query, &[]).unwrap_or_else(|error| panic!("{query}\n{error}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(frame.columns.iter().map(|column| column.name.as_str())).unwrap();
    for row in &frame.rows {
        writer.write_record(row.iter().map(|value| value.shown())).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap().trim_end().to_owned()
}

#[test]
fn every_mart_answers_as_written_down() {
    let warehouse = small_world();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/marts");
    let mut asked = String::new();
    let mut failures = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "test") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let rows = own_rows(&text);
        let own = (!rows.is_empty()).then(|| world_of(rows));
        for question in questions(&text) {
            let found = answer(own.as_ref().unwrap_or(&warehouse), &question.query);
            if found != question.expected {
                failures.push(format!(
                    "{}\n{}\nexpected:\n{}\nfound:\n{found}",
                    path.display(),
                    question.query,
                    question.expected
                ));
            }
            asked.push_str(&question.query);
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    let views = warehouse.query("SELECT view_name FROM duckdb_views() WHERE schema_name = 'mart'", &[]).unwrap();
    let untested: BTreeSet<String> =
        views.rows.iter().map(|row| row[0].shown()).filter(|name| !asked.contains(&format!("mart.{name}"))).collect();
    assert_eq!(untested, BTreeSet::new(), "views without a test");
}

/// The 33 views of the domain specification, by the names analysts know.
#[test]
fn the_promised_views_exist() {
    let project = Project::built_in();
    for name in [
        "entity_year",
        "income_mix",
        "func_mix",
        "func_item",
        "func_trend",
        "econ_basic",
        "staff_cost",
        "public_use",
        "sangong",
        "sangong_unit",
        "running_cost",
        "budget_deviation",
        "execution",
        "basic_project",
        "balance_chain",
        "fund_usage",
        "soc",
        "procurement",
        "services",
        "assets",
        "staffing",
        "performance",
        "key_projects",
        "reasons",
        "identity_score",
        "identity_by_rule",
        "completeness",
        "timeliness",
        "peer_group",
        "outliers",
        "rank",
        "region_rollup",
        "lineage",
    ] {
        assert!(project.get(&format!("sql/marts/v_{name}.sql")).is_some(), "v_{name}");
    }
}

#[test]
fn the_small_world_breaks_no_invariant() {
    assert_eq!(small_world().check(&Project::built_in()).unwrap(), vec![]);
}

#[test]
fn every_extract_can_be_written_from_a_published_world() {
    let warehouse = small_world();
    let folder = tempfile::tempdir().unwrap();
    for file in Project::built_in().under("sql/extracts", "sql") {
        let target = folder.path().join("extract.csv");
        warehouse
            .copy_to(&file.text, &target, "FORMAT csv, HEADER")
            .unwrap_or_else(|error| panic!("{}: {error}", file.path));
        assert!(std::fs::read_to_string(&target).unwrap().lines().count() > 1, "{}", file.path);
    }
}

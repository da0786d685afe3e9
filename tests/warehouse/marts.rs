//! Rows in, rows out: every `tests/marts/*.test` asks the small world and says what must come back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use juesuan::inner::project::Project;
use juesuan::inner::warehouse::{Reach, Warehouse};

use super::world::{Rows, small_world, small_world_times, world_of};

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

/// What the dictionary calls one thing in two ways (both have its code) feeds the headline in both.
#[test]
fn every_wording_of_a_headline_is_a_source_of_it() {
    let project = Project::built_in();
    let rows = |path: &str| -> Vec<BTreeMap<String, String>> {
        let text = &project.get(path).unwrap().text;
        csv::Reader::from_reader(text.as_bytes()).into_deserialize().map(|row| row.unwrap()).collect()
    };
    let items = rows("pipelines/names/items.csv");
    let mut sources: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for row in rows("pipelines/reference/headline_sources.csv").iter().filter(|row| row["source"] == "prose") {
        let source = sources.entry((row["headline"].clone(), row["measure"].clone())).or_default();
        source.extend([&row["item"], &row["line"]].into_iter().filter(|name| !name.is_empty()).cloned());
    }
    let mut missing = Vec::new();
    for ((headline, measure), named) in &sources {
        for item in items.iter().filter(|item| !item["code"].is_empty()) {
            let is_same = |other: &&BTreeMap<String, String>| {
                named.contains(&other["item"]) && (&other["code"], &other["fund"]) == (&item["code"], &item["fund"])
            };
            if items.iter().any(|other| is_same(&other))
                && ![&item["item"], &item["line"]].iter().any(|name| named.contains(*name))
            {
                missing.push(format!("{headline} {measure} {}", item["item"]));
            }
        }
    }
    missing.dedup();
    // One code, two things: money left and what was spent of it, projects and those with targets, income and uses.
    let told_apart = [
        "closing_balance final_account 结转结余资金",
        "performance_projects count 编报绩效目标的项目数",
        "target_projects count 部门预算项目数",
        "total_uses final_account 收入总计",
    ];
    assert_eq!(missing, told_apart);
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
    assert_eq!(small_world().check(&Project::built_in(), Reach::Everything).unwrap(), vec![]);
}

/// A figure no source names, beside one that is named: only where no headline it may mean has a value is it a finding.
#[test]
fn a_figure_of_a_table_whose_headline_is_empty_is_found() {
    let said = |rows: &str| {
        let world = world_of(Rows::from([
            (
                "document".to_owned(),
                "document_key,department,department_key,region_code,fiscal_year\nw1,甲局,110101/甲局/department,110101,2023\n".to_owned(),
            ),
            (
                "figure".to_owned(),
                format!("document_key,row_number,sheet,report_table,fund,flow,row_role,line,row_name,component,value\n{rows}"),
            ),
        ]));
        let findings = world.check(&Project::built_in(), Reach::Everything).unwrap();
        let found = findings.into_iter().filter(|finding| finding.check_id == "warehouse.headline_without_source");
        found.map(|finding| finding.message).collect::<Vec<_>>()
    };
    let line = "w1,5,表1,income,all,income,detail,income.current_year_total,本年收入合计,total,90\n";
    let detail = "w1,9,表2,basic_expenditure_detail,all,expenditure,total,,合计,total,60\n";
    assert_eq!(
        said(&format!("{line}{detail}")),
        [
            "the table income prints income.current_year_total, yet the headline fiscal_income or income is empty",
            "the table basic_expenditure_detail prints a total (total), yet the headline expenditure is empty",
        ]
    );
    let named = "w1,7,表3,income_by_unit,all,income,total,,合计,total,90\nw1,8,表4,expenditure_by_unit,all,expenditure,total,,合计,total,90\n";
    assert_eq!(said(&format!("{line}{detail}{named}")), Vec::<String>::new());
}

/// The largest amounts that are read at all: their sums, differences and products must not stop a run or a question.
#[test]
fn amounts_as_large_as_any_overflow_no_statement() {
    let warehouse = small_world_times(950_000_000_000);
    let largest = warehouse.query("SELECT max(amount_yuan) FROM core.fact_amount", &[]).unwrap();
    assert_eq!(largest.rows[0][0].shown(), "997500000000000.00");
    let views = warehouse
        .query("SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE schema_name IN ('mart', 'audit')", &[])
        .unwrap();
    let mut asked: Vec<(String, String)> = views
        .rows
        .iter()
        .map(|row| (row[0].shown(), format!("SELECT count(*), bit_xor(hash(COLUMNS(*))) FROM {}", row[0].shown())))
        .collect();
    let project = Project::built_in();
    for folder in ["sql/extracts", "sql/checks"] {
        asked.extend(project.under(folder, "sql").map(|file| {
            let statement = file.text.trim_end().trim_end_matches(';');
            (file.path.clone(), format!("SELECT count(*), bit_xor(hash(COLUMNS(*))) FROM ({statement}\n)"))
        }));
    }
    assert!(asked.len() > 60, "{}", asked.len());
    let failures: Vec<String> = asked
        .iter()
        .filter_map(|(name, query)| warehouse.query(query, &[]).err().map(|error| format!("{name}: {error}")))
        .collect();
    assert_eq!(failures, Vec::<String>::new());
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

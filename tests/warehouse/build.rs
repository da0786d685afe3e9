//! Building, querying and closing a warehouse file.

use std::collections::BTreeSet;

use juesuan::inner::normalise::{DocumentRecord, Figure, ValueKind};
use juesuan::inner::project::Project;
use juesuan::inner::stage::{Batch, LoadPackage};
use juesuan::inner::vocabulary::{Contents, Finding, Level, Place, ReadAs, Severity};
use juesuan::inner::warehouse::{ColumnType, Reach, Value, Warehouse};
use rust_decimal::Decimal;

use super::world::{Rows, built, write_stage};

fn one_disclosure() -> Rows {
    Rows::from([
        (
            "document".to_owned(),
            "document_key,department,department_key,region_code,fiscal_year\n\
             doc_1,北京市延庆区示例局,110119/示例局/department,110119,2023\n"
                .to_owned(),
        ),
        (
            "figure".to_owned(),
            "document_key,sheet,row_number,report_table,row_label,row_name,printed,value,unit\n\
             doc_1,1,5,expenditure,合计,合计,\"1,234.50\",1234.5,万元\n\
             doc_1,1,6,expenditure,人次,人次,26,26,人\n"
                .to_owned(),
        ),
        (
            "claim".to_owned(),
            "document_key,line,char_start,char_end,printed,value,unit,item,measure\n\
             doc_1,7,3,8,56.95,-56.95,万元,收入支出总计,change_vs_prior_year\n"
                .to_owned(),
        ),
        (
            "finding".to_owned(),
            "document_key,check_id,place,message\ndoc_1,extract.unmatched_sheet,Sheet9,无法识别\n".to_owned(),
        ),
    ])
}

#[test]
fn an_empty_load_package_gives_an_empty_warehouse_that_answers() {
    let warehouse = built(&Rows::new());
    let project = Project::built_in();
    for file in project.under("sql/extracts", "sql") {
        let frame = warehouse.query(&file.text, &[]).unwrap_or_else(|error| panic!("{}: {error}", file.path));
        assert!(!frame.columns.is_empty(), "{}", file.path);
    }
    assert_eq!(warehouse.check(&project, Reach::Everything).unwrap(), vec![]);
}

#[test]
fn the_contract_extracts_have_their_columns_in_order() {
    let warehouse = built(&one_disclosure());
    let project = Project::built_in();
    for (name, contract) in [
        (
            "figures",
            "file,sheet,cell,report_table,side,code,row_label,header_path,printed,value,unit,amount_yuan,department,fiscal_year",
        ),
        ("claims", "file,line,char_start,char_end,printed,value,unit,section,item,measure,basis,amount_yuan,sentence"),
        (
            "findings",
            "check_id,severity,outcome,cause,file,where,left_value,right_value,difference,allowed,hint,message",
        ),
    ] {
        let frame = warehouse.query(&project.require(&format!("sql/extracts/{name}.sql")).unwrap().text, &[]).unwrap();
        let columns: Vec<&str> = frame.columns.iter().map(|column| column.name.as_str()).collect();
        assert!(columns.join(",").starts_with(contract), "{name}: {columns:?}");
        assert!(!frame.rows.is_empty(), "{name}");
    }
}

#[test]
fn extracts_print_values_with_their_printed_decimals() {
    let warehouse = built(&one_disclosure());
    let project = Project::built_in();
    let sql = &project.require("sql/extracts/figures.sql").unwrap().text;
    let frame = warehouse
        .query(&format!("SELECT report_table, value, amount_yuan, department FROM ({sql}) ORDER BY cell"), &[])
        .unwrap();
    assert_eq!(frame.rows[0][0], "支出决算表".into());
    assert_eq!(frame.rows[0][1], "1234.50".into());
    assert_eq!(frame.rows[0][2], Value::Decimal(Decimal::new(1_234_500_000, 2)));
    assert_eq!(frame.rows[1][1], "26".into());
    assert_eq!(frame.rows[1][2], Value::Null);
    let sql = &project.require("sql/extracts/claims.sql").unwrap().text;
    let frame = warehouse.query(&format!("SELECT value FROM ({sql})"), &[]).unwrap();
    assert_eq!(frame.rows[0][0], "-56.95".into());
}

#[test]
fn a_published_file_holds_no_stage_and_cannot_be_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("build.duckdb");
    let project = Project::built_in();
    write_stage(&one_disclosure(), &folder.path().join("package"), &project);
    let warehouse = Warehouse::create(&path).unwrap();
    warehouse.load(&folder.path().join("package"), &project).unwrap();
    warehouse.model(&project).unwrap();
    warehouse.settle(&project).unwrap();
    assert_eq!(warehouse.check(&project, Reach::Everything).unwrap(), vec![]);
    warehouse.remember_findings("run_1").unwrap();
    warehouse.finish().unwrap();
    assert!(Warehouse::create(&path).is_err(), "a standing file is never built over");

    let reader = Warehouse::open_read_only(&path).unwrap();
    let schemas = reader.query("SELECT DISTINCT schema_name FROM duckdb_tables() ORDER BY 1", &[]).unwrap();
    let schemas: BTreeSet<String> = schemas.rows.iter().map(|row| row[0].shown()).collect();
    assert_eq!(schemas, BTreeSet::from(["audit".to_owned(), "core".to_owned()]));
    assert!(reader.execute("DELETE FROM core.fact_amount").is_err());
    let answer = reader
        .query("SELECT sum(amount_yuan) FROM core.fact_amount WHERE fiscal_year = ?", &[2023_i64.into()])
        .unwrap();
    assert_eq!(answer.columns[0].kind, ColumnType::Decimal { scale: 2 });
    assert_eq!(answer.rows[0][0], Value::Decimal(Decimal::new(1_234_500_000, 2)));

    let next = Warehouse::in_memory().unwrap();
    next.load(&folder.path().join("package"), &project).unwrap();
    next.model(&project).unwrap();
    assert_eq!(next.carry_history(&path).unwrap().findings, 1);
    next.execute("DELETE FROM core.fact_finding").unwrap();
    next.remember_findings("run_2").unwrap();
    let history =
        next.query("SELECT first_run_id, last_run_id, closed_run_id FROM audit.finding_history", &[]).unwrap();
    assert_eq!(history.rows, vec![vec!["run_1".into(), "run_1".into(), "run_2".into()]]);
}

/// Before a document is loaded its tables stand empty, its lists full, its views explained; in the end all is as without.
#[test]
fn groundwork_changes_nothing_of_what_is_built() {
    let folder = tempfile::tempdir().unwrap();
    let (project, package) = (Project::built_in(), folder.path().join("package"));
    write_stage(&one_disclosure(), &package, &project);
    let path = |name: &str| folder.path().join(name);
    let with = Warehouse::create_small(&path("with.duckdb")).unwrap().with_groundwork(&project).unwrap();
    let count = |sql: &str| with.query(sql, &[]).unwrap().rows[0][0].as_integer().unwrap();
    assert!(count("SELECT count(*) FROM core.dim_line") > 0);
    assert_eq!(count("SELECT count(*) FROM core.fact_amount"), 0);
    let unexplained = "SELECT count(*) FROM duckdb_views() WHERE schema_name = 'mart' AND comment IS NULL";
    assert_eq!((count("SELECT count(*) FROM mart.v_figure_source"), count(unexplained)), (0, 0));
    let without = Warehouse::create_small(&path("without.duckdb")).unwrap();
    for warehouse in [with, without] {
        warehouse.load(&package, &project).unwrap();
        warehouse.model(&project).unwrap();
        warehouse.settle(&project).unwrap();
        warehouse.comment(&project).unwrap();
        warehouse.finish().unwrap();
    }
    let both = Warehouse::in_memory().unwrap();
    for name in ["with", "without"] {
        let file = path(&format!("{name}.duckdb"));
        both.execute(&format!("ATTACH '{}' AS {name}_it (READ_ONLY)", file.display())).unwrap();
    }
    let differing = |one: &str, other: &str| {
        let sql =
            format!("SELECT count(*) FROM ((({one}) EXCEPT ALL ({other})) UNION ALL (({other}) EXCEPT ALL ({one})))");
        both.query(&sql, &[]).unwrap().rows[0][0].as_integer()
    };
    for listed in [
        "schema_name, view_name, sql, comment FROM duckdb_views()",
        "schema_name, table_name, comment, estimated_size FROM duckdb_tables()",
        "schema_name, table_name, column_name, data_type, is_nullable, column_default, comment FROM duckdb_columns()",
        "schema_name, table_name, constraint_text FROM duckdb_constraints()",
    ] {
        let of = |name: &str| format!("SELECT {listed} WHERE database_name = '{name}_it'");
        assert_eq!(differing(&of("with"), &of("without")), Some(0), "{listed}");
    }
    let tables = both
        .query("SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = 'with_it'", &[])
        .unwrap();
    assert!(tables.rows.len() > 50);
    for table in tables.rows.iter().map(|row| row[0].shown()) {
        assert_eq!(
            differing(&format!("FROM with_it.{table}"), &format!("FROM without_it.{table}")),
            Some(0),
            "{table}"
        );
    }
}

#[test]
fn a_failing_file_of_the_project_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("sql/marts")).unwrap();
    let text =
        "-- title: 坏视图 | A broken view\n\nCREATE VIEW mart.v_broken AS SELECT nothing FROM core.no_such_table;\n";
    std::fs::write(folder.path().join("sql/marts/v_broken.sql"), text).unwrap();
    let project = Project::with_folder(folder.path()).unwrap();
    let warehouse = Warehouse::in_memory().unwrap();
    warehouse.load(folder.path(), &project).unwrap();
    let error = warehouse.model(&project).and_then(|()| warehouse.settle(&project)).unwrap_err();
    assert!(error.what.contains("v_broken.sql"), "{error}");
    assert!(error.why.unwrap().contains("no_such_table"));
}

#[test]
fn a_load_package_of_another_shape_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::built_in();
    std::fs::create_dir_all(folder.path().join("claim")).unwrap();
    let maker = Warehouse::in_memory().unwrap();
    maker.copy_to("SELECT 1 AS nonsense", &folder.path().join("claim/part-0.parquet"), "FORMAT parquet").unwrap();
    let error = Warehouse::in_memory().unwrap().load(folder.path(), &project).unwrap_err();
    assert!(error.what.contains("claim"), "{error}");
}

#[test]
fn rows_of_files_that_are_gone_are_left_out() {
    let mut rows = one_disclosure();
    rows.insert("indicator".to_owned(), "document_key,line,name\ndoc_2,9,指标\n".to_owned());
    let warehouse = built(&rows);
    assert_eq!(warehouse.check(&Project::built_in(), Reach::Everything).unwrap(), []);
    let loaded = warehouse.query("SELECT count(*) FROM core.fact_indicator", &[]).unwrap();
    assert_eq!(loaded.rows[0][0], Value::Integer(0));
}

#[test]
fn rows_that_the_facts_lose_are_reported() {
    let warehouse = built(&one_disclosure());
    warehouse.execute("DELETE FROM core.fact_amount").unwrap();
    let breaches = warehouse.check(&Project::built_in(), Reach::Everything).unwrap();
    assert_eq!(breaches.iter().map(|breach| breach.check_id.as_str()).collect::<Vec<_>>(), ["warehouse.unloaded_row"]);
    warehouse.record(&breaches).unwrap();
    let stored = warehouse.query("SELECT count(*) FROM core.fact_finding WHERE cause = 'warehouse'", &[]).unwrap();
    assert_eq!(stored.rows[0][0], Value::Integer(1));
}

#[test]
fn every_type_an_analyst_may_ask_for_comes_back() {
    let warehouse = Warehouse::in_memory().unwrap();
    let sql =
        "SELECT DATE '2024-08-30', TIMESTAMP '2024-08-30 10:15:00', 1.50::DECIMAL(18, 2), 7::HUGEINT, 2::UTINYINT,
                      TRUE, NULL, [1, 2], '文', 0.5::DOUBLE, 123456789012345678901234567890.12::DECIMAL(38, 2)";
    let row = warehouse.query(sql, &[]).unwrap().rows.remove(0);
    assert_eq!(row[0], Value::Date("2024-08-30".to_owned()));
    assert_eq!(row[1], Value::Timestamp("2024-08-30T10:15:00".to_owned()));
    assert_eq!(row[2].shown(), "1.50");
    assert_eq!((row[3].clone(), row[4].clone()), (Value::Integer(7), Value::Integer(2)));
    assert_eq!((row[5].clone(), row[6].clone()), (Value::Boolean(true), Value::Null));
    assert_eq!(row[7].shown(), "[1, 2]");
    assert_eq!((row[8].shown(), row[9].clone()), ("文".to_owned(), Value::Float(0.5)));
    assert_eq!(row[10].shown(), "123456789012345678901234567890.12");
    assert!(warehouse.query("SELEC 1", &[]).is_err());
}

#[test]
fn a_number_too_long_for_the_warehouse_stops_nothing() {
    let mut rows = one_disclosure();
    let figures = rows.get_mut("figure").unwrap();
    figures.push_str("doc_1,1,7,expenditure,本年支出合计,本年支出合计,99999999999999999999999999,,万元\n");
    let warehouse = built(&rows);
    let frame = warehouse.query("SELECT value, amount_yuan FROM core.fact_amount WHERE cell = 'B7'", &[]).unwrap();
    assert_eq!(frame.rows, vec![vec![Value::Null, Value::Null]]);
    let breaches = warehouse.check(&Project::built_in(), Reach::Everything).unwrap();
    assert_eq!(
        breaches.iter().map(|breach| breach.check_id.as_str()).collect::<Vec<_>>(),
        ["warehouse.unvalued_figure"]
    );
}

/// What the stage room writes is what the warehouse reads.
#[test]
fn a_load_package_of_the_stage_room_is_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let package = LoadPackage::new(folder.path());
    let finding =
        Finding::extraction("extract.x", Severity::Info, Place::Line { line: 3 }, "某事".into(), "某法".into());
    let batch = Batch { findings: vec![("doc_1".to_owned(), finding)], figures: vec![a_figure()], ..Batch::default() };
    package.write("part-1", &batch).unwrap();
    package.write_documents(&[a_document()]).unwrap();
    let project = Project::built_in();
    let warehouse = Warehouse::in_memory().unwrap();
    warehouse.load(folder.path(), &project).unwrap();
    warehouse.model(&project).unwrap();
    warehouse.settle(&project).unwrap();
    assert_eq!(warehouse.check(&project, Reach::Everything).unwrap(), vec![]);
    let sql = &project.require("sql/extracts/figures.sql").unwrap().text;
    let row = warehouse
        .query(&format!("SELECT cell, value, unit, amount_yuan, department FROM ({sql})"), &[])
        .unwrap()
        .rows
        .remove(0);
    let shown: Vec<String> = row.iter().map(Value::shown).collect();
    assert_eq!(shown, ["C7", "1247.416384", "万元", "12474163.84", "北京市延庆区示例局"]);
    let findings = warehouse.query("SELECT place, hint FROM core.fact_finding", &[]).unwrap();
    assert_eq!(findings.rows, vec![vec!["line 3".into(), "某法".into()]]);
}

fn a_figure() -> Figure {
    Figure {
        document_key: "doc_1".into(),
        sheet_number: 3,
        sheet: "支出决算表".into(),
        cell: "C7".into(),
        row_number: 7,
        column_number: 3,
        report_table: "expenditure".into(),
        layout: "base/expenditure".into(),
        side: String::new(),
        component: "total".into(),
        phase: "final_account".into(),
        fund: "all".into(),
        flow: "expenditure".into(),
        row_role: "detail".into(),
        line: None,
        code: Some("2240101".into()),
        function_code: Some("2240101".into()),
        economic_code: None,
        row_label: "行政运行".into(),
        row_name: "行政运行".into(),
        parent_label: None,
        header_path: "本年支出合计".into(),
        printed: "1,247.416384".into(),
        value: Decimal::new(1_247_416_384, 6),
        unit: "万元".into(),
        unit_source: "F2".into(),
        value_kind: ValueKind::Money,
        amount_yuan: Some(Decimal::new(1_247_416_384, 2)),
        half_unit: Decimal::new(5, 3),
        correction: None,
        page: None,
        page_box: None,
        reading_score: None,
    }
}

fn a_document() -> DocumentRecord {
    DocumentRecord {
        document_key: "doc_1".into(),
        sha256: "0".repeat(64),
        file: "延庆区/示例局/2023.xlsx".into(),
        source: "disclosures".into(),
        bytes: 12_345,
        format: "xlsx".into(),
        encoding: String::new(),
        document_kind: Contents::Workbook,
        outcome: ReadAs::Loaded,
        department: "北京市延庆区示例局".into(),
        department_printed: "延庆区示例局".into(),
        department_source: "content".into(),
        department_key: "110119/示例局/department".into(),
        region_code: "110119".into(),
        level: Level::Department,
        fiscal_year: Some(2023),
        year_source: "content".into(),
        disclosure_key: "110119/示例局/department/2023/final".into(),
        version: 1,
        is_current: true,
        is_text_current: false,
        superseded_tables: String::new(),
        published_date: Some("2024-08-30".into()),
        approval_date: None,
        source_address: None,
        figures: 1,
        claims: 0,
        unclaimed_numbers: 0,
        message: String::new(),
    }
}

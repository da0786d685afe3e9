//! `juesuan export`.

use std::fs;

use crate::desk_world::DeskWorld;

fn read(desk: &DeskWorld, path: &str) -> String {
    fs::read_to_string(desk.folder.path().join(path)).unwrap()
}

#[test]
fn every_extract_comes_with_a_description_beside_it() {
    let desk = DeskWorld::new();
    desk.says(&["export"]);
    for name in ["figures", "claims", "findings"] {
        assert!(read(&desk, &format!("exported/{name}.csv")).lines().count() > 1, "{name}");
    }
    let package: serde_json::Value = serde_json::from_str(&read(&desk, "exported/datapackage.json")).unwrap();
    let figures =
        package["resources"].as_array().unwrap().iter().find(|resource| resource["name"] == "figures").unwrap();
    assert_eq!(figures["schema"]["primaryKey"][0], "figure_key");
    let fields = figures["schema"]["fields"].as_array().unwrap();
    let amount = fields.iter().find(|field| field["name"] == "amount_yuan").unwrap();
    assert_eq!(
        (&amount["type"], &amount["unit"], &amount["columnType"]),
        (&"number".into(), &"元".into(), &"value".into())
    );
    desk.says(&["export", "claims"]);
    let package: serde_json::Value = serde_json::from_str(&read(&desk, "exported/datapackage.json")).unwrap();
    assert!(package["resources"].as_array().unwrap().len() > 1, "what was written before is still described");
}

#[test]
fn formulas_are_guarded_and_negative_numbers_stay() {
    let desk = DeskWorld::new();
    desk.says(&["export", "figures"]);
    let text = read(&desk, "exported/figures.csv");
    assert!(text.contains(",'=危险(1),") && text.contains(",-12.50,"), "{text}");
    desk.says(&["export", "figures", "--unguarded"]);
    assert!(read(&desk, "exported/figures.csv").contains(",=危险(1),"));
}

#[test]
fn excel_gets_a_mark_chinese_headings_and_codes_as_text() {
    let desk = DeskWorld::new();
    desk.says(&["export", "figures", "--excel", "--headers", "zh", "--unit", "万元"]);
    let text = read(&desk, "exported/figures.csv");
    assert!(text.starts_with('\u{feff}') && text.contains("\r\n"));
    let header = text.lines().next().unwrap();
    assert!(header.contains("源文件路径") && header.contains("（万元）"), "{header}");
    assert!(text.contains("2240101\t,") && text.contains(",123.450000,"), "{text}");
    assert!(!text.contains("E+"));
    desk.says(&["export", "figures", "--encoding", "gb18030", "--headers", "zh"]);
    let bytes = fs::read(desk.folder.path().join("exported/figures.csv")).unwrap();
    assert!(encoding_rs::GB18030.decode(&bytes).0.contains("公共安全支出"));
    desk.says(&["export", "entity_year", "--headers", "zh"]);
    assert!(read(&desk, "exported/entity_year.csv").contains("本年支出"), "headings come from the mart");
    desk.says(&["export", "v_entity_year", "--unit", "万元"]);
    assert!(read(&desk, "exported/v_entity_year.csv").contains("expenditure_wan_yuan"));
    assert!(desk.refuses(&["export", "findings", "--unit", "万元"]).contains("-- money:"));
    assert!(desk.refuses(&["export", "--excel", "--format", "xlsx"]).contains("--excel is for CSV"));
}

#[test]
fn filters_choose_years_regions_and_departments() {
    let desk = DeskWorld::new();
    let rows = |arguments: &[&str]| {
        let mut all = vec!["export", "figures", "--json"];
        all.extend_from_slice(arguments);
        desk.json(&all)["written"][0]["rows"].as_u64().unwrap()
    };
    assert_eq!(rows(&[]), 7);
    assert_eq!(rows(&["--year", "2022"]), 1);
    assert_eq!(rows(&["--year", "2020-2021,2023"]), 6);
    assert_eq!(rows(&["--region", "110000"]), 7);
    assert_eq!(rows(&["--region", "310000"]), 0);
    assert_eq!(rows(&["--department", "示例局"]), 7);
    assert_eq!(rows(&["--department", "没有"]), 0);
    assert!(desk.refuses(&["export", "figures", "--region", "不存在"]).contains("no region"));
    assert!(desk.refuses(&["export", "figurs"]).contains("closest: figures; `juesuan export --list`"));
    let findings = desk.json(&["export", "findings", "--region", "310000", "--json"]);
    assert_eq!(findings["written"][0]["rows"], 0);
}

#[test]
fn years_become_columns_and_nothing_falls_together_unseen() {
    let desk = DeskWorld::new();
    let project = desk.folder.path().join("mine/sql/extracts");
    fs::create_dir_all(&project).unwrap();
    let sql = "-- title: 总计 | Totals\n-- column amount_yuan: 金额 | Amount\n\nSELECT department_key, fiscal_year, amount_yuan FROM core.fact_amount \
               WHERE is_current AND row_role = 'total' AND component = 'total'\n";
    fs::write(project.join("totals.sql"), sql).unwrap();
    desk.says(&["export", "totals", "--project", "mine", "--wide"]);
    let text = read(&desk, "exported/totals.csv");
    assert_eq!(text, "department_key,amount_yuan_2022,amount_yuan_2023\n110119/示例局/department,1000.00,1234600.00\n");
    let error = desk.refuses(&["export", "figures", "--wide", "--keys", "department_key"]);
    assert!(error.contains("fall together"), "{error}");
}

#[test]
fn parquet_can_be_partitioned_and_replaced() {
    let desk = DeskWorld::new();
    for _ in 0..2 {
        desk.says(&["export", "figures", "--format", "parquet", "--partition", "year,region"]);
    }
    let sql = "SELECT count(*) AS n, sum(amount_yuan) AS s FROM read_parquet('exported/figures/**/*.parquet', hive_partitioning = true) WHERE fiscal_year = 2022";
    assert_eq!(desk.says(&["query", sql, "--format", "csv"]), "n,s\n1,1000.00\n");
    desk.says(&["export", "figures", "--format", "xlsx"]);
    assert!(desk.folder.path().join("exported/figures.xlsx").is_file());
    assert!(desk.refuses(&["export", "figures", "--partition", "year"]).contains("--format parquet"));
}

#[test]
fn parquet_comes_back_exact_in_polars() {
    use polars::prelude::{DataType, ParquetReader, SerReader};
    let desk = DeskWorld::new();
    desk.says(&["export", "figures", "--format", "parquet"]);
    let file = fs::File::open(desk.folder.path().join("exported/figures.parquet")).unwrap();
    let frame = ParquetReader::new(file).finish().unwrap();
    let amounts = frame.column("amount_yuan").unwrap().as_materialized_series();
    assert_eq!(amounts.dtype(), &DataType::Decimal(18, 2));
    let fen: i128 = amounts.to_physical_repr().i128().unwrap().iter().flatten().sum();
    let sum = desk.says(&["query", "SELECT sum(amount_yuan) AS s FROM fact_amount", "--format", "csv"]);
    let (yuan, cents) = sum.trim_start_matches("s\n").trim_end().split_once('.').unwrap();
    assert_eq!(fen, format!("{yuan}{cents}").parse::<i128>().unwrap());
    assert!(frame.column("code").unwrap().dtype() == &DataType::String);
}

#[test]
fn no_trace_is_left_of_a_write_that_fails() {
    let desk = DeskWorld::new();
    desk.says(&["export", "figures"]);
    let before = read(&desk, "exported/figures.csv");
    let project = desk.folder.path().join("mine/sql/extracts");
    fs::create_dir_all(&project).unwrap();
    let sql = "-- title: 坏 | Broken\n\nSELECT CAST(if(i = 9999, 'x', '1') AS INTEGER) AS n FROM range(10000) t(i)\n";
    fs::write(project.join("figures.sql"), sql).unwrap();
    for format in ["csv", "parquet", "xlsx"] {
        desk.refuses(&["export", "figures", "--project", "mine", "--format", format]);
    }
    assert_eq!(read(&desk, "exported/figures.csv"), before);
    let names = fs::read_dir(desk.folder.path().join("exported")).unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["datapackage.json", "figures.csv"]);
}

#[test]
fn the_wide_shape_has_a_row_for_each_department() {
    let desk = DeskWorld::new();
    let long = desk.json(&[
        "query",
        "SELECT count(*) AS years, count(DISTINCT department_key) AS departments FROM v_entity_year",
        "--json",
    ]);
    assert_eq!((&long[0]["years"], &long[0]["departments"]), (&2.into(), &1.into()));
    for name in ["v_entity_year", "entity_year"] {
        let output = desk.run(&["export", name, "--wide", "--json"]);
        let written: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(written["written"][0]["rows"], 1, "{name}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("the wide shape has no place for") && told.contains("workbook_document_key"), "{told}");
        let header = read(&desk, &format!("exported/{name}.csv")).lines().next().unwrap().to_owned();
        assert!(header.starts_with("department_key,department_name,"), "{header}");
        assert!(header.contains("expenditure_2022") && header.contains("expenditure_2023"), "{header}");
    }
}

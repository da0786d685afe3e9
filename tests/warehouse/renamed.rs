//! A department that was renamed goes on as one series; one that was merged does not.

use juesuan::inner::warehouse::Warehouse;

use super::world::{Rows, built};

/// Departments of 上海市奉贤区 by short name and fiscal year, each with its expenditure and one function code.
fn published(disclosures: &[(&str, i32, &str)]) -> Warehouse {
    let mut documents = String::from("document_key,department,department_key,region_code,fiscal_year,document_kind\n");
    let mut claims = String::from(
        "document_key,line,char_start,char_end,value,unit,item,line_code,function_code,measure,fund,half_unit\n",
    );
    for (name, year, expenditure) in disclosures {
        let document = format!("{name}{year}");
        documents.push_str(&format!("{document},上海市奉贤区{name},310120/{name}/department,310120,{year},text\n"));
        claims.push_str(&format!(
            "{document},1,1,4,{expenditure},元,本年支出合计,expenditure.current_year_total,,final_account,all,0.005\n\
             {document},2,1,4,{expenditure},元,行政运行,,2010301,final_account,general_public_budget,0.005\n"
        ));
    }
    built(&Rows::from([("document".to_owned(), documents), ("claim".to_owned(), claims)]))
}

fn rows(warehouse: &Warehouse, sql: &str) -> Vec<String> {
    let frame = warehouse.query(sql, &[]).unwrap_or_else(|error| panic!("{sql}\n{error}"));
    frame.rows.iter().map(|row| row.iter().map(|value| value.shown()).collect::<Vec<_>>().join(" ")).collect()
}

const YEAR_ON_YEAR: &str =
    "SELECT split_part(department_key, '/', 2), fiscal_year, CAST(prior_value AS INTEGER), change_flag
     FROM mart.v_year_on_year WHERE headline = 'expenditure' ORDER BY fiscal_year, 1";
const COMPARABILITY: &str =
    "SELECT split_part(department_key, '/', 2), fiscal_year, has_prior, reform_flag, is_comparable
     FROM mart.v_comparability ORDER BY fiscal_year, 1";

#[test]
fn a_new_name_continues_the_series_and_is_flagged() {
    let warehouse = published(&[("信访办公室", 2022, "100"), ("信访局", 2023, "120"), ("信访局", 2024, "150")]);
    assert_eq!(
        rows(&warehouse, YEAR_ON_YEAR),
        ["信访办公室 2022  no_base", "信访局 2023 100 renamed", "信访局 2024 120 comparable"]
    );
    assert_eq!(
        rows(&warehouse, COMPARABILITY),
        ["信访办公室 2022 false false false", "信访局 2023 true true true", "信访局 2024 true false true"],
        "the reform is dated by the documents, not by the reference list's 2024"
    );
    let trend = "SELECT fiscal_year, CAST(prior_final_account AS INTEGER), change_flag FROM mart.v_func_trend
                 WHERE series_key = '310120/信访局/department' AND canonical_code = '2010301' ORDER BY fiscal_year";
    assert_eq!(rows(&warehouse, trend), ["2022  no_base", "2023 100 renamed", "2024 120 comparable"]);
}

#[test]
fn a_chain_of_names_is_one_series() {
    let warehouse =
        published(&[("扶贫开发办公室", 2020, "100"), ("乡村振兴局", 2021, "110"), ("农业农村局", 2024, "900")]);
    let series = "SELECT department_key, series_key, change_kind FROM mart.v_lineage ORDER BY 1";
    assert_eq!(
        rows(&warehouse, series),
        [
            "310120/乡村振兴局/department 310120/乡村振兴局/department merge",
            "310120/农业农村局/department 310120/农业农村局/department ",
            "310120/扶贫开发办公室/department 310120/乡村振兴局/department rename",
        ]
    );
}

#[test]
fn the_sector_stays_at_a_rename() {
    let warehouse = published(&[("民防局", 2018, "100"), ("人民防空办公室", 2019, "110"), ("信访局", 2019, "1")]);
    let sectors = "SELECT split_part(department_key, '/', 2), fiscal_year, sector FROM mart.v_entity_year ORDER BY ALL";
    assert_eq!(
        rows(&warehouse, sectors),
        ["人民防空办公室 2019 人民防空", "信访局 2019 信访", "民防局 2018 人民防空"],
        "no keyword of sectors.csv names the former name's"
    );
}

#[test]
fn a_merged_department_has_no_base_of_its_own() {
    let warehouse = published(&[("工商行政管理局", 2018, "100"), ("市场监督管理局", 2019, "300")]);
    assert_eq!(rows(&warehouse, YEAR_ON_YEAR), ["工商行政管理局 2018  no_base", "市场监督管理局 2019  no_base"]);
    assert_eq!(
        rows(&warehouse, COMPARABILITY),
        ["工商行政管理局 2018 false false false", "市场监督管理局 2019 false true false"]
    );
}

#[test]
fn two_former_names_in_one_year_are_never_guessed_between_nor_added() {
    let warehouse =
        published(&[("金融工作局", 2023, "100"), ("金融工作办公室", 2023, "40"), ("地方金融管理局", 2024, "150")]);
    assert_eq!(
        rows(&warehouse, YEAR_ON_YEAR),
        ["金融工作办公室 2023  no_base", "金融工作局 2023  no_base", "地方金融管理局 2024  no_base"]
    );
}

#[test]
fn where_both_names_publish_the_new_one_follows_itself() {
    let warehouse = published(&[("信访办公室", 2023, "100"), ("信访局", 2023, "7"), ("信访局", 2024, "8")]);
    assert_eq!(
        rows(&warehouse, YEAR_ON_YEAR),
        ["信访办公室 2023  no_base", "信访局 2023  no_base", "信访局 2024 7 not_comparable"],
        "the year of the reference list counts where the documents do not show the change"
    );
}

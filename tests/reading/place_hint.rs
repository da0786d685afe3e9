//! Region and year reach the reading of tables and texts: through the built program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::common::{checkout, juesuan, rows, run, text};

/// A consistent 支出决算表 with the column that only Shanghai's overlay names.
fn expenditure(department: &str, year: i32) -> String {
    format!(
        "{year}年度支出决算表,,,,,\n部门：{department},,,,,单位：万元\n项目,,合计,基本支出,项目支出,对下属单位补助支出\n\
         科目编码,科目名称,,,,\n205,教育支出,30.00,20.00,6.00,4.00\n20502,普通教育,30.00,20.00,6.00,4.00\n\
         2050201,学前教育,30.00,20.00,6.00,4.00\n合计,,30.00,20.00,6.00,4.00\n"
    )
}

struct Run {
    folder: tempfile::TempDir,
}

impl Run {
    fn of(files: &[(&str, &str)], project: Option<&Path>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join("sources").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        let run = Self { folder };
        run.again(project);
        run
    }

    fn again(&self, project: Option<&Path>) {
        let project = project.map(|path| path.display().to_string());
        let more: Vec<&str> =
            project.iter().flat_map(|path| ["--project", path.as_str()]).chain(["--accept"]).collect();
        let ended = run(&self.folder.path().join("sources"), self.folder.path(), &more);
        assert!(ended.status.success(), "{}{}", text(&ended.stdout), text(&ended.stderr));
    }

    fn extract(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        rows(&self.folder.path().join(format!("extracts/{name}.csv")))
    }

    fn components(&self) -> Vec<String> {
        let all: BTreeSet<String> = self.extract("figures").into_iter().map(|row| row["component"].clone()).collect();
        all.into_iter().collect()
    }

    fn findings(&self, check: &str) -> usize {
        self.extract("findings").iter().filter(|row| row["check_id"] == check).count()
    }
}

#[test]
fn a_table_of_shanghai_is_read_with_shanghais_column() {
    let table = expenditure("上海市普陀区示例局", 2023);
    let run = Run::of(&[("表.csv", &table)], None);
    assert_eq!(run.extract("figures").len(), 16);
    assert_eq!(run.components(), ["basic", "project", "subsidy_to_affiliates", "total"]);
    let told: Vec<String> = run
        .extract("findings")
        .into_iter()
        // That the other tables are not there is true.
        .filter(|row| row["severity"] != "info" && row["check_id"] != "S-01")
        .map(|row| format!("{} {}", row["check_id"], row["message"]))
        .collect();
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn elsewhere_and_in_earlier_years_the_column_stays_unknown() {
    for (department, year) in [("长沙市岳麓区示例局", 2023), ("上海市普陀区示例局", 2020)] {
        let run = Run::of(&[("表.csv", &expenditure(department, year))], None);
        assert_eq!(run.findings("extract.unknown_column"), 1, "{department} {year}");
        assert_eq!(run.components(), ["", "basic", "project", "total"], "{department} {year}");
    }
}

#[test]
fn a_manifest_that_names_the_region_later_makes_the_file_be_read_again() {
    let run = Run::of(&[("表.csv", &expenditure("示例局", 2023))], None);
    assert_eq!(run.findings("extract.unknown_column"), 1);
    fs::write(run.folder.path().join("sources/manifest.csv"), "path,region\n表.csv,310107\n").unwrap();
    let planned = juesuan()
        .args(["plan", "--source"])
        .arg(run.folder.path().join("sources"))
        .arg("--warehouse")
        .arg(run.folder.path().join("w.duckdb"))
        .output()
        .unwrap();
    assert!(text(&planned.stdout).contains("the manifest says something else"), "{}", text(&planned.stdout));
    run.again(None);
    assert_eq!(run.findings("extract.unknown_column"), 0);
    assert_eq!(run.components(), ["basic", "project", "subsidy_to_affiliates", "total"]);
}

#[test]
fn a_region_told_by_neighbours_only_is_said_to_come_late() {
    let nameless = expenditure("", 2023).replace("部门：,", ",");
    let late = Run::of(&[("一/表.csv", &nameless), ("一/说明.txt", &prose("上海市普陀区示例局"))], None);
    assert_eq!(late.findings("identity.placed_late"), 1);
    assert_eq!(late.findings("extract.unknown_column"), 1);
    let folder = "上海市普陀区/表.csv";
    let known = Run::of(&[(folder, &nameless), ("上海市普陀区/说明.txt", &prose("上海市普陀区示例局"))], None);
    assert_eq!(known.findings("identity.placed_late"), 0);
    assert_eq!(known.findings("extract.unknown_column"), 0);
}

const RULE: &str = r#"
id = "shanghai"
applies_to = { regions = ["310107", "310000"] }

[[rule]]
id = "hall"
sections = ["*"]
sentence = "社区会堂借出{n:count}"
says = [{ hole = "n", item = "社区会堂借出次数", measure = "count" }]

[[rule.example]]
text = "社区会堂借出12次。"
claims = [{ value = "12", unit = "次", item = "社区会堂借出次数", measure = "count" }]
"#;

fn prose(department: &str) -> String {
    format!(
        "{department}2023年度部门决算\n一、收入支出决算总体情况说明\n2023年度收入总计100.00万元，支出总计100.00万元。\n\
         社区会堂借出12次。\n"
    )
}

#[test]
fn a_sentence_rule_of_a_region_serves_its_districts_and_nobody_else() {
    let project = tempfile::tempdir().unwrap();
    let place = project.path().join("pipelines/narrative");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("shanghai.toml"), RULE).unwrap();
    let linted = juesuan().arg("lint").arg("--project").arg(project.path()).output().unwrap();
    assert!(linted.status.success(), "{}{}", text(&linted.stdout), text(&linted.stderr));
    for (department, expected) in
        [("上海市普陀区示例局", 1), ("上海市长宁区示例局", 1), ("上海市示例局", 1), ("北京市海淀区示例局", 0)]
    {
        let run = Run::of(&[("说明.txt", &prose(department))], Some(project.path()));
        let claims = run.extract("claims");
        assert!(claims.len() >= 2, "{department}: {claims:?}");
        let hits = claims.iter().filter(|row| row["item"] == "社区会堂借出次数").count();
        assert_eq!(hits, expected, "{department}");
    }
}

#[test]
fn lint_tries_a_regions_rule_in_that_region_and_still_finds_a_wrong_example() {
    let project = tempfile::tempdir().unwrap();
    let place = project.path().join("pipelines/narrative");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("shanghai.toml"), RULE.replace("value = \"12\"", "value = \"13\"")).unwrap();
    let linted = juesuan().arg("lint").arg("--project").arg(project.path()).output().unwrap();
    assert_eq!(linted.status.code(), Some(2), "{}", text(&linted.stdout));
    assert!(text(&linted.stdout).contains("社区会堂借出"), "{}", text(&linted.stdout));
}

/// The walk of docs/adding-a-province.md: the page's own TOML, no Rust.
#[test]
fn the_walk_of_adding_a_province_goes_through_the_program() {
    let page = fs::read_to_string(checkout().join("docs/adding-a-province.md")).unwrap();
    let overlay = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let project = tempfile::tempdir().unwrap();
    let place = project.path().join("pipelines/layouts/640000_ningxia");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("expenditure.toml"), overlay).unwrap();
    let sheet = |department: &str, year: i32| {
        format!(
            "{year}年度部门支出总决算表,,,,\n部门：{department},,,,单位：万元\n项目,,本年支出总计,基本支出,项目支出\n\
             科目编码,科目名称,,,\n205,教育支出,30.00,20.00,10.00\n合计,,30.00,20.00,10.00\n"
        )
    };
    let before = Run::of(&[("银川/表.csv", &sheet("银川市示例局", 2023))], None);
    assert_eq!((before.extract("figures").len(), before.findings("extract.unmatched_sheet")), (0, 1));
    let linted = juesuan().arg("lint").arg("--project").arg(project.path()).output().unwrap();
    assert!(linted.status.success(), "{}{}", text(&linted.stdout), text(&linted.stderr));
    for (department, year, figures) in [("银川市示例局", 2023, 6), ("银川市示例局", 2021, 0), ("北京市示例局", 2023, 0)]
    {
        let after = Run::of(&[("表.csv", &sheet(department, year))], Some(project.path()));
        assert_eq!(after.extract("figures").len(), figures, "{department} {year}");
    }
    let inspect = |more: &[&str]| {
        let path = before.folder.path().join("sources/银川/表.csv");
        let shown =
            juesuan().arg("inspect").arg(path).arg("--project").arg(project.path()).args(more).output().unwrap();
        assert!(shown.status.success(), "{}", text(&shown.stderr));
        text(&shown.stdout)
    };
    let shown = inspect(&[]);
    assert!(shown.contains("region   640100  [printed in the document: 银川市示例局]"), "{shown}");
    assert!(shown.contains("year     2023  [printed in the document]"), "{shown}");
    assert!(shown.contains("640000_ningxia/expenditure: title and columns"), "{shown}");
    assert!(inspect(&["--region", "北京市"]).contains("no layout knows this title"));
    assert!(inspect(&["--year", "2021"]).contains("no layout knows this title"));
    assert!(inspect(&["--region", "宁夏"]).contains("640000  [given on the command line: 640000]"));
}

#[test]
fn a_region_of_the_manifest_that_no_list_holds_is_an_error_of_its_row() {
    let table = expenditure("石刻馆", 2023);
    let run = Run::of(
        &[
            ("a.csv", &table),
            ("b.csv", &table.replace("石刻馆", "木偶剧团")),
            ("c.csv", &table.replace("石刻馆", "档案馆")),
            ("d.csv", &table.replace("石刻馆", "陈列馆")),
            (
                "manifest.csv",
                "path,department,region,fiscal_year\na.csv,,999999,\nb.csv,,火星区,\nc.csv,,310107,\nd.csv,,普陀区,\n",
            ),
        ],
        None,
    );
    let findings = rows(&run.folder.path().join("extracts/findings.csv"));
    let told: BTreeMap<&str, &str> = findings
        .iter()
        .filter(|row| row["check_id"] == "identity.manifest_region")
        .map(|row| (row["file"].as_str(), row["severity"].as_str()))
        .collect();
    assert_eq!(told, BTreeMap::from([("a.csv", "error"), ("b.csv", "error")]));
    let figures = rows(&run.folder.path().join("extracts/figures.csv"));
    let departments: BTreeMap<&str, &str> =
        figures.iter().map(|row| (row["file"].as_str(), row["department"].as_str())).collect();
    assert_eq!(departments["a.csv"], "石刻馆", "the row's other words and its figures are kept");
    assert_eq!(departments["c.csv"], "上海市普陀区档案馆");
}

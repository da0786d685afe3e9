//! The walk of docs/adding-a-province.md, room by room (`place_hint.rs` walks it through the program): a variant is added
//! with the page's own TOML, and no Rust.

use std::fs;
use std::path::Path;

use juesuan::inner::decode::{Document, Limits, decode};
use juesuan::inner::extract::table::{Layouts, inspect, lint, read};
use juesuan::inner::identity::PlaceHint;
use juesuan::inner::project::Project;

const SHEET: &str = "部门支出总决算表,,,,
部门：某局,,,,单位：万元
项目,,本年支出总计,基本支出,项目支出
科目编码,科目名称,,,
205,教育支出,30.00,20.00,10.00
合计,,30.00,20.00,10.00
";

fn document() -> Document {
    decode(SHEET.as_bytes(), "决算报表.csv", &Limits::default()).unwrap()
}

/// The overlay as the page prints it.
fn overlay() -> String {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/adding-a-province.md")).unwrap();
    page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap().to_owned()
}

fn project_with(overlay: &str) -> (tempfile::TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("pipelines/layouts/640000_ningxia");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("expenditure.toml"), overlay).unwrap();
    let project = Project::with_folder(folder.path()).unwrap();
    (folder, project)
}

#[test]
fn before_the_overlay_the_sheet_is_reported_with_the_closest_layout() {
    let layouts = Layouts::load(&Project::built_in()).unwrap();
    let reading = read(&document(), &layouts, &PlaceHint::default());
    assert!(reading.figures.is_empty());
    let finding = reading.findings.iter().find(|finding| finding.check_id.starts_with("extract.")).unwrap();
    assert!(finding.message.contains("部门支出总决算表"), "{finding:?}");
}

#[test]
fn after_the_overlay_every_figure_is_read() {
    let (_folder, project) = project_with(&overlay());
    assert_eq!(lint(&project), []);
    let layouts = Layouts::load(&project).unwrap();
    for region_code in [Some("640100".to_owned()), None] {
        let hint = PlaceHint { region_code, fiscal_year: Some(2022), ..PlaceHint::default() };
        let reading = read(&document(), &layouts, &hint);
        assert_eq!(reading.figures.len(), 6, "{:?}", reading.findings);
        assert!(reading.figures.iter().all(|figure| figure.report_table == "expenditure" && figure.unit == "万元"));
        assert_eq!(reading.printed_departments, ["某局"]);
        let shown = inspect(&document(), &layouts, &hint).to_string();
        assert!(shown.contains("640000_ningxia/expenditure: title and columns"), "{shown}");
        assert!(shown.contains("本年支出总计  → total/final_account"), "{shown}");
    }
    let elsewhere = PlaceHint { region_code: Some("110109".to_owned()), ..PlaceHint::default() };
    assert!(read(&document(), &layouts, &elsewhere).figures.is_empty(), "an overlay stays in its region");
}

#[test]
fn mistakes_are_named_with_file_and_line() {
    let told = |from: &str, to: &str| {
        let (_folder, project) = project_with(&overlay().replacen(from, to, 1));
        let problems: Vec<String> = lint(&project).iter().map(ToString::to_string).collect();
        assert!(problems.iter().any(|problem| problem.contains("640000_ningxia/expenditure.toml")), "{problems:?}");
        problems.join("\n")
    };
    let unknown_key = told("applies_to", "aplies_to");
    assert!(unknown_key.contains("expenditure.toml:4") && unknown_key.contains("aplies_to"), "{unknown_key}");
    assert!(told("base/expenditure\"", "base/expenditures\"").contains("no base layout"));
    assert!(told("total = [", "totals = [").contains("no measure “totals”"));
    assert!(told("| 30.00 万元", "| 31.00 万元").contains("expected “31.00 万元”"));
    assert!(told("2022..", "since 2022").contains("no range of years"));
}

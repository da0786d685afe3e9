//! The catalogue of checks, and reconciliation on small disclosures written for it.

use std::path::Path;

use juesuan::normalise::ValueKind;
use juesuan::project::Project;
use juesuan::reconcile::catalogue::checks_page;
use juesuan::reconcile::operands::{ClaimFact, DisclosureFacts, DocumentFact, FigureFact, ReportTableFact};
use juesuan::reconcile::report::{Baseline, Format, Language, ReportWriter};
use juesuan::reconcile::{Catalogue, DisclosureReport, Summary, lint, reconcile};
use juesuan::vocabulary::{Outcome, Severity, half_unit, parse_printed};
use rust_decimal::Decimal;

fn catalogue() -> Catalogue {
    Catalogue::load(&Project::built_in()).unwrap()
}

#[test]
fn every_catalogued_check_is_there() {
    let catalogue = catalogue();
    let numbers = [("W", 29), ("B", 19), ("N", 34), ("X", 16), ("Y", 6), ("P", 3), ("D", 5), ("S", 11)];
    for (letter, last) in numbers {
        for number in 1..=last {
            let id = format!("{letter}-{number:02}");
            assert!(catalogue.checks.iter().any(|check| check.id == id), "{id}");
        }
    }
}

#[test]
fn checks_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/checks.md");
    let page = checks_page(&catalogue());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/checks.md is old: run this test once with UPDATE_DOCS=1");
}

fn refused(check: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let checks = folder.path().join("pipelines/checks");
    std::fs::create_dir_all(&checks).unwrap();
    std::fs::write(checks.join("own.toml"), check).unwrap();
    lint(&Project::with_folder(folder.path()).unwrap()).unwrap_err().to_string()
}

const OWN: &str =
    "[[check]]\nid = \"L-01\"\ntitle_zh = \"甲\"\ntitle_en = \"a\"\nseverity = \"error\"\nmethod = \"sum\"\n";

#[test]
fn mistakes_are_named_with_file_and_line() {
    let unknown_table = refused(&format!("{OWN}left = [\"expenditur[total].total\"]\nright = [\"income[total]\"]\n"));
    assert!(unknown_table.contains("own.toml:7") && unknown_table.contains("closest: expenditure"), "{unknown_table}");
    let unknown_line = refused(&format!("{OWN}left = [\"expenditure[totl].total\"]\nright = [\"income[total]\"]\n"));
    assert!(unknown_line.contains("unknown line `totl`"), "{unknown_line}");
    let unknown_key = refused(&format!("{OWN}lef = []\n"));
    assert!(unknown_key.contains("own.toml:7") && unknown_key.contains("lef"), "{unknown_key}");
    let lacking = refused(OWN);
    assert!(lacking.contains("lacks `left`"), "{lacking}");
    let twice =
        refused(&format!("{}left = [\"income[total]\"]\nright = [\"income[total]\"]\n", OWN.replace("L-01", "W-01")));
    assert!(twice.contains("written twice"), "{twice}");
}

#[test]
fn an_analyst_adds_a_check_without_rust() {
    let folder = tempfile::tempdir().unwrap();
    let checks = folder.path().join("pipelines/checks");
    std::fs::create_dir_all(&checks).unwrap();
    let own = format!("{OWN}left = [\"expenditure[total].basic\"]\nright = [\"expenditure[total].project\"]\n");
    std::fs::write(checks.join("own.toml"), own).unwrap();
    let catalogue = Catalogue::load(&Project::with_folder(folder.path()).unwrap()).unwrap();
    let report = reconcile(&catalogue, &disclosure());
    assert!(report.findings().any(|record| record.check_id == "L-01"));
}

fn disclosure() -> DisclosureFacts {
    let mut facts = DisclosureFacts {
        disclosure_key: "示例局/2023".to_owned(),
        department: "示例局".to_owned(),
        fiscal_year: Some(2023),
        level: "department".to_owned(),
        documents: vec![DocumentFact { document_key: "doc_1".into(), file: "a.xlsx".into(), kind: "mixed".into() }],
        ..DisclosureFacts::default()
    };
    facts.report_tables.push(ReportTableFact {
        report_table: "expenditure".to_owned(),
        title: "支出决算表".to_owned(),
        sheet: "3".to_owned(),
        sheet_number: 3,
        state: "data".to_owned(),
        ..ReportTableFact::default()
    });
    for (row, code, line, values) in [
        (5, "", "total", ["120.35", "80.12", "40.23"]),
        (6, "201", "", ["120.35", "80.12", "40.23"]),
        (7, "20106", "", ["70.20", "50.10", "20.10"]),
        (8, "20107", "", ["50.15", "30.02", "20.13"]),
    ] {
        for (column, (component, printed)) in ["total", "basic", "project"].into_iter().zip(values).enumerate() {
            facts.figures.push(figure(row, column as u32, code, line, component, printed));
        }
    }
    facts
}

fn figure(row: u32, column: u32, code: &str, line: &str, component: &str, text: &str) -> FigureFact {
    let printed = parse_printed(text).unwrap();
    FigureFact {
        document: 0,
        sheet_number: 3,
        sheet: "3".to_owned(),
        cell: format!("{}{row}", ["C", "D", "E"][column as usize]),
        row_number: row,
        column_number: column + 3,
        report_table: "expenditure".to_owned(),
        side: String::new(),
        component: component.to_owned(),
        phase: "final_account".to_owned(),
        fund: "all".to_owned(),
        flow: "expenditure".to_owned(),
        row_role: if line == "total" { "total" } else { "detail" }.to_owned(),
        line: line.to_owned(),
        function_code: code.to_owned(),
        economic_code: String::new(),
        row_label: format!("{code}{line}"),
        row_name: format!("{code}{line}"),
        parent_label: String::new(),
        header_path: component.to_owned(),
        printed: text.to_owned(),
        value: printed.value,
        unit: "万元".to_owned(),
        value_kind: ValueKind::Money,
        amount_yuan: Some(printed.value * Decimal::from(10_000)),
        half_unit: half_unit(printed.decimals) * Decimal::from(10_000),
    }
}

fn claim(line: u32, item: &str, measure: &str, basis: &str, text: &str, unit: &str) -> ClaimFact {
    let printed = parse_printed(text).unwrap();
    let is_money = unit == "万元";
    let factor = if is_money { Decimal::from(10_000) } else { Decimal::ONE };
    ClaimFact {
        document: 0,
        line,
        char_start: 3,
        char_end: 9,
        printed: text.trim_start_matches('-').to_owned(),
        value: printed.value,
        unit: unit.to_owned(),
        value_kind: if is_money { ValueKind::Money } else { ValueKind::Percent },
        amount_yuan: is_money.then(|| printed.value * factor),
        half_unit: half_unit(printed.decimals) * factor,
        section: "expenditure".to_owned(),
        section_path: "支出决算情况说明".to_owned(),
        item: item.to_owned(),
        item_printed: String::new(),
        line_code: String::new(),
        function_code: String::new(),
        economic_code: String::new(),
        item_path: String::new(),
        measure: measure.to_owned(),
        basis: basis.to_owned(),
        fund: String::new(),
        stated_year: None,
        kind: "number".to_owned(),
        sentence: format!("{item}{text}{unit}。"),
        reason: String::new(),
    }
}

fn broken(report: &DisclosureReport) -> Vec<&str> {
    let broken =
        report.findings().filter(|record| record.outcome == Outcome::Broken && record.severity == Severity::Error);
    broken.map(|record| record.check_id.as_str()).collect()
}

#[test]
fn a_consistent_table_has_no_errors() {
    assert_eq!(broken(&reconcile(&catalogue(), &disclosure())), Vec::<&str>::new());
}

#[test]
fn one_transposed_figure_is_named_as_the_repair_of_all_it_breaks() {
    let mut facts = disclosure();
    // 70.20 is printed as 72.00: its row, its class and the total no longer agree.
    facts.figures[6] = figure(7, 0, "20106", "", "total", "72.00");
    let report = reconcile(&catalogue(), &facts);
    let found: Vec<_> =
        report.findings().filter(|record| record.outcome == Outcome::Broken && record.repair.is_some()).collect();
    assert!(found.len() >= 2);
    for record in found {
        let repair = record.repair.as_ref().unwrap();
        assert_eq!((repair.printed.as_str(), repair.suggested.to_string()), ("72.00", "70.20".to_owned()));
        assert_eq!(repair.place.to_string(), "3!C7");
    }
}

#[test]
fn a_figure_left_out_breaks_its_row_and_its_column() {
    let mut facts = disclosure();
    facts.figures.remove(10);
    let report = reconcile(&catalogue(), &facts);
    assert!(broken(&report).contains(&"W-08") && broken(&report).contains(&"W-09"));
}

#[test]
fn claims_meet_figures_in_the_coarser_unit() {
    let mut facts = disclosure();
    facts.claims.push(claim(4, "基本支出", "final_account", "", "80.12", "万元"));
    facts.claims.push(claim(5, "项目支出", "final_account", "", "402.30", "万元"));
    facts.claims.push(claim(6, "从未听说的支出", "final_account", "", "1.00", "万元"));
    let report = reconcile(&catalogue(), &facts);
    let outcomes: Vec<&str> = report.links.iter().map(|link| link.outcome.as_str()).collect();
    assert_eq!(outcomes, ["exact", "broken", "unlinked"]);
    assert!(report.links[2].reason.contains("no link rule"));
    let wrong = report.findings().find(|record| record.check_id == "X-03").unwrap();
    assert_eq!(wrong.diagnoses[0].pattern.as_str(), "decimal_point");
}

#[test]
fn growth_is_compared_with_the_base_and_not_with_the_current_value() {
    let mut facts = disclosure();
    for (measure, text, unit) in [
        ("final_account", "1151.41", "万元"),
        ("change_vs_prior_year", "29.60", "万元"),
        ("change_percent", "2.57", "%"),
    ] {
        facts.claims.push(claim(
            4,
            "本年支出合计",
            measure,
            if measure == "final_account" { "" } else { "上年" },
            text,
            unit,
        ));
    }
    let report = reconcile(&catalogue(), &facts);
    let growth = report.findings().find(|record| record.check_id == "N-09").unwrap();
    assert_eq!(growth.diagnoses[0].pattern.as_str(), "wrong_base");
}

#[test]
fn doubtful_readings_never_make_the_publisher_wrong() {
    let mut facts = disclosure();
    for kind in ["template_remnant", "approximate"] {
        let mut doubtful = claim(4, "基本支出", "final_account", "", "8.00", "万元");
        doubtful.kind = kind.to_owned();
        facts.claims.push(doubtful);
    }
    assert_eq!(broken(&reconcile(&catalogue(), &facts)), Vec::<&str>::new());
}

#[test]
fn reports_are_written_in_every_format_and_language() {
    let mut facts = disclosure();
    facts.figures[6] = figure(7, 0, "20106", "", "total", "72.00");
    let report = reconcile(&catalogue(), &facts);
    let mut summary = Summary::default();
    summary.add(&report);
    assert!(summary.has_errors() && summary.errors_of_ours() == 0);
    for language in [Language::Chinese, Language::English] {
        for format in [Format::Text, Format::Csv, Format::Json, Format::Sarif, Format::Html] {
            let mut writer = ReportWriter::begin(Vec::new(), format, language).unwrap();
            writer.disclosure(&report).unwrap();
            let text = String::from_utf8(writer.finish(&summary).unwrap()).unwrap();
            assert!(text.contains("W-09") && text.contains("70.20"), "{format:?}: {text}");
            if matches!(format, Format::Json | Format::Sarif) {
                serde_json::from_str::<serde_json::Value>(&text).unwrap();
            }
        }
    }
}

#[test]
fn accepted_findings_stay_and_no_longer_count() {
    let mut facts = disclosure();
    facts.figures[6] = figure(7, 0, "20106", "", "total", "72.00");
    let mut report = reconcile(&catalogue(), &facts);
    let entry = |id: &str| {
        format!("[[accepted]]\ncheck_id = \"{id}\"\nfile = \"a.xlsx\"\nreason = \"r\"\nexpires = \"2030-01-01\"\n")
    };
    let text = format!("{}{}", entry("W-08"), entry("W-09"));
    Baseline::read(&text, "baseline.toml", "2026-01-01").unwrap().apply(&mut report);
    let mut summary = Summary::default();
    summary.add(&report);
    assert!(!summary.has_errors());
}

//! The catalogue of checks, and reconciliation on small disclosures written for it.

use std::path::Path;

use crate::support::named::named;
use juesuan::inner::normalise::ValueKind;
use juesuan::inner::project::Project;
use juesuan::inner::reconcile::catalogue::checks_page;
use juesuan::inner::reconcile::facts::disclosure::{DisclosureFacts, DocumentFact};
use juesuan::inner::reconcile::facts::operands::{ClaimFact, FigureFact, ReportTableFact};
use juesuan::inner::reconcile::facts::text::Text;
use juesuan::inner::reconcile::report::{Baseline, Format, Language, ReportWriter};
use juesuan::inner::reconcile::{self, Catalogue, DisclosureReport, Summary, lint};
use juesuan::inner::vocabulary::{ClaimKind, Level, Outcome, Severity, half_unit, parse_printed};
use rust_decimal::Decimal;

/// Reconciles facts whose claims are written by hand.
fn reconcile(catalogue: &Catalogue, facts: &DisclosureFacts) -> DisclosureReport {
    reconcile::reconcile(catalogue, &named(facts))
}

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
    assert!(report.findings().any(|record| record.check.id == "L-01"));
}

fn disclosure() -> DisclosureFacts {
    let mut facts = DisclosureFacts {
        disclosure_key: "示例局/2023".to_owned(),
        department: "示例局".to_owned(),
        fiscal_year: Some(2023),
        level: Level::Department,
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
        sheet: "3".into(),
        cell: format!("{}{row}", ["C", "D", "E"][column as usize]).into(),
        row_number: row,
        column_number: column + 3,
        report_table: "expenditure".into(),
        side: Text::default(),
        component: component.into(),
        phase: "final_account".into(),
        fund: "all".into(),
        flow: "expenditure".into(),
        row_role: if line == "total" { "total" } else { "detail" }.into(),
        line: line.into(),
        function_code: code.into(),
        economic_code: Text::default(),
        row_label: format!("{code}{line}").into(),
        row_name: format!("{code}{line}").into(),
        parent_label: Text::default(),
        header_path: component.into(),
        printed: text.into(),
        value: printed.value,
        unit: "万元".into(),
        value_kind: ValueKind::Money,
        amount_yuan: Some(printed.value * Decimal::from(10_000)),
        half_unit: half_unit(printed.decimals) * Decimal::from(10_000),
        reading_score: None,
    }
}

fn claim(line: u32, item: &str, measure: &str, basis: &str, text: &str, unit: &str) -> ClaimFact {
    let printed = parse_printed(text).unwrap();
    let is_money = unit == "万元";
    let factor = if is_money { Decimal::from(10_000) } else { Decimal::ONE };
    ClaimFact {
        claim_key: format!("doc_1/{line}:3/1").into(),
        document: 0,
        line,
        char_start: 3,
        char_end: 9,
        printed: text.trim_start_matches('-').into(),
        value: printed.value,
        unit: unit.into(),
        value_kind: if is_money { ValueKind::Money } else { ValueKind::Percent },
        amount_yuan: is_money.then(|| printed.value * factor),
        half_unit: half_unit(printed.decimals) * factor,
        reading_score: None,
        section: "expenditure".into(),
        section_path: "支出决算情况说明".into(),
        item: item.into(),
        item_printed: Text::default(),
        line_code: Text::default(),
        function_code: Text::default(),
        economic_code: Text::default(),
        item_path: Text::default(),
        measure: measure.into(),
        basis: basis.into(),
        fund: Text::default(),
        stated_year: None,
        kind: ClaimKind::Number,
        sentence: format!("{item}{text}{unit}。").into(),
        reason: Text::default(),
        reason_opening: Text::default(),
        item_code: Text::default(),
        basis_code: Text::default(),
        basis_fund: Text::default(),
        section_group: Text::default(),
        paragraph: line,
        sentence_offset: item.chars().count() as u32,
        part_of: Text::default(),
        said: Text::default(),
        listed: Text::default(),
    }
}

fn broken(report: &DisclosureReport) -> Vec<&str> {
    let broken =
        report.findings().filter(|record| record.outcome == Outcome::Broken && record.severity == Severity::Error);
    broken.map(|record| record.check.id.as_str()).collect()
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
    let outcomes: Vec<&str> = report.links.iter().map(|link| link.outcome).collect();
    assert_eq!(outcomes, ["exact", "broken", "unlinked"]);
    assert!(report.links[2].reason.contains("no link rule"));
    let wrong = report.findings().find(|record| record.check.id == "X-03").unwrap();
    assert_eq!(wrong.diagnoses[0].pattern.as_str(), "decimal_point");
}

#[test]
fn a_claim_without_its_table_names_every_table_that_could_print_it() {
    let mut facts = disclosure();
    facts.claims.push(claim(4, "公务接待费", "final_account", "", "1.00", "万元"));
    let report = reconcile(&catalogue(), &facts);
    assert_eq!(report.links[0].outcome, "unlinked");
    assert!(report.links[0].reason.starts_with("not printed: three_public or "), "{}", report.links[0].reason);
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
    let growth = report.findings().find(|record| record.check.id == "N-09").unwrap();
    assert_eq!(growth.diagnoses[0].pattern.as_str(), "wrong_base");
}

#[test]
fn how_large_a_difference_is_an_error_is_said_in_the_project() {
    let severity = |raises: &str| {
        let folder = tempfile::tempdir().unwrap();
        let checks = folder.path().join("pipelines/checks");
        std::fs::create_dir_all(&checks).unwrap();
        std::fs::write(checks.join("raises.toml"), raises).unwrap();
        let own = OWN.replace("\"error\"", "\"warning\"");
        let own = format!("{own}left = [\"expenditure[total].basic\"]\nright = [\"expenditure[total].project\"]\n");
        std::fs::write(checks.join("own.toml"), own).unwrap();
        let catalogue = Catalogue::load(&Project::with_folder(folder.path()).unwrap()).unwrap();
        let report = reconcile(&catalogue, &disclosure());
        let found = report.findings().find(|record| record.check.id == "L-01").unwrap();
        found.severity
    };
    assert_eq!(severity("[raises]\namount_yuan = 100000\npercent = 1\n"), Severity::Error);
    assert_eq!(severity("[raises]\namount_yuan = 4000000000\npercent = 4000000000\n"), Severity::Warning);
    assert!(refused("[raises]\namount_yuan = 1\npercent = 1\n").contains("[raises] is written twice"));
}

#[test]
fn a_part_counted_twice_stands_beside_others() {
    let advice = |retired: &str, veterans: &str| {
        let mut facts = disclosure();
        for (item, text) in [("离退休人员", retired), ("离休人员", veterans), ("退休人员", "20")] {
            let staff = claim(4, item, "count", "", text, "人");
            facts.claims.push(ClaimFact { value_kind: ValueKind::Count, ..staff });
        }
        let report = reconcile(&catalogue(), &facts);
        let found = report.findings().find(|record| record.check.id == "N-19c").unwrap();
        found.diagnoses.iter().map(|diagnosis| diagnosis.pattern.as_str()).collect::<Vec<_>>()
    };
    assert!(advice("20", "2").contains(&"component_doubled"));
    assert!(advice("0", "0").iter().all(|pattern| !pattern.starts_with("component")));
}

#[test]
fn doubtful_readings_never_make_the_publisher_wrong() {
    let mut facts = disclosure();
    for kind in [ClaimKind::TemplateRemnant, ClaimKind::Approximate] {
        let mut doubtful = claim(4, "基本支出", "final_account", "", "8.00", "万元");
        doubtful.kind = kind;
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
    assert!(summary.has_errors() && summary.errors_by_cause.keys().eq(["disclosure"].iter()));
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
fn the_page_says_what_it_is_of_and_prints_each_sentence_once() {
    let mut facts = disclosure();
    facts.figures[6] = figure(7, 0, "20106", "", "total", "72.00");
    let report = reconcile(&catalogue(), &facts);
    let mut summary = Summary::default();
    summary.add(&report);
    for (language, own, foreign) in [
        (Language::Chinese, ["仓库 w.duckdb · 运行 00000007", "目录", "左边 +"], ["left +", "hint:", "errors only"]),
        (Language::English, ["warehouse w.duckdb · run 00000007", "Index", "left +"], ["左边", "提示", "目录"]),
    ] {
        let mut writer = ReportWriter::begin(Vec::new(), Format::Html, language).unwrap();
        writer.origin.warehouse = "w.duckdb".to_owned();
        writer.origin.run = "00000007".to_owned();
        writer.disclosure(&report).unwrap();
        let page = String::from_utf8(writer.finish(&summary).unwrap()).unwrap();
        let body = page.split_once("<body>").unwrap().1;
        own.iter().for_each(|text| assert!(body.contains(text), "{text} not in\n{body}"));
        foreign.iter().for_each(|text| assert!(!body.contains(text), "{text} in\n{body}"));
        for link in body.split("href=\"#").skip(1) {
            let target = link.split('"').next().unwrap();
            assert_eq!(body.matches(&format!("id=\"{target}\"")).count(), 1, "{target}");
        }
        let mut quoted: Vec<&str> = body.split("<blockquote>").skip(1).collect();
        let all = quoted.len();
        quoted.sort_unstable();
        quoted.dedup();
        assert_eq!(quoted.len(), all, "each sentence stands there once");
        let (errors, warnings) = (body.find("class=\"error\""), body.rfind("class=\"warning\""));
        assert!(errors.is_some() && warnings.is_none_or(|last| last > errors.unwrap()), "{body}");
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

fn judged(facts: &DisclosureFacts, check: &str) -> Vec<Outcome> {
    let report = reconcile(&catalogue(), facts);
    report.evaluations.iter().filter(|record| record.check.id == check).map(|record| record.outcome).collect()
}

#[test]
fn a_blank_cell_is_named() {
    let mut facts = disclosure();
    // D8, the basic expenditure of 20107, is left blank.
    facts.figures.remove(10);
    let report = reconcile(&catalogue(), &facts);
    for check in ["W-08", "W-09"] {
        let record = report.findings().find(|record| record.check.id == check).unwrap();
        let named = record.operands.iter().find(|operand| operand.place.to_string() == "3!D8").unwrap();
        assert!(named.printed.is_empty(), "{check}");
    }
    let whole = disclosure();
    let key = |figure: &FigureFact| format!("{}/{}", figure.sheet_number, figure.cell);
    let printed: Vec<String> = whole.figures.iter().map(key).collect();
    let report = reconcile(&catalogue(), &whole);
    let named = report.evaluations.iter().flat_map(|record| record.written_operands.split(' '));
    let mut cells = named.filter_map(|operand| operand.get(2..).filter(|place| place.contains('/'))).peekable();
    assert!(cells.peek().is_some());
    assert!(cells.all(|cell| printed.iter().any(|key| key == cell)));
}

/// An item whose two amounts stand in one sentence, and what words say of them.
fn directed(budget: &str, actual: &str, said: &str) -> DisclosureFacts {
    let mut facts = disclosure();
    for (measure, text) in [("initial_budget", budget), ("final_account", actual)] {
        let mut stated = claim(4, "行政运行", measure, "", text, "万元");
        stated.function_code = "2010601".into();
        stated.sentence = "年初预算为甲万元，支出决算为乙万元。".into();
        if measure == "final_account" {
            stated.said = said.into();
        }
        facts.claims.push(stated);
    }
    facts
}

#[test]
fn words_about_the_budget_suit_the_amounts() {
    for (budget, actual, said, outcome) in [
        ("10.00", "9.00", "less", Outcome::Exact),
        ("9.00", "10.00", "less", Outcome::Broken),
        ("9.00", "10.00", "more", Outcome::Exact),
        ("9.00", "10.00", "", Outcome::NotEvaluable),
        ("10.00", "10.00", "equal", Outcome::Exact),
        ("62.29", "60.99", "equal", Outcome::Broken),
        ("62.29", "60.99", "about_equal", Outcome::Exact),
    ] {
        assert_eq!(judged(&directed(budget, actual, said), "N-11"), [outcome], "{budget} {actual} {said}");
    }
}

#[test]
fn small_enterprises_share_of_either_whole() {
    let shares = |percent: &str| {
        let mut facts = disclosure();
        for (at, (item, measure, basis, text, unit)) in [
            ("政府采购支出总额", "final_account", "", "200.00", "万元"),
            ("授予中小企业合同金额", "final_account", "", "100.00", "万元"),
            ("授予小微企业合同金额", "final_account", "", "80.00", "万元"),
            ("授予小微企业合同金额", "share_percent", "政府采购支出总额", percent, "%"),
        ]
        .into_iter()
        .enumerate()
        {
            let mut stated = claim(9, item, measure, basis, text, unit);
            (stated.section, stated.section_path) = ("procurement".into(), "政府采购支出情况".into());
            stated.char_start = at as u32 * 20;
            facts.claims.push(stated);
        }
        let report = reconcile(&catalogue(), &facts);
        let record = report.evaluations.iter().find(|record| record.check.id == "N-17").unwrap().clone();
        (record.outcome, record.subject)
    };
    assert_eq!(shares("40.00"), (Outcome::Exact, "授予小微企业合同金额".into()));
    assert_eq!(shares("80.00"), (Outcome::Exact, "授予小微企业合同金额 ÷ 授予中小企业合同金额".into()));
    assert_eq!(shares("70.00").0, Outcome::Broken);
}

#[test]
fn the_stated_deviation_from_the_budget_recomputes() {
    let stated = |percent: &str| {
        let mut facts = disclosure();
        for (item, measure, text, unit) in [
            ("一般公共预算财政拨款支出", "initial_budget", "100.00", "万元"),
            ("一般公共预算财政拨款支出", "final_account", "112.00", "万元"),
            ("预决算偏离度", "rate_percent", percent, "%"),
        ] {
            facts.claims.push(claim(4, item, measure, "", text, unit));
        }
        judged(&facts, "P-03")
    };
    assert_eq!(stated("12.00"), [Outcome::Exact]);
    assert_eq!(stated("21.00"), [Outcome::Broken]);
}

fn cell_of(
    table: &str,
    cell: (u32, u32),
    side: &str,
    line: &str,
    component: &str,
    code: &str,
    text: &str,
) -> FigureFact {
    let (row, column) = cell;
    let letter = char::from(b'A' + u8::try_from(column).unwrap() - 1);
    FigureFact {
        report_table: table.into(),
        cell: format!("{letter}{row}").into(),
        column_number: column,
        side: side.into(),
        line: line.into(),
        economic_code: code.into(),
        flow: if side == "收入" { "income" } else { "expenditure" }.into(),
        ..figure(row, 0, "", line, component, text)
    }
}

#[test]
fn both_sides_of_a_total_row_are_printed() {
    let summary = |right: Option<&str>| {
        let mut facts = disclosure();
        let cell = |at, side, line, text| cell_of("income_expenditure_summary", at, side, line, "total", "", text);
        facts.figures.push(cell((5, 2), "收入", "income.general_public_budget", "9.00"));
        facts.figures.push(cell((5, 4), "支出", "", "9.00"));
        facts.figures.push(cell((9, 2), "收入", "income.grand_total", "9.00"));
        facts.figures.extend(right.map(|text| cell((9, 4), "支出", "expenditure.grand_total", text)));
        facts
    };
    assert_eq!(judged(&summary(Some("9.00")), "W-05b"), [Outcome::Exact]);
    let report = reconcile(&catalogue(), &summary(None));
    let record = report.findings().find(|record| record.check.id == "W-05b").unwrap();
    assert!(record.operands.iter().any(|operand| operand.place.to_string() == "3!D9"));
    // Something no layout understood stands there: that is no blank.
    let mut unread = summary(None);
    unread.figures.push(cell_of("income_expenditure_summary", (9, 4), "支出", "", "total", "", "9.00"));
    assert_eq!(judged(&unread, "W-05b"), [Outcome::NotEvaluable]);
}

#[test]
fn columns_by_cost_add_up_only_where_they_are_printed() {
    let basic = |with_total_column: bool, personnel: &str| {
        let mut facts = disclosure();
        let cell = |at, component, code, text| cell_of("general_budget_basic", at, "", "", component, code, text);
        if with_total_column {
            facts.figures.push(cell((6, 3), "basic", "301", "5.00"));
        }
        facts.figures.push(cell((6, 4), "basic_personnel", "301", personnel));
        // The total of a list of one column stands in that column.
        let column = if with_total_column { 3 } else { 4 };
        facts.figures.push(cell_of("general_budget_basic", (9, column), "", "total", "basic", "", "5.00"));
        if with_total_column {
            facts.figures.push(cell_of("general_budget_basic", (9, 4), "", "total", "basic_personnel", "", "5.00"));
        }
        facts
    };
    let broken = |facts: &DisclosureFacts| judged(facts, "W-20b").contains(&Outcome::Broken);
    assert!(!broken(&basic(true, "5.00")));
    assert!(broken(&basic(true, "6.00")));
    assert!(!broken(&basic(false, "6.00")), "a list of one column has no row totals");
}

/// The report in one format and language.
fn written(facts: &DisclosureFacts, format: Format, language: Language) -> String {
    let mut writer = ReportWriter::begin(Vec::new(), format, language).unwrap();
    let report = reconcile(&catalogue(), facts);
    writer.disclosure(&report).unwrap();
    let mut summary = Summary::default();
    summary.add(&report);
    String::from_utf8(writer.finish(&summary).unwrap()).unwrap()
}

#[test]
fn a_report_speaks_one_language() {
    let mut facts = disclosure();
    facts.figures[6] = figure(7, 0, "20106", "", "total", "72.00");
    let chinese = written(&facts, Format::Text, Language::Chinese);
    for word in ["hint:", "left", "right", "checks:"] {
        assert!(!chinese.contains(word), "{word}: {chinese}");
    }
    let english = written(&facts, Format::Text, Language::English);
    for word in ["：", "（", "提示", "核对", "合计"] {
        assert!(!english.contains(word), "{word}: {english}");
    }
    assert!(english.contains("checks: "), "{english}");
}

#[test]
fn programs_are_told_what_belongs_together() {
    let mut facts = disclosure();
    facts.figures[6] = figure(7, 0, "20106", "", "total", "72.00");
    let json: Vec<serde_json::Value> = serde_json::from_str(&written(&facts, Format::Json, Language::English)).unwrap();
    let heads: Vec<u64> =
        json.iter().filter(|row| row["follows"].is_null()).map(|row| row["beneath"].as_u64().unwrap()).collect();
    let beneath = json.iter().filter(|row| !row["follows"].is_null()).count();
    assert!(beneath > 0 && heads.iter().sum::<u64>() == beneath as u64, "{json:#?}");
    // Two rows within rounding of their totals: one note, twice.
    let mut facts = disclosure();
    facts.figures[3] = figure(6, 0, "201", "", "total", "120.36");
    facts.figures[6] = figure(7, 0, "20106", "", "total", "70.21");
    let sarif: serde_json::Value = serde_json::from_str(&written(&facts, Format::Sarif, Language::English)).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let notes: Vec<_> =
        results.iter().map(|one| (one["ruleId"].as_str().unwrap(), one["occurrenceCount"].as_u64().unwrap())).collect();
    assert!(notes.contains(&("W-08", 2)), "{notes:?}");
}

#[test]
fn one_cause_is_one_finding_with_its_consequences_beneath() {
    let mut facts = disclosure();
    facts.figures[6] = figure(7, 0, "20106", "", "total", "72.00");
    let text = written(&facts, Format::Text, Language::English);
    assert_eq!(text.matches("two digits transposed").count(), 1, "{text}");
    assert!(text.contains("↳ error W-0"), "{text}");
}

#[test]
fn a_value_that_two_identities_ask_for_is_named() {
    let mut facts = disclosure();
    // 70.20 is printed as 15.83: no slip of the hand, and yet its row and its column agree on the value.
    facts.figures[6] = figure(7, 0, "20106", "", "total", "15.83");
    let report = reconcile(&catalogue(), &facts);
    let repair = report.findings().find_map(|record| record.repair.as_ref()).expect("the value is named");
    assert_eq!((repair.suggested.to_string(), repair.place.to_string()), ("70.20".to_owned(), "3!C7".to_owned()));
    assert_eq!(repair.diagnosis.pattern.as_str(), "agreed");
}

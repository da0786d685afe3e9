//! Values one line beside their labels are one finding, whichever way they went; chance is none.

use std::collections::BTreeSet;

use juesuan::inner::normalise::ValueKind;
use juesuan::inner::project::Project;
use juesuan::inner::reconcile::facts::disclosure::{DisclosureFacts, DocumentFact};
use juesuan::inner::reconcile::facts::operands::{FigureFact, ReportTableFact};
use juesuan::inner::reconcile::report::{Format, Language, ReportWriter};
use juesuan::inner::reconcile::{self, Catalogue, DisclosureReport, Summary};
use juesuan::inner::vocabulary::{Level, Outcome, half_unit, parse_printed};
use rust_decimal::Decimal;

/// Rows 5 to 14, from column C: income, then expenditure by row, total, basic, project, remitted and operating.
const ROWS: [(&str, &str, [&str; 5]); 9] = [
    ("", "total", ["500.10", "300.06", "160.04", "29.00", "11.00"]),
    ("201", "", ["300.07", "200.03", "80.04", "20.00", ""]),
    ("20106", "", ["300.07", "200.03", "80.04", "20.00", ""]),
    ("2010601", "", ["210.02", "190.01", "0.01", "20.00", ""]),
    ("2010699", "", ["90.05", "10.02", "80.03", "", ""]),
    ("208", "", ["200.03", "100.03", "80.00", "9.00", "11.00"]),
    ("20805", "", ["200.03", "100.03", "80.00", "9.00", "11.00"]),
    ("2080501", "", ["120.01", "70.01", "30.00", "9.00", "11.00"]),
    ("2080505", "", ["80.02", "30.02", "50.00", "", ""]),
];
const COMPONENTS: [&str; 5] = ["total", "basic", "project", "remitted_to_superior", "operating"];

type Values = Vec<Vec<String>>;

fn values() -> Values {
    ROWS.iter().map(|(.., values)| values.iter().map(|value| (*value).to_owned()).collect()).collect()
}

/// The expenditure table with these values, and the general budget table as it should be.
fn disclosure(values: &Values) -> DisclosureFacts {
    let document = DocumentFact { document_key: "doc_1".into(), file: "a.xlsx".into(), kind: "workbook".into() };
    let mut facts = DisclosureFacts {
        disclosure_key: "示例局/2023".to_owned(),
        department: "示例局".to_owned(),
        fiscal_year: Some(2023),
        level: Level::Department,
        documents: vec![document],
        ..DisclosureFacts::default()
    };
    for (sheet_number, report_table) in [(3, "expenditure"), (1, "income_expenditure_summary")] {
        facts.report_tables.push(ReportTableFact {
            report_table: report_table.to_owned(),
            sheet: sheet_number.to_string(),
            sheet_number,
            state: "data".to_owned(),
            ..ReportTableFact::default()
        });
    }
    for (row, (printed, (code, line, _))) in values.iter().zip(ROWS).enumerate() {
        for (column, text) in printed.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            facts.figures.push(figure(row as u32 + 5, column as u32 + 3, code, line, COMPONENTS[column], text));
        }
    }
    for (row, code, line, text) in
        [(20, "201", "", "300.07"), (21, "208", "", "200.03"), (22, "", "expenditure.current_year_total", "500.10")]
    {
        let one = figure(row, 3, code, line, "total", text);
        facts.figures.push(FigureFact {
            sheet_number: 1,
            sheet: "1".into(),
            report_table: "income_expenditure_summary".into(),
            side: "支出".into(),
            ..one
        });
    }
    facts
}

fn figure(row: u32, column: u32, code: &str, line: &str, component: &str, text: &str) -> FigureFact {
    let printed = parse_printed(text).unwrap();
    FigureFact {
        document: 0,
        sheet_number: 3,
        sheet: "3".into(),
        cell: format!("{}{row}", ["C", "D", "E", "F", "G"][column as usize - 3]).into(),
        row_number: row,
        column_number: column,
        report_table: "expenditure".into(),
        side: Default::default(),
        component: component.into(),
        phase: "final_account".into(),
        fund: "all".into(),
        flow: "expenditure".into(),
        row_role: if line.is_empty() { "detail" } else { "total" }.into(),
        line: line.into(),
        function_code: code.into(),
        economic_code: Default::default(),
        row_label: format!("{code}{line}").into(),
        row_name: format!("{code}{line}").into(),
        parent_label: Default::default(),
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

fn reported(values: &Values) -> DisclosureReport {
    reconcile::reconcile(&Catalogue::load(&Project::built_in()).unwrap(), &disclosure(values))
}

/// Cells and way of each shift named, and how many broken findings none of them explains.
fn named(values: &Values) -> (BTreeSet<(String, String)>, usize) {
    let report = reported(values);
    let broken: Vec<_> = report.findings().filter(|record| record.outcome == Outcome::Broken).collect();
    let shifts = broken.iter().filter_map(|record| record.shift.as_deref());
    let shifts = shifts.map(|shift| (shift.cells.clone(), format!("{:?}", shift.way).to_lowercase())).collect();
    (shifts, broken.iter().filter(|record| record.shift.is_none()).count())
}

fn expect(values: &Values, cells: &str, way: &str) {
    assert_eq!(named(values), (BTreeSet::from([(cells.to_owned(), way.to_owned())]), 0));
}

#[test]
fn a_table_in_order_has_no_broken_identity() {
    assert_eq!(named(&values()), (BTreeSet::new(), 0));
}

#[test]
fn a_column_from_some_row_on_stands_one_row_low() {
    let mut values = values();
    for row in (4..9).rev() {
        values[row][1] = values[row - 1][1].clone();
    }
    values[3][1].clear();
    expect(&values, "D8:D13", "lower");
}

#[test]
fn a_column_from_some_row_on_stands_one_row_high() {
    let mut values = values();
    for row in 3..8 {
        values[row][1] = values[row + 1][1].clone();
    }
    values[8][1].clear();
    expect(&values, "D8:D13", "higher");
}

#[test]
fn a_row_stands_one_column_to_the_right() {
    let mut values = values();
    let row = &mut values[7];
    row.rotate_right(1);
    row[0].clear();
    expect(&values, "C12:G12", "right");
}

#[test]
fn a_row_stands_one_column_to_the_left() {
    let mut values = values();
    let row = &mut values[7];
    row.rotate_left(1);
    row[4].clear();
    expect(&values, "C12:G12", "left");
}

#[test]
fn every_row_below_the_total_stands_one_row_low() {
    let mut values = values();
    values[1..].rotate_right(1);
    values[1] = vec![String::new(); 5];
    let (shifts, _) = named(&values);
    assert!(!shifts.is_empty() && shifts.iter().all(|(_, way)| way == "lower"), "{shifts:?}");
}

/// One slip, two slips, neighbours exchanged, a number left out, one posted a line too low: no shift.
#[test]
fn chance_is_no_shift() {
    let slips: [&[(usize, usize, &str)]; 6] = [
        &[(3, 1, "190.10")],
        &[(3, 1, "109.01"), (7, 2, "33.00")],
        &[(3, 1, "10.02"), (4, 1, "190.01")],
        &[(4, 2, "")],
        &[(7, 3, ""), (8, 3, "9.00")],
        &[(3, 0, "300.07"), (5, 0, "300.07")],
    ];
    for changes in slips {
        let mut values = values();
        for (row, column, text) in changes {
            values[*row][*column] = (*text).to_owned();
        }
        let (shifts, unexplained) = named(&values);
        assert_eq!(shifts, BTreeSet::new(), "{changes:?}");
        assert!(unexplained > 0, "{changes:?}");
    }
}

#[test]
fn a_shift_is_said_once_with_what_follows_beneath() {
    let mut values = values();
    for row in (4..9).rev() {
        values[row][1] = values[row - 1][1].clone();
    }
    values[3][1].clear();
    let report = reported(&values);
    for (language, said) in
        [(Language::English, "one row below their labels"), (Language::Chinese, "比各自的行列名称低一行")]
    {
        let mut writer = ReportWriter::begin(Vec::new(), Format::Text, language).unwrap();
        writer.disclosure(&report).unwrap();
        let mut summary = Summary::default();
        summary.add(&report);
        let text = String::from_utf8(writer.finish(&summary).unwrap()).unwrap();
        assert_eq!(text.matches(said).count(), 1, "{text}");
        assert!(text.contains("↳"), "{text}");
    }
}

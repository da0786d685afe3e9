//! `expected/` and the README: what a correct reader and checker must find.

use serde::Serialize;

use crate::amount::Unit;
use crate::truth::to_csv;
use crate::write::WriteError;

use super::{BookFile, Disclosure, Fault, TextFile};

#[derive(Serialize)]
struct FigureRow {
    file: String,
    sheet: String,
    cell: String,
    report_table: String,
    side: String,
    code: String,
    row_label: String,
    header_path: String,
    printed: String,
    value: String,
    unit: String,
    amount_yuan: String,
    department: String,
    fiscal_year: i32,
}

#[derive(Serialize)]
struct ClaimRow {
    file: String,
    line: usize,
    char_start: usize,
    char_end: usize,
    printed: String,
    value: String,
    unit: String,
    section: String,
    item: String,
    measure: String,
    basis: String,
    amount_yuan: String,
    kind: String,
}

#[derive(Serialize)]
struct FindingRow<'f> {
    check_id: &'f str,
    also: &'f str,
    file: &'f str,
    r#where: &'f str,
    printed: &'f str,
    expected: &'f str,
    explanation: &'f str,
}

pub(super) fn files(disclosures: &[Disclosure], faults: &[Fault]) -> Result<Vec<(&'static str, Vec<u8>)>, WriteError> {
    let figures: Vec<FigureRow> = disclosures.iter().flat_map(figures).collect();
    let claims: Vec<ClaimRow> = disclosures.iter().flat_map(claims).collect();
    let findings: Vec<FindingRow> = faults.iter().map(finding).collect();
    let broken = |error: csv::Error| WriteError(error.to_string());
    Ok(vec![
        ("expected/figures.csv", to_csv(&figures).map_err(broken)?),
        ("expected/claims.csv", to_csv(&claims).map_err(broken)?),
        ("expected/findings.csv", to_csv(&findings).map_err(broken)?),
        ("README.md", readme(disclosures, faults).into_bytes()),
    ])
}

fn yuan(value: &str, unit: &str) -> String {
    let digits = value.replace('.', "");
    let decimals = value.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
    let Ok(scaled) = digits.parse::<i64>() else { return String::new() };
    let factor = match unit {
        "元" => 1,
        "万元" => Unit::TenThousandYuan.step(),
        _ => return String::new(),
    };
    crate::amount::decimal(scaled * 10i64.pow(2 - decimals.min(2) as u32) * factor, 2)
}

fn figures(one: &Disclosure) -> Vec<FigureRow> {
    let accounts = &one.published.accounts;
    let row = |truth: &crate::truth::TruthRow| FigureRow {
        file: one.book_path(),
        sheet: truth.sheet.clone(),
        cell: truth.cell.clone(),
        report_table: truth.table.clone(),
        side: truth.side.clone(),
        code: truth.row_code.clone(),
        row_label: truth.row_label.clone(),
        header_path: truth.column_path.clone(),
        printed: truth.value.clone(),
        value: truth.value.clone(),
        unit: truth.unit.clone(),
        amount_yuan: yuan(&truth.value, &truth.unit),
        department: accounts.entity.name.clone(),
        fiscal_year: accounts.year,
    };
    one.rendered.truth.iter().map(row).collect()
}

fn claims(one: &Disclosure) -> Vec<ClaimRow> {
    let row = |claim: crate::truth::TruthClaim| ClaimRow {
        file: one.text_path(),
        line: claim.line_no,
        char_start: claim.char_start,
        char_end: claim.char_end,
        printed: claim.printed,
        amount_yuan: yuan(&claim.value, &claim.unit),
        value: claim.value,
        unit: claim.unit,
        section: claim.section,
        item: claim.item,
        measure: claim.measure,
        basis: claim.basis,
        kind: claim.kind,
    };
    one.narrative.claims(one.line_count()).into_iter().map(row).collect()
}

fn finding(fault: &Fault) -> FindingRow<'_> {
    FindingRow {
        check_id: fault.check_id,
        also: fault.also,
        file: &fault.file,
        r#where: &fault.place,
        printed: &fault.printed,
        expected: &fault.expected,
        explanation: fault.explanation,
    }
}

fn readme(disclosures: &[Disclosure], faults: &[Fault]) -> String {
    let mut text = String::from(include_str!("../../sample/README.head.md"));
    text.push_str("| folder | department | year | unit | workbook | text |\n|---|---|---|---|---|---|\n");
    for one in disclosures {
        let published = &one.published;
        let book = if published.book == BookFile::Xls { ".xls" } else { ".xlsx" };
        let prose = match published.text {
            TextFile::Utf8 => ".txt (UTF-8)",
            TextFile::Gb18030 => ".txt (GB18030)",
            TextFile::Docx => ".docx",
            TextFile::Doc => ".doc",
            TextFile::Pdf => ".pdf",
        };
        let (name, year) = (&published.accounts.entity.name, published.accounts.year);
        let unit = published.unit.name();
        text.push_str(&format!("| `{}` | {name} | {year} | {unit} | {book} | {prose} |\n", published.folder));
    }
    text.push_str(include_str!("../../sample/README.faults.md"));
    text.push_str(
        "| check | also broken | file | where | printed | should be | what |\n|---|---|---|---|---|---|---|\n",
    );
    for fault in faults {
        text.push_str(&format!(
            "| {} | {} | `{}` | {} | {} | {} | {} |\n",
            fault.check_id,
            fault.also.replace(';', ", "),
            fault.file,
            fault.place,
            fault.printed,
            fault.expected,
            fault.explanation
        ));
    }
    text
}

//! One raw figure → one figure, or the finding that says why not.

use rust_decimal::Decimal;

use super::facts::Figure;
use super::names::{ClassNames, standard_name};
use super::numbers::cell::{Unread, read_cell};
use super::numbers::decimals::UsualDecimals;
use super::numbers::units::Units;
use crate::decode::CellValue;
use crate::extract::table::RawFigure;
use crate::vocabulary::{Finding, Place, Severity, Unit, yuan_from_printed};

/// Where the unit stands that only the cells' number formats name.
const NUMBER_FORMAT: &str = "number format";

/// Gives a raw figure its value, yuan and codes. A dash means nothing to report: no figure and no finding.
pub fn normalise_figure(
    document_key: &str,
    raw: RawFigure,
    classes: &ClassNames,
    units: &Units,
    usual: &UsualDecimals,
) -> (Option<Figure>, Option<Finding>) {
    let stored_text = raw.value.printed();
    let seen = match read_cell(&raw.value, &raw.unit, usual.at(&raw), units) {
        Ok(seen) => seen,
        Err(Unread::Nothing) => return (None, None),
        Err(why) => return (None, Some(unread_finding(&why, &raw, &stored_text))),
    };
    let (unit, printed_text) = (seen.unit, seen.printed.unwrap_or(stored_text));
    let unit_source = if seen.unit_from_format { NUMBER_FORMAT.to_owned() } else { raw.unit_source.clone() };
    let half = if unit.as_str() == raw.unit { seen.half.max(usual.least_half(&raw.unit)) } else { seen.half };
    let kind = units.kind(&unit);
    let yuan = yuan_from_printed(seen.value, &unit);
    if unit.is_money() && yuan.is_none() {
        return (None, Some(too_large_finding(&raw, &printed_text)));
    }
    let factor = unit.yuan_factor().unwrap_or(Decimal::ONE);
    let row_name = standard_name(&raw.row_label);
    let (function_code, economic_code) = codes(&raw, &row_name, classes);
    let finding = unit_finding(&raw, &unit, &printed_text)
        .or_else(|| percent_finding(&raw, &unit, &printed_text))
        .or_else(|| lost_digits_finding(&raw, yuan, &printed_text))
        .or_else(|| bracket_finding(&raw, seen.value, &printed_text));
    let figure = Figure {
        document_key: document_key.to_owned(),
        sheet_number: raw.sheet_number,
        sheet: raw.sheet,
        cell: raw.cell.to_string(),
        row_number: raw.cell.row + 1,
        column_number: raw.cell.column + 1,
        report_table: raw.report_table,
        layout: raw.layout,
        side: raw.side,
        component: raw.component,
        phase: raw.phase,
        fund: raw.fund,
        flow: raw.flow,
        row_role: raw.row_role.as_str().to_owned(),
        line: raw.line,
        code: raw.code,
        function_code,
        economic_code,
        row_label: raw.row_label,
        row_name,
        parent_label: raw.parent_label,
        header_path: raw.header_path.join("/"),
        printed: printed_text,
        value: seen.value,
        unit: unit.as_str().to_owned(),
        unit_source,
        value_kind: kind,
        amount_yuan: yuan.map(|(amount, _)| amount),
        half_unit: half.checked_mul(factor).unwrap_or(half),
        correction: None,
        page: None,
        page_box: None,
        reading_score: None,
    };
    (Some(figure), finding)
}

fn codes(raw: &RawFigure, row_name: &str, classes: &ClassNames) -> (Option<String>, Option<String>) {
    match (raw.classification.as_str(), &raw.code) {
        ("function", Some(code)) => (Some(code.clone()), None),
        ("function", None) => (classes.code(row_name).map(str::to_owned), None),
        ("economic", Some(code)) => (None, Some(code.clone())),
        _ => (None, None),
    }
}

fn place(raw: &RawFigure) -> Place {
    Place::Cell { sheet: raw.sheet.clone(), cell: raw.cell }
}

/// Nothing is loaded from the cell: what it holds, and what to do.
fn unread_finding(why: &Unread, raw: &RawFigure, printed: &str) -> Finding {
    let label = &raw.row_label;
    let (check_id, message, hint) = match why {
        Unread::Date => (
            "cell.date",
            format!("“{label}” holds the date {printed} where an amount belongs"),
            "the cell is formatted as a date; look at the published file and add a correction with the amount",
        ),
        Unread::Error => {
            let message = format!("“{label}” holds the spreadsheet error {printed}");
            let hint = "the published workbook has a broken formula; the amount is not loaded".to_owned();
            return Finding::disclosure("cell.error", Severity::Error, place(raw), message, hint);
        }
        Unread::Separator => (
            "cell.separator",
            format!("“{label}” prints {printed}: its separators do not stand every three digits"),
            "the amount is not loaded; add a correction with the amount that is meant",
        ),
        Unread::Several => (
            "cell.several_numbers",
            format!("“{label}” holds several numbers in one cell: {printed}"),
            "nothing is loaded from the cell; look at the published file and add a correction with the amount",
        ),
        Unread::Approximate => (
            "cell.approximate",
            format!("“{label}” says {printed}: an amount that is only approximate"),
            "the amount is not loaded; add a correction where the text of the disclosure is exact",
        ),
        Unread::Formula => (
            "cell.formula_without_value",
            format!("“{label}” holds a formula without a stored value: {printed}"),
            "the program that wrote the workbook did not work it out: open it in a spreadsheet program and save it, or add a correction",
        ),
        Unread::Struck => (
            "cell.struck_out",
            format!("“{label}” holds a number that is struck out: {printed}"),
            "nothing is loaded from the cell; add a correction with the amount that counts",
        ),
        Unread::FormatAgainstUnit(shown) => (
            "cell.format_and_unit",
            format!("“{label}” stores {printed}, its number format shows {shown}, and the table is in {}", raw.unit),
            "the number format and the printed unit disagree: compare with the text of the disclosure and add a correction",
        ),
        Unread::Nothing | Unread::NotANumber => (
            "cell.not_a_number",
            format!("“{label}” holds “{printed}” where an amount belongs"),
            "if the column is not an amount, say so in the layout; if it is, add a correction",
        ),
    };
    Finding::extraction(check_id, Severity::Warning, place(raw), message, hint.to_owned())
}

fn too_large_finding(raw: &RawFigure, printed: &str) -> Finding {
    Finding::disclosure(
        "cell.too_large",
        Severity::Error,
        place(raw),
        format!("“{}” prints {printed} {}, more than any government spends", raw.row_label, raw.unit),
        "the amount is not loaded; look at the published file and add a correction".to_owned(),
    )
}

fn unit_finding(raw: &RawFigure, unit: &Unit, printed: &str) -> Option<Finding> {
    (*unit == Unit::None).then(|| {
        Finding::extraction(
            "unit.missing",
            Severity::Warning,
            place(raw),
            format!("no unit is printed for {printed} (“{}”): it is loaded without yuan", raw.row_label),
            "name the unit in the layout's [unit] default for this region, or in a correction".to_owned(),
        )
    })
}

/// A percent where the table prints money: no yuan, and nothing that is added up without it blames the publisher.
fn percent_finding(raw: &RawFigure, unit: &Unit, printed: &str) -> Option<Finding> {
    let is_money = Unit::from_printed(&raw.unit).is_money();
    (*unit == Unit::Percent && is_money).then(|| {
        Finding::extraction(
            "cell.percent",
            Severity::Warning,
            place(raw),
            format!("“{}” shows the percent {printed} where the table is in {}", raw.row_label, raw.unit),
            "it is loaded as a percent, without yuan; add a correction if an amount is meant".to_owned(),
        )
    })
}

/// Brackets make a number negative in accounts, and set apart a part of the whole in others.
fn bracket_finding(raw: &RawFigure, value: Decimal, printed: &str) -> Option<Finding> {
    let is_bracketed = matches!(raw.value, CellValue::Text(_)) && printed.trim_start().starts_with(['(', '（']);
    (is_bracketed && value.is_sign_negative()).then(|| {
        Finding::extraction(
            "cell.bracketed",
            Severity::Info,
            place(raw),
            format!("“{}” prints {printed}: read as a negative amount", raw.row_label),
            "add a correction if the brackets only set the amount apart".to_owned(),
        )
    })
}

fn lost_digits_finding(raw: &RawFigure, yuan: Option<(Decimal, bool)>, printed: &str) -> Option<Finding> {
    matches!(yuan, Some((_, true))).then(|| {
        Finding::disclosure(
            "cell.below_fen",
            Severity::Info,
            place(raw),
            format!("{printed} {} has digits below one fen; the amount is rounded to fen", raw.unit),
            "the printed text is kept beside the amount".to_owned(),
        )
    })
}

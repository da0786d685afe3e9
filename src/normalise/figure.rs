//! One raw figure → one figure, or the finding that says why not.

use rust_decimal::Decimal;

use super::facts::Figure;
use super::names::{ClassNames, standard_name};
use super::units::Units;
use crate::decode::CellValue;
use crate::extract::table::RawFigure;
use crate::vocabulary::{
    Finding, MoneyError, Place, Printed, Severity, Unit, half_unit, parse_printed, yuan_from_printed,
};

/// Spreadsheets show amounts with two decimals unless a cell stores more: number formats are not available.
const SHOWN_DECIMALS: u32 = 2;

/// Gives a raw figure its value, yuan and codes. A dash means nothing to report: no figure and no finding.
pub fn normalise_figure(
    document_key: &str,
    raw: RawFigure,
    classes: &ClassNames,
    units: &Units,
) -> (Option<Figure>, Option<Finding>) {
    let printed_text = raw.value.printed();
    let (printed, unit) = match read_value(&raw.value, &raw.unit) {
        Ok(read) => read,
        Err(Unreadable::Nothing) => return (None, None),
        Err(Unreadable::Finding(build)) => return (None, Some(build(&raw, &printed_text))),
    };
    let kind = units.kind(&unit);
    let yuan = yuan_from_printed(printed.value, &unit);
    if unit.is_money() && yuan.is_none() {
        return (None, Some(too_large_finding(&raw, &printed_text)));
    }
    let half = half_unit(printed.decimals);
    let factor = unit.yuan_factor().unwrap_or(Decimal::ONE);
    let row_name = standard_name(&raw.row_label);
    let (function_code, economic_code) = codes(&raw, &row_name, classes);
    let finding = unit_finding(&raw, &unit, &printed_text).or_else(|| lost_digits_finding(&raw, yuan, &printed_text));
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
        value: printed.value,
        unit: unit.as_str().to_owned(),
        unit_source: raw.unit_source,
        value_kind: kind,
        amount_yuan: yuan.map(|(amount, _)| amount),
        half_unit: half.checked_mul(factor).unwrap_or(half),
        correction: None,
    };
    (Some(figure), finding)
}

enum Unreadable {
    /// A dash or a blank.
    Nothing,
    Finding(fn(&RawFigure, &str) -> Finding),
}

fn read_value(value: &CellValue, unit: &str) -> Result<(Printed, Unit), Unreadable> {
    match value {
        CellValue::Number(number) => {
            let decimals = number.value.normalize().scale().max(SHOWN_DECIMALS);
            Ok((Printed { value: number.value, decimals }, Unit::from_printed(unit)))
        }
        CellValue::Text(text) => read_text(text, unit),
        CellValue::Date(_) => Err(Unreadable::Finding(date_finding)),
        CellValue::Error(_) => Err(Unreadable::Finding(error_finding)),
        CellValue::Boolean(_) => Err(Unreadable::Finding(not_a_number_finding)),
    }
}

/// A number as text, with the unit it may carry itself (`5.6万元`, `（12.00）元`, `12 %`): that one wins over the table's.
fn read_text(text: &str, unit: &str) -> Result<(Printed, Unit), Unreadable> {
    let (number, own_unit) = split_unit(text.trim());
    let unit = if own_unit.is_empty() { unit } else { own_unit };
    match parse_printed(number) {
        Ok(printed) => Ok((printed, Unit::from_printed(unit))),
        Err(MoneyError::Blank | MoneyError::Dash) if own_unit.is_empty() => Err(Unreadable::Nothing),
        Err(MoneyError::MisplacedSeparator) => Err(Unreadable::Finding(separator_finding)),
        Err(_) => Err(Unreadable::Finding(not_a_number_finding)),
    }
}

/// Splits after the last character that can belong to a number. A text without any stays whole.
fn split_unit(text: &str) -> (&str, &str) {
    let belongs = |c: char| c.is_numeric() || ")）.．-—–−－/／\\无無─".contains(c);
    let end = text.char_indices().rfind(|(_, c)| belongs(*c)).map_or(text.len(), |(at, c)| at + c.len_utf8());
    (text[..end].trim_end(), text[end..].trim())
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

fn date_finding(raw: &RawFigure, printed: &str) -> Finding {
    Finding::disclosure(
        "cell.date",
        Severity::Warning,
        place(raw),
        format!("“{}” holds the date {printed} where an amount belongs", raw.row_label),
        "the cell is formatted as a date; look at the published file and add a correction with the amount".to_owned(),
    )
}

fn error_finding(raw: &RawFigure, printed: &str) -> Finding {
    Finding::disclosure(
        "cell.error",
        Severity::Error,
        place(raw),
        format!("“{}” holds the spreadsheet error {printed}", raw.row_label),
        "the published workbook has a broken formula; the amount is not loaded".to_owned(),
    )
}

fn separator_finding(raw: &RawFigure, printed: &str) -> Finding {
    Finding::disclosure(
        "cell.separator",
        Severity::Warning,
        place(raw),
        format!("“{}” prints {printed}: its separators do not stand every three digits", raw.row_label),
        "the amount is not loaded; add a correction with the amount that is meant".to_owned(),
    )
}

fn not_a_number_finding(raw: &RawFigure, printed: &str) -> Finding {
    Finding::extraction(
        "cell.not_a_number",
        Severity::Warning,
        place(raw),
        format!("“{}” holds “{printed}” where an amount belongs", raw.row_label),
        "if the column is not an amount, say so in the layout; if it is, add a correction".to_owned(),
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match read_text(text, "万元") {
            Ok((printed, unit)) => format!("{} {}", printed.value, unit.as_str()),
            Err(Unreadable::Nothing) => "nothing".to_owned(),
            Err(Unreadable::Finding(_)) => "finding".to_owned(),
        }
    }

    #[test]
    fn a_unit_in_the_cell_wins_over_the_tables() {
        for (text, expected) in [
            ("1,234.50", "1234.50 万元"),
            ("（144，503.67）元", "-144503.67 元"),
            ("12 辆", "12 辆"),
            ("98.5％", "98.5 %"),
            ("-5.00万元", "-5.00 万元"),
            ("—", "nothing"),
            ("无", "nothing"),
            ("1,2345.60", "finding"),
            ("见附件", "finding"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}

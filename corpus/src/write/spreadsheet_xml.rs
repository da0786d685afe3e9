//! SpreadsheetML: the workbook of Excel 2003 in one XML file, under the extension .xls.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::xlsx::number_format;
use super::xml::escape;
use super::{Look, Merge, Position, Sheet, Value, Workbook};

/// Numbers keep their formats, hidden parts stay hidden, formulas have no value.
pub fn write_spreadsheet_xml(book: &Workbook) -> Vec<u8> {
    let mut formats: Vec<&'static str> = Vec::new();
    let sheets: String = book.sheets.iter().map(|sheet| worksheet(sheet, &mut formats)).collect();
    let styles: String = formats
        .iter()
        .enumerate()
        .map(|(at, code)| {
            let code = escape(code).replace('\n', "&#10;");
            format!(r#"<Style ss:ID="s{at}"><NumberFormat ss:Format="{code}"/></Style>"#)
        })
        .collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>{styles}</Styles>{sheets}</Workbook>"#
    )
    .into_bytes()
}

fn worksheet(sheet: &Sheet, formats: &mut Vec<&'static str>) -> String {
    let columns: String = sheet
        .hidden_columns
        .iter()
        .map(|column| format!(r#"<Column ss:Index="{}" ss:Hidden="1"/>"#, column + 1))
        .collect();
    let mut cells: BTreeMap<Position, (Option<&Value>, Option<Merge>)> =
        sheet.cells.iter().map(|(at, value)| (*at, (Some(value), None))).collect();
    for merge in &sheet.merges {
        cells.entry(merge.first).or_default().1 = Some(*merge);
    }
    let (mut rows, mut open) = (String::new(), None);
    for (at, (value, merge)) in cells {
        if open != Some(at.row) {
            if open.is_some() {
                rows.push_str("</Row>");
            }
            let hidden = if sheet.hidden_rows.contains(&at.row) { r#" ss:Hidden="1""# } else { "" };
            let _ = write!(rows, r#"<Row ss:Index="{}"{hidden}>"#, at.row + 1);
            open = Some(at.row);
        }
        let span = merge.map_or_else(String::new, |merge| {
            let (across, down) = (merge.last.column - merge.first.column, merge.last.row - merge.first.row);
            format!(r#" ss:MergeAcross="{across}" ss:MergeDown="{down}""#)
        });
        let _ =
            write!(rows, r#"<Cell ss:Index="{}"{span}{}</Cell>"#, at.column + 1, content(sheet, at, value, formats));
    }
    if open.is_some() {
        rows.push_str("</Row>");
    }
    let options = if sheet.hidden {
        r#"<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>"#
    } else {
        ""
    };
    let name = escape(&sheet.name);
    format!(r#"<Worksheet ss:Name="{name}"><Table>{columns}{rows}</Table>{options}</Worksheet>"#)
}

/// The rest of the cell's tag, and what it holds.
fn content(sheet: &Sheet, at: Position, value: Option<&Value>, formats: &mut Vec<&'static str>) -> String {
    let data = |kind: &str, text: &str| format!(r#"><Data ss:Type="{kind}">{}</Data>"#, escape(text));
    match value {
        None => ">".to_owned(),
        Some(Value::Number { .. }) if sheet.looks.get(&at) == Some(&Look::Formula) => {
            r#" ss:Formula="=1+1">"#.to_owned()
        }
        Some(Value::Number { value, shown }) => {
            let code = match sheet.looks.get(&at) {
                Some(Look::Format(code)) => code,
                _ => number_format(shown),
            };
            let style = formats.iter().position(|known| *known == code).unwrap_or_else(|| {
                formats.push(code);
                formats.len() - 1
            });
            format!(r#" ss:StyleID="s{style}"{}"#, data("Number", &value.to_string()))
        }
        Some(Value::Error(error)) => data("Error", error.shown()),
        Some(Value::Text(text) | Value::Date { shown: text, .. }) => data("String", text),
    }
}

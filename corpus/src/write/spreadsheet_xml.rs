//! SpreadsheetML: the workbook of Excel 2003 in one XML file, under the extension .xls.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::styles::Styles;
use super::xml::escape;
use super::{Look, Merge, Position, Sheet, Value, Workbook};

/// Numbers keep their formats, hidden parts stay hidden, formulas have no value.
pub fn write_spreadsheet_xml(book: &Workbook) -> Vec<u8> {
    let mut known = Styles::default();
    let sheets: String = book.sheets.iter().map(|sheet| worksheet(sheet, &mut known)).collect();
    let styles: String = known
        .known
        .iter()
        .enumerate()
        .map(|(at, style)| {
            let code = escape(style.code).replace('\n', "&#10;");
            let font = if style.is_struck { r#"<Font ss:StrikeThrough="1"/>"# } else { "" };
            format!(r#"<Style ss:ID="s{at}">{font}<NumberFormat ss:Format="{code}"/></Style>"#)
        })
        .collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>{styles}</Styles>{sheets}</Workbook>"#
    )
    .into_bytes()
}

fn worksheet(sheet: &Sheet, styles: &mut Styles) -> String {
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
        let _ = write!(rows, r#"<Cell ss:Index="{}"{span}{}</Cell>"#, at.column + 1, content(sheet, at, value, styles));
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
fn content(sheet: &Sheet, at: Position, value: Option<&Value>, styles: &mut Styles) -> String {
    let Some(value) = value else { return ">".to_owned() };
    let style = styles.index(sheet, at, value);
    let data =
        |kind: &str, text: &str| format!(r#" ss:StyleID="s{style}"><Data ss:Type="{kind}">{}</Data>"#, escape(text));
    match value {
        Value::Number { .. } if sheet.looks.get(&at) == Some(&Look::Formula) => r#" ss:Formula="=1+1">"#.to_owned(),
        Value::Number { value, .. } => data("Number", &value.to_string()),
        Value::Error(error) => data("Error", error.shown()),
        Value::Text(text) | Value::Date { shown: text, .. } => data("String", text),
    }
}

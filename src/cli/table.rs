//! Tables on a terminal: columns aligned by display width, readable without colour.

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{CellAlignment, Table};

/// Renders headers and rows; columns whose every value looks like a number are right-aligned.
pub fn print_table(headers: &[String], rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_HORIZONTAL_ONLY).set_header(headers);
    for row in rows {
        table.add_row(row);
    }
    for (at, column) in table.column_iter_mut().enumerate() {
        let numeric = !rows.is_empty()
            && rows.iter().filter_map(|row| row.get(at)).all(|value| value.is_empty() || is_number(value));
        if numeric {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string()
}

fn is_number(text: &str) -> bool {
    text == "·" || text.chars().all(|c| c.is_ascii_digit() || ".-,%".contains(c))
}

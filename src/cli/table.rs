//! Tables on a terminal: columns aligned by display width, readable without colour.

use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Lines above, below and under the header: one under every row would double the length of an answer.
const LINES: TableStyle = TableStyle::new()
    .top_border(LineStyle::none().fill('─').junction('─'))
    .header_separator(LineStyle::none().fill('═').junction('═'))
    .bottom_border(LineStyle::none().fill('─').junction('─'));

/// Renders headers and rows; columns whose every value looks like a number are right-aligned.
pub fn print_table(headers: &[String], rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table.load_style(LINES).set_header(headers);
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

/// Puts every cell on one line of at most `width` columns on the screen; `…` stands for what is left out.
pub fn cut_cells(rows: &mut [Vec<String>], width: usize) {
    for cell in rows.iter_mut().flatten() {
        if cell.contains(['\n', '\r', '\t']) {
            *cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        if cell.width() > width {
            *cell = cut(cell, width);
        }
    }
}

fn cut(text: &str, width: usize) -> String {
    let mut left = width.saturating_sub(1);
    let kept = text.chars().take_while(|c| {
        let needed = c.width().unwrap_or(0);
        let fits = needed <= left;
        left = left.saturating_sub(needed);
        fits
    });
    let mut kept: String = kept.collect();
    kept.push('…');
    kept
}

fn is_number(text: &str) -> bool {
    text == "·" || text.chars().all(|c| c.is_ascii_digit() || ".-,%".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_columns_line_up() {
        let rows = vec![vec!["示例局".to_owned(), "1.50".to_owned()], vec!["ab".to_owned(), "-12,345.00".to_owned()]];
        let text = print_table(&["部门".to_owned(), "金额".to_owned()], &rows);
        let widths: Vec<usize> = text.lines().map(UnicodeWidthStr::width).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{text}");
        assert!(text.lines().any(|line| line.trim_end().ends_with("  1.50") || line.contains("       1.50")), "{text}");
    }

    #[test]
    fn long_cells_are_cut_by_width_not_by_characters() {
        let mut rows = vec![vec!["财政拨款收入支出决算总表".to_owned(), "a\nb".to_owned(), "short".to_owned()]];
        cut_cells(&mut rows, 10);
        assert_eq!(rows[0], ["财政拨款…", "a b", "short"]);
    }
}

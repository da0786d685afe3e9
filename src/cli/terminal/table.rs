//! Tables on a terminal: columns aligned by display width, readable without colour, no wider than the screen.

use std::io::IsTerminal;

use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::words::Words;

/// Lines above, below and under the header: one under every row would double the length of an answer.
const LINES: TableStyle = TableStyle::new()
    .top_border(LineStyle::none().fill('─').junction('─'))
    .header_separator(LineStyle::none().fill('═').junction('═'))
    .bottom_border(LineStyle::none().fill('─').junction('─'));

/// Text is not cut below so many columns of the screen: less would say nothing.
const LEAST_WIDTH: usize = 8;

/// What a table is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// Columns of the screen; `None` for files and pipes, which have no edge.
    width: Option<usize>,
    /// The column that is shown whole in any case, beside the first; 0 is none.
    kept: usize,
}

impl Screen {
    pub fn endless() -> Self {
        Self { width: None, kept: 0 }
    }

    /// The terminal of standard output: as wide as COLUMNS says, else as it is.
    pub fn of_output() -> Self {
        if !std::io::stdout().is_terminal() {
            return Self::endless();
        }
        let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = said.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
        Self { width: width.filter(|width| *width > 0), kept: 0 }
    }

    pub fn width(&self) -> Option<usize> {
        self.width
    }

    pub fn keeping(self, kept: usize) -> Self {
        Self { kept, ..self }
    }
}

/// Renders headers and rows; columns whose every value looks like a number are right-aligned. Where the screen is too
/// narrow, headings take several lines and text is cut, numbers never; where that is not enough, the last columns are left out and named below.
pub fn print_table(headers: &[String], rows: &[Vec<String>], screen: &Screen, words: &Words) -> String {
    let Some(width) = screen.width else { return whole_table(headers, rows) };
    let mut shown: Vec<usize> = (0..headers.len()).collect();
    let mut columns: Vec<Column> = shown.iter().map(|at| Column::of(*at, headers, rows)).collect();
    if let Some(kept) = columns.get_mut(screen.kept).filter(|_| screen.kept > 0) {
        kept.least = kept.widest;
    }
    let room = |shown: &[usize]| (width + 1).saturating_sub(GAP * shown.len());
    let least = |shown: &[usize]| shown.iter().map(|at| columns[*at].least).sum::<usize>();
    while least(&shown) > room(&shown) {
        let Some(next) = next_to_go(&shown, screen, &columns, headers) else { break };
        shown.remove(next);
    }
    let widths = |cap: usize| shown.iter().map(|at| columns[*at].within(cap)).collect::<Vec<_>>();
    let widest = shown.iter().map(|at| columns[*at].widest).max().unwrap_or(0);
    let cap = (LEAST_WIDTH..widest).rev().find(|cap| widths(*cap).iter().sum::<usize>() <= room(&shown));
    let whole = widths(widest);
    let widths = if whole.iter().sum::<usize>() <= room(&shown) { whole } else { widths(cap.unwrap_or(LEAST_WIDTH)) };
    let fitted = |row: &[String]| -> Vec<String> {
        let cells = shown.iter().zip(&widths);
        cells.map(|(at, width)| row.get(*at).map(|cell| cut(cell, *width)).unwrap_or_default()).collect()
    };
    let headings: Vec<String> =
        shown.iter().zip(&widths).map(|(at, width)| wrapped(&headers[*at], ['_', ' '], *width)).collect();
    let mut text = whole_table(&headings, &rows.iter().map(|row| fitted(row)).collect::<Vec<_>>());
    let left_out: Vec<&str> =
        (0..headers.len()).filter(|at| !shown.contains(at)).map(|at| headers[at].as_str()).collect();
    if !left_out.is_empty() {
        // A line wider than the screen would keep the pager from leaving at once.
        let told = words.say(&format!("no room for: {}", left_out.join(", ")));
        text += &format!("\n{}", wrapped(&told, [' '], width));
    }
    text
}

/// The column that gives way first: keys, then other text, then numbers; the last of each kind. The first column of text and
/// the kept one stay.
fn next_to_go(shown: &[usize], screen: &Screen, columns: &[Column], headers: &[String]) -> Option<usize> {
    let may_go = |at: &usize| *at != screen.kept || screen.kept == 0;
    let is_key = |at: &usize| headers[*at].ends_with("_key") || headers[*at].ends_with("_code");
    let is_text = |at: &usize| !columns[*at].is_numeric;
    let named = shown.iter().find(|at| is_text(at) && !is_key(at)).copied();
    let stays = |at: &usize| Some(*at) == named || shown.len() == 1;
    let last = |kind: &dyn Fn(&usize) -> bool| shown.iter().rposition(|at| may_go(at) && !stays(at) && kind(at));
    last(&is_key).or_else(|| last(&is_text)).or_else(|| last(&|_| true))
}

/// Columns of the screen between two columns of a table; one less at the edges together.
const GAP: usize = 3;

/// Widths of one column on the screen.
struct Column {
    widest: usize,
    least: usize,
    is_numeric: bool,
}

impl Column {
    fn of(at: usize, headers: &[String], rows: &[Vec<String>]) -> Self {
        let heading = headers[at].width();
        let values = rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0);
        let widest = heading.max(values);
        let is_numeric = is_numeric(rows, at);
        let least = if is_numeric { values.max(heading.min(LEAST_WIDTH)) } else { widest.min(LEAST_WIDTH) };
        Self { widest, least, is_numeric }
    }

    fn within(&self, cap: usize) -> usize {
        self.widest.min(cap).max(self.least)
    }
}

fn whole_table(headers: &[String], rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table.load_style(LINES).set_header(headers);
    for row in rows {
        table.add_row(row);
    }
    for (at, column) in table.column_iter_mut().enumerate() {
        if is_numeric(rows, at) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.to_string()
}

fn is_numeric(rows: &[Vec<String>], at: usize) -> bool {
    !rows.is_empty() && rows.iter().filter_map(|row| row.get(at)).all(|value| value.is_empty() || is_number(value))
}

/// A text on as many lines as it needs, parted behind these characters where that is possible.
fn wrapped<const N: usize>(text: &str, breaks_after: [char; N], width: usize) -> String {
    let mut lines = vec![String::new()];
    for piece in text.split_inclusive(breaks_after) {
        let room = width.saturating_sub(lines.last().map_or(0, |line| line.width()));
        if piece.trim_end().width() > room && lines.last().is_some_and(|line| !line.is_empty()) {
            lines.push(String::new());
        }
        for letter in piece.chars() {
            let line = lines.last().map_or(0, |line| line.width());
            if line > 0 && line + letter.width().unwrap_or(0) > width && letter != ' ' {
                lines.push(String::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(letter);
            }
        }
    }
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

/// Puts every cell on one line of at most `width` columns on the screen; `…` stands for what is left out.
pub fn cut_cells(rows: &mut [Vec<String>], width: usize) {
    for cell in rows.iter_mut().flatten() {
        if cell.contains(['\n', '\r', '\t']) {
            *cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        *cell = cut(cell, width);
    }
}

/// The text on at most so many columns of the screen; `…` stands for what is left out.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
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

    fn owned(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|&cell| cell.to_owned()).collect()
    }

    #[test]
    fn chinese_columns_line_up() {
        let rows = vec![owned(&["示例局", "1.50"]), owned(&["ab", "-12,345.00"])];
        let text = whole_table(&owned(&["部门", "金额"]), &rows);
        let widths: Vec<usize> = text.lines().map(UnicodeWidthStr::width).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{text}");
        assert!(text.lines().any(|line| line.trim_end().ends_with("  1.50") || line.contains("       1.50")), "{text}");
    }

    #[test]
    fn long_cells_are_cut_by_width_not_by_characters() {
        let mut rows = vec![owned(&["财政拨款收入支出决算总表", "a\nb", "short"])];
        cut_cells(&mut rows, 10);
        assert_eq!(rows[0], ["财政拨款…", "a b", "short"]);
    }

    #[test]
    fn headings_are_parted_and_never_cut() {
        assert_eq!(wrapped("total_resources", ['_', ' '], 15), "total_resources");
        assert_eq!(wrapped("total_resources", ['_', ' '], 11), "total_\nresources");
        assert_eq!(wrapped("department_name", ['_', ' '], 8), "departme\nnt_name");
        assert_eq!(wrapped("比预算增减", ['_', ' '], 8), "比预算增\n减");
        assert_eq!(wrapped("Numbers in prose", ['_', ' '], 10), "Numbers in\nprose");
    }

    #[test]
    fn a_table_is_as_wide_as_its_screen() {
        let headers = owned(&["部门", "说明", "amount_yuan", "备注"]);
        let rows = vec![
            owned(&["北京市延庆区示例局", "一般公共预算财政拨款支出", "123456789.00", "更正后重新公开"]),
            owned(&["示例局", "无", "1.00", "更正"]),
        ];
        let all = whole_table(&headers, &rows);
        let full = all.lines().next().map_or(0, UnicodeWidthStr::width);
        for width in [18, 30, 40, 50, 60, 70, 79, 80, 200] {
            let screen = Screen { width: Some(width), kept: 2 };
            let text = print_table(&headers, &rows, &screen, &Words::default());
            // The first and the kept column need 26 columns of the screen, gaps included.
            assert!(text.lines().all(|line| line.width() <= width.max(26)), "{width}\n{text}");
            assert!(text.contains("123456789.00"), "numbers are never cut:\n{text}");
            assert_eq!(text == all, width >= full, "{width} of {full}\n{text}");
            assert_eq!(text.contains("no room for: "), width < 50, "{width}\n{text}");
        }
    }

    #[test]
    fn the_names_of_what_is_left_out_keep_to_the_screen() {
        let headers: Vec<String> = (0..40).map(|number| format!("column_{number}")).collect();
        let row: Vec<String> = (0..40).map(|number| format!("{number}00000.00")).collect();
        let screen = Screen { width: Some(80), kept: 0 };
        let text = print_table(&headers, &[row], &screen, &Words::default());
        assert!(text.lines().all(|line| line.width() <= 80), "{text}");
        let (_, named) = text.split_once("no room for: ").unwrap();
        assert!(named.ends_with("column_38, column_39") && named.lines().count() > 3, "{named}");
    }
}

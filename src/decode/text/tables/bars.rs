//! Tables whose cells end in bars: Markdown, and what pages leave of a table when they are turned into text, where a row
//! goes over lines until it has as many bars as the others.

use super::drawn::{BARS, Drawn, LONGEST_CELL, Page, Piece};
use super::placing::{Kind, kind, numbers_columns, settle};
use super::stacked;
use crate::vocabulary::Finding;

pub fn find(page: &mut Page<'_>) {
    let mut at = 0;
    while at < page.lines.len() {
        let end = page.run(at, |line| line.contains(BARS));
        if end >= at + 2
            && let Some((table, findings)) =
                table(page, at, end).or_else(|| Some((stacked::table(page, at, end)?, Vec::new())))
        {
            page.take(table);
            page.findings.extend(findings);
        }
        at = end.max(at + 1);
    }
}

fn table(page: &Page<'_>, start: usize, end: usize) -> Option<(Drawn, Vec<Finding>)> {
    // A note below the table, with a bar behind it.
    let is_note = |line: &usize| {
        let cells = cells_of(page.text(*line));
        let mut filled = cells.iter().filter(|cell| !cell.is_empty());
        filled.next().is_some_and(|text| is_sentence(text)) && filled.next().is_none()
    };
    let end = (start..end).rev().find(|line| !is_note(line))? + 1;
    let lines: Vec<usize> = (start..end).filter(|line| !is_rule(page.text(*line))).collect();
    let has_rule = lines.len() < end - start;
    let mut rows = rows(page, &lines)?;
    // A sentence with a row to itself stays text.
    rows.retain(|row| filled(row).count() > 1 || filled(row).all(|piece| !is_sentence(&piece.text)));
    let is_table = rows.iter().filter(|row| filled(row).count() > 1).count() >= 2
        && (has_rule || rows.iter().flatten().any(|piece| kind(&piece.text) == Kind::Number))
        && rows.iter().flatten().all(|piece| piece.text.chars().count() <= LONGEST_CELL);
    if !is_table {
        return None;
    }
    let width = rows.iter().filter_map(|row| row.iter().rposition(|piece| !piece.text.is_empty())).max()? + 1;
    let header = rows.iter().position(|row| is_body(row)).unwrap_or(rows.len());
    let is_packed = rows[..header].iter().any(|row| is_packed(row, width));
    let (placed, findings) = settle(rows.split_off(header), width, page.lines);
    let header_rows = rows.into_iter().map(|row| row.into_iter().enumerate().take(width).collect());
    let table = Drawn { rows: header_rows.chain(placed).collect(), packed: if is_packed { header } else { 0 } };
    Some((table, findings))
}

fn filled(row: &[Piece]) -> impl Iterator<Item = &Piece> {
    row.iter().filter(|piece| !piece.text.is_empty())
}

fn is_sentence(text: &str) -> bool {
    text.contains('。') || text.chars().count() > LONGEST_CELL
}

/// A row of numbers that do not number the columns.
fn is_body(row: &[Piece]) -> bool {
    let texts: Vec<&str> = filled(row).map(|piece| piece.text.as_str()).collect();
    texts.iter().any(|text| kind(text) == Kind::Number) && !numbers_columns(&texts)
}

/// Several cells, and all blanks behind them: what was merged there is lost.
fn is_packed(row: &[Piece], width: usize) -> bool {
    let cells = filled(row).count();
    (2..width).contains(&cells) && row[..cells].iter().all(|piece| !piece.text.is_empty())
}

/// `|---|:-:|`, and the lines of drawn boxes.
fn is_rule(line: &str) -> bool {
    let is_stroke = |c: char| matches!(c, '-' | '=' | ':' | '+') || ('\u{2500}'..='\u{257f}').contains(&c);
    let mut parts = line.split(BARS).map(str::trim).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(|part| part.chars().count() > 1 && part.chars().all(is_stroke))
}

/// A line's cells, and how many bars end them. A bar before the first cell ends none.
fn cells_of(line: &str) -> Vec<&str> {
    let line = line.trim();
    let inner = line.strip_prefix(BARS).unwrap_or(line);
    let inner = inner.strip_suffix(BARS).unwrap_or(inner);
    inner.split(BARS).map(str::trim).collect()
}

/// A line is a row, or a row goes on until it has the bars of the longest line. `None` where rows end amid a line.
fn rows(page: &Page<'_>, lines: &[usize]) -> Option<Vec<Vec<Piece>>> {
    let pieces =
        |line: usize| cells_of(page.text(line)).into_iter().map(move |text| Piece { line, text: text.to_owned() });
    let is_ended = |line: &&usize| {
        let text = page.text(**line).trim();
        text.ends_with(BARS) && !text.starts_with(BARS)
    };
    if !lines.iter().all(|line| is_ended(&line)) {
        let mut rows: Vec<Vec<Piece>> = lines.iter().map(|line| pieces(*line).collect()).collect();
        rows.retain(|row| filled(row).next().is_some());
        return Some(rows);
    }
    let bars = lines.iter().map(|line| pieces(*line).count()).max()?;
    if bars < 2 {
        return None;
    }
    let mut rows = Vec::new();
    let mut row: Vec<Piece> = Vec::new();
    for line in lines {
        row.extend(pieces(*line));
        match row.len().cmp(&bars) {
            std::cmp::Ordering::Less => {}
            std::cmp::Ordering::Equal => rows.push(std::mem::take(&mut row)),
            std::cmp::Ordering::Greater => return None,
        }
    }
    row.is_empty().then_some(rows)
}

#[cfg(test)]
mod tests {
    use crate::decode::Document;
    use crate::decode::text::plain::document_of;

    fn cells(document: &Document) -> Vec<(String, String)> {
        document.grids[0].cells.iter().map(|cell| (cell.at.to_string(), cell.value.printed())).collect()
    }

    #[test]
    fn rows_of_markdown_keep_their_blanks() {
        let document = document_of("前文\n\n| 项目 | | 金额 |\n|---|---|---:|\n| 甲 | 1 | 2.00 |\n\n后文", "utf-8");
        assert_eq!(document.grids[0].packed_rows, 0);
        assert_eq!(cells(&document)[1], ("C1".to_owned(), "金额".to_owned()));
        assert_eq!(cells(&document)[4], ("C2".to_owned(), "2.00".to_owned()));
        assert!(document.lines[0].cell.is_none() && document.lines[6].cell.is_none());
    }

    #[test]
    fn a_row_ends_with_the_bars_of_the_longest_line() {
        let document = document_of("某表 | ||\n项目 |\n金额 | |\n甲 |\n2.00 | |\n乙 |\n3.00 | |", "utf-8");
        assert_eq!((document.grids[0].rows, document.grids[0].columns), (4, 2));
        assert_eq!(cells(&document)[4], ("B3".to_owned(), "2.00".to_owned()));
    }

    #[test]
    fn a_note_below_the_table_stays_text() {
        let document =
            document_of("项目 | 决算数 |\n甲 | 2.00 |\n乙 | 3.00 |\n注：一、口径同上年。二、不含乙。 |", "utf-8");
        assert_eq!((document.grids[0].rows, document.grids[0].columns), (3, 2));
        assert!(document.lines[3].cell.is_none());
    }

    #[test]
    fn headers_that_lost_their_merges_are_packed() {
        let document = document_of("项目 | 金额 | 增减 | |\n数 | 率 | ||\n甲 | 1.00 | 0.50 | 2% |", "utf-8");
        assert_eq!(document.grids[0].packed_rows, 2);
    }

    #[test]
    fn a_total_over_two_columns_stands_where_its_numbers_do() {
        let text =
            "编码 | 名称 | 合计 | 其中 |\n合计 | 3.00 | 1.00 | |\n201 | 甲 | 3.00 | 1.00 |\n20101 | 乙 | 3.00 | 1.00 |";
        let cells = cells(&document_of(text, "utf-8"));
        assert!(cells.contains(&("B2".to_owned(), "合计".to_owned())), "{cells:?}");
        assert!(cells.contains(&("C2".to_owned(), "3.00".to_owned())), "{cells:?}");
    }

    #[test]
    fn menus_and_articles_between_bars_are_no_table() {
        let article = format!("首页 | 公开 | 决算\n | {}\n", "本年支出12.00万元，".repeat(20));
        for text in ["首页 | 政务公开 | 决算\n正文", &article, "| \n |  | \n | 本年支出合计12.00万元。"]
        {
            assert!(document_of(text, "utf-8").grids.is_empty(), "{text}");
        }
    }
}

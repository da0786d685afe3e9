//! Tables of which only the order of the cells is left: a cell a line, or a whole sheet in one line.
//!
//! The rows are the last run of one pattern of texts and numbers; what stands before them is the header, of which not
//! even the rows are known. Where a blank cell is missing the pattern breaks, and nothing is placed by guess.

use super::drawn::{Drawn, Page, Piece, is_of_sentences};
use super::placing::{Kind, is_exact, kind};
use crate::vocabulary::{Finding, Place, Severity, compatible};

/// Columns at most; wide forms of one row have about twelve.
const MOST_COLUMNS: usize = 24;

/// Longer lines are no cells.
const LONGEST_LABEL: usize = 40;

/// A whole sheet in one line.
pub fn find_in_one_line(page: &mut Page<'_>) {
    for line in 0..page.lines.len() {
        let text = page.text(line);
        if is_of_sentences(text) || text.split_whitespace().nth(7).is_none() {
            continue;
        }
        let pieces: Vec<Piece> = text.split_whitespace().map(|text| Piece { line, text: text.to_owned() }).collect();
        let exact = pieces.iter().filter(|piece| is_exact(&piece.text)).count();
        let is_prose = pieces.iter().any(|piece| piece.text.chars().count() > LONGEST_LABEL);
        if exact < 3 || is_prose {
            continue;
        }
        match table(&pieces) {
            Some(table) => page.take(table),
            None if pieces.len() >= 12 => page.findings.push(without_rows(page.lines[line].number)),
            None => {}
        }
    }
}

fn without_rows(line: u32) -> Finding {
    Finding::extraction(
        "decode.table_without_rows",
        Severity::Warning,
        Place::Line { line },
        "a table is printed in one line, and where its rows end cannot be told: a cell may be blank".to_owned(),
        "save the table as .xlsx or .html; what the line says in sentences is read all the same".to_owned(),
    )
}

/// A cell a line, with or without blank lines between.
pub fn find_a_cell_a_line(page: &mut Page<'_>) {
    let mut at = 0;
    while at < page.lines.len() {
        let end = (at..page.lines.len())
            .find(|line| page.taken[*line] || !(page.is_blank(*line) || is_cell(page.text(*line))))
            .unwrap_or(page.lines.len());
        let pieces: Vec<Piece> = (at..end)
            .filter(|line| !page.is_blank(*line))
            .map(|line| Piece { line, text: bare(page.text(line)).to_owned() })
            .collect();
        let exact = pieces.iter().filter(|piece| is_exact(&piece.text)).count();
        if exact >= 2
            && let Some(table) = table(of_the_table(&pieces))
        {
            page.take(table);
        }
        at = end + 1;
    }
}

fn bare(line: &str) -> &str {
    line.trim().trim_end_matches(['|', '｜']).trim_end()
}

fn is_cell(line: &str) -> bool {
    let text = bare(line);
    !text.is_empty() && text.chars().count() <= LONGEST_LABEL && !is_of_sentences(text) && !text.contains('\t')
}

/// Without the lines above that are no header: those with a year or a colon, and numbered headings.
fn of_the_table(pieces: &[Piece]) -> &[Piece] {
    let first = pieces.iter().position(|piece| kind(&piece.text) == Kind::Number).unwrap_or(pieces.len());
    let is_heading = |piece: &Piece| {
        let text = &piece.text;
        text.contains(|c: char| matches!(c, '0'..='9' | '０'..='９' | ':' | '：'))
            || text.starts_with(['（', '('])
            || text.chars().take(4).any(|c| c == '、')
    };
    // The last text before the first number may be the label of its row, numbered or not.
    let above = &pieces[..first.saturating_sub(1)];
    &pieces[above.iter().rposition(is_heading).map_or(0, |at| at + 1)..]
}

fn table(pieces: &[Piece]) -> Option<Drawn> {
    let kinds: Vec<Kind> = pieces.iter().map(|piece| kind(&piece.text)).collect();
    let end = kinds.iter().rposition(|kind| *kind == Kind::Number)? + 1;
    let (pieces, kinds) = (&pieces[..end], &kinds[..end]);
    let (start, width) = one_row_of_numbers(kinds).or_else(|| rows_of_labels(pieces, kinds))?;
    let is_lost = pieces[..start].iter().any(|piece| is_exact(&piece.text));
    if is_lost || !pieces[start..].iter().any(|piece| is_exact(&piece.text)) {
        return None;
    }
    let header = pieces[..start].iter().map(|piece| vec![(0, piece.clone())]);
    let body = pieces[start..].chunks(width).map(|row| row.iter().cloned().enumerate().collect());
    Some(Drawn { rows: header.chain(body).collect(), packed: start })
}

/// Labels, then numbers only: one row. Where it begins, and how wide it is.
fn one_row_of_numbers(kinds: &[Kind]) -> Option<(usize, usize)> {
    let start = kinds.iter().position(|kind| *kind == Kind::Number)?;
    let width = kinds.len() - start;
    let is_row = (3..=MOST_COLUMNS).contains(&width) && start >= width && !kinds[start..].contains(&Kind::Text);
    is_row.then_some((start, width))
}

/// Rows that begin with a label. Where they begin, and how wide they are.
fn rows_of_labels(pieces: &[Piece], kinds: &[Kind]) -> Option<(usize, usize)> {
    let (start, period) = last_pattern(kinds)?;
    let rows = (pieces.len() - start) / period;
    let labels: Vec<&str> = pieces[..start].iter().map(|piece| piece.text.as_str()).collect();
    match lists_side_by_side(&labels, period).filter(|lists| rows.is_multiple_of(*lists)) {
        None if is_rising(pieces, start, period, 1) != Some(false) => Some((start, period)),
        Some(lists) if is_rising(pieces, start, period, lists) == Some(true) => Some((start, period * lists)),
        _ => None,
    }
}

/// Start and length of the pattern of texts and numbers that the last cells repeat.
fn last_pattern(kinds: &[Kind]) -> Option<(usize, usize)> {
    let runs = (2..=MOST_COLUMNS.min(kinds.len() / 2)).filter_map(|period| {
        let pattern = &kinds[kinds.len() - period..];
        let rows = kinds.rchunks_exact(period).take_while(|row| *row == pattern).count();
        let begins_with_label = pattern[0] == Kind::Text || pattern[1] == Kind::Text;
        (rows > 1 && begins_with_label).then_some((kinds.len() - rows * period, period))
    });
    runs.filter(|(start, _)| *start > 1).min()
}

/// How many times the header's last labels repeat, before the numbers of the columns (栏次 1 栏次 2) and their word.
fn lists_side_by_side(header: &[&str], period: usize) -> Option<usize> {
    let end = header.iter().position(|label| kind(label) == Kind::Number).unwrap_or(header.len());
    let times = |labels: &[&str]| {
        let last = labels.rchunks_exact(period).next()?;
        Some(labels.rchunks_exact(period).take_while(|group| *group == last).count())
    };
    let with_word = if end < header.len() { times(&header[..end.saturating_sub(1)]) } else { None };
    [times(&header[..end]), with_word].into_iter().flatten().max().filter(|times| *times > 1)
}

/// Whether the row numbers after the labels rise down each list, and from list to list. `None` without row numbers.
fn is_rising(pieces: &[Piece], start: usize, period: usize, lists: usize) -> Option<bool> {
    let cells: Vec<&Piece> = pieces[start..].chunks(period).filter_map(|row| row.get(1)).collect();
    let numbers: Option<Vec<u32>> = cells.iter().map(|piece| compatible(&piece.text).parse().ok()).collect();
    let numbers = numbers?;
    let in_order: Vec<u32> = (0..lists).flat_map(|list| numbers.iter().skip(list).step_by(lists).copied()).collect();
    Some(in_order.windows(2).all(|pair| pair[0] < pair[1]))
}

#[cfg(test)]
mod tests {
    use crate::decode::Document;
    use crate::decode::text::plain::document_of;

    fn shape(document: &Document) -> Vec<(u32, u32, u32)> {
        document.grids.iter().map(|grid| (grid.packed_rows, grid.rows, grid.columns)).collect()
    }

    #[test]
    fn a_sheet_in_one_line_has_rows_by_its_pattern() {
        let document = document_of("项目 行次 金额 项目 行次 金额 甲 1 2.00 乙 31 3.00 丙 2 4.00 丁 32 5.00", "utf-8");
        assert_eq!(shape(&document), [(6, 8, 6)]);
        assert!(document.findings.is_empty());
    }

    #[test]
    fn a_blank_cell_breaks_the_pattern_and_is_said() {
        let document = document_of("项目 行次 金额 项目 行次 金额 甲 1 2.00 乙 31 3.00 丁 32 5.00 丙 2 4.00", "utf-8");
        assert_eq!((shape(&document), document.findings.len()), (vec![], 1), "row numbers fall");
        let document = document_of("项目 上年 本年 甲 1.00 2.00 乙 3.00 丙 4.00 5.00 丁 6.00 7.00", "utf-8");
        assert_eq!((shape(&document), document.findings.len()), (vec![], 1));
    }

    #[test]
    fn numbers_under_labels_a_cell_a_line_are_one_row() {
        let text = "2021年某表\n\n甲\n\n乙\n\n数\n\n率\n\n数\n\n率\n\n1.00\n\n2.00\n\n3.00\n\n4.00\n\n后文。";
        let document = document_of(text, "utf-8");
        assert_eq!(shape(&document), [(6, 7, 4)]);
        assert!(document.lines[0].cell.is_none() && document.lines[22].cell.is_none());
    }

    #[test]
    fn prose_and_lists_stay_text() {
        let texts = [
            "2021年 本年支出合计12.00万元，其中 基本支出 8.00 万元，项目支出 4.00 万元，占 33.33%",
            "一、部门概况\n二、决算说明\n三、名词解释\n（一）收入\n（二）支出",
            "公务接待费 1.20万元 公务用车运行费 3.40万元 因公出国费 0.00万元 合计 4.60万元",
            "第一部分\n12\n第二部分\n34",
        ];
        for text in texts {
            let document = document_of(text, "utf-8");
            assert!(document.grids.is_empty() && document.findings.is_empty(), "{text}");
        }
    }
}

//! Tables whose columns are parted by blanks: a line of labels, and below it lines of a label and numbers.

use super::drawn::{Drawn, Page, Piece, is_of_sentences};
use super::placing::{Kind, is_exact, kind, settle};

/// Lines of the header at most.
const HEADER_LINES: usize = 4;

/// Longer texts are no labels of columns.
const LONGEST_LABEL: usize = 20;

pub fn find(page: &mut Page<'_>) {
    let mut at = 0;
    while at < page.lines.len() {
        let end = page.run(at, is_row);
        if end >= at + 2
            && let Some(header) = header_above(page, at)
        {
            let rows: Vec<Vec<Piece>> = (at..end).map(|line| row_of(page, line)).collect();
            let width = rows.iter().map(Vec::len).max().unwrap_or(0);
            let lowest = header.last().map_or(0, Vec::len);
            if lowest <= width && rows.iter().flatten().any(|piece| is_exact(&piece.text)) {
                let is_packed = header.iter().any(|row| row.len() < width);
                let packed = if is_packed { header.len() } else { 0 };
                let (body, findings) = settle(rows, width, page.lines);
                let header = header.into_iter().map(|row| row.into_iter().enumerate().collect());
                page.take(Drawn { rows: header.chain(body).collect(), packed });
                page.findings.extend(findings);
            }
        }
        at = end.max(at + 1);
    }
}

/// A label, then numbers.
fn is_row(line: &str) -> bool {
    let cells = cells_of(line);
    let numbers = cells.iter().filter(|cell| kind(cell) == Kind::Number).count();
    !is_of_sentences(line)
        && (2..=30).contains(&cells.len())
        && (1..cells.len()).contains(&numbers)
        && cells.last().is_some_and(|cell| kind(cell) == Kind::Number)
        && cells.iter().all(|cell| cell.chars().count() <= 2 * LONGEST_LABEL)
}

/// Words that follow each other are one label.
fn cells_of(line: &str) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    for word in line.split_whitespace() {
        match cells.last_mut() {
            Some(label) if kind(word) == Kind::Text && kind(label) == Kind::Text => label.push_str(word),
            _ => cells.push(word.to_owned()),
        }
    }
    cells
}

fn row_of(page: &Page<'_>, line: usize) -> Vec<Piece> {
    cells_of(page.text(line)).into_iter().map(|text| Piece { line, text }).collect()
}

/// The lines of several labels right above the rows.
fn header_above(page: &Page<'_>, body: usize) -> Option<Vec<Vec<Piece>>> {
    let is_label =
        |word: &str| word.chars().count() <= LONGEST_LABEL && kind(word) == Kind::Text && !word.contains([':', '：']);
    let labels = |line: usize| -> Vec<Piece> {
        page.text(line).split_whitespace().map(|text| Piece { line, text: text.to_owned() }).collect()
    };
    let is_header = |row: &Vec<Piece>| {
        row.len() > 1 && row.iter().all(|piece| is_label(&piece.text) && !is_of_sentences(&piece.text))
    };
    let mut rows: Vec<Vec<Piece>> = (0..body).rev().take(HEADER_LINES).map(labels).take_while(is_header).collect();
    rows.reverse();
    (!rows.is_empty()).then_some(rows)
}

#[cfg(test)]
mod tests {
    use crate::decode::text::plain::document_of;

    #[test]
    fn labels_and_numbers_below_labels_are_a_table() {
        let document = document_of("说明。\n项目  上年数  本年数\n合计  3.00 4.00\n甲 费  1.00 2.00\n后文。", "utf-8");
        let grid = &document.grids[0];
        assert_eq!((grid.rows, grid.columns, grid.packed_rows), (3, 3, 0));
        assert!(grid.cells.iter().any(|cell| cell.value.printed() == "甲费"));
        assert!(document.lines[0].cell.is_none() && document.lines[4].cell.is_none());
    }

    #[test]
    fn a_row_that_fits_in_two_places_is_said_and_not_read() {
        let document = document_of("项目 上年数 本年数\n合计 3.00 4.00\n甲 1.00\n乙 5.00 6.00", "utf-8");
        assert_eq!(document.findings.len(), 1);
        assert!(document.grids[0].cells.iter().all(|cell| cell.value.printed() != "1.00"));
    }

    #[test]
    fn lists_without_a_header_and_sentences_stay_text() {
        for text in ["1.公务接待费 1.20\n2.公务用车费 3.40", "情况 如下\n支出 12.00 万元\n收入 13.00 万元。"]
        {
            assert!(document_of(text, "utf-8").grids.is_empty(), "{text}");
        }
    }
}

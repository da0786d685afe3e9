//! Cells one a line, each with a bar behind it. A bar alone in its line is a blank cell, or opens each row.

use super::drawn::{BARS, Drawn, Page, Piece};
use super::placing::{Kind, kind};

/// Columns at most, where rows must be told by what stands in them.
const MOST_COLUMNS: usize = 24;

/// `None` where these lines hold several cells, or their rows can be told in no way, or in several.
pub fn table(page: &Page<'_>, start: usize, end: usize) -> Option<Drawn> {
    let cell = |line: usize| {
        let text = page.text(line).trim().strip_suffix(BARS)?.trim_end();
        (!text.contains(BARS)).then(|| Piece { line, text: text.to_owned() })
    };
    let cells: Vec<Piece> = (start..end).map(cell).collect::<Option<_>>()?;
    let is_alone = |piece: &Piece| piece.text.is_empty();
    let is_opened = cells.first().is_some_and(is_alone);
    if !cells.iter().any(is_alone) {
        return None;
    }
    let rows = if is_opened { opened_rows(&cells)? } else { rows_with_blanks(&cells)? };
    Some(Drawn { rows, packed: 0 })
}

/// Rows of equal length, each behind a bar of its own.
fn opened_rows(cells: &[Piece]) -> Option<Vec<Vec<(usize, Piece)>>> {
    let rows: Vec<&[Piece]> = cells.chunk_by(|_, next| !next.text.is_empty()).collect();
    let width = rows.first()?.len() - 1;
    let is_table = width > 1 && is_headed(rows.iter().map(|row| &row[1..]), width);
    let placed = |row: &&[Piece]| {
        // The bar belongs to the row, and to no column.
        let (bar, cells) = row.split_first()?;
        Some(std::iter::once((0, bar.clone())).chain(cells.iter().cloned().enumerate()).collect())
    };
    if is_table { rows.iter().map(placed).collect() } else { None }
}

/// Rows of the one length at which each begins with its label, below labels alone.
fn rows_with_blanks(cells: &[Piece]) -> Option<Vec<Vec<(usize, Piece)>>> {
    let mut widths = (2..=MOST_COLUMNS).filter(|width| is_headed(cells.chunks(*width), *width));
    let width = widths.next().filter(|_| widths.next().is_none())?;
    Some(cells.chunks(width).map(|row| row.iter().cloned().enumerate().collect()).collect())
}

/// A row of labels, and below it at least two rows of a label and numbers or blanks. The last one may be its label alone.
fn is_headed<'p>(rows: impl Iterator<Item = &'p [Piece]>, width: usize) -> bool {
    let rows: Vec<&[Piece]> = rows.collect();
    let is_label = |piece: &Piece| !piece.text.is_empty() && kind(&piece.text) == Kind::Text;
    let is_number = |piece: &Piece| kind(&piece.text) == Kind::Number;
    let Some((header, body)) = rows.split_first().filter(|(header, _)| header.len() == width) else { return false };
    let is_row = |(at, row): (usize, &&[Piece])| {
        let is_whole = row.len() == width || at + 1 == body.len() && row.len() == 1;
        let rest = row.get(1..).unwrap_or_default();
        is_whole && is_label(&row[0]) && rest.iter().all(|piece| piece.text.is_empty() || is_number(piece))
    };
    body.len() > 1
        && header.iter().all(is_label)
        && body.iter().enumerate().all(is_row)
        && body.iter().filter(|row| row.iter().any(is_number)).count() > 1
}

#[cfg(test)]
mod tests {
    use crate::decode::Document;
    use crate::decode::text::plain::document_of;

    fn cells(document: &Document) -> Vec<(String, String)> {
        document
            .grids
            .iter()
            .flat_map(|grid| &grid.cells)
            .map(|cell| (cell.at.to_string(), cell.value.printed()))
            .collect()
    }

    #[test]
    fn a_bar_alone_opens_each_row() {
        let document = document_of(
            "某表\n|\n项 目 |\n预算数 |\n决算数 |\n|\n合计 |\n24 |\n16.5 |\n|\n甲 |\n0 |\n0.5 |\n后文。",
            "utf-8",
        );
        let cells = cells(&document);
        assert_eq!(cells.len(), 9, "{cells:?}");
        assert_eq!((&*cells[5].0, &*cells[5].1), ("C2", "16.5"));
        assert!(document.lines[0].cell.is_none() && document.lines[1].cell.is_some());
    }

    #[test]
    fn a_bar_alone_is_a_blank_cell() {
        let text = "项目 |\n预算数 |\n决算数 |\n合计 |\n4.9 |\n0.69 |\n甲 |\n2 |\n|\n乙 |\n|\n0.69 |\n丙 |";
        let cells = cells(&document_of(text, "utf-8"));
        assert_eq!((&*cells[7].0, &*cells[7].1), ("B3", "2"));
        assert_eq!((&*cells[9].0, &*cells[9].1), ("C4", "0.69"));
        assert_eq!((&*cells[10].0, &*cells[10].1), ("A5", "丙"));
    }

    #[test]
    fn rows_that_can_be_told_in_no_way_stay_text() {
        for text in [
            // A blank cell was lost.
            "项目 |\n预算数 |\n决算数 |\n合计 |\n4.9 |\n0.69 |\n甲 |\n2 |\n乙 |\n|\n0.69 |",
            "|\n项目 |\n决算数 |\n|\n合计 |\n4.9 |\n|\n甲 |\n2 |\n3 |",
            "|\n首页 |\n|\n公开 |\n|\n决算 |",
        ] {
            assert!(document_of(text, "utf-8").grids.is_empty(), "{text}");
        }
    }
}

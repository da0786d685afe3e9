//! Tables that a text export left as tabs: one row a line with tabs between the cells, or one cell a line behind a tab
//! with blank lines between the rows.

use super::drawn::{Drawn, LONGEST_CELL, Page, Piece};

pub fn find(page: &mut Page<'_>) {
    let mut at = 0;
    while at < page.lines.len() {
        let end = page.run(at, |line| cells_of(line).len() > 1);
        if end >= at + 2 {
            let row =
                |line: usize| cells_of(page.text(line)).into_iter().map(move |text| Piece { line, text }).enumerate();
            let rows = (at..end).map(|line| row(line).collect()).collect();
            page.take(Drawn { rows, packed: 0 });
            at = end;
            continue;
        }
        let end = run_of_single_cells(page, at);
        if end > at
            && let Some(table) = one_cell_a_line(page, at, end)
        {
            page.take(table);
            at = end;
            continue;
        }
        at += 1;
    }
}

/// The trimmed cells of a line with tabs inside.
fn cells_of(line: &str) -> Vec<String> {
    let is_row = line.trim().contains('\t') && line.split('\t').all(|cell| cell.chars().count() <= LONGEST_CELL);
    if is_row { line.split('\t').map(|cell| cell.trim().to_owned()).collect() } else { Vec::new() }
}

fn run_of_single_cells(page: &Page<'_>, start: usize) -> usize {
    let is_cell =
        |line: &str| line.starts_with('\t') && !line.trim().is_empty() && line.trim().chars().count() <= LONGEST_CELL;
    if !is_cell(page.text(start)) {
        return start;
    }
    let end = page.run(start, |line| is_cell(line) || line.trim().is_empty());
    (start..end).rfind(|line| is_cell(page.text(*line))).map_or(start, |last| last + 1)
}

/// Rows are the groups between blank lines. Only a run of groups of one size is a table.
fn one_cell_a_line(page: &Page<'_>, start: usize, end: usize) -> Option<Drawn> {
    let lines: Vec<usize> = (start..end).collect();
    let groups: Vec<&[usize]> = lines.split(|line| page.is_blank(*line)).filter(|group| !group.is_empty()).collect();
    let mut sizes: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    sizes.sort_unstable();
    let usual = sizes[sizes.len() / 2];
    let alike = sizes.iter().filter(|size| **size == usual).count();
    if usual < 3 || groups.len() < 2 || alike * 4 < groups.len() * 3 {
        return None;
    }
    let piece = |line: &usize| Piece { line: *line, text: page.text(*line).trim().to_owned() };
    let rows = groups.iter().map(|group| group.iter().map(piece).enumerate().collect()).collect();
    Some(Drawn { rows, packed: 0 })
}

#[cfg(test)]
mod tests {
    use crate::decode::limits::Limits;
    use crate::decode::text::plain::decode_text;
    use crate::vocabulary::CellReference;

    #[test]
    fn tabs_between_cells_make_rows() {
        let document =
            decode_text("前文\n序号\t单位名称\n1\t甲局\n2\t乙中心\n后文\n".as_bytes(), &Limits::default()).unwrap();
        assert_eq!(document.grids.len(), 1);
        assert_eq!((document.grids[0].rows, document.grids[0].columns), (3, 2));
        assert!(document.lines[0].cell.is_none() && document.lines[4].cell.is_none());
        assert_eq!(document.lines[2].cell.map(|cell| cell.at.row), Some(1));
    }

    #[test]
    fn cells_on_lines_of_their_own_make_rows_between_blank_lines() {
        let text = "表\n\t序号\n\t指标\n\t值\n\n\t1\n\t覆盖率\n\t95%\n\n\t2\n\t次数\n\t3\n\n后文\n";
        let document = decode_text(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!((document.grids[0].rows, document.grids[0].columns), (3, 3));
        assert_eq!(document.lines[7].cell.map(|cell| cell.at), Some(CellReference::new(1, 2)));
    }

    #[test]
    fn indented_paragraphs_are_no_table() {
        let text = "\t第一段说明。\n\t第二段说明。\n\n\t第三段说明。\n";
        let document = decode_text(text.as_bytes(), &Limits::default()).unwrap();
        assert!(document.grids.is_empty());
    }
}

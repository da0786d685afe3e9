//! Tables inside the cells of others, in Word documents of every form. A table around other tables, or of one column, lays
//! a page out: what stands in it is read as ordinary lines, as on a web page.

use crate::decode::document::{Document, Line, TableCell};
use crate::vocabulary::Place;

/// Which table stands in which.
#[derive(Debug, Default)]
pub struct Nesting {
    /// For each table, in the order in which they open: the table around it.
    around: Vec<Option<usize>>,
    /// Tables whose text is that of a cell around them.
    folded: Vec<usize>,
}

impl Nesting {
    /// The next table opens, inside of another or not.
    pub fn open(&mut self, around: Option<usize>) {
        self.around.push(around);
    }

    /// A table of one row in a cell only sets the text of that cell: its lines are the cell's.
    pub fn fold(&mut self, lines: &mut [Line], inner: usize, outer: TableCell, text: &mut String) {
        self.folded.push(inner);
        for line in lines.iter_mut().filter(|line| line.cell.is_some_and(|cell| cell.grid == inner)) {
            line.cell = Some(outer);
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&line.text);
        }
    }

    /// Takes the tables out of the document that lay a page out; the others keep their order.
    pub fn settle(self, document: &mut Document) {
        let mut is_layout: Vec<bool> = document.grids.iter().map(|grid| grid.columns < 2).collect();
        for inner in (0..document.grids.len()).filter(|grid| !self.folded.contains(grid)) {
            let mut at = inner;
            while let Some(around) = self.around.get(at).copied().flatten() {
                if let Some(layout) = is_layout.get_mut(around) {
                    *layout = true;
                }
                at = around;
            }
        }
        for folded in &self.folded {
            if let Some(layout) = is_layout.get_mut(*folded) {
                *layout = true;
            }
        }
        let mut kept = 0;
        let places: Vec<Option<usize>> = is_layout
            .iter()
            .map(|is_layout| {
                kept += usize::from(!is_layout);
                (!is_layout).then(|| kept - 1)
            })
            .collect();
        for line in &mut document.lines {
            line.cell = line.cell.and_then(|cell| Some(TableCell { grid: places.get(cell.grid).copied()??, ..cell }));
        }
        let mut at = 0;
        document.grids.retain(|_| {
            at += 1;
            !is_layout[at - 1]
        });
        for (at, grid) in document.grids.iter_mut().enumerate() {
            let name = format!("table {}", at + 1);
            for finding in &mut document.findings {
                if let Place::Sheet { sheet } | Place::Cell { sheet, .. } = &mut finding.place
                    && *sheet == grid.sheet
                {
                    sheet.clone_from(&name);
                }
            }
            (grid.sheet, grid.sheet_number) = (name, at as u32 + 1);
        }
    }
}

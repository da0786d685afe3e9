//! Stretches of a table that may stand one line beside their labels, and the facts with one of them moved back.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::reconcile::facts::disclosure::DisclosureFacts;
use crate::reconcile::facts::operands::FigureFact;
use crate::vocabulary::{CellReference, Place};

/// Possible stretches for one that left a gap behind.
const POSSIBLE_A_FOUND: usize = 100;

/// Document, sheet, row and column; rows and columns from 1.
pub type Cell = (usize, u32, u32, u32);

/// Where values stand, seen from their labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    Lower,
    Higher,
    Right,
    Left,
}

/// Rows and columns of one sheet whose values stand one line off.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    sheet: (usize, u32),
    first: (u32, u32),
    last: (u32, u32),
    way: Way,
}

impl Stretch {
    pub fn document(&self) -> usize {
        self.sheet.0
    }

    pub fn way(&self) -> Way {
        self.way
    }

    fn rows(&self) -> RangeInclusive<u32> {
        self.first.0..=self.last.0
    }

    fn columns(&self) -> RangeInclusive<u32> {
        self.first.1..=self.last.1
    }

    pub fn holds(&self, (document, sheet, row, column): Cell) -> bool {
        self.sheet == (document, sheet) && self.rows().contains(&row) && self.columns().contains(&column)
    }

    pub fn all_cells(&self) -> impl Iterator<Item = Cell> + '_ {
        self.rows().flat_map(move |row| self.columns().map(move |column| (self.sheet.0, self.sheet.1, row, column)))
    }

    /// The cell in which the value of this one stands; `None` where it was lost.
    pub fn own_value_of(&self, (document, sheet, row, column): Cell) -> Option<Cell> {
        let (row, column) = match self.way {
            Way::Lower => (row + 1, column),
            Way::Higher => (row.checked_sub(1)?, column),
            Way::Right => (row, column + 1),
            Way::Left => (row, column.checked_sub(1)?),
        };
        let cell = (document, sheet, row, column);
        self.holds(cell).then_some(cell)
    }

    /// The cell beside whose label the value of this one belongs; `None` outside the stretch.
    fn belongs_in(&self, (document, sheet, row, column): Cell) -> Option<Cell> {
        let (row, column) = match self.way {
            Way::Lower => (row.checked_sub(1)?, column),
            Way::Higher => (row + 1, column),
            Way::Right => (row, column.checked_sub(1)?),
            Way::Left => (row, column + 1),
        };
        let cell = (document, sheet, row, column);
        self.holds(cell).then_some(cell)
    }

    fn corner(&self, (row, column): (u32, u32)) -> CellReference {
        CellReference::new(row.saturating_sub(1), column.saturating_sub(1))
    }

    pub fn cells(&self) -> String {
        format!("{}:{}", self.corner(self.first), self.corner(self.last))
    }

    pub fn place(&self, facts: &DisclosureFacts) -> Place {
        let named = facts.figures.iter().find(|figure| (figure.document, figure.sheet_number) == self.sheet);
        let sheet = named.map_or_else(String::new, |figure| figure.sheet.to_string());
        Place::Cell { sheet, cell: self.corner(self.first) }
    }

    /// The facts with every value of the stretch beside its own label; `None` where fewer than two different values move.
    pub fn moved_back(&self, facts: &DisclosureFacts) -> Option<DisclosureFacts> {
        let labels = Labels::of(facts, self.sheet);
        let mut moved = facts.clone();
        moved.figures.clear();
        let mut values = BTreeSet::new();
        for figure in &facts.figures {
            let cell = cell(figure);
            if !self.holds(cell) {
                moved.figures.push(figure.clone());
                continue;
            }
            // What stands where nothing of the stretch belongs was left over.
            let Some(own) = self.belongs_in(cell).and_then(|own| labels.beside(figure, own)) else { continue };
            if !figure.value.is_zero() {
                values.insert(figure.value);
            }
            moved.figures.push(own);
        }
        (values.len() > 1).then_some(moved)
    }
}

fn cell(figure: &FigureFact) -> Cell {
    (figure.document, figure.sheet_number, figure.row_number, figure.column_number)
}

/// What names rows and columns of one sheet.
struct Labels<'a> {
    rows: BTreeMap<(u32, &'a str), &'a FigureFact>,
    columns: BTreeMap<u32, &'a FigureFact>,
}

impl<'a> Labels<'a> {
    fn of(facts: &'a DisclosureFacts, sheet: (usize, u32)) -> Self {
        let mut found = Self { rows: BTreeMap::new(), columns: BTreeMap::new() };
        for figure in facts.figures.iter().filter(|figure| (figure.document, figure.sheet_number) == sheet) {
            found.rows.entry((figure.row_number, figure.side.as_str())).or_insert(figure);
            found.columns.entry(figure.column_number).or_insert(figure);
        }
        found
    }

    /// The value as it were printed in another cell; `None` where nothing names that row or column.
    fn beside(&self, figure: &FigureFact, (_, _, row, column): Cell) -> Option<FigureFact> {
        let named = self.rows.get(&(row, figure.side.as_str()))?;
        let headed = self.columns.get(&column)?;
        Some(FigureFact {
            row_number: row,
            column_number: column,
            cell: CellReference::new(row.saturating_sub(1), column.saturating_sub(1)).to_string().into(),
            row_role: named.row_role.clone(),
            line: named.line.clone(),
            function_code: named.function_code.clone(),
            economic_code: named.economic_code.clone(),
            row_label: named.row_label.clone(),
            row_name: named.row_name.clone(),
            parent_label: named.parent_label.clone(),
            component: headed.component.clone(),
            phase: headed.phase.clone(),
            fund: headed.fund.clone(),
            flow: headed.flow.clone(),
            header_path: headed.header_path.clone(),
            ..figure.clone()
        })
    }
}

/// The printed cells of one sheet.
#[derive(Default)]
pub struct Sheet {
    at: (usize, u32),
    /// By row and column; positions in `DisclosureFacts::figures`.
    figures: BTreeMap<(u32, u32), usize>,
    /// Those that are not zero.
    filled: BTreeSet<(u32, u32)>,
    /// Columns of each side of a list.
    sides: BTreeMap<String, BTreeSet<u32>>,
}

/// The sheets of a disclosure that have figures.
pub fn sheets(facts: &DisclosureFacts) -> BTreeMap<(usize, u32), Sheet> {
    let mut sheets: BTreeMap<(usize, u32), Sheet> = BTreeMap::new();
    for (at, figure) in facts.figures.iter().enumerate() {
        let sheet = sheets.entry((figure.document, figure.sheet_number)).or_default();
        let place = (figure.row_number, figure.column_number);
        sheet.at = (figure.document, figure.sheet_number);
        sheet.figures.insert(place, at);
        sheet.sides.entry(figure.side.to_string()).or_default().insert(figure.column_number);
        if !figure.value.is_zero() {
            sheet.filled.insert(place);
        }
    }
    sheets
}

impl Sheet {
    pub fn first(&self) -> Cell {
        (self.at.0, self.at.1, 0, 0)
    }

    pub fn last(&self) -> Cell {
        (self.at.0, self.at.1, u32::MAX, u32::MAX)
    }

    pub fn figure_at(&self, (_, _, row, column): Cell) -> Option<usize> {
        self.figures.get(&(row, column)).copied()
    }

    /// Every stretch that broken identities reach from end to end and whose values left a gap behind; `None` where more than
    /// `most` do, or so many are possible that looking at each would take the memory of the machine.
    pub fn stretches(&self, broken: &BTreeSet<Cell>, most: usize) -> Option<Vec<Stretch>> {
        let rows: BTreeSet<u32> = broken.iter().map(|(_, _, row, _)| *row).collect();
        let columns: usize = self.sides.values().map(BTreeSet::len).sum();
        if spans_of(rows.len()) * (columns + 1) + spans_of(columns) * (rows.len() + 1) > most * POSSIBLE_A_FOUND {
            return None;
        }
        let mut found = Vec::new();
        for columns in self.sides.values() {
            let (Some(left), Some(right)) = (columns.first(), columns.last()) else { continue };
            // One column alone, or all of them together; one row alone, or all of them together.
            let alone = columns.iter().map(|column| (*column, *column));
            for (from, to) in alone.chain((left < right).then_some((*left, *right))) {
                let reached: BTreeSet<u32> = broken
                    .iter()
                    .filter(|(_, _, _, column)| (from..=to).contains(column))
                    .map(|(_, _, row, _)| *row)
                    .collect();
                for (top, bottom) in spans(&reached) {
                    for way in [Way::Lower, Way::Higher] {
                        found.push(self.stretch((top, from), (bottom, to), way));
                    }
                }
            }
            let alone = rows.iter().map(|row| (*row, *row));
            let all = rows.first().zip(rows.last()).map(|(top, bottom)| (*top, *bottom));
            for (top, bottom) in alone.chain(all.filter(|(top, bottom)| top < bottom)) {
                for (from, to) in spans(columns) {
                    for way in [Way::Right, Way::Left] {
                        found.push(self.stretch((top, from), (bottom, to), way));
                    }
                }
            }
        }
        found.retain(|stretch| self.left_a_gap(stretch));
        (found.len() <= most).then_some(found)
    }

    fn stretch(&self, first: (u32, u32), last: (u32, u32), way: Way) -> Stretch {
        Stretch { sheet: self.at, first, last, way }
    }

    /// Where the first value of a shifted stretch should stand is nothing; where every column is shifted, the row that is left
    /// empty has no figure at all.
    fn left_a_gap(&self, stretch: &Stretch) -> bool {
        let (top, bottom) = (stretch.first.0, stretch.last.0);
        let (left, right) = (stretch.first.1, stretch.last.1);
        let is_gap = |row: u32, column: u32| !self.filled.contains(&(row, column));
        let is_left = match stretch.way {
            Way::Lower => stretch.columns().all(|column| is_gap(top, column)),
            Way::Higher => stretch.columns().all(|column| is_gap(bottom, column)),
            Way::Right => stretch.rows().all(|row| is_gap(row, left)),
            Way::Left => stretch.rows().all(|row| is_gap(row, right)),
        };
        let is_edge = match stretch.way {
            Way::Lower => left < right && self.figures.keys().next().is_some_and(|(first, _)| *first == top),
            Way::Higher => left < right && self.figures.keys().next_back().is_some_and(|(last, _)| *last == bottom),
            Way::Right | Way::Left => false,
        };
        is_left || is_edge
    }
}

/// How many pairs of a first and a last so many lines have.
fn spans_of(lines: usize) -> usize {
    lines.saturating_mul(lines.saturating_sub(1)) / 2
}

/// Every first and last of two or more lines.
fn spans(lines: &BTreeSet<u32>) -> Vec<(u32, u32)> {
    lines.iter().flat_map(|first| lines.range(first + 1..).map(move |last| (*first, *last))).collect()
}

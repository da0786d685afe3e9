//! A stretch of one table's numbers moved one line beside its labels.

use crate::disclosure::corpus::Disclosure;
use crate::random::Chance;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Lower,
    Higher,
    Right,
    Left,
}

impl Way {
    pub const ALL: [Way; 4] = [Way::Lower, Way::Higher, Way::Right, Way::Left];
}

/// Moves a column from some row on, or a row, of the table of expenditure; gives the cells that held it (`sheet!D8`).
/// `None` where no stretch of three numbers stands together.
pub fn shift_table(one: &mut Disclosure, way: Way, chance: &mut Chance) -> Option<Vec<String>> {
    let is_row = matches!(way, Way::Right | Way::Left);
    let truth = &one.rendered.truth;
    let line = |at: usize| {
        let letters = truth[at].cell.trim_end_matches(|c: char| c.is_ascii_digit());
        let row: u32 = truth[at].cell[letters.len()..].parse().unwrap_or_default();
        let column = letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
        if is_row { (row, column) } else { (column, row) }
    };
    let mut cells: Vec<((u32, u32), usize)> = (0..truth.len())
        .filter(|at| {
            truth[*at].table == "支出决算表" && truth[*at].value.bytes().any(|digit| (b'1'..=b'9').contains(&digit))
        })
        .map(|at| (line(at), at))
        .collect();
    cells.sort();
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut before = None;
    for ((along, across), at) in cells {
        if before != Some((along, across.wrapping_sub(1))) {
            runs.push(Vec::new());
        }
        before = Some((along, across));
        if let Some(run) = runs.last_mut() {
            run.push(at);
        }
    }
    runs.retain(|run| run.len() >= if is_row { 3 } else { 5 });
    let run = if runs.is_empty() { return None } else { chance.pick(&runs).clone() };
    // A column keeps its first rows: the total is worked out by the program it was written with.
    let run = if is_row { run } else { run[1 + chance.below(run.len() as u64 - 4) as usize..].to_vec() };
    let places = run.iter().map(|at| format!("{}!{}", truth[*at].sheet, truth[*at].cell)).collect();
    let mut values: Vec<String> = run.iter().map(|at| truth[*at].value.clone()).collect();
    let gap = match way {
        Way::Lower | Way::Right => {
            values.rotate_right(1);
            0
        }
        Way::Higher | Way::Left => {
            values.rotate_left(1);
            run.len() - 1
        }
    };
    for (at, value) in run.iter().zip(&values) {
        one.rendered.reprint(*at, value);
    }
    one.rendered.blank(run[gap]);
    Some(places)
}

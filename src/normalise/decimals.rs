//! How many decimals a column mostly shows, where its cells have no number format that says so: 1430.9 among numbers to
//! two decimals is 1430.90, among whole numbers and tenths it is just that.

use std::collections::HashMap;

use crate::decode::CellValue;
use crate::extract::table::RawFigure;

/// Numbers a column must hold to speak for itself; a shorter one goes by all numbers of its unit in the document.
const ENOUGH: usize = 5;

/// The share of numbers that must print so many decimals: one in four. Of numbers printed to two decimals nine in ten do.
const ONE_IN: usize = 4;

/// The usual decimals of one document's columns.
#[derive(Debug, Default)]
pub struct UsualDecimals {
    columns: HashMap<(u32, u32, String), Counts>,
    units: HashMap<String, Counts>,
}

/// How many numbers print 0, 1, 2 .. decimals.
type Counts = Vec<usize>;

impl UsualDecimals {
    pub fn of(figures: &[RawFigure]) -> Self {
        let mut usual = Self::default();
        for figure in figures {
            let CellValue::Number(number) = &figure.value else { continue };
            if number.shown.decimals.is_some() || number.value.is_zero() {
                continue;
            }
            let decimals = number.value.normalize().scale() as usize;
            let column = (figure.sheet_number, figure.cell.column, figure.unit.clone());
            count(usual.columns.entry(column).or_default(), decimals);
            count(usual.units.entry(figure.unit.clone()).or_default(), decimals);
        }
        usual
    }

    pub fn at(&self, figure: &RawFigure) -> u32 {
        let column = (figure.sheet_number, figure.cell.column, figure.unit.clone());
        let own = self.columns.get(&column).filter(|counts| counts.iter().sum::<usize>() >= ENOUGH);
        own.or_else(|| self.units.get(&figure.unit)).map_or(0, prevailing)
    }
}

fn count(counts: &mut Counts, decimals: usize) {
    if counts.len() <= decimals {
        counts.resize(decimals + 1, 0);
    }
    counts[decimals] += 1;
}

/// The most decimals that a quarter of the numbers print.
fn prevailing(counts: &Counts) -> u32 {
    let all: usize = counts.iter().sum();
    let mut at_least = 0;
    for (decimals, times) in counts.iter().enumerate().rev() {
        at_least += times;
        if at_least * ONE_IN >= all {
            return u32::try_from(decimals).unwrap_or(0);
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_of_the_numbers_decides() {
        assert_eq!(prevailing(&vec![1, 2, 17]), 2);
        assert_eq!(prevailing(&vec![20]), 0);
        assert_eq!(prevailing(&vec![12, 4]), 1);
        assert_eq!(prevailing(&vec![13, 3]), 0);
        assert_eq!(prevailing(&vec![3, 8, 1, 0, 0, 0, 1]), 1);
    }
}

//! How many decimals a column mostly shows, where its cells have no number format that says so: 1430.9 among numbers to
//! two decimals is 1430.90, among whole numbers and tenths it is just that. And how many decimals a format only fills with
//! zeros: 6,839.10 among a hundred numbers that all end in 0 was rounded to tenths.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;

use crate::decode::CellValue;
use crate::extract::table::RawFigure;
use crate::vocabulary::{half_unit, parse_printed};

/// Numbers a column must hold to speak for itself; a shorter one goes by all numbers of its unit in the document.
const ENOUGH: usize = 5;

/// The share of numbers that must print so many decimals: one in four. Of numbers printed to two decimals nine in ten do.
const ONE_IN: usize = 4;

/// Different amounts a document must print before zeros at their ends are taken for filling.
const MANY: usize = 20;

/// Last digits of rounded amounts are as good as random: no digit ends more than one in three of them. Round amounts, made
/// up or planned, end in 0 and 5.
const SAME_LAST_DIGIT_ONE_IN: usize = 3;

/// The share of amounts, three in four, whose zeros must be filling.
const FILLED_OF: (usize, usize) = (3, 4);

/// The usual decimals of one document's columns.
#[derive(Debug, Default)]
pub struct UsualDecimals {
    /// Unit → half of the digit all its amounts were rounded to, where their formats fill decimals with zeros.
    filled: HashMap<String, Decimal>,
    columns: HashMap<(u32, u32, String), Counts>,
    units: HashMap<String, Counts>,
}

/// How many numbers print 0, 1, 2 .. decimals.
type Counts = Vec<usize>;

impl UsualDecimals {
    pub fn of(figures: &[RawFigure]) -> Self {
        let mut usual = Self { filled: filled(figures), ..Self::default() };
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

    /// Half of the last digit that numbers of this unit carry, in the unit, whatever their formats fill up; 0 where they
    /// carry all they show.
    pub fn least_half(&self, unit: &str) -> Decimal {
        self.filled.get(unit).copied().unwrap_or_default()
    }

    pub fn at(&self, figure: &RawFigure) -> u32 {
        let column = (figure.sheet_number, figure.cell.column, figure.unit.clone());
        let own = self.columns.get(&column).filter(|counts| counts.iter().sum::<usize>() >= ENOUGH);
        own.or_else(|| self.units.get(&figure.unit)).map_or(0, prevailing)
    }
}

/// Units whose every amount was rounded to fewer decimals than nearly all of them show.
fn filled(figures: &[RawFigure]) -> HashMap<String, Decimal> {
    let mut amounts: HashMap<&str, HashSet<Decimal>> = HashMap::new();
    let mut shown: HashMap<&str, Vec<u32>> = HashMap::new();
    for figure in figures {
        let Some((value, decimals)) = shown_by(&figure.value).filter(|(value, _)| !value.is_zero()) else { continue };
        amounts.entry(&figure.unit).or_default().insert(value.abs().normalize());
        shown.entry(&figure.unit).or_default().push(decimals);
    }
    let rounded = |(unit, values): (&str, HashSet<Decimal>)| {
        let decimals = values.iter().map(Decimal::scale).max()?;
        // A cell typed over by hand shows none of the zeros that its neighbours' formats fill up.
        let filled = shown[unit].iter().filter(|shown| **shown > decimals).count();
        let are_filled = filled * FILLED_OF.1 >= shown[unit].len() * FILLED_OF.0;
        let is_rounded = are_filled && values.len() >= MANY && ends_at_random(&values, decimals);
        is_rounded.then(|| (unit.to_owned(), half_unit(decimals)))
    };
    amounts.into_iter().filter_map(rounded).collect()
}

/// The number a cell shows and its decimals, where the cell itself says how many: by a format that does not scale, or as text.
fn shown_by(value: &CellValue) -> Option<(Decimal, u32)> {
    match value {
        CellValue::Number(number) if number.shown.scale == 0 && !number.shown.is_percent => {
            Some((number.value, u32::from(number.shown.decimals?)))
        }
        CellValue::Text(text) => parse_printed(text).ok().map(|printed| (printed.value, printed.decimals)),
        _ => None,
    }
}

fn ends_at_random(values: &HashSet<Decimal>, decimals: u32) -> bool {
    let mut ends = [0usize; 10];
    for value in values {
        let mut value = *value;
        value.rescale(decimals);
        ends[(value.mantissa() % 10).unsigned_abs() as usize] += 1;
    }
    ends.iter().all(|times| times * SAME_LAST_DIGIT_ONE_IN <= values.len())
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

    fn amounts(fen: impl Iterator<Item = i64>, decimals: u32) -> HashSet<Decimal> {
        fen.map(|fen| Decimal::new(fen, decimals).normalize()).collect()
    }

    #[test]
    fn rounded_amounts_end_at_random_and_planned_ones_do_not() {
        assert!(ends_at_random(&amounts((1..=60).map(|at| at * 37), 0), 0));
        assert!(ends_at_random(&amounts((1..=60).map(|at| at * 37), 1), 1));
        assert!(!ends_at_random(&amounts((1..=60).map(|at| at * 5), 0), 0));
        assert!(!ends_at_random(&amounts((1..=60).map(|at| at * 100), 0), 0));
    }

    #[test]
    fn a_quarter_of_the_numbers_decides() {
        assert_eq!(prevailing(&vec![1, 2, 17]), 2);
        assert_eq!(prevailing(&vec![20]), 0);
        assert_eq!(prevailing(&vec![12, 4]), 1);
        assert_eq!(prevailing(&vec![13, 3]), 0);
        assert_eq!(prevailing(&vec![3, 8, 1, 0, 0, 0, 1]), 1);
    }
}

//! What keeps a reader of a sheet from seeing the numbers that its file stores.

use std::collections::{BTreeMap, HashMap};

use super::form::Form;
use crate::random::Chance;
use crate::truth::TruthRow;
use crate::write::{Look, Merge, Position, Sheet, Value};

/// Formats that show 元 as 万元.
const TEN_THOUSANDS: [&str; 6] = ["0!.0000", "0\".\"0000", "0\\.0000", "#,##0.00,,\n%", "0!.0,", "0\".\"0,\"万元\""];

/// The oddities put on the sheets of a workbook so far, and what is still seen of its numbers.
pub(super) struct Oddities {
    pub form: Form,
    pub truth: Vec<TruthRow>,
    pub hidden: usize,
    pub formulas: usize,
    pub struck: usize,
    pub shared: usize,
}

impl Oddities {
    /// Stores numbers and codes in other ways and shows the same.
    pub(super) fn rewrite(&self, sheet: &mut Sheet, chance: &mut Chance) {
        let form = self.form;
        if form.has_number_formats() && chance.percent(40) {
            self.scale(sheet, chance.pick::<&str>(&TEN_THOUSANDS));
        }
        if form == Form::Csv && chance.percent(40) {
            quote_codes(sheet);
        }
    }

    /// Takes numbers out of sight, or their values away.
    pub(super) fn spoil(&mut self, sheet: &mut Sheet, chance: &mut Chance) {
        let form = self.form;
        if chance.percent(30) {
            self.formulas += self.mark(sheet, Look::Formula, 5, chance);
        }
        if form.hides_and_strikes() && chance.percent(20) {
            self.struck += self.mark(sheet, Look::Struck, 3, chance);
        }
        if form.merges() && chance.percent(15) {
            self.share_an_amount(sheet, chance);
        }
        if form.covers_values() && chance.percent(30) {
            self.hidden += cover_values(sheet);
        }
        if form.hides_and_strikes() && chance.percent(30) {
            self.hidden += add_hidden_row(sheet);
        }
        if form.hides_and_strikes() && chance.percent(30) {
            self.hidden += add_hidden_column(sheet);
        }
    }

    /// Stores the sheet's 万元 in 元 and lets a format show them as before.
    fn scale(&self, sheet: &mut Sheet, code: &'static str) {
        let rows = self.truth.iter().filter(|row| row.sheet == sheet.name);
        let units: HashMap<&str, &str> = rows.map(|row| (row.cell.as_str(), row.unit.as_str())).collect();
        for (at, value) in &mut sheet.cells {
            if units.get(at.a1().as_str()) == Some(&"万元")
                && let Value::Number { value, .. } = value
            {
                *value = (*value * 1_000_000.0).round() / 100.0;
                sheet.looks.insert(*at, Look::Format(code));
            }
        }
    }

    /// Gives a few amounts in a hundred a look under which they are none.
    fn mark(&mut self, sheet: &mut Sheet, look: Look, percent: u64, chance: &mut Chance) -> usize {
        let places = amounts(sheet);
        let before = self.truth.len();
        self.truth.retain(|row| match places.get(&row.cell).filter(|_| row.sheet == sheet.name) {
            Some(at) if chance.percent(percent) => {
                sheet.looks.insert(*at, look);
                if look == Look::Formula {
                    sheet.put(at.row, at.column, Value::Number { value: 0.0, shown: String::new() });
                }
                false
            }
            _ => true,
        });
        before - self.truth.len()
    }

    /// Prints one amount for its own row and the next.
    fn share_an_amount(&mut self, sheet: &mut Sheet, chance: &mut Chance) {
        let places = amounts(sheet);
        let is_free =
            |at: &Position| !sheet.merges.iter().any(|merge| merge.covers(*at)) && !sheet.looks.contains_key(at);
        let own = self.truth.iter().filter(|row| row.sheet == sheet.name);
        let seen: Vec<Position> = own.filter_map(|row| places.get(&row.cell)).copied().filter(is_free).collect();
        let below = |at: &Position| Position::new(at.row + 1, at.column);
        let pairs: Vec<Position> = seen.iter().copied().filter(|at| seen.contains(&below(at))).collect();
        if pairs.is_empty() {
            return;
        }
        let first = *chance.pick(&pairs);
        let last = below(&first);
        sheet.cells.remove(&last);
        sheet.merges.push(Merge { first, last });
        self.truth.retain(|row| row.sheet != sheet.name || row.cell != last.a1());
        self.shared += 2;
    }
}

/// The places of numbers, by their names.
fn amounts(sheet: &Sheet) -> BTreeMap<String, Position> {
    sheet.cells.iter().filter(|(_, value)| is_amount(value)).map(|(at, _)| (at.a1(), *at)).collect()
}

fn is_amount(value: &Value) -> bool {
    match value {
        Value::Number { .. } => true,
        Value::Text(text) => {
            text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || ",.-".contains(c))
        }
        Value::Date { .. } | Value::Error(_) => false,
    }
}

/// Writes codes as formulas of a text, which keeps spreadsheets from taking them for numbers.
fn quote_codes(sheet: &mut Sheet) {
    for value in sheet.cells.values_mut() {
        let digits = value.shown();
        if digits.len() == 7 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            *value = Value::text(format!("=\"{digits}\""));
        }
    }
}

/// Leaves numbers in the last cells of merges that hold a text.
fn cover_values(sheet: &mut Sheet) -> usize {
    let merges: Vec<Merge> = sheet.merges.clone();
    let texts = merges.iter().filter(|merge| sheet.cells.get(&merge.first).is_some_and(|value| !is_amount(value)));
    let covered: Vec<Position> = texts.map(|merge| merge.last).collect();
    covered.iter().for_each(|at| sheet.put(at.row, at.column, Value::Number { value: 4321.5, shown: "4321.5".into() }));
    covered.len()
}

/// Repeats the last row below it, a tenth larger, where nobody sees it.
fn add_hidden_row(sheet: &mut Sheet) -> usize {
    let (rows, _) = sheet.size();
    let last = rows.saturating_sub(1);
    let stale = numbers(sheet, |at| at.row == last);
    stale.iter().for_each(|(at, value)| sheet.put(rows, at.column, larger(value)));
    sheet.hidden_rows.push(rows);
    stale.len()
}

/// Repeats the last column beside it, a tenth larger, where nobody sees it.
fn add_hidden_column(sheet: &mut Sheet) -> usize {
    let (_, columns) = sheet.size();
    let last = columns.saturating_sub(1);
    let stale = numbers(sheet, |at| at.column == last);
    stale.iter().for_each(|(at, value)| sheet.put(at.row, columns, larger(value)));
    sheet.hidden_columns.push(columns);
    stale.len()
}

fn numbers(sheet: &Sheet, wanted: impl Fn(&Position) -> bool) -> Vec<(Position, Value)> {
    let cells = sheet.cells.iter().filter(|(at, value)| wanted(at) && is_amount(value));
    cells.map(|(at, value)| (*at, value.clone())).collect()
}

fn larger(value: &Value) -> Value {
    match value {
        Value::Number { value, .. } => Value::Number { value: (value * 110.0).round() / 100.0, shown: String::new() },
        other => other.clone(),
    }
}

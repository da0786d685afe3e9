//! How amounts are printed in cells.

use crate::amount::{Unit, grouped};
use crate::random::Chance;
use crate::write::Value;

use super::Cell;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZeroStyle {
    Blank,
    /// `0.00`
    Zero,
    /// `-` or `—`
    Dash(&'static str),
}

/// Everything about a number but its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberStyle {
    pub zero: ZeroStyle,
    /// Text instead of a number cell.
    pub text: bool,
    /// Thousands separator in texts and in the shown form of numbers.
    pub separator: Option<char>,
    pub full_width: bool,
    /// A space after the number.
    pub spaced: bool,
    /// The unit after the number.
    pub unit: bool,
    /// `（5.00）` for -5.00; otherwise the given minus sign.
    pub parentheses: bool,
    pub minus: char,
    /// `1.23456E+5` (text only).
    pub scientific: bool,
    /// The last bit of the binary number is off, as sums leave it.
    pub noise: bool,
    /// Two decimals in a number's format whatever it was rounded to: 6,839.1 shown as 6,839.10.
    pub filled: bool,
}

impl Default for NumberStyle {
    fn default() -> Self {
        NumberStyle {
            zero: ZeroStyle::Blank,
            text: false,
            separator: Some(','),
            full_width: false,
            spaced: false,
            unit: false,
            parentheses: false,
            minus: '-',
            scientific: false,
            noise: false,
            filled: false,
        }
    }
}

/// A cell ready for the sheet, with its value as plain decimal text.
pub(super) struct Printed {
    pub value: Value,
    pub plain: String,
}

impl NumberStyle {
    /// `None` for a blank cell.
    pub(super) fn print(&self, cell: Cell, unit: Unit, count_unit: &str, chance: &mut Chance) -> Option<Printed> {
        let (plain, unit_name) = match cell {
            Cell::Blank => return None,
            Cell::Fen(0) | Cell::Count(0) if self.zero == ZeroStyle::Blank => return None,
            Cell::Fen(0) | Cell::Count(0) if matches!(self.zero, ZeroStyle::Dash(_)) => {
                let ZeroStyle::Dash(dash) = self.zero else { return None };
                return Some(Printed { value: Value::text(dash), plain: "-".into() });
            }
            Cell::Fen(fen) => (unit.print(fen), unit.name()),
            Cell::Count(count) => (count.to_string(), count_unit),
        };
        let is_amount = matches!(cell, Cell::Fen(amount) if amount != 0);
        let style = NumberStyle { scientific: self.scientific && is_amount, ..*self };
        let value =
            if self.text { Value::Text(style.as_text(&plain, unit_name)) } else { self.as_number(&plain, chance) };
        Some(Printed { value, plain })
    }

    fn as_number(&self, plain: &str, chance: &mut Chance) -> Value {
        let mut value: f64 = plain.parse().unwrap_or_default();
        if self.noise && value != 0.0 && chance.percent(40) {
            value = if chance.percent(50) { value.next_up() } else { value.next_down() };
        }
        let mut shown = self.separator.map_or_else(|| plain.to_owned(), |_| grouped(plain, ','));
        if self.filled {
            let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let zeros = "0".repeat(2usize.saturating_sub(decimals));
            shown = if decimals == 0 { format!("{shown}.{zeros}") } else { format!("{shown}{zeros}") };
        }
        Value::Number { value, shown }
    }

    fn as_text(&self, plain: &str, unit_name: &str) -> String {
        let (negative, digits) = plain.strip_prefix('-').map_or((false, plain), |digits| (true, digits));
        let mut text = match self.separator {
            _ if self.scientific => scientific(digits),
            Some(separator) => grouped(digits, separator),
            None => digits.to_owned(),
        };
        text = match (negative, self.parentheses) {
            (false, _) => text,
            (true, true) => format!("（{text}）"),
            (true, false) => format!("{}{text}", self.minus),
        };
        if self.full_width {
            text = text.chars().map(full_width).collect();
        }
        if self.spaced {
            text.push(' ');
        }
        if self.unit {
            text.push_str(unit_name);
        }
        text
    }
}

/// Exact scientific notation of plain digits: `1234.50` → `1.2345E+3`.
fn scientific(digits: &str) -> String {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let all: String = format!("{whole}{decimals}");
    let Some(first) = all.find(|digit| digit != '0') else { return "0E+0".into() };
    let exponent = whole.len() as i64 - 1 - first as i64;
    let rest = all[first + 1..].trim_end_matches('0');
    let mantissa =
        if rest.is_empty() { all[first..=first].to_owned() } else { format!("{}.{rest}", &all[first..=first]) };
    format!("{mantissa}E{}{}", if exponent < 0 { '-' } else { '+' }, exponent.abs())
}

fn full_width(c: char) -> char {
    match c {
        '0'..='9' | '.' | ',' | '-' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(style: NumberStyle, fen: i64) -> String {
        let printed = style.print(Cell::Fen(fen), Unit::Yuan, "", &mut Chance::new(1)).unwrap();
        printed.value.shown().to_owned()
    }

    #[test]
    fn texts_take_every_style() {
        let style = NumberStyle { text: true, ..NumberStyle::default() };
        assert_eq!(text(style, 123_456_789), "1,234,567.89");
        assert_eq!(text(NumberStyle { separator: Some('，'), ..style }, 123_456_789), "1，234，567.89");
        assert_eq!(text(NumberStyle { full_width: true, ..style }, 123_450), "１，２３４．５０");
        assert_eq!(text(NumberStyle { parentheses: true, ..style }, -500), "（5.00）");
        assert_eq!(text(NumberStyle { unit: true, ..style }, 500), "5.00元");
        assert_eq!(text(NumberStyle { scientific: true, ..style }, 123_450), "1.2345E+3");
        assert_eq!(text(NumberStyle { scientific: true, ..style }, 5), "5E-2");
    }

    #[test]
    fn noise_disappears_at_fifteen_digits() {
        let style = NumberStyle { noise: true, ..NumberStyle::default() };
        let mut chance = Chance::new(5);
        for fen in (1..2_000_000_000).step_by(7_777_777) {
            let printed = style.print(Cell::Fen(fen), Unit::Yuan, "", &mut chance).unwrap();
            let Value::Number { value, .. } = printed.value else { panic!() };
            let exponent = value.abs().log10().floor() as i32;
            let kept: f64 = format!("{value:.*}", (14 - exponent).max(0) as usize).parse().unwrap();
            assert_eq!(kept, printed.plain.parse::<f64>().unwrap(), "{}", printed.plain);
        }
    }
}

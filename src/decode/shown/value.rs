//! A stored number and its format → what the grid holds.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use super::number_format::{Appears, NumberFormat};
use crate::decode::document::{CellValue, DateShown, Number, Shown};
use crate::vocabulary::{Printed, half_unit, parse_printed};

/// A cell's value, and whether its format lets a reader see it.
#[derive(Debug, Clone)]
pub struct ValueShown {
    pub value: CellValue,
    pub is_seen: bool,
}

impl From<CellValue> for ValueShown {
    fn from(value: CellValue) -> Self {
        Self { value, is_seen: true }
    }
}

/// The day a workbook counts its dates from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Epoch {
    #[default]
    From1900,
    From1904,
}

/// What a number is under its format. A zero that the format leaves blank stays a zero.
pub fn number_shown(number: Number, format: &NumberFormat, epoch: Epoch) -> ValueShown {
    match format.appears(number.value) {
        Appears::Number(shown) => CellValue::Number(Number { shown: shown.clone(), ..number }).into(),
        Appears::Date => match iso_date(number.value, epoch) {
            Some(shown) => CellValue::Date(DateShown { shown, stored: Some(number.value) }).into(),
            None => CellValue::Number(number).into(),
        },
        Appears::Nothing => ValueShown { is_seen: number.value.is_zero(), value: CellValue::Number(number) },
    }
}

/// A number without a format of its own, beside the text its writer showed for it: that text says how it is scaled and to
/// how many decimals it is printed. A text that says something else is left alone.
pub fn number_as_text(shown: ValueShown, text: &str) -> ValueShown {
    let CellValue::Number(number) = &shown.value else { return shown };
    let is_percent = text.trim_end().ends_with(['%', '％']);
    let Ok(printed) = parse_printed(text.trim_end().trim_end_matches(['%', '％'])) else { return shown };
    let Some(scale) = tens_between(number.value, &printed) else { return shown };
    let decimals = u8::try_from(printed.decimals).ok();
    let look = Shown { scale, decimals, is_percent, words: None };
    ValueShown { value: CellValue::Number(Number { shown: look, ..number.clone() }), is_seen: true }
}

/// How many tens the printed number is smaller than the stored one, as far as its digits go; `None` where no power of
/// ten leads from one to the other.
fn tens_between(stored: Decimal, printed: &Printed) -> Option<i8> {
    [0, -2, 4, 3, 6, 8].into_iter().find(|scale| {
        scaled(stored, *scale).is_some_and(|value| (value - printed.value).abs() <= half_unit(printed.decimals))
    })
}

/// A number divided by ten as often as `scale` says.
pub fn scaled(value: Decimal, scale: i8) -> Option<Decimal> {
    let power = Decimal::from(10u64.checked_pow(u32::from(scale.unsigned_abs()))?);
    let scaled = if scale < 0 { value.checked_mul(power)? } else { value.checked_div(power)? };
    Some(scaled.normalize())
}

/// A text of which only `kept` is not struck out, where anything is. A struck-out number is none; words only lose what
/// is struck.
pub fn text_shown(whole: String, kept: Option<String>) -> CellValue {
    match kept {
        None => CellValue::Text(whole),
        Some(_) if whole.chars().any(char::is_numeric) => CellValue::Struck(whole),
        Some(kept) => CellValue::Text(kept),
    }
}

/// A whole cell struck out: a number is none any more; a label still tells what stood there.
pub fn struck(shown: ValueShown) -> ValueShown {
    match &shown.value {
        CellValue::Number(_) | CellValue::Text(_) => {
            let printed = shown.value.printed();
            ValueShown { value: text_shown(printed, Some(String::new())), ..shown }
        }
        _ => shown,
    }
}

/// A date that a file stores as text, and the number it would be in other files.
pub fn date_as_text(text: &str) -> CellValue {
    let day: Option<Date> = text.get(..10).and_then(|day| day.parse().ok());
    let days = day.filter(|_| text.len() == 10).and_then(|day| day.since(date(1899, 12, 30)).ok());
    CellValue::Date(DateShown { shown: text.to_owned(), stored: days.map(|days| Decimal::from(days.get_days())) })
}

/// The number behind a date as spreadsheets print it: 7410-04-24, 7410/4/24, 7410年4月24日.
pub fn number_behind_date(text: &str) -> Option<Decimal> {
    let parts: Vec<&str> = text.trim_end_matches('日').split(['-', '/', '年', '月']).collect();
    let [year, month, day] = parts[..] else { return None };
    let is_whole = year.len() == 4;
    let day = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok().filter(|_| is_whole)?;
    Some(Decimal::from(day.since(date(1899, 12, 30)).ok()?.get_days()))
}

/// Days since the epoch as ISO text, with the time where there is one; `None` beyond the calendar of a spreadsheet.
fn iso_date(days: Decimal, epoch: Epoch) -> Option<String> {
    let whole: i64 = days.trunc().try_into().ok()?;
    let first: Date = match epoch {
        // The calendar of 1900 holds a 29 February that never was: day 60.
        Epoch::From1900 if whole < 60 => date(1899, 12, 31),
        Epoch::From1900 => date(1899, 12, 30),
        Epoch::From1904 => date(1904, 1, 1),
    };
    if !(0..=2_958_465).contains(&whole) {
        return None;
    }
    let day = first.checked_add(whole.days()).ok()?;
    let seconds: u32 = ((days - days.trunc()) * Decimal::from(86_400)).round().try_into().ok()?;
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    Some(if seconds == 0 { day.to_string() } else { format!("{day}T{hour:02}:{minute:02}:{second:02}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_count_from_either_epoch() {
        let shown = |days: &str, epoch| iso_date(Decimal::from_str_exact(days).unwrap(), epoch);
        assert_eq!(shown("45352", Epoch::From1900).as_deref(), Some("2024-03-01"));
        assert_eq!(shown("1", Epoch::From1900).as_deref(), Some("1900-01-01"));
        assert_eq!(shown("43890.5", Epoch::From1904).as_deref(), Some("2024-03-01T12:00:00"));
        assert_eq!(shown("-1", Epoch::From1900), None);
        assert_eq!(shown("3000000", Epoch::From1900), None);
    }

    #[test]
    fn struck_out_numbers_are_kept_apart() {
        assert_eq!(text_shown("280.00300.20".into(), Some("300.20".into())), CellValue::Struck("280.00300.20".into()));
        assert_eq!(text_shown("旧名新名".into(), Some("新名".into())), CellValue::Text("新名".into()));
        assert_eq!(text_shown("300.20".into(), None), CellValue::Text("300.20".into()));
    }
}

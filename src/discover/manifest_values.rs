//! Years and dates as people and programs write them.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// `2023`, `2023.0`, `2023年`, `2023年度`; `None` beyond the years of public accounts.
pub fn year_of(text: &str) -> Option<i32> {
    let digits = text.trim_end_matches(['年', '度']).trim_end_matches(".0").trim();
    let year: i32 = digits.parse().ok()?;
    (1990..=2100).contains(&year).then_some(year)
}

/// A date as YYYY-MM-DD: from `2024-09-01`, `2024/9/1`, `2024.9.1`, `2024年9月1日`, `20240901`, with a time behind it, or
/// from the day number of a spreadsheet.
pub fn date_of(text: &str) -> Option<String> {
    let day = text.split([' ', 'T']).next().unwrap_or(text);
    let parts: Vec<&str> = day.trim_end_matches('日').split(['-', '/', '.', '年', '月']).collect();
    let number = |text: &str| text.parse::<i16>().ok();
    let found: Option<Date> = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => {
            Date::new(number(year)?, i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?).ok()
        }
        [digits] if digits.len() == 8 => digits.parse().ok(),
        [digits] | [digits, "0"] if digits.len() == 5 => {
            date(1899, 12, 30).checked_add(digits.parse::<i64>().ok()?.days()).ok()
        }
        _ => None,
    };
    found.map(|day| day.to_string())
}

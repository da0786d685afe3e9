//! What one cell says: the number a reader sees, its unit and its precision, or why there is none.

use rust_decimal::Decimal;

use super::units::{AmountWordKind, Units};
use crate::decode::{CellValue, Number, Shown, scaled};
use crate::vocabulary::{MoneyError, Unit, parse_printed};

/// A number as the reader of the sheet sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    pub value: Decimal,
    pub unit: Unit,
    /// Half of the last printed digit, in the unit.
    pub half: Decimal,
    /// The text as printed, where it is not the one stored.
    pub printed: Option<String>,
    /// The number format, not the table, names the unit.
    pub unit_from_format: bool,
}

/// Why a cell gives no figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Unread {
    /// A dash or a blank: nothing to report.
    Nothing,
    Date,
    Error,
    NotANumber,
    Separator,
    Several,
    Approximate,
    Formula,
    Struck,
    /// The number as its format shows it, with its unit where the format names one.
    FormatAgainstUnit(String),
}

/// Reads a cell under the unit its table prints. `usual` are the decimals its column mostly shows: cells without a
/// number format of their own drop trailing zeros.
pub fn read_cell(value: &CellValue, unit: &str, usual: u32, units: &Units) -> Result<Seen, Unread> {
    match value {
        CellValue::Number(number) => read_number(number, &Unit::from_printed(unit), usual, units),
        CellValue::Text(text) => read_text(text, unit, units),
        CellValue::Date(_) => Err(Unread::Date),
        CellValue::Error(_) => Err(Unread::Error),
        CellValue::Boolean(_) => Err(Unread::NotANumber),
        CellValue::Formula(_) => Err(Unread::Formula),
        CellValue::Struck(_) => Err(Unread::Struck),
    }
}

fn read_number(number: &Number, table: &Unit, usual: u32, units: &Units) -> Result<Seen, Unread> {
    let shown = &number.shown;
    let as_stored = || seen_as_stored(number, table.clone(), usual);
    if shown.is_percent {
        return seen_scaled(number, Unit::Percent).ok_or(Unread::NotANumber);
    }
    let named = shown.words.as_deref().and_then(|words| units.named_by_format(words));
    let Some(named) = named else {
        return match table.yuan_factor() {
            _ if shown.scale == 0 => Ok(as_stored()),
            // 元 shown as 万元 under a heading that says 元: what is stored is what the heading says.
            Some(factor) if factor == Decimal::ONE && shown.scale > 0 => Ok(as_stored()),
            Some(factor) if Some(factor) == scaled(Decimal::ONE, -shown.scale) => {
                seen_scaled(number, table.clone()).ok_or(Unread::NotANumber)
            }
            None if *table == Unit::None => seen_scaled(number, Unit::None).ok_or(Unread::NotANumber),
            _ => Err(Unread::FormatAgainstUnit(shown_text(number))),
        };
    };
    let by_format = Seen { unit_from_format: true, ..seen_scaled(number, named.clone()).ok_or(Unread::NotANumber)? };
    let yuan = |value: Decimal, unit: &Unit| unit.yuan_factor().and_then(|factor| value.checked_mul(factor));
    if named == *table || *table == Unit::None {
        Ok(by_format)
    } else if yuan(number.value, table).is_some_and(|stored| Some(stored) == yuan(by_format.value, &named)) {
        Ok(as_stored())
    } else {
        Err(Unread::FormatAgainstUnit(shown_text(number)))
    }
}

fn seen_as_stored(number: &Number, unit: Unit, usual: u32) -> Seen {
    let own = number.value.normalize().scale();
    let decimals = match number.shown.decimals {
        Some(decimals) => i32::from(decimals) - i32::from(number.shown.scale),
        None => own.max(usual) as i32,
    };
    Seen { value: number.value, unit, half: half_of(decimals), printed: None, unit_from_format: false }
}

fn seen_scaled(number: &Number, unit: Unit) -> Option<Seen> {
    let value = scaled(number.value, number.shown.scale)?;
    let decimals = number.shown.decimals.map_or(value.normalize().scale() as i32, i32::from);
    let printed = (number.shown != Shown::default()).then(|| shown_text(number));
    Some(Seen { value, unit, half: half_of(decimals), printed, unit_from_format: false })
}

/// The number in the digits and with the words its format gives it.
pub fn shown_text(number: &Number) -> String {
    let shown = &number.shown;
    let mut value = scaled(number.value, shown.scale).unwrap_or(number.value);
    if let Some(decimals) = shown.decimals.map(u32::from) {
        value = value.round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        value.rescale(decimals);
    }
    let words = shown.words.as_deref().unwrap_or("");
    format!("{value}{}{words}", if shown.is_percent { "%" } else { "" })
}

/// Half of one unit of the last digit, also where that digit stands before the point.
fn half_of(decimals: i32) -> Decimal {
    let five = Decimal::from(5);
    let shift = (decimals + 1).clamp(-20, 28);
    if shift >= 0 { Decimal::new(5, shift as u32) } else { (0..-shift).fold(five, |half, _| half * Decimal::TEN) }
}

/// A number as text, with the unit it may carry itself (`5.6万元`, `（12.00）元`, `12 %`): that one wins over the table's.
/// Currency signs, footnote marks, stray quotes and separators around it change nothing.
fn read_text(text: &str, unit: &str, units: &Units) -> Result<Seen, Unread> {
    if text.trim_start().starts_with('=') {
        return Err(Unread::Formula);
    }
    let compact = without_invisible(text);
    let bare = compact.trim_matches(is_stray).trim_end_matches(is_left_over).trim();
    let (number, own_unit) = units.split(bare);
    let (word, number) = units.split_word(number);
    let number = number.trim_matches(is_stray);
    let unit = if own_unit.is_empty() { unit } else { own_unit };
    let printed = match parse_printed(number) {
        Err(MoneyError::Blank | MoneyError::Dash) if own_unit.is_empty() && word.is_none() => {
            return Err(Unread::Nothing);
        }
        Err(MoneyError::MisplacedSeparator) => return Err(Unread::Separator),
        Err(_) => return Err(Unread::NotANumber),
        Ok(_) if word == Some(AmountWordKind::Approximate) => return Err(Unread::Approximate),
        Ok(_) if holds_several(number) => return Err(Unread::Several),
        Ok(printed) => printed,
    };
    Ok(Seen {
        value: printed.value,
        unit: Unit::from_printed(unit),
        half: half_of(i32::try_from(printed.decimals).unwrap_or(0)),
        printed: None,
        unit_from_format: false,
    })
}

fn without_invisible(text: &str) -> String {
    let is_invisible = |c: char| {
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
            || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    };
    text.chars().filter(|c| !is_invisible(*c)).collect()
}

/// Quotes that programs leave at numbers kept as text, and marks that point to a footnote.
fn is_stray(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\'' | '‘' | '’' | '`' | '"' | '“' | '”' | '*' | '＊')
}

/// Separators after which nothing comes.
fn is_left_over(c: char) -> bool {
    is_stray(c) || matches!(c, ',' | '，' | '、' | ';' | '；')
}

/// White space between two digits, unless it is the narrow kind that sets off thousands: two numbers in one cell.
fn holds_several(number: &str) -> bool {
    let characters: Vec<char> = number.chars().collect();
    let runs = characters.chunk_by(|one, next| is_gap(*one) == is_gap(*next)).collect::<Vec<_>>();
    runs.windows(3).any(|window| {
        let [before, gap, after] = window else { return false };
        let touches_digits =
            before.last().is_some_and(|c| c.is_numeric()) && after.first().is_some_and(|c| c.is_numeric());
        is_gap(gap[0]) && touches_digits
    })
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    fn units() -> Units {
        Units::load(&Project::built_in()).unwrap()
    }

    fn told(read: Result<Seen, Unread>) -> String {
        match read {
            Ok(seen) => format!("{} {} ±{}", seen.value, seen.unit.as_str(), seen.half),
            Err(why) => format!("{why:?}"),
        }
    }

    #[test]
    fn texts_are_read_with_what_surrounds_them() {
        let units = units();
        for (text, expected) in [
            ("1,234.50", "1234.50 万元 ±0.005"),
            ("（144，503.67）元", "-144503.67 元 ±0.005"),
            ("12 辆", "12 辆 ±0.5"),
            ("3台（套）", "3 台（套） ±0.5"),
            ("98.5％", "98.5 % ±0.05"),
            ("-5.00万元", "-5.00 万元 ±0.005"),
            ("'1,430.90", "1430.90 万元 ±0.005"),
            ("1,200.50\u{200b}", "1200.50 万元 ±0.005"),
            ("￥1,200.50", "1200.50 万元 ±0.005"),
            ("¥ 900.30", "900.30 万元 ±0.005"),
            ("RMB100.10", "100.10 万元 ±0.005"),
            ("900.30*", "900.30 万元 ±0.005"),
            ("150.40、", "150.40 万元 ±0.005"),
            ("\u{202d}300.20\u{202c}", "300.20 万元 ±0.005"),
            ("1\u{202f}234.50", "1234.50 万元 ±0.005"),
            ("—", "Nothing"),
            ("无", "Nothing"),
            ("1,2345.60", "Separator"),
            ("约100.10", "Approximate"),
            ("见附件", "NotANumber"),
            ("=SUM(B5:B7)", "Formula"),
            ("900.30吖", "NotANumber"),
            ("200.25①", "NotANumber"),
            ("200.25²", "NotANumber"),
            ("３００．５０", "300.50 万元 ±0.005"),
            ("9003000\n3002000", "Several"),
            ("100.10 200.20", "NotANumber"),
            ("900 300", "Several"),
        ] {
            assert_eq!(told(read_text(text, "万元", &units)), expected, "{text:?}");
        }
    }

    fn number(value: i64, decimals: u32, shown: Shown) -> Number {
        let value = Decimal::new(value, decimals);
        Number { value, printed: value.to_string(), shown }
    }

    #[test]
    fn formats_and_headings_decide_together() {
        let units = units();
        let wan = Shown { scale: 4, decimals: Some(4), ..Shown::default() };
        let named = Shown { scale: 4, decimals: Some(1), words: Some("万元".into()), ..Shown::default() };
        let thousand = Shown { scale: 3, decimals: Some(2), ..Shown::default() };
        let percent = Shown { scale: -2, decimals: Some(2), is_percent: true, words: None };
        let unit_only = Shown { decimals: Some(2), words: Some("万元".into()), ..Shown::default() };
        let whole = Shown { decimals: Some(0), ..Shown::default() };
        for (value, decimals, shown, table, expected) in [
            (14_309_000, 0, &wan, "万元", "1430.9 万元 ±0.00005"),
            (14_309_000, 0, &wan, "元", "14309000 元 ±0.5"),
            (14_309_000, 0, &named, "万元", "1430.9 万元 ±0.05"),
            (14_309_000, 0, &named, "元", "14309000 元 ±500"),
            (14_309_000, 0, &named, "", "1430.9 万元 ±0.05"),
            (14_309_000, 0, &thousand, "千元", "14309 千元 ±0.005"),
            (14_309_000, 0, &thousand, "万元", "FormatAgainstUnit(\"14309.00\")"),
            (839, 3, &percent, "万元", "83.9 % ±0.005"),
            (14_309, 1, &unit_only, "", "1430.9 万元 ±0.005"),
            (14_309, 1, &unit_only, "元", "FormatAgainstUnit(\"1430.90万元\")"),
            (14_309, 1, &whole, "万元", "1430.9 万元 ±0.5"),
            (14_309, 1, &Shown::default(), "万元", "1430.9 万元 ±0.005"),
        ] {
            let read = read_number(&number(value, decimals, shown.clone()), &Unit::from_printed(table), 2, &units);
            assert_eq!(told(read), expected, "{value} {shown:?} {table}");
        }
    }
}

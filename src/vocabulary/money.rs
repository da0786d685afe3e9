//! Exact amounts: from printed text to decimals, and from decimals to yuan. No binary floats.

use super::unit::Unit;
use super::writing::{compatible, is_dash, is_nothing};
use rust_decimal::Decimal;

/// A number as printed: its exact value and how many decimals were shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    pub value: Decimal,
    /// Digits after the decimal point in the printed text.
    pub decimals: u32,
}

/// Why a text is not a number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("blank")]
    Blank,
    /// `-`, `—`, `/`, 无: printed for "nothing to report", which is not zero.
    #[error("a dash, which means nothing to report")]
    Dash,
    #[error("not a number")]
    NotANumber,
    /// Digits grouped by separators, but not in threes.
    #[error("thousands separators do not stand every three digits")]
    MisplacedSeparator,
}

/// Reads a number in any printed form: half- and full-width digits and separators, spaces, a leading sign or
/// surrounding parentheses for negatives, scientific notation. Units must have been taken off.
pub fn parse_printed(text: &str) -> Result<Printed, MoneyError> {
    if text.chars().any(is_footnote_mark) {
        return Err(MoneyError::NotANumber);
    }
    let normal: String = compatible(text).chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect();
    if normal.is_empty() {
        return Err(MoneyError::Blank);
    }
    if is_nothing(&normal) {
        return Err(MoneyError::Dash);
    }
    let (negative, body) = take_sign(&normal);
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| MoneyError::NotANumber)?),
        None => (body, 0),
    };
    let digits = without_separators(mantissa)?;
    let plain = digits.strip_prefix('.').map_or_else(|| digits.clone(), |rest| format!("0.{rest}"));
    let plain = plain.strip_suffix('.').unwrap_or(&plain);
    if plain.is_empty() || !plain.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return Err(MoneyError::NotANumber);
    }
    let decimals = plain.split_once('.').map_or(0, |(_, fraction)| fraction.len() as u32);
    let value = Decimal::from_str_exact(plain).map_err(|_| MoneyError::NotANumber)?;
    let value = scale_by_ten(value, exponent).ok_or(MoneyError::NotANumber)?;
    let decimals = decimals.saturating_add_signed(-exponent);
    Ok(Printed { value: if negative { -value } else { value }, decimals })
}

/// The amount in yuan, rounded once to fen (half to even). `None` when the unit is not money or the amount is too large:
/// a thousand trillion is more than the world earns in a year, and few such amounts still add up in DECIMAL(18, 2).
/// The second value tells whether digits below one fen were lost.
pub fn yuan_from_printed(value: Decimal, unit: &Unit) -> Option<(Decimal, bool)> {
    let exact = value.checked_mul(unit.yuan_factor()?)?;
    let rounded = exact.round_dp(2);
    (rounded.abs() < Decimal::from(1_000_000_000_000_000u64)).then_some((rounded, rounded != exact))
}

/// Half of one unit of the last printed digit, in the printed unit: 12.30 → 0.005.
pub fn half_unit(decimals: u32) -> Decimal {
    Decimal::new(5, decimals.min(27) + 1)
}

/// ①, ², ⑴: the compatible form would make digits of them.
fn is_footnote_mark(c: char) -> bool {
    !c.is_ascii() && c.is_numeric() && !('０'..='９').contains(&c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{00ad}')
}

fn take_sign(text: &str) -> (bool, &str) {
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return (true, inner);
    }
    match text.strip_prefix(|c| is_dash(c) || matches!(c, '△' | '▲')) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn without_separators(mantissa: &str) -> Result<String, MoneyError> {
    let is_separator = |c: char| matches!(c, ',' | '、' | '\'' | '’');
    if !mantissa.contains(is_separator) {
        return Ok(mantissa.to_owned());
    }
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut groups = whole.split(is_separator);
    let first = groups.next().unwrap_or("");
    let in_threes =
        (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3) && !fraction.contains(is_separator);
    if !in_threes {
        return Err(MoneyError::MisplacedSeparator);
    }
    let whole: String = whole.chars().filter(|c| !is_separator(*c)).collect();
    Ok(if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") })
}

fn scale_by_ten(value: Decimal, exponent: i32) -> Option<Decimal> {
    if exponent == 0 {
        return Some(value);
    }
    if exponent.unsigned_abs() > 27 {
        return None;
    }
    let power = Decimal::from_i128_with_scale(10i128.pow(exponent.unsigned_abs()), 0);
    if exponent >= 0 { value.checked_mul(power) } else { value.checked_div(power) }.map(|scaled| scaled.normalize())
}

/// The digits of a value in a DECIMAL column of this precision and scale; `None` when it does not fit exactly. Callers
/// round before, once.
pub fn unscaled(value: Decimal, precision: u32, scale: u32) -> Option<i128> {
    let value = value.round_dp(scale);
    let unscaled = value.mantissa().checked_mul(10i128.checked_pow(scale - value.scale())?)?;
    (unscaled.unsigned_abs() < 10u128.checked_pow(precision)?).then_some(unscaled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> String {
        parse_printed(text).map_or_else(|error| error.to_string(), |printed| printed.value.to_string())
    }

    #[test]
    fn printed_forms_are_read_exactly() {
        for (text, expected) in [
            ("26,486,540.45", "26486540.45"),
            ("12，141，930.40", "12141930.40"),
            ("２０２３．５０", "2023.50"),
            (" 1 234.5 ", "1234.5"),
            ("（5.00）", "-5.00"),
            ("-5.00", "-5.00"),
            (".00", "0.00"),
            ("1.0E+07", "10000000"),
            ("2.5e-3", "0.0025"),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_number_says_why() {
        assert_eq!(parse_printed("  "), Err(MoneyError::Blank));
        assert_eq!(parse_printed("—"), Err(MoneyError::Dash));
        assert_eq!(parse_printed("1,2345.60"), Err(MoneyError::MisplacedSeparator));
        assert_eq!(parse_printed("合计"), Err(MoneyError::NotANumber));
        assert_eq!(parse_printed("1.2.3"), Err(MoneyError::NotANumber));
        assert_eq!(parse_printed("9".repeat(60).as_str()), Err(MoneyError::NotANumber));
    }

    #[test]
    fn ten_thousand_yuan_with_six_decimals_is_exact() {
        let printed = parse_printed("1,247.416384").unwrap();
        assert_eq!(
            yuan_from_printed(printed.value, &Unit::TenThousandYuan),
            Some((Decimal::new(1_247_416_384, 2), false))
        );
        assert_eq!(half_unit(printed.decimals), Decimal::new(5, 7));
    }

    proptest! {
        #[test]
        fn grouping_never_changes_an_amount(fen in 0i64..10_000_000_000_000) {
            let amount = Decimal::new(fen, 2);
            let whole = (fen / 100).to_string();
            let grouped: String = whole.chars().rev().enumerate().fold(String::new(), |mut text, (at, digit)| {
                if at > 0 && at % 3 == 0 { text.insert(0, ','); }
                text.insert(0, digit);
                text
            });
            let printed = parse_printed(&format!("{grouped}.{:02}", fen % 100)).unwrap();
            prop_assert_eq!(printed.value, amount);
            prop_assert_eq!(printed.decimals, 2);
        }
    }
}

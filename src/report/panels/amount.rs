//! Amounts for reading: 万元 or 亿元, grouped digits. Exact all the way; what is shown is rounded once, and says so.

use rust_decimal::Decimal;
use serde::Serialize;

/// What a chart and its table count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Scale {
    Yuan,
    WanYuan,
    YiYuan,
    /// Persons, vehicles, percent: as they are.
    Plain,
}

impl Scale {
    /// The unit in which the largest amount has few digits.
    pub fn of(largest: Decimal) -> Self {
        match largest.abs() {
            largest if largest >= Decimal::from(1_000_000_000) => Scale::YiYuan,
            largest if largest >= Decimal::from(10_000) => Scale::WanYuan,
            _ => Scale::Yuan,
        }
    }

    /// Tables stay in 万元 where axes count in 亿元.
    pub fn of_table(self) -> Self {
        if self == Scale::YiYuan { Scale::WanYuan } else { self }
    }

    pub fn apply(self, value: Decimal) -> Decimal {
        match self {
            Scale::WanYuan => value * Decimal::new(1, 4),
            Scale::YiYuan => value * Decimal::new(1, 8),
            Scale::Yuan | Scale::Plain => value,
        }
    }

    /// The English name, whose Chinese stands in the catalogue of words.
    pub fn name(self) -> &'static str {
        match self {
            Scale::Yuan => "yuan",
            Scale::WanYuan => "10,000 yuan",
            Scale::YiYuan => "100 million yuan",
            Scale::Plain => "",
        }
    }

    /// A value as the table beneath a chart shows it: two decimals at most.
    pub fn shown(self, value: Decimal) -> String {
        let scaled = self.apply(value).round_dp(2);
        match self {
            Scale::WanYuan | Scale::YiYuan => grouped(&format!("{scaled:.2}")),
            Scale::Yuan | Scale::Plain => grouped(&scaled.normalize().to_string()),
        }
    }
}

/// `-1234567.5` → `-1,234,567.5`
pub fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, rest) =
        digits.split_once('.').map_or((digits, String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{sign}{out}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_scaled_exactly_and_rounded_once() {
        let amount: Decimal = "26486540.45".parse().unwrap();
        assert_eq!(Scale::of(amount), Scale::WanYuan);
        assert_eq!(Scale::WanYuan.shown(amount), "2,648.65");
        assert_eq!(Scale::YiYuan.shown("-12345000000".parse().unwrap()), "-123.45");
        assert_eq!(Scale::Plain.shown("42.0000".parse().unwrap()), "42");
        assert_eq!(Scale::Yuan.shown("-1234567.5".parse().unwrap()), "-1,234,567.5");
    }
}

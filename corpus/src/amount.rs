//! Amounts are whole fen; a unit only exists where one is printed.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// 元, printed to the fen.
    Yuan,
    /// 万元, printed with two decimals.
    TenThousandYuan,
    /// 万元, printed with one decimal.
    TenThousandYuanTenths,
    /// 万元, printed without decimals.
    WholeTenThousandYuan,
}

impl Unit {
    pub fn name(self) -> &'static str {
        match self {
            Unit::Yuan => "元",
            Unit::TenThousandYuan | Unit::TenThousandYuanTenths | Unit::WholeTenThousandYuan => "万元",
        }
    }

    /// Fen in one step of the last printed digit.
    pub fn step(self) -> i64 {
        match self {
            Unit::Yuan => 1,
            Unit::TenThousandYuan => 10_000,
            Unit::TenThousandYuanTenths => 100_000,
            Unit::WholeTenThousandYuan => 1_000_000,
        }
    }

    /// Digits printed after the decimal point.
    pub fn decimals(self) -> usize {
        match self {
            Unit::Yuan | Unit::TenThousandYuan => 2,
            Unit::TenThousandYuanTenths => 1,
            Unit::WholeTenThousandYuan => 0,
        }
    }

    /// The amount as printed, without separators: half a step is rounded away from zero.
    pub fn print(self, fen: i64) -> String {
        decimal(divide(fen, self.step()), self.decimals())
    }

    /// [`Unit::print`], back in fen.
    pub fn rounded(self, fen: i64) -> i64 {
        divide(fen, self.step()) * self.step()
    }
}

/// Division rounded half away from zero.
pub fn divide(dividend: i64, divisor: i64) -> i64 {
    let (dividend, divisor) = (i128::from(dividend), i128::from(divisor));
    let sign = if (dividend < 0) != (divisor < 0) { -1 } else { 1 };
    let (dividend, divisor) = (dividend.abs(), divisor.abs());
    (sign * ((2 * dividend + divisor) / (2 * divisor))) as i64
}

/// A number of units of the last decimal, as decimal text.
pub fn decimal(scaled: i64, decimals: usize) -> String {
    let sign = if scaled < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", scaled.unsigned_abs(), width = decimals + 1);
    let (whole, rest) = digits.split_at(digits.len() - decimals);
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// `part` as a percentage of `whole`, printed with the given decimals; nothing where the base is zero.
pub fn percent(part: i64, whole: i64, decimals: usize) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let scale = 10i128.pow(decimals as u32 + 2);
    let (numerator, base) = (i128::from(part) * scale, i128::from(whole));
    let sign = if (numerator < 0) != (base < 0) { -1 } else { 1 };
    let (numerator, base) = (numerator.abs(), base.abs());
    Some(decimal((sign * ((2 * numerator + base) / (2 * base))) as i64, decimals))
}

/// Thousands separators put into plain decimal text.
pub fn grouped(plain: &str, separator: char) -> String {
    let (sign, rest) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, decimals) = rest.split_once('.').map_or((rest, None), |(whole, decimals)| (whole, Some(decimals)));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    if let Some(decimals) = decimals {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_print_in_their_unit() {
        assert_eq!(Unit::Yuan.print(2_648_654_045), "26486540.45");
        assert_eq!(Unit::TenThousandYuan.print(2_648_654_045), "2648.65");
        assert_eq!(Unit::TenThousandYuan.print(-5_000), "-0.01");
        assert_eq!(Unit::TenThousandYuanTenths.print(2_648_654_045), "2648.7");
        assert_eq!(Unit::WholeTenThousandYuan.print(2_648_654_045), "2649");
        assert_eq!(grouped("-1234567.80", ','), "-1,234,567.80");
        assert_eq!(grouped("999.00", ','), "999.00");
    }

    #[test]
    fn percents_round_half_away_from_zero() {
        assert_eq!(percent(1, 8, 1).as_deref(), Some("12.5"));
        assert_eq!(percent(-391_211_716, 3_039_865_761, 1).as_deref(), Some("-12.9"));
        assert_eq!(percent(1, 0, 1), None);
    }
}

//! Units as disclosures print them.

use rust_decimal::Decimal;

/// The unit printed beside a number. Money units convert to yuan; every other one is kept as text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 元
    Yuan,
    /// 千元
    ThousandYuan,
    /// 万元
    TenThousandYuan,
    /// 百万元
    MillionYuan,
    /// 亿元
    HundredMillionYuan,
    /// %
    Percent,
    /// 个, 人, 辆, 平方米, 分 ..: as printed
    Other(String),
    /// No unit is printed anywhere that counts for this number.
    None,
}

impl Unit {
    /// Reads a unit as printed (simplified or traditional script); an unknown one is kept as `Other`.
    pub fn from_printed(text: &str) -> Self {
        match text.trim() {
            "" => Unit::None,
            "元" => Unit::Yuan,
            "千元" => Unit::ThousandYuan,
            "万元" | "萬元" => Unit::TenThousandYuan,
            "百万元" | "百萬元" => Unit::MillionYuan,
            "亿元" | "億元" => Unit::HundredMillionYuan,
            "%" | "％" => Unit::Percent,
            other => Unit::Other(other.to_owned()),
        }
    }

    /// How many yuan one of this unit is; `None` when it is not money.
    pub fn yuan_factor(&self) -> Option<Decimal> {
        match self {
            Unit::Yuan => Some(Decimal::ONE),
            Unit::ThousandYuan => Some(Decimal::from(1_000)),
            Unit::TenThousandYuan => Some(Decimal::from(10_000)),
            Unit::MillionYuan => Some(Decimal::from(1_000_000)),
            Unit::HundredMillionYuan => Some(Decimal::from(100_000_000)),
            Unit::Percent | Unit::Other(_) | Unit::None => None,
        }
    }

    pub fn is_money(&self) -> bool {
        self.yuan_factor().is_some()
    }

    /// The unit as the extracts print it.
    pub fn as_str(&self) -> &str {
        match self {
            Unit::Yuan => "元",
            Unit::ThousandYuan => "千元",
            Unit::TenThousandYuan => "万元",
            Unit::MillionYuan => "百万元",
            Unit::HundredMillionYuan => "亿元",
            Unit::Percent => "%",
            Unit::Other(text) => text,
            Unit::None => "",
        }
    }
}

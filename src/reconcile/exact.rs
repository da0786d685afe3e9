//! Exact arithmetic for comparisons: integers with a decimal scale, wide enough for a percent times an amount.

use std::cmp::Ordering;

use rust_decimal::Decimal;

/// `mantissa` divided by ten to the power of `scale`. Every operation is exact or answers `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    mantissa: i128,
    scale: u32,
}

impl Exact {
    pub const ZERO: Exact = Exact { mantissa: 0, scale: 0 };

    pub fn whole(value: i64) -> Self {
        Self { mantissa: i128::from(value), scale: 0 }
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let mantissa = self.at_scale(scale)?.checked_add(other.at_scale(scale)?)?;
        Some(Self { mantissa, scale })
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { mantissa: -other.mantissa, scale: other.scale })
    }

    pub fn times(self, other: Self) -> Option<Self> {
        Some(Self { mantissa: self.mantissa.checked_mul(other.mantissa)?, scale: self.scale + other.scale })
    }

    pub fn abs(self) -> Self {
        Self { mantissa: self.mantissa.abs(), scale: self.scale }
    }

    /// `None` when the two cannot be brought to one scale without overflow.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        let scale = self.scale.max(other.scale);
        Some(self.at_scale(scale)?.cmp(&other.at_scale(scale)?))
    }

    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// For showing only: more digits than a `Decimal` holds are rounded away.
    pub fn to_decimal(self) -> Option<Decimal> {
        let mut shown = self.normal();
        while shown.scale > 0 && (shown.scale > 20 || shown.mantissa.unsigned_abs() >= 1 << 95) {
            shown = Self { mantissa: shown.mantissa / 10, scale: shown.scale - 1 };
        }
        Decimal::try_from_i128_with_scale(shown.mantissa, shown.scale).ok()
    }

    fn at_scale(self, scale: u32) -> Option<i128> {
        self.mantissa.checked_mul(10i128.checked_pow(scale - self.scale)?)
    }

    fn normal(mut self) -> Self {
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self = Self { mantissa: self.mantissa / 10, scale: self.scale - 1 };
        }
        self
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self { mantissa: value.mantissa(), scale: value.scale() }.normal()
    }
}

/// All values a printed number can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    pub low: Exact,
    pub high: Exact,
}

impl Interval {
    pub fn around(value: Exact, half: Exact) -> Option<Self> {
        Some(Self { low: value.minus(half)?, high: value.plus(half)? })
    }

    pub fn times(self, other: Self) -> Option<Self> {
        let corners = [
            self.low.times(other.low)?,
            self.low.times(other.high)?,
            self.high.times(other.low)?,
            self.high.times(other.high)?,
        ];
        let mut bounds = Self { low: corners[0], high: corners[0] };
        for corner in corners {
            if corner.compare(bounds.low)? == Ordering::Less {
                bounds.low = corner;
            }
            if corner.compare(bounds.high)? == Ordering::Greater {
                bounds.high = corner;
            }
        }
        Some(bounds)
    }

    pub fn meets(self, other: Self) -> Option<bool> {
        Some(self.low.compare(other.high)? != Ordering::Greater && other.low.compare(self.high)? != Ordering::Greater)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number() -> impl Strategy<Value = Decimal> {
        (-1_000_000_000_000_000i64..1_000_000_000_000_000, 0u32..7).prop_map(|(m, s)| Decimal::new(m, s))
    }

    proptest! {
        #[test]
        fn sums_and_differences_undo_each_other(a in number(), b in number()) {
            let (a, b) = (Exact::from(a), Exact::from(b));
            let back = a.plus(b).unwrap().minus(b).unwrap();
            prop_assert_eq!(back.compare(a), Some(Ordering::Equal));
        }

        #[test]
        fn true_values_stay_inside_products(a in number(), b in number(), s in -500i64..=500, t in -500i64..=500) {
            let half = Decimal::new(5, 1);
            let inside = |value: Decimal, step: i64| Exact::from(value + Decimal::new(step, 3));
            let around = |value: Decimal| Interval::around(value.into(), half.into()).unwrap();
            let truth = inside(a, s).times(inside(b, t)).unwrap();
            let bounds = around(a).times(around(b)).unwrap();
            prop_assert!(bounds.low.compare(truth).unwrap() != Ordering::Greater);
            prop_assert!(bounds.high.compare(truth).unwrap() != Ordering::Less);
        }

        #[test]
        fn decimals_survive_the_way_there_and_back(a in number()) {
            prop_assert_eq!(Exact::from(a).to_decimal(), Some(a));
        }
    }

    #[test]
    fn what_is_too_large_is_refused_not_wrapped() {
        let huge = Exact::whole(i64::MAX);
        let square = huge.times(huge).unwrap();
        assert_eq!(square.times(huge), None);
    }
}

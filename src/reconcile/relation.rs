//! One identity over printed numbers: does it hold, within what the printing leaves open?

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::exact::{Exact, Interval};
use crate::vocabulary::Outcome;

/// How the two sides of a sum compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    AtMost,
}

/// A printed number and the half unit it leaves open, in its base unit (yuan for money).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    pub value: Decimal,
    pub half: Decimal,
}

/// A number with its sign in a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    pub sign: i8,
    pub number: Measured,
}

/// How a stated percent or average relates the two sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub number: Measured,
    /// 100 for a percent, 1 for an average.
    pub factor: i64,
}

/// The result of one evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub outcome: Outcome,
    pub left: Decimal,
    pub right: Decimal,
    pub difference: Decimal,
    pub allowed: Decimal,
    /// The stated rate is the true one cut off instead of rounded.
    pub truncated: bool,
}

/// `None` when the numbers are too large to compare exactly, or a rate stands on a zero base.
///
/// Without a rate: Σ left against Σ right. With one: factor · Σ left = rate · Σ right, by cross-multiplication.
pub fn judge(left: &[Signed], right: &[Signed], comparison: Comparison, rate: Option<Rate>) -> Option<Verdict> {
    match rate {
        None => judge_sums(left, right, comparison),
        Some(rate) => judge_rate(left, right, rate),
    }
}

fn judge_sums(left: &[Signed], right: &[Signed], comparison: Comparison) -> Option<Verdict> {
    let many = left.len() + right.len() > 2;
    let (left_value, left_half) = total(left, many)?;
    let (right_value, right_half) = total(right, many)?;
    let difference = left_value.minus(right_value)?;
    let allowed = left_half.plus(right_half)?;
    let holds_exactly = match comparison {
        Comparison::Equal => difference.is_zero(),
        Comparison::AtMost => difference.is_zero() || difference.is_negative(),
    };
    let outcome = if holds_exactly {
        Outcome::Exact
    } else if difference.abs().compare(allowed)? != Ordering::Greater {
        Outcome::WithinRounding
    } else {
        Outcome::Broken
    };
    Some(Verdict {
        outcome,
        left: left_value.to_decimal()?,
        right: right_value.to_decimal()?,
        difference: difference.to_decimal()?,
        allowed: allowed.to_decimal()?,
        truncated: false,
    })
}

fn judge_rate(part: &[Signed], whole: &[Signed], rate: Rate) -> Option<Verdict> {
    let (part_value, part_half) = total(part, true)?;
    let (whole_value, whole_half) = total(whole, true)?;
    if whole_value.is_zero() {
        return None;
    }
    let factor = Exact::whole(rate.factor);
    let stated = Exact::from(rate.number.value);
    let half = Exact::from(rate.number.half);
    let scaled_part = factor.times(part_value)?;
    let gap = scaled_part.minus(stated.times(whole_value)?)?;
    let rounds_to_stated = gap.abs().compare(half.times(whole_value)?.abs())? != Ordering::Greater;
    let outcome = if rounds_to_stated {
        Outcome::Exact
    } else {
        let left = Interval::around(scaled_part, factor.times(part_half)?)?;
        let right = Interval::around(stated, half)?.times(Interval::around(whole_value, whole_half)?)?;
        if left.meets(right)? { Outcome::WithinRounding } else { Outcome::Broken }
    };
    let computed = scaled_part.to_decimal()?.checked_div(whole_value.to_decimal()?)?.round_dp(6);
    let truncated = outcome == Outcome::Broken && is_cut_off(scaled_part, whole_value, stated, half)?;
    Some(Verdict {
        outcome: if truncated { Outcome::WithinRounding } else { outcome },
        left: rate.number.value,
        right: computed,
        difference: rate.number.value - computed,
        allowed: rate.number.half,
        truncated,
    })
}

/// |stated| ≤ |part / whole| < |stated| + one printed unit, both of one direction.
fn is_cut_off(part: Exact, whole: Exact, stated: Exact, half: Exact) -> Option<bool> {
    let falls = part.is_negative() != whole.is_negative();
    if !stated.is_zero() && stated.is_negative() != falls {
        return Some(false);
    }
    let (part, whole, stated) = (part.abs(), whole.abs(), stated.abs());
    let next = stated.plus(half)?.plus(half)?;
    Some(part.compare(stated.times(whole)?)? != Ordering::Less && part.compare(next.times(whole)?)? == Ordering::Less)
}

/// Yuan below which nobody budgets: a zero printed finer than this is nothing, a coarser one (0 万元) may be an amount.
pub const SMALLEST_AMOUNT: Decimal = Decimal::from_parts(500, 0, 0, false, 0);

/// Coarse zeros of one sum that may each hide half a unit.
const COARSE_ZEROS: usize = 2;

/// Whether a number is printed as zero and may yet be an amount: 0 where all is printed in whole 万元.
pub fn is_coarse_zero(number: &Measured) -> bool {
    number.value.is_zero() && number.half >= SMALLEST_AMOUNT
}

/// The sum and the half unit it leaves open. In a sum of many, a printed zero is an exact zero, but for the first coarse
/// ones: a form full of 0.00 would otherwise hide every small fault.
fn total(terms: &[Signed], many: bool) -> Option<(Exact, Exact)> {
    let mut sum = Exact::ZERO;
    let mut half = Exact::ZERO;
    let mut coarse_zeros = 0;
    for term in terms {
        let value = Exact::from(term.number.value);
        sum = if term.sign < 0 { sum.minus(value)? } else { sum.plus(value)? };
        coarse_zeros += usize::from(is_coarse_zero(&term.number));
        let may_be_an_amount = is_coarse_zero(&term.number) && coarse_zeros <= COARSE_ZEROS;
        if !many || !value.is_zero() || may_be_an_amount {
            half = half.plus(term.number.half.into())?;
        }
    }
    Some((sum, half))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_coarse_zero_may_be_an_amount_and_a_fine_one_is_nothing() {
        let yuan = |value: i64, half: i64| Signed {
            sign: 1,
            number: Measured { value: Decimal::from(value), half: Decimal::from(half) },
        };
        let judged = |parts: &[Signed], whole| judge_sums(parts, &[whole], Comparison::Equal).unwrap().outcome;
        let zeros = |half| [yuan(0, half), yuan(0, half), yuan(0, half), yuan(0, half)];
        assert_eq!(judged(&zeros(5_000), yuan(10_000, 5_000)), Outcome::WithinRounding);
        assert_eq!(judged(&zeros(5_000), yuan(20_000, 5_000)), Outcome::Broken);
        assert_eq!(judged(&zeros(50), yuan(200, 50)), Outcome::Broken);
    }

    fn printed(text: &str) -> Measured {
        let value: Decimal = text.parse().unwrap();
        Measured { value, half: Decimal::new(5, value.scale() + 1) }
    }

    fn plus(text: &str) -> Signed {
        Signed { sign: 1, number: printed(text) }
    }

    fn outcome(left: &[&str], right: &[&str]) -> Outcome {
        let terms = |texts: &[&str]| texts.iter().map(|text| plus(text)).collect::<Vec<_>>();
        judge(&terms(left), &terms(right), Comparison::Equal, None).unwrap().outcome
    }

    fn percent(part: &str, whole: &str, stated: &str) -> (Outcome, bool) {
        let rate = Some(Rate { number: printed(stated), factor: 100 });
        let verdict = judge(&[plus(part)], &[plus(whole)], Comparison::Equal, rate).unwrap();
        (verdict.outcome, verdict.truncated)
    }

    #[test]
    fn a_sum_may_miss_by_half_a_unit_a_term() {
        assert_eq!(outcome(&["3.00"], &["1.00", "2.00"]), Outcome::Exact);
        assert_eq!(outcome(&["3.01"], &["1.00", "2.00"]), Outcome::WithinRounding);
        assert_eq!(outcome(&["3.02"], &["1.00", "2.00"]), Outcome::Broken);
        assert_eq!(outcome(&["3.02"], &["1.00", "2.00", "0.00", "0.00", "0.00"]), Outcome::Broken);
    }

    #[test]
    fn percents_are_compared_without_dividing() {
        assert_eq!(percent("2940.05", "2946.25", "99.79"), (Outcome::Exact, false));
        assert_eq!(percent("1.05", "3.00", "34.90"), (Outcome::WithinRounding, false));
        assert_eq!(percent("2106.66", "2940.05", "71.73").0, Outcome::Broken);
        assert_eq!(percent("9746.50", "9759.38", "99.86"), (Outcome::WithinRounding, true));
    }

    #[test]
    fn a_rate_of_the_other_direction_is_not_cut_off() {
        assert_eq!(percent("30", "750", "-4.00"), (Outcome::Broken, false));
        assert_eq!(percent("-30", "750", "4.00"), (Outcome::Broken, false));
        assert_eq!(percent("-30.07", "750", "-4.00"), (Outcome::WithinRounding, true));
    }

    #[test]
    fn a_rate_on_nothing_is_not_judged() {
        let rate = Some(Rate { number: printed("100"), factor: 100 });
        assert_eq!(judge(&[plus("5.00")], &[plus("0.00")], Comparison::Equal, rate), None);
    }

    proptest! {
        /// Whatever the true values were: rounding each of them never makes a true sum look broken.
        #[test]
        fn rounded_true_sums_are_never_broken(parts in proptest::collection::vec(10_000i64..10_000_000_000, 1..30)) {
            let exact: Vec<Decimal> = parts.iter().map(|part| Decimal::new(*part, 6)).collect();
            let round = |value: Decimal| {
                Signed { sign: 1, number: Measured { value: value.round_dp(2), half: Decimal::new(5, 3) } }
            };
            let terms: Vec<Signed> = exact.iter().map(|part| round(*part)).collect();
            let verdict = judge(&[round(exact.iter().sum())], &terms, Comparison::Equal, None).unwrap();
            prop_assert_ne!(verdict.outcome, Outcome::Broken);
        }

        #[test]
        fn rounded_true_percents_are_never_broken(part in 0i64..1_000_000_000, whole in 1_000_000i64..10_000_000_000) {
            let stated = (Decimal::from(part) * Decimal::from(100) / Decimal::from(whole)).round_dp(2);
            let of = |value: i64| {
                let value = Decimal::new(value, 4).round_dp(2);
                Signed { sign: 1, number: Measured { value, half: Decimal::new(5, 3) } }
            };
            let rate = Some(Rate { number: Measured { value: stated, half: Decimal::new(5, 3) }, factor: 100 });
            if let Some(verdict) = judge(&[of(part)], &[of(whole)], Comparison::Equal, rate) {
                prop_assert_ne!(verdict.outcome, Outcome::Broken);
            }
        }
    }
}

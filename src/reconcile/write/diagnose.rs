//! What may explain a difference. A diagnosis never changes data.

use rust_decimal::Decimal;

use crate::reconcile::evaluation::{Evaluation, Operand, Role, Shape, Source, Whose, verdict_of};
use crate::reconcile::facts::lookup::Book;
use crate::reconcile::relation::Comparison;
use crate::vocabulary::{Outcome, Unit};

/// A recognised pattern of error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pattern {
    /// Two digits change places.
    Transposed,
    /// One digit is another.
    OneDigit,
    /// Ten thousand times too large or too small: 元 and 万元.
    UnitFactor,
    /// Ten, a hundred or a thousand times.
    DecimalPoint,
    SignReversed,
    /// The difference is one of the components.
    ComponentOmitted,
    ComponentDoubled,
    /// The same number is printed elsewhere for something else.
    CopiedFromElsewhere,
    /// A percent of the current value instead of the base.
    WrongBase,
    /// The stated rate is that of another amount.
    RateOfAnother,
    /// No slip explains it, and several identities ask for the same value.
    Agreed,
    /// Follows from another correction.
    Consequence,
}

impl Pattern {
    pub fn as_str(self) -> &'static str {
        match self {
            Pattern::Transposed => "transposed",
            Pattern::OneDigit => "one_digit",
            Pattern::UnitFactor => "unit_factor",
            Pattern::DecimalPoint => "decimal_point",
            Pattern::SignReversed => "sign_reversed",
            Pattern::ComponentOmitted => "component_omitted",
            Pattern::ComponentDoubled => "component_doubled",
            Pattern::CopiedFromElsewhere => "copied_from_elsewhere",
            Pattern::WrongBase => "wrong_base",
            Pattern::RateOfAnother => "rate_of_another",
            Pattern::Agreed => "agreed",
            Pattern::Consequence => "consequence",
        }
    }
}

/// A pattern that fits, the operand it is about, and where the copied value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    pub pattern: Pattern,
    /// The number as printed, with its unit.
    pub printed: String,
    /// What it would be, in the printed unit; or where else the number is printed.
    pub instead: String,
}

/// A source as printed: value in its unit, decimals, and the unit's factor.
#[derive(Debug, Clone)]
pub struct PrintedNumber {
    pub printed: String,
    pub unit: String,
    factor: Decimal,
    decimals: u32,
    /// Counts and amounts are not negative, changes and balances may be.
    may_be_negative: bool,
}

impl PrintedNumber {
    pub fn of(book: &Book, source: Source) -> Option<Self> {
        let (printed, unit, may_be_negative) = match source {
            Source::Figure(Whose::Own, at) => {
                let figure = &book.facts.figures[at];
                let is_balance = figure.flow.ends_with("_balance");
                (&figure.printed, &figure.unit, is_balance || figure.value.is_sign_negative())
            }
            Source::Claim(Whose::Own, at) => {
                let claim = &book.facts.claims[at];
                let is_change = claim.measure.starts_with("change");
                (&claim.printed, &claim.unit, is_change || claim.value.is_sign_negative())
            }
            _ => return None,
        };
        let factor = Unit::from_printed(unit).yuan_factor().unwrap_or(Decimal::ONE);
        let decimals = match printed.rsplit_once('.') {
            Some((_, digits)) => digits.trim().len() as u32,
            None => 0,
        };
        Some(Self {
            printed: printed.to_string(),
            unit: unit.to_string(),
            factor,
            decimals: decimals.min(8),
            may_be_negative,
        })
    }

    /// A base value in the printed unit, at the printed decimals; `None` when it does not fit them.
    pub fn in_unit(&self, base: Decimal, allowed: Decimal) -> Option<Decimal> {
        let exact = base.checked_div(self.factor)?;
        let shown = exact.round_dp(self.decimals);
        if shown.is_sign_negative() && !shown.is_zero() && !self.may_be_negative {
            return None;
        }
        ((shown - exact).abs() * self.factor <= allowed.max(Decimal::new(5, 3))).then_some(shown)
    }

    pub fn to_base(&self, shown: Decimal) -> Decimal {
        shown * self.factor
    }

    fn digits(&self, shown: Decimal) -> String {
        let mut fixed = shown.abs();
        fixed.rescale(self.decimals);
        fixed.mantissa().to_string()
    }
}

/// The value an operand would need for the sums to agree.
pub fn mending_value(operands: &[Operand], at: usize, difference: Decimal) -> Option<Decimal> {
    let operand = operands.get(at)?;
    let direction = match operand.role {
        Role::Left => Decimal::from(operand.sign),
        Role::Right => Decimal::from(-operand.sign),
        Role::Rate => return None,
    };
    Some(operand.number.value - difference * direction)
}

/// How one printed number becomes another by one slip of the hand, if it does.
pub fn slip(number: &PrintedNumber, from: Decimal, to: Decimal) -> Option<Pattern> {
    if from.is_zero() || to.is_zero() {
        return None;
    }
    if from == -to {
        return Some(Pattern::SignReversed);
    }
    for (power, pattern) in
        [(4, Pattern::UnitFactor), (1, Pattern::DecimalPoint), (2, Pattern::DecimalPoint), (3, Pattern::DecimalPoint)]
    {
        let scale = Decimal::from(10u64.pow(power));
        let close = |a: Decimal, b: Decimal| (a - b).abs() <= Decimal::new(1, number.decimals);
        if close(from * scale, to) || close(from, to * scale) {
            return Some(pattern);
        }
    }
    if from.is_sign_negative() != to.is_sign_negative() {
        return None;
    }
    let (from, to) = (number.digits(from), number.digits(to));
    if from.len() != to.len() || from.len() < 3 {
        return None;
    }
    let differing: Vec<(char, char)> = from.chars().zip(to.chars()).filter(|(a, b)| a != b).collect();
    match differing.as_slice() {
        [_] => Some(Pattern::OneDigit),
        [(a, b), (c, d)] if a == d && b == c => Some(Pattern::Transposed),
        _ => None,
    }
}

/// The patterns that fit a broken evaluation, the most telling first, at most three.
pub fn diagnose(book: &Book, prior: Option<&Book>, evaluation: &Evaluation) -> Vec<Diagnosis> {
    let Some(verdict) = evaluation.verdict().filter(|verdict| verdict.outcome == Outcome::Broken) else {
        return Vec::new();
    };
    let mut found = if evaluation.operands.iter().any(|operand| operand.role == Role::Rate) {
        wrong_base(book, evaluation).or_else(|| wrong_part(book, evaluation)).into_iter().collect()
    } else if evaluation.shape.comparison == Comparison::Equal {
        let mut found = slips(book, evaluation, verdict.difference, verdict.allowed);
        found.extend(components(book, evaluation, verdict.difference, verdict.allowed));
        found.extend(copied(book, prior, evaluation));
        found
    } else {
        Vec::new()
    };
    found.sort_by_key(|diagnosis| diagnosis.pattern);
    found.truncate(3);
    found
}

fn slips(book: &Book, evaluation: &Evaluation, difference: Decimal, allowed: Decimal) -> Vec<Diagnosis> {
    let of_operand = |(at, operand): (usize, &Operand)| {
        let number = PrintedNumber::of(book, operand.source)?;
        let to = number.in_unit(mending_value(&evaluation.operands, at, difference)?, allowed)?;
        let from = number.in_unit(operand.number.value, allowed)?;
        let pattern = slip(&number, from, to)?;
        Some(Diagnosis {
            pattern,
            printed: format!("{}{}", number.printed, number.unit),
            instead: format!("{to}{}", number.unit),
        })
    };
    evaluation.operands.iter().enumerate().filter_map(of_operand).collect()
}

fn components(book: &Book, evaluation: &Evaluation, difference: Decimal, allowed: Decimal) -> Vec<Diagnosis> {
    let parts = |role: Role| evaluation.operands.iter().filter(move |operand| operand.role == role);
    let side = if parts(Role::Right).count() > 1 { Role::Right } else { Role::Left };
    let is_filled = |operand: &&Operand| !operand.number.value.is_zero();
    // One part alone is the whole of its side: neither twice in it nor left out of it.
    if parts(side).filter(is_filled).count() < 2 {
        return Vec::new();
    }
    let excess = if side == Role::Right { -difference } else { difference };
    parts(side)
        .filter(is_filled)
        .filter_map(|operand| {
            let value = operand.number.value * Decimal::from(operand.sign);
            let pattern = if (excess - value).abs() <= allowed {
                Pattern::ComponentDoubled
            } else if (excess + value).abs() <= allowed {
                Pattern::ComponentOmitted
            } else {
                return None;
            };
            let number = PrintedNumber::of(book, operand.source)?;
            Some(Diagnosis { pattern, printed: format!("{}{}", number.printed, number.unit), instead: String::new() })
        })
        .collect()
}

/// For two numbers that should be one: where else the odd one is printed, in this disclosure or the year before.
fn copied(book: &Book, prior: Option<&Book>, evaluation: &Evaluation) -> Option<Diagnosis> {
    let [left, right] = evaluation.operands.as_slice() else { return None };
    let (odd, other) = match (left.source, right.source) {
        (Source::Claim(..), _) => (left, right),
        (_, Source::Claim(..)) => (right, left),
        _ => (left, right),
    };
    // Round numbers are printed in many places for many reasons.
    if odd.number.value.normalize().mantissa().abs() < 1000 {
        return None;
    }
    let is_same = |value: Decimal| (value - odd.number.value).abs() <= odd.number.half;
    let in_own = book
        .facts
        .figures
        .iter()
        .enumerate()
        .find(|(at, figure)| {
            let source = Source::Figure(Whose::Own, *at);
            source != odd.source && source != other.source && is_same(figure.base_value())
        })
        .map(|(_, figure)| (book, figure));
    let in_prior = || {
        let prior = prior?;
        Some((prior, prior.facts.figures.iter().find(|figure| is_same(figure.base_value()))?))
    };
    let (from, figure) = in_own.or_else(in_prior)?;
    let number = PrintedNumber::of(book, odd.source)?;
    let year = from.facts.fiscal_year.map_or_else(String::new, |year| year.to_string());
    Some(Diagnosis {
        pattern: Pattern::CopiedFromElsewhere,
        printed: format!("{}{}", number.printed, number.unit),
        instead: format!("{year} {}!{} {}", figure.sheet, figure.cell, figure.row_label).trim().to_owned(),
    })
}

/// The stated percent fits when only the first term of the base is taken.
fn wrong_base(book: &Book, evaluation: &Evaluation) -> Option<Diagnosis> {
    let mut kept = evaluation.operands.clone();
    let first = kept.iter().position(|operand| operand.role == Role::Right)?;
    if kept.iter().filter(|operand| operand.role == Role::Right).count() < 2 {
        return None;
    }
    let mut at = 0;
    kept.retain(|operand| {
        let keep = operand.role != Role::Right || at == first;
        at += 1;
        keep
    });
    let verdict = verdict_of(&kept, Shape { ..evaluation.shape }, None)?;
    let number = PrintedNumber::of(book, kept.iter().find(|operand| operand.role == Role::Right)?.source)?;
    (verdict.outcome != Outcome::Broken).then(|| Diagnosis {
        pattern: Pattern::WrongBase,
        printed: format!("{}{}", number.printed, number.unit),
        instead: String::new(),
    })
}

/// The stated rate is that of another amount on the same page: found within a few lines of it.
fn wrong_part(book: &Book, evaluation: &Evaluation) -> Option<Diagnosis> {
    let rate = evaluation.operands.iter().find(|operand| operand.role == Role::Rate)?;
    let Source::Claim(Whose::Own, stated) = rate.source else { return None };
    let line = book.facts.claims[stated].line;
    let mut others = evaluation.operands.clone();
    others.retain(|operand| operand.role != Role::Left);
    book.claims()
        .filter(|(at, claim)| {
            claim.is_usable()
                && *at != stated
                && claim.line.abs_diff(line) <= 2
                && claim.amount_yuan.is_some()
                && !claim.value.is_zero()
        })
        .find_map(|(at, claim)| {
            let (source, number) = book.claim_number(at);
            let mut operands = others.clone();
            operands.push(Operand { source, role: Role::Left, sign: 1, number });
            let verdict = verdict_of(&operands, evaluation.shape, None)?;
            let printed = PrintedNumber::of(book, rate.source)?;
            (verdict.outcome == Outcome::Exact && !evaluation.operands.iter().any(|operand| operand.source == source))
                .then(|| Diagnosis {
                    pattern: Pattern::RateOfAnother,
                    printed: format!("{}{}", printed.printed, printed.unit),
                    instead: format!("{} {}{}", claim.item, claim.printed, claim.unit),
                })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> PrintedNumber {
        let decimals = text.rsplit_once('.').map_or(0, |(_, digits)| digits.len() as u32);
        PrintedNumber {
            printed: text.to_owned(),
            unit: "元".to_owned(),
            factor: Decimal::ONE,
            decimals,
            may_be_negative: true,
        }
    }

    fn slip_of(from: &str, to: &str) -> Option<Pattern> {
        slip(&printed(from), from.parse().unwrap(), to.parse().unwrap())
    }

    #[test]
    fn slips_are_told_apart() {
        assert_eq!(slip_of("81250.00", "82150.00"), Some(Pattern::Transposed));
        assert_eq!(slip_of("59608.04", "59607.04"), Some(Pattern::OneDigit));
        assert_eq!(slip_of("12.50", "125000.00"), Some(Pattern::UnitFactor));
        assert_eq!(slip_of("125.00", "12.50"), Some(Pattern::DecimalPoint));
        assert_eq!(slip_of("125.00", "-125.00"), Some(Pattern::SignReversed));
        assert_eq!(slip_of("125.00", "431.00"), None);
        assert_eq!(slip_of("0.00", "431.00"), None);
    }
}

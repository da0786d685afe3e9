//! How finely a disclosure prints its numbers.

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::operands::{ClaimFact, FigureFact};
use crate::normalise::ValueKind;
use crate::vocabulary::ClaimKind;

/// What a printed number leaves open, after dropped trailing zeros are put back.
///
/// Where a cell prints fewer decimals than its table (or than its document, for prose) mostly does, the trailing zeros
/// were dropped. Yuan to the fen is exact, and so is a count.
#[derive(Debug, Default)]
pub struct Precision {
    /// By position among the figures, in the base unit.
    figures: Vec<Decimal>,
    /// By position among the claims.
    claims: Vec<Decimal>,
}

impl Precision {
    pub fn of(figures: &[FigureFact], claims: &[ClaimFact]) -> Self {
        let table_of = |figure: &'_ FigureFact| (figure.document, figure.sheet_number);
        let mut tables: FxHashMap<_, HalfUnits> = FxHashMap::default();
        for figure in figures.iter().filter(|figure| !figure.value.is_zero()) {
            tables.entry((table_of(figure), figure.unit.as_str())).or_default().count(figure.half_unit);
        }
        let mut prose: FxHashMap<_, HalfUnits> = FxHashMap::default();
        let mut finest_amount: FxHashMap<usize, Decimal> = FxHashMap::default();
        for claim in claims.iter().filter(|claim| !claim.value.is_zero()) {
            prose.entry((claim.document, claim.unit.as_str())).or_default().count(claim.half_unit);
            if claim.value_kind == ValueKind::Money {
                let half = finest_amount.entry(claim.document).or_insert(claim.half_unit);
                *half = claim.half_unit.min(*half);
            }
        }
        let (tables, prose) = (most_common(tables), most_common(prose));
        let rounded = rounded_by_size(claims, &prose);
        let of_figure = |figure: &FigureFact| {
            let usual = tables.get(&(table_of(figure), figure.unit.as_str())).copied();
            left_open(figure.half_unit, usual, figure.value_kind, &figure.unit)
        };
        let of_claim = |claim: &ClaimFact| match claim.kind {
            ClaimKind::Nil => Decimal::ZERO,
            // 持平 says "no change" as finely as amounts are printed around it.
            // 98% beside 71.65% is rounded to the whole percent: no trailing zeros are dropped from quotients.
            _ if claim.value_kind == ValueKind::Percent && claim.kind != ClaimKind::Flat => claim.half_unit,
            ClaimKind::Flat => finest_amount.get(&claim.document).copied().unwrap_or(Decimal::ONE_HUNDRED),
            _ => {
                let key = (claim.document, claim.unit.as_str());
                let usual = prose.get(&key).copied().filter(|_| !rounded.contains(&key));
                // An average is a rounded quotient, however finely it is printed.
                let kind = if claim.measure == "average" { ValueKind::Other } else { claim.value_kind };
                left_open(claim.half_unit, usual, kind, &claim.unit)
            }
        };
        Self { figures: figures.iter().map(of_figure).collect(), claims: claims.iter().map(of_claim).collect() }
    }

    pub fn of_figure(&self, at: usize) -> Decimal {
        self.figures[at]
    }

    pub fn of_claim(&self, at: usize) -> Decimal {
        self.claims[at]
    }
}

/// As many coarse amounts as show that they were rounded.
const SOME: usize = 5;

/// 12387万元 beside 62.60万元: documents and units whose coarser amounts are larger than nearly all that are printed as finely
/// as most are. These were rounded for their size; no trailing zeros were dropped.
fn rounded_by_size<'a>(
    claims: &'a [ClaimFact],
    usual: &FxHashMap<(usize, &'a str), Decimal>,
) -> FxHashSet<(usize, &'a str)> {
    /// Fine ones and coarse ones.
    type Sizes = (Vec<Decimal>, Vec<Decimal>);
    let mut sizes: FxHashMap<(usize, &str), Sizes> = FxHashMap::default();
    for claim in claims.iter().filter(|claim| claim.value_kind == ValueKind::Money && !claim.value.is_zero()) {
        let key = (claim.document, claim.unit.as_str());
        let (fine, coarse) = sizes.entry(key).or_default();
        let is_coarse = usual.get(&key).is_some_and(|usual| claim.half_unit > *usual);
        if is_coarse { coarse.push(claim.value.abs()) } else { fine.push(claim.value.abs()) }
    }
    let is_rounded = |(fine, coarse): &Sizes| {
        let smallest = coarse.iter().min().copied().unwrap_or_default();
        let as_large = fine.iter().filter(|size| **size >= smallest).count();
        coarse.len() >= SOME && as_large * 4 <= fine.len()
    };
    sizes.into_iter().filter(|(_, sizes)| is_rounded(sizes)).map(|(key, _)| key).collect()
}

/// How often each half unit is printed.
#[derive(Default)]
struct HalfUnits(Vec<(Decimal, u32)>);

impl HalfUnits {
    fn count(&mut self, half: Decimal) {
        match self.0.iter_mut().find(|(known, _)| *known == half) {
            Some((_, times)) => *times += 1,
            None => self.0.push((half, 1)),
        }
    }

    /// Of equally common ones the finest.
    fn most_common(self) -> Option<Decimal> {
        let (half, _) = self.0.into_iter().max_by_key(|(half, times)| (*times, std::cmp::Reverse(*half)))?;
        Some(half)
    }
}

fn most_common<K: Eq + std::hash::Hash>(counted: FxHashMap<K, HalfUnits>) -> FxHashMap<K, Decimal> {
    counted.into_iter().filter_map(|(key, halves)| Some((key, halves.most_common()?))).collect()
}

fn left_open(own: Decimal, usual: Option<Decimal>, kind: ValueKind, unit: &str) -> Decimal {
    let half = usual.map_or(own, |usual| own.min(usual));
    let is_exact = match kind {
        ValueKind::Money => half <= Decimal::new(5, 3),
        ValueKind::Count => !unit.starts_with(['万', '亿']),
        ValueKind::Percent | ValueKind::Other => false,
    };
    if is_exact { Decimal::ZERO } else { half }
}

//! The smallest set of numbers whose change mends most broken identities (greedy). A suggestion only: nothing changes.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::diagnose::{Pattern, PrintedNumber, mending_value, slip};
use crate::reconcile::evaluation::{Evaluation, Operand, Role, Shape, Source, verdict_of};
use crate::reconcile::facts::lookup::Book;
use crate::reconcile::relation::Comparison;
use crate::vocabulary::Outcome;

/// More broken identities than this are not one slip of the hand.
const MOST_BROKEN: usize = 200;
/// Sums of more terms than this name no candidate.
const MOST_TERMS: usize = 40;

/// No consequence; a slip that mends several; balance; a slip; how many it mends.
type Rank = (bool, bool, i64, bool, usize);

/// One suggested change.
#[derive(Debug, Clone)]
pub struct Change {
    pub source: Source,
    pub number: PrintedNumber,
    /// In the printed unit.
    pub suggested: Decimal,
    pub pattern: Pattern,
    /// Positions in the list of evaluations.
    pub mends: Vec<usize>,
}

struct Numbers {
    /// Position in the caller's list, operands as changed so far, shape, is it broken now.
    open: Vec<(usize, Vec<Operand>, Shape, bool)>,
    by_source: BTreeMap<Source, Vec<usize>>,
}

/// The changes that mend most of what is broken, but for what something else explains.
pub fn smallest_repair(book: &Book, evaluations: &[Evaluation], explained: &BTreeSet<usize>) -> Vec<Change> {
    let is_broken = |evaluation: &Evaluation| evaluation.verdict().is_some_and(|v| v.outcome == Outcome::Broken);
    let open = evaluations.iter().enumerate().filter(|(at, _)| !explained.contains(at));
    let broken = open.filter(|(_, evaluation)| is_broken(evaluation)).count();
    let mut changes: Vec<Change> = Vec::new();
    if broken == 0 || broken > MOST_BROKEN {
        return changes;
    }
    let mut numbers = Numbers::of(evaluations, explained);
    let mut settled: BTreeSet<Source> = BTreeSet::new();
    while changes.len() < broken {
        let Some((change, base)) = numbers.best_change(book, &settled) else { break };
        numbers.apply(change.source, base);
        settled.insert(change.source);
        changes.push(change);
    }
    changes
}

impl Numbers {
    fn of(evaluations: &[Evaluation], explained: &BTreeSet<usize>) -> Self {
        let mut open = Vec::new();
        let mut by_source: BTreeMap<Source, Vec<usize>> = BTreeMap::new();
        for (at, evaluation) in evaluations.iter().enumerate().filter(|(at, _)| !explained.contains(at)) {
            let Some(verdict) = evaluation.verdict() else { continue };
            for operand in &evaluation.operands {
                by_source.entry(operand.source).or_default().push(open.len());
            }
            let is_broken = verdict.outcome == Outcome::Broken;
            open.push((at, evaluation.operands.clone(), evaluation.shape, is_broken));
        }
        Self { open, by_source }
    }

    /// The change with the best balance of mended and newly broken identities; of equal ones slips of the hand first.
    fn best_change(&self, book: &Book, settled: &BTreeSet<Source>) -> Option<(Change, Decimal)> {
        let mut best: Option<(Rank, Change, Decimal)> = None;
        let mut tried: BTreeSet<(Source, Decimal)> = BTreeSet::new();
        for (_, operands, shape, _) in self.open.iter().filter(|(.., is_broken)| *is_broken) {
            for (source, base) in candidates(operands, *shape) {
                if settled.contains(&source) || !tried.insert((source, base)) {
                    continue;
                }
                let Some((change, balance, base)) = self.weigh(book, source, base, operands, settled) else { continue };
                let is_slip = !matches!(change.pattern, Pattern::Consequence | Pattern::Agreed);
                let is_proven = is_slip && change.mends.len() > 1;
                let rank = (change.pattern != Pattern::Consequence, is_proven, balance, is_slip, change.mends.len());
                if best.as_ref().is_none_or(|(best_rank, ..)| rank > *best_rank) {
                    best = Some((rank, change, base));
                }
            }
        }
        best.map(|(_, change, base)| (change, base))
    }

    fn weigh(
        &self,
        book: &Book,
        source: Source,
        base: Decimal,
        operands: &[Operand],
        settled: &BTreeSet<Source>,
    ) -> Option<(Change, i64, Decimal)> {
        let number = PrintedNumber::of(book, source)?;
        let from = operands.iter().find(|operand| operand.source == source)?.number.value;
        let suggested = number.in_unit(base, Decimal::from(100))?;
        let base = number.to_base(suggested);
        let pattern = slip(&number, number.in_unit(from, Decimal::ONE)?, suggested);
        let mut mends = Vec::new();
        let mut breaks = 0i64;
        for at in self.by_source.get(&source)? {
            let (position, operands, shape, was_broken) = &self.open[*at];
            let is_broken = verdict_of(operands, *shape, Some((source, base)))?.outcome == Outcome::Broken;
            if *was_broken && !is_broken {
                mends.push(*position);
            }
            breaks += i64::from(!was_broken && is_broken);
        }
        let balance = mends.len() as i64 - breaks;
        // Any number can be changed to mend one sum: without a slip to explain it, it must mend more.
        let enough = if pattern.is_some() { 1 } else { 2 };
        let pattern = match pattern {
            Some(pattern) => pattern,
            None if self.is_tied(source, settled) => Pattern::Consequence,
            None if self.independent(&mends) > 1 => Pattern::Agreed,
            None => return None,
        };
        (balance >= enough).then_some((Change { source, number, suggested, pattern, mends }, balance, base))
    }

    /// How many of these evaluations compare different numbers: at most and equal of the same ones are one.
    fn independent(&self, mends: &[usize]) -> usize {
        let compared = self.open.iter().filter(|(position, ..)| mends.contains(position));
        let sources = compared.map(|(_, operands, ..)| operands.iter().map(|operand| operand.source).collect());
        sources.collect::<BTreeSet<BTreeSet<Source>>>().len()
    }

    /// Whether an identity holds both this number and one already corrected: only then does one follow from the other.
    fn is_tied(&self, source: Source, settled: &BTreeSet<Source>) -> bool {
        let identities = self.by_source.get(&source).into_iter().flatten();
        identities.flat_map(|at| &self.open[*at].1).any(|operand| settled.contains(&operand.source))
    }

    fn apply(&mut self, source: Source, base: Decimal) {
        for at in self.by_source.get(&source).cloned().unwrap_or_default() {
            let (_, operands, shape, is_broken) = &mut self.open[at];
            for operand in operands.iter_mut().filter(|operand| operand.source == source) {
                operand.number.value = base;
            }
            *is_broken = verdict_of(operands, *shape, None).is_some_and(|verdict| verdict.outcome == Outcome::Broken);
        }
    }
}

fn candidates(operands: &[Operand], shape: Shape) -> Vec<(Source, Decimal)> {
    let is_sum = shape.comparison == Comparison::Equal && operands.iter().all(|operand| operand.role != Role::Rate);
    let printed = operands.iter().filter(|operand| !operand.source.is_unprinted()).count();
    if !is_sum || printed > MOST_TERMS {
        return Vec::new();
    }
    let Some(verdict) = verdict_of(operands, shape, None) else { return Vec::new() };
    operands
        .iter()
        .enumerate()
        .filter(|(_, operand)| matches!(operand.source, Source::Figure(..) | Source::Claim(..)))
        .filter_map(|(at, operand)| Some((operand.source, mending_value(operands, at, verdict.difference)?)))
        .collect()
}

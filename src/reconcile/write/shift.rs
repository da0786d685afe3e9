//! Values that stand one line beside their labels: a row, a column, or a stretch of it.
//!
//! Every stretch that broken identities hold is moved back in thought. The few that seem to mend most are moved back in a
//! copy of the facts, on which every check is evaluated anew: what then holds is the proof.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::stretch::{Cell, Sheet, Stretch, Way, sheets};
use crate::reconcile::evaluate;
use crate::reconcile::evaluate::context::Context;
use crate::reconcile::evaluation::{Evaluation, Operand, Source, Whose, verdict_of};
use crate::reconcile::facts::disclosure::DisclosureFacts;
use crate::reconcile::facts::text::Text;
use crate::reconcile::relation::Measured;
use crate::vocabulary::{Outcome, Place};

/// Fewer mended identities of different numbers may be chance.
const LEAST_MENDED: usize = 3;
/// Stretches that are tried on a copy of the facts.
const TRIED: usize = 4;
/// More than this on one sheet has other causes.
const MOST_STRETCHES: usize = 20_000;
/// Shifts named in one disclosure.
const MOST_SHIFTS: usize = 4;

/// A stretch of values that stands one line beside its labels.
#[derive(Debug, Clone)]
pub struct Shift {
    /// Counts into `DisclosureFacts::documents`.
    pub document: usize,
    /// Its first cell.
    pub place: Place,
    /// `C5:E20`
    pub cells: String,
    /// Where the values stand, seen from their labels.
    pub way: Way,
    /// Positions in the list of evaluations that are broken, and when it is moved back hold, or lack a number to compare.
    pub mends: BTreeSet<usize>,
    stretch: Stretch,
}

impl Shift {
    /// Whether the number stands in the stretch.
    pub fn holds(&self, facts: &DisclosureFacts, source: Source) -> bool {
        cell_of(facts, source).is_some_and(|cell| self.stretch.holds(cell))
    }
}

/// The cell of a number, or of a blank cell, of the own tables.
fn cell_of(facts: &DisclosureFacts, source: Source) -> Option<Cell> {
    let (at, column) = match source {
        Source::Figure(Whose::Own, at) => (at, facts.figures[at].column_number),
        Source::Empty(Whose::Own, at, column) => (at, column),
        _ => return None,
    };
    let figure = &facts.figures[at];
    Some((figure.document, figure.sheet_number, figure.row_number, column))
}

/// The shifts that explain broken identities, each with what it explains.
pub fn shifts(context: &Context, evaluations: &[Evaluation]) -> Vec<Shift> {
    let mut shifts: Vec<Shift> = Vec::new();
    let mut explained = BTreeSet::new();
    while shifts.len() < MOST_SHIFTS {
        let Some(shift) = best_shift(context, evaluations, &explained) else { break };
        explained.extend(shift.mends.iter().copied());
        shifts.push(shift);
    }
    shifts
}

fn best_shift(context: &Context, evaluations: &[Evaluation], explained: &BTreeSet<usize>) -> Option<Shift> {
    let facts = context.own.facts;
    let identities = Identities::of(facts, evaluations, explained);
    let mut likely: Vec<(i64, Stretch)> = Vec::new();
    for sheet in sheets(facts).values() {
        let broken = identities.broken_cells(sheet);
        let Some(stretches) = sheet.stretches(&broken, MOST_STRETCHES).filter(|_| !broken.is_empty()) else { continue };
        likely.extend(stretches.into_iter().filter_map(|stretch| {
            let balance = identities.balance(context, sheet, &stretch);
            (balance >= LEAST_MENDED as i64).then_some((balance, stretch))
        }));
    }
    likely.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.cmp(other)));
    let proven =
        likely.into_iter().take(TRIED).filter_map(|(_, stretch)| prove(context, evaluations, explained, stretch));
    proven.max_by_key(|(proof, shift)| (*proof, shift.mends.len())).map(|(_, shift)| shift)
}

/// How many identities of different numbers hold once the stretch is moved back, and what that explains; `None` when it is
/// too little.
fn prove(
    context: &Context,
    evaluations: &[Evaluation],
    explained: &BTreeSet<usize>,
    stretch: Stretch,
) -> Option<(usize, Shift)> {
    let facts = context.own.facts;
    let moved = stretch.moved_back(facts)?;
    let again = evaluate::evaluate(&evaluate::open(context.catalogue, &moved));
    let named = |outcomes: &[Outcome]| -> BTreeSet<Name> {
        again.iter().filter(|found| outcomes.contains(&found.outcome())).map(name).collect()
    };
    let (broken, holding) = (named(&[Outcome::Broken]), named(&[Outcome::Exact, Outcome::WithinRounding]));
    let was_broken: BTreeSet<Name> = evaluations.iter().filter(|found| is_broken(found)).map(name).collect();
    let open = evaluations.iter().enumerate().filter(|(at, found)| is_broken(found) && !explained.contains(at));
    // What compares a number that the shift pushed out of the table stays broken, and is no cause of its own.
    let lacks = |found: &Evaluation| {
        let mut cells = found.operands.iter().filter_map(|operand| cell_of(facts, operand.source));
        cells.any(|cell| stretch.holds(cell) && stretch.own_value_of(cell).is_none())
    };
    let follows = |found: &Evaluation| !broken.contains(&name(found)) || lacks(found);
    let mends: BTreeSet<usize> = open.filter(|(_, found)| follows(found)).map(|(at, _)| at).collect();
    let compared = mends.iter().map(|at| &evaluations[*at]).filter(|found| holding.contains(&name(found)));
    let compared: BTreeSet<BTreeSet<Source>> = compared
        .filter(|found| found.operands.iter().any(|operand| is_inside(facts, &stretch, operand)))
        .map(|found| found.operands.iter().map(|operand| operand.source).collect())
        .collect();
    let added = broken.difference(&was_broken).count();
    let is_enough = compared.len() >= LEAST_MENDED && added * 4 <= compared.len();
    let shift = || Shift {
        document: stretch.document(),
        place: stretch.place(facts),
        cells: stretch.cells(),
        way: stretch.way(),
        mends,
        stretch,
    };
    is_enough.then(|| (compared.len(), shift()))
}

/// What an evaluation is about, however its operands came to be: check, subject, and the statement it starts from.
type Name = (usize, Text, Option<Source>);

fn name(evaluation: &Evaluation) -> Name {
    let mut sources = evaluation.operands.iter().map(|operand| operand.source);
    let statement = sources.find(|source| matches!(source, Source::Claim(Whose::Own, _)));
    (evaluation.check, evaluation.subject.clone(), statement)
}

fn is_broken(evaluation: &Evaluation) -> bool {
    evaluation.outcome() == Outcome::Broken
}

fn is_inside(facts: &DisclosureFacts, stretch: &Stretch, operand: &Operand) -> bool {
    cell_of(facts, operand.source).is_some_and(|cell| stretch.holds(cell))
}

/// The identities of the disclosure by the cells they compare.
struct Identities<'a> {
    /// Is it broken now?
    all: Vec<(&'a Evaluation, bool)>,
    by_cell: BTreeMap<Cell, Vec<usize>>,
}

impl<'a> Identities<'a> {
    fn of(facts: &DisclosureFacts, evaluations: &'a [Evaluation], explained: &BTreeSet<usize>) -> Self {
        let mut found = Self { all: Vec::new(), by_cell: BTreeMap::new() };
        for (at, evaluation) in evaluations.iter().enumerate() {
            if evaluation.verdict().is_none() || explained.contains(&at) {
                continue;
            }
            for cell in evaluation.operands.iter().filter_map(|operand| cell_of(facts, operand.source)) {
                found.by_cell.entry(cell).or_default().push(found.all.len());
            }
            found.all.push((evaluation, is_broken(evaluation)));
        }
        found
    }

    /// Cells of a sheet that broken identities compare.
    fn broken_cells(&self, sheet: &Sheet) -> BTreeSet<Cell> {
        let here = self.by_cell.range(sheet.first()..=sheet.last());
        let is_broken = |identities: &Vec<usize>| identities.iter().any(|at| self.all[*at].1);
        here.filter(|(_, identities)| is_broken(identities)).map(|(cell, _)| *cell).collect()
    }

    /// Identities that would hold, less those that would break, if every value stood beside its own label.
    fn balance(&self, context: &Context, sheet: &Sheet, stretch: &Stretch) -> i64 {
        let facts = context.own.facts;
        let touched: BTreeSet<usize> =
            stretch.all_cells().filter_map(|cell| self.by_cell.get(&cell)).flatten().copied().collect();
        let outcome = |at: usize| -> i64 {
            let (evaluation, was_broken) = self.all[at];
            let moved: Option<Vec<Operand>> = evaluation
                .operands
                .iter()
                .map(|operand| match cell_of(facts, operand.source).filter(|cell| stretch.holds(*cell)) {
                    None => Some(*operand),
                    Some(cell) => {
                        let number = match sheet.figure_at(stretch.own_value_of(cell)?) {
                            Some(at) => context.own.figure_number(at).1,
                            None => Measured { value: Decimal::ZERO, half: Decimal::ZERO },
                        };
                        Some(Operand { source: Source::Constant, number, ..*operand })
                    }
                })
                .collect();
            let verdict = moved.and_then(|operands| verdict_of(&operands, evaluation.shape, None));
            match verdict.map(|verdict| verdict.outcome == Outcome::Broken) {
                Some(is_broken) => i64::from(was_broken) - i64::from(is_broken),
                None => 0,
            }
        };
        touched.into_iter().map(outcome).sum()
    }
}

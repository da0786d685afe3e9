//! No publisher is blamed for what we could not read: an identity that does not hold and rests on a doubtful cell, or on a
//! number in prose whose words leave open what it means, is a doubt, not a finding.

use rustc_hash::FxHashMap;

use super::context::Context;
use crate::reconcile::catalogue::check::{Logic, Method};
use crate::reconcile::evaluation::{Evaluation, Reason, Source, Whose};
use crate::reconcile::facts::disclosure::{DisclosureFacts, DoubtfulCell};
use crate::reconcile::facts::operands::{ClaimFact, FigureFact};
use crate::vocabulary::{Outcome, Place, Unit};

/// A cell an evaluation rests on.
#[derive(Clone, Copy)]
struct Cell<'a> {
    facts: &'a DisclosureFacts,
    document: usize,
    sheet: &'a str,
    row: u32,
    column: u32,
    /// What is printed there.
    figure: Option<&'a FigureFact>,
}

/// Cells of a disclosure that gave no amount, each with the numbers printed in its column.
type Unread<'a> = Vec<(&'a DoubtfulCell, Vec<&'a FigureFact>)>;

/// Replaces what is broken and rests on a doubtful cell or claim by the doubt.
pub fn set_doubts_aside(context: &Context, method: &Method, evaluations: &mut [Evaluation]) {
    for evaluation in evaluations.iter_mut().filter(|evaluation| evaluation.outcome() == Outcome::Broken) {
        if let Some(claim) = evaluation.operands.iter().find_map(|operand| doubtful_claim(context, operand.source)) {
            let words = Reason::Doubtful(words_of(claim));
            *evaluation = Evaluation::not_evaluable(evaluation.check, evaluation.subject.clone(), words);
        }
    }
    set_doubtful_cells_aside(context, method, evaluations);
}

/// The claim, where the catalogue doubts that its words were understood.
fn doubtful_claim<'a>(context: &Context<'a>, source: Source) -> Option<&'a ClaimFact> {
    let Source::Claim(whose, at) = source else { return None };
    let facts = facts_of(context, whose)?;
    let claim = facts.claims.get(at)?;
    let is_doubted = context.catalogue.misreadings.iter().any(|known| known.doubts(claim, facts.fiscal_year));
    is_doubted.then_some(claim)
}

/// The number as printed, with the words of its clause.
fn words_of(claim: &ClaimFact) -> String {
    let before: String = claim.sentence.chars().take(claim.sentence_offset as usize).collect();
    let clause = before.rsplit([',', ';', '。', ':']).find(|words| !words.is_empty()).unwrap_or_default();
    format!("“{clause}{}{}”", claim.printed, claim.unit)
}

fn set_doubtful_cells_aside(context: &Context, method: &Method, evaluations: &mut [Evaluation]) {
    if context.own.facts.doubtful_cells.is_empty() && !others(context).any(|facts| !facts.doubtful_cells.is_empty()) {
        return;
    }
    // A sum may leave out a row or a column that could not be read at all.
    let adds_up = matches!(method, Method::Sum { .. } | Method::Tree { .. });
    let is_broken = evaluations.iter().any(|evaluation| evaluation.outcome() == Outcome::Broken);
    let unread: Vec<(&DisclosureFacts, Unread)> = std::iter::once(context.own.facts)
        .chain(others(context))
        .filter(|_| adds_up && is_broken)
        .map(|facts| (facts, unread_cells(facts)))
        .collect();
    for evaluation in evaluations.iter_mut().filter(|evaluation| evaluation.outcome() == Outcome::Broken) {
        let operands = evaluation.operands.iter().filter_map(|operand| cell_of(context, operand.source));
        let cells: Vec<Cell> = operands.chain(cell_named(context, evaluation)).collect();
        let beside = cells.iter().find_map(|cell| doubt_at(*cell, &cells, adds_up));
        let missing = || cells.iter().find_map(|cell| unread.iter().find_map(|of| missing_from_the_sum(*cell, of)));
        let any = || any_doubt(context).filter(|_| rests_on_absence(method, evaluation));
        if let Some(doubt) = beside.or_else(missing).or_else(any) {
            let place = format!("{}!{}", doubt.sheet, doubt.cell());
            *evaluation =
                Evaluation::not_evaluable(evaluation.check, evaluation.subject.clone(), Reason::Doubtful(place));
        }
    }
}

/// Whether it breaks because something is not printed: any cell that could not be read may be it.
fn rests_on_absence(method: &Method, evaluation: &Evaluation) -> bool {
    let asks_for_presence = matches!(method, Method::Logic { rule: Logic::PairedTotals, .. });
    asks_for_presence || evaluation.operands.iter().any(|operand| operand.source == Source::Blank)
}

fn any_doubt<'a>(context: &Context<'a>) -> Option<&'a DoubtfulCell> {
    let others = context.prior.iter().chain(&context.units).map(|book| book.facts);
    std::iter::once(context.own.facts)
        .chain(others)
        .find_map(|facts| facts.doubtful_cells.iter().find(|doubt| !doubt.is_hidden))
}

fn others<'a>(context: &'a Context) -> impl Iterator<Item = &'a DisclosureFacts> {
    context.prior.iter().chain(&context.units).map(|book| book.facts)
}

fn facts_of<'a>(context: &Context<'a>, whose: Whose) -> Option<&'a DisclosureFacts> {
    match whose {
        Whose::Own => Some(context.own.facts),
        Whose::Prior => context.prior.as_ref().map(|book| book.facts),
        Whose::Unit(unit) => context.units.get(unit).map(|book| book.facts),
    }
}

fn cell_of<'a>(context: &Context<'a>, source: Source) -> Option<Cell<'a>> {
    let (whose, at, column) = match source {
        Source::Figure(whose, at) => (whose, at, None),
        Source::Empty(whose, at, column) => (whose, at, Some(column)),
        Source::Claim(..) | Source::Blank | Source::Constant => return None,
    };
    let facts = facts_of(context, whose)?;
    let figure = facts.figures.get(at)?;
    Some(Cell {
        facts,
        document: figure.document,
        sheet: &figure.sheet,
        row: figure.row_number,
        column: column.unwrap_or(figure.column_number),
        figure: Some(figure),
    })
}

/// The cell that an evaluation names as its place.
fn cell_named<'a>(context: &Context<'a>, evaluation: &'a Evaluation) -> Option<Cell<'a>> {
    let Some((document, Place::Cell { sheet, cell })) = &evaluation.place else { return None };
    let facts = context.own.facts;
    Some(Cell { facts, document: *document, sheet, row: cell.row + 1, column: cell.column + 1, figure: None })
}

/// The doubt at a cell, or, for sums, one in the row or column that is added up.
fn doubt_at<'a>(cell: Cell<'a>, all: &[Cell], adds_up: bool) -> Option<&'a DoubtfulCell> {
    let on_sheet = |other: &Cell| other.document == cell.document && other.sheet == cell.sheet;
    let is_row = adds_up && all.iter().filter(|other| on_sheet(other) && other.row == cell.row).count() > 1;
    let is_column = adds_up && all.iter().filter(|other| on_sheet(other) && other.column == cell.column).count() > 1;
    cell.facts.doubtful_cells.iter().find(|doubt| {
        let in_row = doubt.row == cell.row;
        let in_column = doubt.column == cell.column || doubt.is_row_from_here && doubt.column <= cell.column;
        doubt.document == cell.document
            && doubt.sheet == cell.sheet
            && (doubt.is_hidden && adds_up || in_row && (in_column || is_row) || is_column && in_column)
    })
}

fn unread_cells(facts: &DisclosureFacts) -> Unread<'_> {
    let mut columns: FxHashMap<(usize, &str, u32), Vec<&FigureFact>> = FxHashMap::default();
    for figure in &facts.figures {
        columns.entry((figure.document, &figure.sheet, figure.column_number)).or_default().push(figure);
    }
    let column = |doubt: &DoubtfulCell| columns.get(&(doubt.document, doubt.sheet.as_str(), doubt.column)).cloned();
    let gave_an_amount = |doubt: &DoubtfulCell, column: &[&FigureFact]| {
        column.iter().any(|figure| figure.row_number == doubt.row && *figure.unit != *Unit::Percent.as_str())
    };
    let doubts = facts.doubtful_cells.iter().filter(|doubt| !doubt.is_hidden);
    doubts
        .map(|doubt| (doubt, column(doubt).unwrap_or_default()))
        .filter(|(doubt, column)| !gave_an_amount(doubt, column))
        .collect()
}

/// An unread cell that a sum with this number may lack, wherever its table goes on: one of its row, or of a column of the
/// same table that means the same or of which nothing is known.
fn missing_from_the_sum<'a>(
    cell: Cell<'a>,
    (facts, unread): &(&'a DisclosureFacts, Unread<'a>),
) -> Option<&'a DoubtfulCell> {
    let figure = cell.figure.filter(|_| std::ptr::eq(cell.facts, *facts))?;
    let means_the_same = |other: &&FigureFact| {
        other.report_table == figure.report_table
            && (&other.side, &other.component, &other.phase) == (&figure.side, &figure.component, &figure.phase)
    };
    let found = unread.iter().find(|(doubt, column)| {
        let is_on_sheet = *doubt.sheet == *figure.sheet;
        let of_row = is_on_sheet && doubt.row == figure.row_number;
        let of_column = if column.is_empty() { is_on_sheet } else { column.iter().any(means_the_same) };
        doubt.document == figure.document && (of_row || of_column)
    });
    found.map(|(doubt, _)| *doubt)
}

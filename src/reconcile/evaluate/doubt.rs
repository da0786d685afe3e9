//! No publisher is blamed for what we could not read: an identity that does not hold and rests on a doubtful cell is a
//! doubt, not a finding.

use super::context::Context;
use crate::reconcile::catalogue::check::{Logic, Method};
use crate::reconcile::evaluation::{Evaluation, Reason, Source, Whose};
use crate::reconcile::facts::operands::{DisclosureFacts, DoubtfulCell};
use crate::vocabulary::{Outcome, Place};

/// A cell an evaluation rests on.
#[derive(Clone, Copy)]
struct Cell<'a> {
    facts: &'a DisclosureFacts,
    document: usize,
    sheet: &'a str,
    row: u32,
    column: u32,
}

/// Replaces what is broken and rests on a doubtful cell by the doubt.
pub fn set_doubts_aside(context: &Context, method: &Method, evaluations: &mut [Evaluation]) {
    if context.own.facts.doubtful_cells.is_empty() && !others(context).any(|facts| !facts.doubtful_cells.is_empty()) {
        return;
    }
    // A sum may leave out a row or a column that could not be read at all.
    let adds_up = matches!(method, Method::Sum { .. } | Method::Tree { .. });
    for evaluation in evaluations.iter_mut().filter(|evaluation| evaluation.outcome() == Outcome::Broken) {
        let operands = evaluation.operands.iter().filter_map(|operand| cell_of(context, operand.source));
        let cells: Vec<Cell> = operands.chain(cell_named(context, evaluation)).collect();
        let beside = cells.iter().find_map(|cell| doubt_at(*cell, &cells, adds_up));
        let any = || any_doubt(context).filter(|_| rests_on_absence(method, evaluation));
        if let Some(doubt) = beside.or_else(any) {
            let place = format!("{}!{}", doubt.sheet, doubt.cell());
            *evaluation =
                Evaluation::not_evaluable(evaluation.check, evaluation.subject.clone(), Reason::Doubtful(place));
        }
    }
}

/// Whether it breaks because something is not printed: any cell that could not be read may be it.
fn rests_on_absence(method: &Method, evaluation: &Evaluation) -> bool {
    let asks_for_presence = matches!(method, Method::Logic { rule: Logic::Declaration | Logic::PairedTotals, .. });
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

fn cell_of<'a>(context: &Context<'a>, source: Source) -> Option<Cell<'a>> {
    let (whose, at, column) = match source {
        Source::Figure(whose, at) => (whose, at, None),
        Source::Empty(whose, at, column) => (whose, at, Some(column)),
        Source::Claim(..) | Source::Blank | Source::Constant => return None,
    };
    let facts = match whose {
        Whose::Own => context.own.facts,
        Whose::Prior => context.prior.as_ref()?.facts,
        Whose::Unit(unit) => context.units.get(unit)?.facts,
    };
    let figure = facts.figures.get(at)?;
    Some(Cell {
        facts,
        document: figure.document,
        sheet: &figure.sheet,
        row: figure.row_number,
        column: column.unwrap_or(figure.column_number),
    })
}

/// The cell that an evaluation names as its place.
fn cell_named<'a>(context: &Context<'a>, evaluation: &'a Evaluation) -> Option<Cell<'a>> {
    let Some((document, Place::Cell { sheet, cell })) = &evaluation.place else { return None };
    Some(Cell { facts: context.own.facts, document: *document, sheet, row: cell.row + 1, column: cell.column + 1 })
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

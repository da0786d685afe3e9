//! Terms find their operands in a disclosure, its prior year and its units.

use rust_decimal::Decimal;

use super::context::Context;
use crate::reconcile::catalogue::check::LinkRule;
use crate::reconcile::catalogue::term::{Term, TermKind, TermPlace};
use crate::reconcile::evaluation::{Operand, Reason, Role, Source, Whose};
use crate::reconcile::facts::lookup::{Binding, Book, Found};
use crate::reconcile::facts::operands::ClaimFact;
use crate::reconcile::facts::text::is_among;
use crate::reconcile::relation::Measured;

impl<'a> Context<'a> {
    /// Adds the operands of the terms. Says whether anything at all was printed for this side. What is missing from a table
    /// that closes is zero.
    pub fn gather(
        &self,
        terms: &[Term],
        role: Role,
        bound: &Binding,
        operands: &mut Vec<Operand>,
    ) -> Result<bool, Reason> {
        let mut is_printed = false;
        for term in terms {
            for book in self.books(term)? {
                match self.find_or_zero(book, term, bound)? {
                    Found::Numbers(numbers) => {
                        is_printed = true;
                        operands.extend(numbers.into_iter().map(|(source, number)| Operand {
                            source,
                            role,
                            sign: term.sign,
                            number,
                        }));
                    }
                    Found::Blank(_) if term.must_be_printed => return Err(Reason::Missing(term.written.clone())),
                    Found::Blank(source) => {
                        is_printed = true;
                        if !term.optional || source.is_empty_cell() {
                            let number = Measured { value: 0.into(), half: 0.into() };
                            operands.push(Operand { source, role, sign: term.sign, number });
                        }
                    }
                    Found::Missing(_) if term.optional => {}
                    Found::Missing(what) => return Err(Reason::Missing(what)),
                }
            }
        }
        Ok(is_printed)
    }

    fn find_or_zero(&self, book: &Book<'a>, term: &Term, bound: &Binding) -> Result<Found, Reason> {
        let found = find(self, book, term, bound)?;
        let closes = |table: &str| book.whose == Whose::Own && self.is_closed(bound.closed_by, table);
        Ok(match found {
            Found::Missing(_) if term.tables().any(closes) => Found::Blank(Source::Blank),
            found => found,
        })
    }

    /// Whether one of these checks judged this table and found nothing wrong in it.
    fn is_closed(&self, checks: &[String], table: &str) -> bool {
        checks.iter().any(|check| self.closed.get(check).is_some_and(|tables| tables.contains(table)))
    }

    /// One number of the own text.
    pub fn claim_operand(&self, at: usize, role: Role) -> Operand {
        let (source, number) = self.own.claim_number(at);
        Operand { source, role, sign: 1, number }
    }

    fn books(&self, term: &Term) -> Result<Vec<&Book<'a>>, Reason> {
        let one = |book: &'_ Option<Book<'a>>, what: &str| -> Result<(), Reason> {
            if book.is_some() { Ok(()) } else { Err(Reason::Missing(what.to_owned())) }
        };
        match term.whose {
            TermPlace::Own => Ok(vec![&self.own]),
            TermPlace::Prior => one(&self.prior, "prior year").map(|()| self.prior.iter().collect()),
            // One unit alone is the department's own office: the others are published elsewhere.
            TermPlace::Units if self.units.len() < 2 => Err(Reason::Missing("units".to_owned())),
            TermPlace::Units => Ok(self.units.iter().collect()),
        }
    }
}

/// What a term stands for in one book: of its alternatives the first that is printed, else the first blank cell.
pub fn find(context: &Context, book: &Book, term: &Term, bound: &Binding) -> Result<Found, Reason> {
    let elsewhere;
    let bound = if book.whose == Whose::Own {
        bound
    } else {
        elsewhere = Binding { sheet: None, row: None, near: None, ..bound.clone() };
        &elsewhere
    };
    let mut best: Option<Found> = None;
    for kind in &term.kinds {
        let found = match kind {
            TermKind::Figure(figure) => book.figure(figure, bound)?,
            TermKind::Claim(claim) => book.claim(claim, bound),
            TermKind::Linked(measure) => {
                let figure = bound.near.and_then(|at| figure_of(context, at, measure));
                figure.map_or_else(|| Found::Missing(term.written.clone()), |figure| Found::Numbers(vec![figure]))
            }
            TermKind::Constant(value) => {
                Found::Numbers(vec![(Source::Constant, Measured { value: *value, half: 0.into() })])
            }
        };
        match (&found, &best) {
            (Found::Numbers(_), _) => return Ok(found),
            (Found::Blank(_), None | Some(Found::Missing(_))) | (Found::Missing(_), None) => best = Some(found),
            _ => {}
        }
    }
    Ok(best.unwrap_or_else(|| Found::Missing(term.written.clone())))
}

/// What the tables print for the item of a claim in this measure; a blank cell of a printed row is zero.
pub fn figure_of(context: &Context, at: usize, measure: &str) -> Option<(Source, Measured)> {
    let claim = &context.own.facts.claims[at];
    let bound = Binding { key: Some(claim.item_code.as_str()), ..Binding::default() };
    let zero = (Source::Blank, Measured { value: Decimal::ZERO, half: Decimal::ZERO });
    let rules = context.catalogue.links.iter().filter(|rule| speaks_of(rule, claim, measure));
    let mut terms = rules.flat_map(|rule| &rule.figures).filter(|term| !is_refused(context, term, claim));
    terms.find_map(|term| match find(context, &context.own, term, &bound) {
        Ok(Found::Numbers(numbers)) => numbers.first().copied().filter(|_| numbers.len() == 1),
        Ok(Found::Blank(_)) => Some(zero),
        // A form filled for other items leaves this one blank: no budget.
        Ok(Found::Missing(_)) => is_filled(context, term).then_some(zero),
        Err(_) => None,
    })
}

/// Whether the note below a table says that its column is not what the sentence of the claim names.
pub fn is_refused(context: &Context, term: &Term, claim: &ClaimFact) -> bool {
    term.kinds.iter().any(|kind| {
        let TermKind::Figure(figure) = kind else { return false };
        context.catalogue.column_notes.iter().any(|note| note.refuses(context.own.facts, figure, claim))
    })
}

fn is_filled(context: &Context, term: &Term) -> bool {
    term.kinds.iter().any(|kind| {
        let TermKind::Figure(figure) = kind else { return false };
        context.own.state(&figure.table) == Some("data")
            && context
                .own
                .figures_of(&figure.table)
                .any(|(_, found)| Some(found.phase.as_str()) == figure.phase.as_deref())
    })
}

pub fn speaks_of(rule: &LinkRule, claim: &ClaimFact, measure: &str) -> bool {
    let names_item = rule.items.iter().any(|item| match item.as_str() {
        "function" => !claim.function_code.is_empty(),
        "economic" => !claim.economic_code.is_empty(),
        item => item == claim.item_code.as_str(),
    });
    names_item
        && rule.measures.iter().any(|known| known == measure)
        && (rule.sections.is_empty() || is_among(claim.section_group.as_str(), &rule.sections))
        && (rule.funds.is_empty() || is_among(claim.money(), &rule.funds))
}

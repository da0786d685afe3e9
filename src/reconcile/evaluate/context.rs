//! What every check is evaluated on: one disclosure, its prior year, its units.

use std::cell::OnceCell;

use super::closing::Closing;
use super::links;
use crate::reconcile::catalogue::Catalogue;
use crate::reconcile::catalogue::term::{Term, TermKind, TermPlace};
use crate::reconcile::evaluation::{Evaluation, Operand, Reason, Role, Source, Whose};
use crate::reconcile::facts::lookup::{Binding, Book, Found};
use crate::reconcile::facts::operands::DisclosureFacts;
use crate::reconcile::relation::Measured;

/// A claim no figure was compared with, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnlinkedClaim {
    /// Counts into `DisclosureFacts::claims`.
    pub claim: usize,
    pub reason: String,
}

/// What the link rules say of the claims of one disclosure, in their order.
#[derive(Debug, Default)]
pub struct Links {
    pub linked: Vec<Evaluation>,
    pub unlinked: Vec<UnlinkedClaim>,
}

/// One disclosure with what it is compared to.
pub struct Context<'a> {
    pub catalogue: &'a Catalogue,
    pub own: Book<'a>,
    pub prior: Option<Book<'a>>,
    pub units: Vec<Book<'a>>,
    /// Filled when the first check asks.
    pub links: OnceCell<Links>,
    pub closing: Closing,
}

impl<'a> Context<'a> {
    pub fn open(catalogue: &'a Catalogue, facts: &'a DisclosureFacts) -> Self {
        let open = |facts, whose| Book::open(facts, whose);
        Self {
            catalogue,
            own: open(facts, Whose::Own),
            prior: facts.prior.as_deref().map(|prior| open(prior, Whose::Prior)),
            units: facts.units.iter().enumerate().map(|(at, unit)| open(unit, Whose::Unit(at))).collect(),
            links: OnceCell::new(),
            closing: Closing::default(),
        }
    }

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
        let closes = |table: &str| book.whose == Whose::Own && self.closing.closes(self, bound.closed_by, table);
        Ok(match found {
            Found::Missing(_) if term.tables().any(closes) => Found::Blank(Source::Blank),
            found => found,
        })
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
                let figure = bound.near.and_then(|at| links::figure_of(context, at, measure));
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

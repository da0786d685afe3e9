//! Evaluating every check of the catalogue on one disclosure.

mod answers;
mod links;
mod listings;
mod logic;
mod logic_counts;
mod logic_tables;
mod logic_words;
mod prose;
mod sums;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use links::Links;

use super::catalogue::{Catalogue, Check, Method, Term, TermKind, TermPlace};
use super::evaluation::{Evaluation, Judged, Operand, Reason, Role, Source, Whose};
use super::lookup::{Binding, Book, Found};
use super::operands::DisclosureFacts;
use super::relation::Measured;

/// One disclosure with what it is compared to.
pub struct Context<'a> {
    pub catalogue: &'a Catalogue,
    pub own: Book<'a>,
    pub prior: Option<Book<'a>>,
    pub units: Vec<Book<'a>>,
    links: OnceCell<Links>,
}

impl<'a> Context<'a> {
    pub fn open(catalogue: &'a Catalogue, facts: &'a DisclosureFacts) -> Self {
        let open = |facts, whose| Book::open(facts, whose, &catalogue.names);
        Self {
            catalogue,
            own: open(facts, Whose::Own),
            prior: facts.prior.as_deref().map(|prior| open(prior, Whose::Prior)),
            units: facts.units.iter().enumerate().map(|(at, unit)| open(unit, Whose::Unit(at))).collect(),
            links: OnceCell::new(),
        }
    }

    /// Which figure each claim meets: worked out once, for the checks that ask and for what is written down.
    pub fn links(&self) -> &Links {
        self.links.get_or_init(|| links::evaluate(self))
    }

    /// Every check, in catalogue order. What could not be evaluated is said once a check, unless it is a doubt.
    pub fn evaluate(&self) -> Vec<Evaluation> {
        let mut evaluations = Vec::new();
        for (at, check) in self.catalogue.checks.iter().enumerate() {
            // A government has no documents of its own: only queries speak of it.
            if self.own.facts.documents.is_empty() && !matches!(check.method, Method::Query { .. }) {
                continue;
            }
            let found = match self.applies(check) {
                Ok(()) if matches!(check.method, Method::Link) => {
                    self.links().linked.iter().filter(|evaluation| evaluation.check == at).cloned().collect()
                }
                Ok(()) => self.evaluate_check(at, check),
                Err(reason) => vec![Evaluation::not_evaluable(at, String::new(), reason)],
            };
            keep_one_silence(said_once(found), at, &mut evaluations);
        }
        evaluations
    }

    fn evaluate_check(&self, at: usize, check: &Check) -> Vec<Evaluation> {
        match &check.method {
            Method::Sum { .. } => sums::evaluate(self, at, &check.method),
            Method::Tree { tables, economic, total } => sums::evaluate_tree(self, at, tables, *economic, *total),
            Method::Statement { sections, rule } => prose::statements(self, at, sections, rule),
            Method::Share { sections, basis, wholes } => prose::shares(self, at, sections, basis, wholes),
            Method::TextTree { sections, measures, total } => {
                listings::text_tree(self, at, sections, measures, total.as_ref())
            }
            Method::Block { heads, left, or_left, measure } => {
                listings::blocks(self, at, heads, left, or_left, measure)
            }
            Method::Repeat { measures, cross_unit } => prose::repeats(self, at, measures, *cross_unit),
            // All link rules are evaluated at once.
            Method::Link => Vec::new(),
            Method::Logic { .. } => logic::evaluate(self, at, &check.method),
            Method::Query { comparison, .. } => answers::evaluate(self, at, &check.id, *comparison),
        }
    }

    fn applies(&self, check: &Check) -> Result<(), Reason> {
        let facts = self.own.facts;
        let gate = &check.gate;
        if let Some(table) = gate.tables.iter().find(|table| self.own.state(table).is_none()) {
            return Err(Reason::Missing(table.clone()));
        }
        if let Some(check) = gate.unless.iter().find(|check| answers::is_broken(facts, check)) {
            return Err(Reason::Missing(format!("comparable figures ({check})")));
        }
        let year = facts.fiscal_year;
        let in_years = gate.from_year.is_none_or(|from| year.is_some_and(|year| year >= from))
            && gate.to_year.is_none_or(|to| year.is_some_and(|year| year <= to));
        let in_regions = gate.regions.is_empty() || gate.regions.iter().any(|code| facts.region_code.starts_with(code));
        let at_level = gate.level.as_ref().is_none_or(|level| level == &facts.level);
        if in_years && in_regions && at_level { Ok(()) } else { Err(Reason::Missing("gate".to_owned())) }
    }

    /// Adds the operands of the terms. Says whether anything at all was printed for this side.
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
                match find(book, term, bound)? {
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

fn find(book: &Book, term: &Term, bound: &Binding) -> Result<Found, Reason> {
    let elsewhere;
    let bound = if book.whose == Whose::Own {
        bound
    } else {
        elsewhere = Binding { sheet: None, row: None, near: None, ..bound.clone() };
        &elsewhere
    };
    match &term.kind {
        TermKind::Figure(figure) => book.figure(figure, bound),
        TermKind::Claim(claim) => Ok(book.claim(claim, bound)),
        TermKind::Constant(value) => {
            Ok(Found::Numbers(vec![(Source::Constant, Measured { value: *value, half: 0.into() })]))
        }
    }
}

/// What holds by logic is said once for all its places: nothing was computed there that each would have to show.
fn said_once(found: Vec<Evaluation>) -> Vec<Evaluation> {
    let (holding, mut kept): (Vec<_>, Vec<_>) = found.into_iter().partition(Evaluation::holds_by_logic);
    kept.extend(Evaluation::together(holding));
    kept
}

/// Keeps everything that was judged, and of the rest one per check (each one that is a doubt, not an absence).
fn keep_one_silence(found: Vec<Evaluation>, check: usize, kept: &mut Vec<Evaluation>) {
    let is_silent = |evaluation: &Evaluation| matches!(&evaluation.result, Judged::NotEvaluable(Reason::Missing(_)));
    let nothing_judged = found.iter().all(is_silent);
    let mut seen = BTreeSet::new();
    let mut silence = None;
    for evaluation in found {
        if is_silent(&evaluation) {
            silence.get_or_insert(evaluation);
        } else if !matches!(&evaluation.result, Judged::NotEvaluable(_)) || seen.insert(evaluation.subject.clone()) {
            kept.push(evaluation);
        }
    }
    if nothing_judged {
        kept.push(silence.unwrap_or_else(|| {
            Evaluation::not_evaluable(check, String::new(), Reason::Missing("nothing to compare".to_owned()))
        }));
    }
}

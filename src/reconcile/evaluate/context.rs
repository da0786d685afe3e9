//! What every check is evaluated on: one disclosure, its prior year, its units.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::reconcile::catalogue::Catalogue;
use crate::reconcile::evaluation::{Evaluation, Whose};
use crate::reconcile::facts::disclosure::DisclosureFacts;
use crate::reconcile::facts::lookup::Book;

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
    /// Tables that these checks find in order: what is missing there is zero.
    pub closed: FxHashMap<String, BTreeSet<String>>,
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
            closed: FxHashMap::default(),
        }
    }
}

//! The grammar of a fact: `[subject] [basis] [measure] amount unit [share] [comparison] [direction] Δ [percent]`.
//!
//! Every number is bound to the words before it in its own sentence; what they leave out is carried from before. What may be
//! made of it stands in a file each.

pub mod basis;
pub mod change;
mod changed;
mod comparator;
mod computed;
mod default;
mod measure;
mod pairwise;
mod role;

use super::clause::open_clause;
use super::verdict::{Around, Verdict};
use crate::extract::narrative::meaning::carried::Carried;
use crate::extract::narrative::meaning::remember::remember;
use crate::extract::narrative::meaning::whose::shared::share;
use crate::extract::narrative::subjects::setting::Setting;
use change::change;
use comparator::own_value_of_comparator;
use default::by_default;
use pairwise::pairwise;
use role::by_role;

/// What the words around a number make of it: the readings in the order of how much they demand of the words.
pub fn verdict(around: &Around<'_>, setting: &Setting<'_>, carried: &mut Carried) -> Verdict {
    let words = open_clause(around.before, setting, carried);
    let mut made = pairwise(around.number, words, setting, carried)
        .or_else(|| change(words, around, setting, carried))
        .or_else(|| own_value_of_comparator(around, words, setting, carried))
        .or_else(|| by_role(words, around, setting, carried))
        .unwrap_or_else(|| by_default(words, around, setting, carried));
    share(words, around, setting, carried, &mut made);
    remember(&made, around, carried);
    made
}

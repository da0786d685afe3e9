//! The grammar of a fact: `[subject] [basis] [measure] amount unit [share] [comparison] [direction] Δ [percent]`.
//!
//! Every number is bound to the words before it in its own sentence; what they leave out is carried from before.

use super::carried::{Carried, remember};
use super::change::change;
use super::clause::open_clause;
use super::measure::{by_default, by_role, own_value_of_comparator};
use super::together::{pairwise, share};
use super::verdict::{Around, Verdict};
use crate::extract::narrative::subjects::subject::Setting;

/// What the words around a number make of it: the readings in the order of how much they demand of the words.
pub fn verdict(around: &Around<'_>, setting: &Setting<'_>, carried: &mut Carried) -> Verdict {
    let words = open_clause(around.before, setting, carried);
    let mut made = pairwise(around.number, words, setting, carried)
        .or_else(|| change(words, around, setting, carried))
        .or_else(|| own_value_of_comparator(around.number, words, setting, carried))
        .or_else(|| by_role(words, around, setting, carried))
        .unwrap_or_else(|| by_default(words, around, setting, carried));
    share(words, around, setting, carried, &mut made);
    remember(&made, around, carried);
    made
}

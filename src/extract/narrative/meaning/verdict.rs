//! What a number is made to say, and the words around it that say so.

use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::Comparator;
use crate::extract::narrative::subjects::subject::{Item, Setting};

/// What the words around a number make of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub item: Item,
    pub measure: String,
    pub basis: String,
    pub sign: i8,
    pub is_remnant: bool,
    pub rule: String,
    /// Bytes of the text after the number that belong to its item.
    pub noun_length: usize,
}

/// What a change is against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Against {
    pub basis: String,
    pub change: String,
}

impl Against {
    pub fn to(comparator: &Comparator) -> Self {
        Self { basis: comparator.basis.clone(), change: comparator.change.clone() }
    }
}

pub fn default_against(setting: &Setting<'_>) -> Against {
    let first = setting.lexicon.comparators.first();
    Against {
        basis: first.map(|comparator| comparator.basis.clone()).unwrap_or_default(),
        change: first.map(|comparator| comparator.change.clone()).unwrap_or_default(),
    }
}

/// The words before a number, and the ones after it.
pub struct Around<'t> {
    pub number: &'t Number,
    pub before: &'t str,
    pub after: &'t str,
    /// How many numbers of one kind follow one another with nothing but separators between, this one included.
    pub run: usize,
    /// The number itself, as printed.
    pub digits: &'t str,
    /// The percent that follows, as printed, where nothing but a word of direction stands between.
    pub percent: Option<&'t str>,
    /// The number explains a change; it is not one of the statements of the section.
    pub in_reason: bool,
}

//! What a number is made to say, and the words around it that say so.

use crate::extract::narrative::claim::FINAL_ACCOUNT;
use crate::extract::narrative::numbers::number::Number;
use crate::extract::narrative::rules::lexicon::Comparator;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::setting::Setting;

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

impl Verdict {
    /// What a number says that is about another year than the document's (`None`: its own). 2015年为38.7亿元 in the accounts of
    /// 2016 is the account of the year before, not this year's.
    pub fn dated(mut self, year: Option<i32>, setting: &Setting<'_>) -> Self {
        let is_before = setting.year.is_some_and(|own| year == Some(own - 1));
        let is_account = self.measure == FINAL_ACCOUNT || (self.measure == "amount" && self.item.line.is_some());
        let first = setting.lexicon.comparators.first().filter(|first| !first.own.is_empty());
        if let Some(comparator) = first.filter(|_| is_before && is_account) {
            self.measure.clone_from(&comparator.own);
            self.basis.clone_from(&comparator.own_basis);
        }
        self
    }
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

    /// As its words say it: 比2019年 in the accounts of 2023 is not the year before.
    pub fn of(comparator: &Comparator, words: &str, setting: &Setting<'_>) -> Self {
        match another_year(comparator, words, setting) {
            Some(year) => Self { basis: format!("{year}年"), change: comparator.another_change.clone() },
            None => Self::to(comparator),
        }
    }
}

/// The year a comparator names, where that lies before the year before the document's own.
pub fn another_year(comparator: &Comparator, words: &str, setting: &Setting<'_>) -> Option<i32> {
    let own = setting.year.filter(|_| !comparator.another_change.is_empty())?;
    let years = words.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
    years.filter_map(|run| run.parse().ok()).rfind(|year| *year < own - 1)
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
    /// The change that follows an amount, as printed.
    pub change: Option<&'t str>,
    /// The number explains a change; it is not one of the statements of the section.
    pub in_reason: bool,
}

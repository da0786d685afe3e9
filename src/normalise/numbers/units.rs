//! What a printed unit counts, by `pipelines/reference/units.csv`, and the words that may stand before an amount, by
//! `pipelines/reference/amount_words.csv`.

use std::collections::HashMap;

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::normalise::facts::ValueKind;
use crate::project::Project;
use crate::vocabulary::Unit;

/// Units that are neither money nor percent, by name; those not listed count things.
#[derive(Debug, Default)]
pub struct Units {
    kinds: HashMap<String, ValueKind>,
    /// Every unit's name, the longest first.
    names: Vec<String>,
    amount_words: Vec<AmountWord>,
}

/// A word before an amount.
#[derive(Debug, Deserialize)]
pub struct AmountWord {
    word: String,
    kind: AmountWordKind,
}

/// What such a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountWordKind {
    /// That it is money, which the table says too.
    Currency,
    /// That it is not exact.
    Approximate,
}

#[derive(Deserialize)]
struct UnitRow {
    unit: String,
    kind: String,
}

impl Units {
    /// # Errors
    /// The list is missing or does not parse.
    pub fn load(project: &Project) -> Result<Self> {
        let file = project.require("pipelines/reference/units.csv")?;
        let mut kinds = HashMap::new();
        for row in csv::Reader::from_reader(file.text.as_bytes()).into_deserialize::<UnitRow>() {
            let row = row.map_err(|error| {
                Error::usage(format!("{} does not parse", file.shown_path))
                    .because(error)
                    .hint("columns: unit, kind (money, percent, count or other), yuan_factor")
            })?;
            let kind = match row.kind.as_str() {
                "percent" => ValueKind::Percent,
                "other" => ValueKind::Other,
                // Money is what converts to yuan: `vocabulary::Unit` knows.
                _ => ValueKind::Count,
            };
            kinds.insert(row.unit, kind);
        }
        let mut names: Vec<String> = kinds.keys().cloned().collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let file = project.require("pipelines/reference/amount_words.csv")?;
        let rows = csv::Reader::from_reader(file.text.as_bytes()).into_deserialize::<AmountWord>();
        let amount_words = rows.collect::<std::result::Result<_, _>>().map_err(|error| {
            Error::usage(format!("{} does not parse", file.shown_path))
                .because(error)
                .hint("columns: word, kind (currency or approximate)")
        })?;
        Ok(Self { kinds, names, amount_words })
    }

    /// Splits a known unit off the end of a text; empty where none stands there.
    pub fn split<'a>(&self, text: &'a str) -> (&'a str, &'a str) {
        let known = self.names.iter().map(String::as_str).find(|name| text.ends_with(*name));
        let (number, unit) = text.split_at(text.len() - known.map_or(0, str::len));
        (number.trim_end(), unit)
    }

    /// The unit a number format names behind its numbers; words that are no unit (元/d, 亿) dress the number only.
    pub fn named_by_format(&self, words: &str) -> Option<Unit> {
        self.names.iter().any(|name| name == words).then(|| Unit::from_printed(words))
    }

    /// Takes a known word off the start of an amount.
    pub fn split_word<'a>(&self, text: &'a str) -> (Option<AmountWordKind>, &'a str) {
        let found = self.amount_words.iter().find_map(|word| Some((word.kind, text.strip_prefix(word.word.as_str())?)));
        found.map_or((None, text), |(kind, rest)| (Some(kind), rest.trim_start()))
    }

    /// Money, percent, count or other, by the unit alone.
    pub fn kind(&self, unit: &Unit) -> ValueKind {
        match unit {
            unit if unit.is_money() => ValueKind::Money,
            Unit::Percent => ValueKind::Percent,
            Unit::Other(text) => self.kinds.get(text).copied().unwrap_or(ValueKind::Count),
            _ => ValueKind::Other,
        }
    }
}

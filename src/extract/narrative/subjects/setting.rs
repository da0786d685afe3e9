//! Where and for whom a subject is resolved, and the question that all readings ask: what do these words name?

use crate::extract::narrative::rules::lexicon::{Lexicon, UnitKind};
use crate::extract::narrative::rules::model::Section;
use crate::extract::narrative::subjects::item::Item;
use crate::extract::narrative::subjects::listed::path::ClassificationPath;

/// The unit by which a name is the money spent or received.
pub const YUAN: &str = "元";

/// Where and for whom a subject is resolved.
pub struct Setting<'a> {
    pub lexicon: &'a Lexicon,
    pub section: Option<&'a Section>,
    pub year: Option<i32>,
    pub departments: &'a [String],
    pub project: &'a str,
    /// The part of the text states budgets.
    pub states_budgets: bool,
}

impl Setting<'_> {
    /// The subject named in the words before a number: the last part of them that names something.
    pub fn named(&self, before: &str, unit: &str, kind: UnitKind, path: &mut ClassificationPath) -> Option<Item> {
        if let Some(item) = self.classified(before, path).or_else(|| self.coded(before, path)) {
            return Some(item);
        }
        self.named_in_words(before, unit, kind, path)
    }
}

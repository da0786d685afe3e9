//! The official forms whose rows the examples are: what each prints, and what it has no place for.

use serde::Deserialize;

use super::check::Check;
use super::term::Term;

/// A form in which disclosures are published.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficialForm {
    pub code: String,
    pub title_zh: String,
    pub title_en: String,
    /// The tables that make it a form of its own, all else being as elsewhere; empty: a whole disclosure.
    #[serde(default)]
    pub tables: Vec<String>,
    /// No example need be in it: it stands for what one check needs.
    #[serde(default)]
    pub is_special: bool,
    #[serde(default)]
    pub lacks: Vec<Lack>,
}

/// What a form has no place for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lack {
    /// What terms for it read: `.basic_personnel`, `units:`, `[basic.public_total]`.
    pub operands: Vec<String>,
    pub why: String,
}

impl OfficialForm {
    /// Whether it prints what the check compares; tables that make another of these forms stand in that one.
    pub fn has_operands(&self, check: &Check, forms: &[OfficialForm]) -> bool {
        let is_own = |table: &String| {
            if self.tables.is_empty() {
                !forms.iter().any(|form| form.tables.contains(table))
            } else {
                self.tables.contains(table)
            }
        };
        let needs = check.method.tables_needed();
        let has_tables = if self.tables.is_empty() {
            needs.iter().all(|forms| forms.iter().any(is_own))
        } else {
            needs.iter().flatten().any(is_own)
        };
        !self.is_special && !needs.is_empty() && has_tables && !self.lacks_operands(check)
    }

    /// Whether a term that must be there, or a whole side of the identity, has no place in it.
    fn lacks_operands(&self, check: &Check) -> bool {
        let is_lacking = |term: &Term| {
            let lacks =
                |one: &str| self.lacks.iter().flat_map(|lack| &lack.operands).any(|operand| one.contains(operand));
            term.written.split(" or ").all(lacks)
        };
        check.method.sides().iter().any(|side| {
            side.iter().any(|term| !term.optional && is_lacking(term))
                || (!side.is_empty() && side.iter().all(is_lacking))
        })
    }
}

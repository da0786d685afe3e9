//! What the note below a table says one of its columns means.

use regex::Regex;
use serde::Deserialize;
use toml::Spanned;

use super::names::{KEYS, Names, known};
use super::term::FigureTerm;
use crate::error::{Error, Result};
use crate::reconcile::facts::disclosure::DisclosureFacts;
use crate::reconcile::facts::operands::ClaimFact;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnNoteForm {
    phase: String,
    notes: Spanned<String>,
    refuses: Vec<String>,
}

/// A column headed with one phase is another by the note below its table: a sentence that names the first is not about it.
#[derive(Debug, Clone)]
pub struct ColumnNote {
    phase: String,
    notes: Regex,
    /// Words of a sentence that cannot mean this column.
    refuses: Vec<String>,
}

impl ColumnNote {
    /// # Errors
    /// An unknown phase, or an expression that is none, with file and line.
    pub fn read(form: Spanned<ColumnNoteForm>, names: &Names, place_of: impl Fn(usize) -> String) -> Result<Self> {
        let written_at = place_of(form.span().start);
        let form = form.into_inner();
        known(&names.phases, &form.phase, "phase", &written_at)?;
        let at = place_of(form.notes.span().start);
        let notes = Regex::new(form.notes.get_ref())
            .map_err(|error| Error::usage(format!("{at}: notes is no regular expression")).because(error).hint(KEYS))?;
        Ok(Self { phase: form.phase, notes, refuses: form.refuses })
    }

    /// Whether the claim cannot be about the column this term names.
    pub fn refuses(&self, facts: &DisclosureFacts, figure: &FigureTerm, claim: &ClaimFact) -> bool {
        let is_noted = || {
            let mut tables = facts.report_tables.iter().filter(|table| table.report_table == figure.table);
            tables.any(|table| self.notes.is_match(&table.notes))
        };
        figure.phase.as_ref() == Some(&self.phase)
            && self.refuses.iter().any(|word| claim.sentence.contains(word.as_str()))
            && is_noted()
    }
}

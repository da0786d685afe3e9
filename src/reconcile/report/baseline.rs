//! Findings somebody looked at and accepted: `pipelines/baseline.toml` or a file given with `--baseline`.
//!
//! ```toml
//! [[accepted]]
//! check_id = "N-27"
//! file     = "2024/narrative.txt"     # or a part of the path
//! place    = "line 34"                # the beginning of the place; may be left out
//! reason   = "confirmed by telephone"
//! expires  = "2026-12-31"             # from the day after, the finding speaks up again
//! ```

use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, Result};
use crate::reconcile::write::records::DisclosureReport;

/// One accepted finding.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineEntry {
    pub check_id: String,
    pub file: String,
    #[serde(default)]
    pub place: String,
    pub reason: String,
    /// ISO date; the entry holds through this day.
    pub expires: String,
}

/// The accepted findings, those past their day left out.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    entries: Vec<BaselineEntry>,
    /// Entries past their day: to be looked at again.
    pub expired: Vec<BaselineEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    accepted: Vec<Spanned<BaselineEntry>>,
}

impl Baseline {
    /// Reads a baseline; `today` is an ISO date, `shown_path` what errors name.
    ///
    /// # Errors
    /// An unknown key, an empty reason, or an expiry that is no date, with file and line.
    pub fn read(text: &str, shown_path: &str, today: &str) -> Result<Self> {
        let line_of = |offset: usize| text.get(..offset).map_or(1, |before| before.matches('\n').count() + 1);
        let file: File = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(span.start));
            Error::usage(format!("{shown_path}:{line}: {}", error.message()))
                .hint("an entry is [[accepted]] with check_id, file, place (optional), reason, expires")
        })?;
        let mut baseline = Self::default();
        for spanned in file.accepted {
            let line = line_of(spanned.span().start);
            let entry = spanned.into_inner();
            if entry.reason.trim().is_empty() || !is_date(&entry.expires) {
                return Err(Error::usage(format!(
                    "{shown_path}:{line}: an accepted finding needs a reason and an expiry"
                ))
                .hint("write expires = \"2026-12-31\""));
            }
            // ISO dates sort as text.
            if entry.expires.as_str() < today {
                baseline.expired.push(entry);
            } else {
                baseline.entries.push(entry);
            }
        }
        Ok(baseline)
    }

    /// Marks the accepted findings of a report. They stay in it, and no longer count.
    pub fn apply(&self, report: &mut DisclosureReport) {
        for record in report.evaluations.iter_mut().filter(|record| record.is_finding) {
            let place = record.place.to_string();
            let entry = self.entries.iter().find(|entry| {
                entry.check_id == record.check.id
                    && record.file.contains(entry.file.as_str())
                    && is_same_place(&place, &entry.place)
            });
            record.accepted = entry.map(|entry| entry.reason.clone());
        }
    }
}

/// `line 3` is the beginning of `line 3:1-5` and not of `line 34`.
fn is_same_place(place: &str, wanted: &str) -> bool {
    wanted.is_empty() || place.strip_prefix(wanted).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    matches!(parts.as_slice(), [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2)
        && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "[[accepted]]\ncheck_id = \"N-27\"\nfile = \"a.txt\"\nplace = \"line 3\"\nreason = \"seen\"\nexpires = \"2026-12-31\"\n";

    #[test]
    fn entries_expire_on_the_day_after() {
        assert_eq!(Baseline::read(ENTRY, "b.toml", "2026-12-31").unwrap().entries.len(), 1);
        assert_eq!(Baseline::read(ENTRY, "b.toml", "2027-01-01").unwrap().expired.len(), 1);
    }

    #[test]
    fn places_are_whole_numbers() {
        assert!(is_same_place("line 3:1-5", "line 3"));
        assert!(!is_same_place("line 34:1-5", "line 3"));
    }

    #[test]
    fn an_entry_without_a_date_is_refused_with_its_line() {
        let text = ENTRY.replace("2026-12-31", "soon");
        let error = Baseline::read(&text, "b.toml", "2026-01-01").unwrap_err();
        assert!(error.what.starts_with("b.toml:1"), "{error}");
    }
}

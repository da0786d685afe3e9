//! When a finished build is not published.

use std::fs;
use std::path::Path;

use crate::error::{Error, Result};
use crate::run::settings::pipeline::Gates;
use crate::run::state::folder::StateFolder;
use crate::run::tell::summary::{Counts, Summary};
use crate::warehouse::Warehouse;

/// Compares the build with the published warehouse, if there is one that can be read. A build that fails a gate is kept as `held-back.duckdb`.
pub fn check(gates: &Gates, summary: &Summary, published: Option<&Path>, state: &StateFolder) -> Result<()> {
    let before = published.map(|path| Counts::of(&Warehouse::open_read_only(path)?)).transpose()?;
    let Some(reason) = failed_gate(gates, summary, before.as_ref()) else { return Ok(()) };
    let held = state.held_back();
    fs::rename(state.building(), &held).map_err(|error| Error::io("keep the held-back build as", &held, &error))?;
    let look = match published {
        Some(published) => format!("juesuan diff {} {}", published.display(), held.display()),
        None => format!("juesuan status --warehouse {}", held.display()),
    };
    Err(Error::not_published(format!("the new build is held back: {reason}"))
        .hint(format!("look at it with `{look}`; to accept it, run again with --accept")))
}

fn failed_gate(gates: &Gates, summary: &Summary, published: Option<&Counts>) -> Option<String> {
    let build = &summary.counts;
    // What a publisher got wrong never holds a build back: only faults of the warehouse and of the reference lists do.
    let ours = [
        ("errors lie in the warehouse itself", build.warehouse_errors, gates.broken_warehouse_checks),
        ("different findings lie in the reference lists", build.reference_findings, gates.reference_findings),
    ];
    if let Some((what, count, allowed)) = ours.into_iter().find(|(_, count, allowed)| count > allowed) {
        return Some(format!("{count} {what} (at most {allowed})"));
    }
    // Files of formats that are not read at all say nothing about the build.
    let readable = build.documents.saturating_sub(build.not_read);
    if share(build.failed, readable) > u64::from(gates.failed_documents_percent) {
        return Some(format!("{} of {readable} files cannot be read: {}", build.failed, first_files(&summary.failed)));
    }
    let published = published?;
    let lost = [
        ("loaded documents", published.loaded, build.loaded, gates.lost_documents_percent),
        ("figures", published.figures, build.figures, gates.lost_figures_percent),
    ];
    lost.into_iter().find_map(|(what, before, now, allowed)| {
        let gone = before.saturating_sub(now);
        (share(gone, before) > u64::from(allowed))
            .then(|| format!("{gone} of {before} {what} are gone (at most {allowed} % may be)"))
    })
}

/// The first files by name, each with its reason.
fn first_files(failed: &[(String, String)]) -> String {
    const SHOWN: usize = 3;
    let mut shown: Vec<String> = failed.iter().take(SHOWN).map(|(file, reason)| format!("{file} ({reason})")).collect();
    if failed.len() > SHOWN {
        shown.push("..".to_owned());
    }
    shown.join(", ")
}

/// Percent, rounded up: a share just above the limit is above it.
fn share(part: u64, whole: u64) -> u64 {
    if whole == 0 { 0 } else { (part * 100).div_ceil(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(documents: u64, failed: u64, loaded: u64, figures: u64) -> Counts {
        Counts { documents, failed, loaded, figures, ..Counts::default() }
    }

    fn build(counts: Counts) -> Summary {
        let failed = (1..=counts.failed).map(|number| (format!("{number}.xls"), "the file is empty".to_owned()));
        Summary { failed: failed.collect(), counts, ..Summary::default() }
    }

    #[test]
    fn each_gate_holds_its_own_loss_back() {
        let gates = Gates::default();
        let before = counts(100, 0, 100, 1_000);
        let passes = |counts, published| failed_gate(&gates, &build(counts), published).is_none();
        assert!(passes(counts(100, 0, 80, 800), Some(&before)));
        assert!(!passes(counts(100, 0, 79, 1_000), Some(&before)));
        assert!(!passes(counts(100, 0, 100, 799), Some(&before)));
        assert!(!passes(counts(100, 51, 49, 1_000), None));
    }

    #[test]
    fn formats_that_are_not_read_hold_nothing_back_and_the_first_failures_are_named() {
        let gates = Gates::default();
        let foreign = Counts { not_read: 99, ..counts(100, 0, 1, 10) };
        assert_eq!(failed_gate(&gates, &build(foreign), None), None);
        let failed = Counts { not_read: 93, ..counts(100, 4, 3, 10) };
        let reason = failed_gate(&gates, &build(failed), None).unwrap();
        assert!(reason.starts_with("4 of 7 files cannot be read: 1.xls (the file is empty), 2.xls"), "{reason}");
        assert!(reason.ends_with(", .."), "{reason}");
    }

    #[test]
    fn only_our_own_faults_are_gated_and_the_thresholds_are_configured() {
        let gates = Gates { broken_warehouse_checks: 2, reference_findings: 5, ..Gates::default() };
        let built = |warehouse_errors, reference_findings| {
            build(Counts {
                warehouse_errors,
                reference_findings,
                findings_error: 1_000_000,
                ..counts(100, 0, 100, 1_000)
            })
        };
        assert_eq!(failed_gate(&gates, &built(2, 5), None), None);
        let warehouse = failed_gate(&gates, &built(3, 0), None).unwrap();
        assert!(warehouse.contains("3 errors") && warehouse.contains("at most 2"), "{warehouse}");
        let reference = failed_gate(&gates, &built(0, 6), None).unwrap();
        assert!(reference.contains("6 different findings") && reference.contains("at most 5"), "{reference}");
    }
}

//! When a finished build is not published.

use std::fs;
use std::path::Path;

use super::ledger::StateFolder;
use super::pipeline::Gates;
use super::summary::{Counts, Summary};
use crate::error::{Error, Result};
use crate::warehouse::Warehouse;

/// Compares the build with the published warehouse, if there is one that can be read. A build that fails a gate is kept as `held-back.duckdb`.
pub fn check(
    gates: &Gates,
    summary: &Summary,
    broken_checks: u64,
    published: Option<&Path>,
    state: &StateFolder,
) -> Result<()> {
    let before = published.map(|path| Counts::of(&Warehouse::open_read_only(path)?)).transpose()?;
    let Some(reason) = failed_gate(gates, &summary.counts, before.as_ref(), broken_checks) else { return Ok(()) };
    let held = state.held_back();
    fs::rename(state.building(), &held).map_err(|error| Error::io("keep the held-back build as", &held, &error))?;
    let look = match published {
        Some(published) => format!("juesuan diff {} {}", published.display(), held.display()),
        None => format!("juesuan status --warehouse {}", held.display()),
    };
    Err(Error::not_published(format!("the new build is held back: {reason}"))
        .hint(format!("look at it with `{look}`; to accept it, run again with --accept")))
}

fn failed_gate(gates: &Gates, build: &Counts, published: Option<&Counts>, broken_checks: u64) -> Option<String> {
    if broken_checks > gates.broken_warehouse_checks {
        return Some(format!(
            "{broken_checks} rows break warehouse checks (at most {})",
            gates.broken_warehouse_checks
        ));
    }
    let failed = share(build.failed, build.documents);
    if failed > u64::from(gates.failed_documents_percent) {
        return Some(format!("{} of {} files cannot be read", build.failed, build.documents));
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

    #[test]
    fn each_gate_holds_its_own_loss_back() {
        let gates = Gates::default();
        let before = counts(100, 0, 100, 1_000);
        assert_eq!(failed_gate(&gates, &counts(100, 0, 80, 800), Some(&before), 0), None);
        assert!(failed_gate(&gates, &counts(100, 0, 79, 1_000), Some(&before), 0).is_some());
        assert!(failed_gate(&gates, &counts(100, 0, 100, 799), Some(&before), 0).is_some());
        assert!(failed_gate(&gates, &counts(100, 51, 49, 1_000), None, 0).is_some());
        assert!(failed_gate(&gates, &counts(100, 0, 100, 1_000), None, 1).is_some());
    }
}

//! Findings the project accepts for a while.

use crate::error::Result;
use crate::project::Project;
use crate::reconcile::report::baseline::Baseline;

/// Today's date (UTC), ISO.
pub fn today() -> String {
    jiff::Timestamp::now().to_string().chars().take(10).collect()
}

/// The accepted findings of `pipelines/baseline.toml`; none where there is no such file.
pub fn baseline(project: &Project) -> Result<Baseline> {
    let today = today();
    match project.get("pipelines/baseline.toml") {
        Some(file) => Baseline::read(&file.text, &file.shown_path, &today),
        None => Ok(Baseline::default()),
    }
}

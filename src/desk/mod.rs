//! The analyst's desk: where a figure comes from, how fresh a warehouse is, what changed between two.
//! Reads published warehouses and source files; writes nothing.

mod checks;
mod explain;
mod figure_name;
mod neighbourhood;
mod said;
mod section;
mod source_view;

use std::path::Path;

use crate::error::Result;
use crate::project::Project;
use crate::warehouse::Warehouse;

pub use checks::CheckedAgainst;
pub use explain::{Explanation, Subject, explain};
pub use neighbourhood::Neighbourhood;
pub use said::Retelling;
pub use section::{Section, sections_json};
pub use source_view::{SourceState, SourceView};

/// The answers of `sql/status/`, in order. `show_runs` makes the table `runs` visible to them: the warehouse does not
/// know the runs that ended without publishing it.
pub fn status(
    warehouse: &Path,
    project: &Project,
    show_runs: impl FnOnce(&Warehouse) -> Result<()>,
) -> Result<Vec<Section>> {
    let warehouse = Warehouse::open_read_only(warehouse)?;
    show_runs(&warehouse)?;
    Section::ask_all(&warehouse, project, "sql/status")
}

/// The answers of `sql/diff/`, in order, with the warehouses attached as `old` and `new`.
pub fn difference(old: &Path, new: &Path, project: &Project) -> Result<Vec<Section>> {
    Section::ask_all(&Warehouse::side_by_side(old, new)?, project, "sql/diff")
}

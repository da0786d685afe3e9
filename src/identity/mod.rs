//! Whose document is it, of which year, and is it the current version?
//!
//! Before reading, [`Identities::hint`] tells from the manifest, the path and the title lines which region's and which
//! year's layouts and rules to read with; after it, [`Identities::resolve`] gives one stable key to each publisher.
//! Everything known about names and places stands in `pipelines/reference/`: `regions.csv`, `region_endings.csv`, `name_patterns.csv`,
//! `department_aliases.csv`, `sectors.csv`. A name outside the lists is kept and marked proposed, never guessed.

mod evidence;
mod hint;
mod names;
mod regions;
mod several;
mod standing;
mod together;
mod versions;
mod whose;

pub use evidence::{Evidence, PrintedName, TitlePage};
pub use hint::PlaceHint;
pub use names::institution_endings;
pub use several::{Share, Shares, TableSays};
pub use standing::{Paper, Standing};
pub use whose::Identity;

use crate::error::Result;
use crate::project::Project;

use names::Names;
use regions::Regions;

/// The reference lists, ready to use.
pub struct Identities {
    names: Names,
    regions: Regions,
}

impl Identities {
    /// Reads the reference lists of the project.
    ///
    /// # Errors
    /// A list is missing or does not parse, with file and row.
    pub fn load(project: &Project) -> Result<Self> {
        Ok(Self { names: Names::load(project)?, regions: Regions::load(project)? })
    }

    /// Whether a path says that the file corrects an earlier one.
    pub fn says_corrected(&self, path: &str) -> bool {
        self.names.says_corrected(path)
    }
}

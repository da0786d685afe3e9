//! `juesuan lint`, as far as layouts go: every file read strictly, every fixture run.

use std::fmt;

use super::fixture::run_fixture;
use crate::extract::table::layouts::layout::LayoutKind;
use crate::extract::table::layouts::load::Layouts;
use crate::project::Project;

/// One problem in a layout file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintProblem {
    /// The file as an error message should name it.
    pub file: String,
    pub message: String,
    pub hint: String,
}

impl fmt::Display for LintProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.file, self.message)?;
        if self.hint.is_empty() { Ok(()) } else { write!(formatter, "\n  hint: {}", self.hint) }
    }
}

/// Checks every layout of the project and runs its fixtures.
pub fn lint(project: &Project) -> Vec<LintProblem> {
    let layouts = match Layouts::load(project) {
        Ok(layouts) => layouts,
        Err(error) => {
            let message = error.why.unwrap_or_default();
            return vec![LintProblem { file: error.what, message, hint: error.hint.unwrap_or_default() }];
        }
    };
    let mut problems = Vec::new();
    for layout in &layouts.layouts {
        if layout.fixtures.is_empty() && layout.kind == LayoutKind::Final {
            problems.push(LintProblem {
                file: layout.shown_path.clone(),
                message: "it has no [[fixture]]".to_owned(),
                hint: "add a small grid with the figures that must be read from it".to_owned(),
            });
        }
        for fixture in &layout.fixtures {
            problems.extend(run_fixture(fixture, layout, &layouts).into_iter().map(|message| LintProblem {
                file: layout.shown_path.clone(),
                message: format!("fixture “{}”: {message}", fixture.name),
                hint: "correct the layout or the expected figures".to_owned(),
            }));
        }
    }
    problems
}

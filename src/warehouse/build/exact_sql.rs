//! Statements of the project stay exact: no quotient that is a DOUBLE, no aggregate whose answer depends on the order of rows.

use std::sync::LazyLock;

use regex::Regex;

use crate::error::{Error, Result};
use crate::project::{Project, ProjectFile};

/// Folders whose statements give values. The macros of `sql/schema` are where quotients are worked out.
const FOLDERS: [&str; 6] = ["sql/dims", "sql/facts", "sql/settled", "sql/marts", "sql/summary", "sql/extracts"];

static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"'[^']*'|--.*").ok());
static QUOTIENT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^/]/[^/]").ok());
static BY_CHANCE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(mode|median|arg_min|min_by|first|last)\s*\(").ok());

/// Tries that no statement divides with `/` or asks for `median`, `mode`, `first` and the like.
///
/// # Errors
/// The first line that does, with what to use instead.
pub fn lint_exactness(project: &Project) -> Result<()> {
    for file in FOLDERS.into_iter().flat_map(|folder| project.under(folder, "sql")) {
        lint_file(file)?;
    }
    Ok(())
}

fn lint_file(file: &ProjectFile) -> Result<()> {
    for (number, line) in file.text.lines().enumerate() {
        let statement = QUOTED.as_ref().map_or(line.into(), |quoted| quoted.replace_all(line, "''"));
        let wrong = |what: &str, hint: &str| {
            Err(Error::usage(format!("{}:{}: {what}", file.shown_path, number + 1)).hint(hint))
        };
        if QUOTIENT.as_ref().is_some_and(|quotient| quotient.is_match(&statement)) {
            return wrong(
                "`/` gives a DOUBLE, and money is exact",
                "use core.percent_of(part, whole), core.per_unit(amount, units) or core.quotient, which round half up on integers",
            );
        }
        if let Some(found) = BY_CHANCE.as_ref().and_then(|pattern| pattern.captures(&statement)) {
            return wrong(
                &format!("the answer of {} may depend on the order of rows", &found[1]),
                "use core.middle_of(list(x ORDER BY x)), min, max, or row_number() over a unique order",
            );
        }
    }
    Ok(())
}

//! Statements of the project stay exact: no quotient that is a DOUBLE, no aggregate whose answer depends on the order of
//! rows, none that is asked again for every row.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::error::{Error, Result};
use crate::project::{Project, ProjectFile};

/// Folders whose statements give values. The macros of `sql/schema` are where quotients are worked out.
const FOLDERS: [&str; 6] = ["sql/dims", "sql/facts", "sql/settled", "sql/marts", "sql/summary", "sql/extracts"];

static TEXTS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"'[^']*'|--[^\n]*").ok());
static QUOTIENT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^/]/[^/]").ok());
static BY_CHANCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(mode|median|quantile\w*|arg_min|arg_max|min_by|max_by|first|last|any_value)\s*\(").ok()
});
static COLLECTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(string_agg|group_concat|array_agg|list)\s*\(").ok());
/// What DuckDB answers as DOUBLE, of decimals too.
static DOUBLES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(avg|mean|divide|fdiv|stddev\w*|var_\w+)\s*\(").ok());
/// A subquery that stands where a value stands.
static SUBQUERY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:[,=<>+*(-]|\b(?:SELECT|THEN|ELSE|AND|OR|WHEN|ON|WHERE|BETWEEN))\s*(\(\s*SELECT)\b").ok()
});
static AGGREGATE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(count|sum|min|max|list|string_agg|bool_or|bool_and)\s*\(").ok());
static FROM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)\bFROM\b").ok());
static TABLES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:FROM|JOIN)\s+(?:\w+\.)?(\w+)(?:\s+(?:AS\s+)?(\w+))?").ok());
static QUALIFIED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b([A-Za-z_]\w*)\.[A-Za-z_]").ok());
const SCHEMAS: [&str; 4] = ["core", "mart", "stage", "audit"];

/// Tries that no statement divides with `/`, asks for `median`, `mode`, `first` and the like, collects rows in no order, or
/// aggregates row by row.
///
/// # Errors
/// The first line that does, with what to use instead.
pub fn lint_exactness(project: &Project) -> Result<()> {
    FOLDERS.into_iter().flat_map(|folder| project.under(folder, "sql")).try_for_each(lint_file)
}

fn lint_file(file: &ProjectFile) -> Result<()> {
    let statements = without_texts(&file.text);
    let wrong = |at: usize, what: &str, hint: &str| {
        let line = statements[..at].matches('\n').count() + 1;
        Err(Error::usage(format!("{}:{line}: {what}", file.shown_path)).hint(hint))
    };
    if let Some(found) = QUOTIENT.as_ref().and_then(|pattern| pattern.find(&statements)) {
        return wrong(
            found.start() + 1,
            "`/` gives a DOUBLE, and money is exact",
            "use core.percent_of(part, whole), core.per_unit(amount, units) or core.quotient, which round half up on integers",
        );
    }
    if let Some((at, name)) = DOUBLES.as_ref().and_then(|pattern| call(pattern.captures(&statements)?)) {
        return wrong(
            at,
            &format!("{name} gives a DOUBLE, and money is exact"),
            "use core.percent_of(part, whole), core.per_unit(amount, units) or core.quotient, which round half up on integers",
        );
    }
    if let Some((at, name)) = BY_CHANCE.as_ref().and_then(|pattern| call(pattern.captures(&statements)?)) {
        return wrong(
            at,
            &format!("the answer of {name} may depend on the order of rows"),
            "use core.middle_of(list(x ORDER BY x)), min, max, or row_number() over a unique order",
        );
    }
    let collected = COLLECTED.iter().flat_map(|pattern| pattern.captures_iter(&statements)).filter_map(call);
    for (at, name) in collected {
        if !arguments(&statements[at..]).to_ascii_uppercase().contains("ORDER BY") {
            return wrong(
                at,
                &format!("{name} without ORDER BY gives its rows in any order"),
                "say the order inside its parentheses, such as string_agg(x, ' ' ORDER BY x)",
            );
        }
    }
    for (start, _) in SUBQUERY.iter().flat_map(|pattern| pattern.captures_iter(&statements)).filter_map(call) {
        let subquery = arguments(&statements[start..]);
        if let Some(name) = aggregated(subquery).filter(|_| looks_outside(subquery)) {
            return wrong(
                start,
                &format!("{name} is asked again for every row"),
                "group once in a WITH clause and join it",
            );
        }
    }
    Ok(())
}

/// What a subquery aggregates by, in the values it gives.
fn aggregated(subquery: &str) -> Option<&str> {
    let depth = |at: usize| subquery[..at].matches('(').count() - subquery[..at].matches(')').count();
    let mut froms = FROM.iter().flat_map(|pattern| pattern.find_iter(subquery)).map(|found| found.start());
    let values = &subquery[..froms.find(|at| depth(*at) == 1).unwrap_or(subquery.len())];
    AGGREGATE.as_ref()?.captures(values)?.get(1).map(|name| name.as_str())
}

/// Whether a subquery names columns of a table it does not read itself.
fn looks_outside(subquery: &str) -> bool {
    let (Some(tables), Some(qualified)) = (TABLES.as_ref(), QUALIFIED.as_ref()) else { return false };
    let own: Vec<&str> = tables
        .captures_iter(subquery)
        .flat_map(|found| [found.get(1), found.get(2)].into_iter().flatten().map(|name| name.as_str()))
        .collect();
    let mut names = qualified.captures_iter(subquery).filter_map(|found| found.get(1).map(|name| name.as_str()));
    names.any(|name| !own.contains(&name) && !SCHEMAS.contains(&name))
}

/// Texts and comments blanked out, every line where it was.
fn without_texts(text: &str) -> String {
    let blank = |found: &Captures<'_>| found[0].chars().map(|c| if c == '\n' { c } else { ' ' }).collect::<String>();
    TEXTS.as_ref().map_or_else(|| text.to_owned(), |texts| texts.replace_all(text, blank).into_owned())
}

/// Where a function is called, and its name as written.
fn call(found: Captures<'_>) -> Option<(usize, String)> {
    found.get(1).map(|name| (name.start(), name.as_str().to_owned()))
}

/// What stands between the first parenthesis and the one that closes it.
fn arguments(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' if depth == 1 => return &text[..at],
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text
}

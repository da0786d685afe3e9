//! The small language in which a check names a number.
//!
//! ```text
//! [+|-] [prior:|units:] TABLE[ROW].COMPONENT@PHASE{FUND}/FLOW [?|!]    a table figure
//! [+|-] [prior:|units:] text[:SECTION][ITEM].MEASURE{FUND}@-1 [?]      a number stated in prose
//! [+|-] linked.MEASURE                                                 the figure a [[link]] names for the item
//! ```
//! `A or B`: B stands where A is not printed (a table has several official forms).
//! Every part may be left out where the scope of the check fixes it. ROW is a line code, a printed code, several joined
//! by `|` (each may be blank, added up; in prose also by `&`: each must be stated), or `class`, `group`, `item` (all functional rows
//! of that level), or `detail` (all rows that are no totals). `@-1` is the year
//! before the document's. A term with `?` may be absent and then counts as zero; any other must be there, a blank cell being
//! zero. With `!` a blank cell means that the check does not apply.

use super::names::parts::{Parts, unreadable};
use super::names::{Names, known};
use crate::error::Result;

/// Which disclosure a term looks into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermPlace {
    Own,
    Prior,
    Units,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowChoice {
    /// Fixed by the scope (each row, each code).
    Bound,
    Keys(Vec<String>),
    /// All functional rows with codes of this many digits.
    Level(usize),
    /// All rows that are neither totals nor parts of other rows.
    Detail,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureTerm {
    /// Empty: the table of the scope.
    pub table: String,
    pub row: RowChoice,
    pub component: Option<String>,
    pub phase: Option<String>,
    pub fund: Option<String>,
    pub flow: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimTerm {
    pub section: Option<String>,
    /// Empty: the item of the scope.
    pub items: Vec<String>,
    /// All of them must be stated; else each may be absent.
    pub needs_all: bool,
    pub measure: Option<String>,
    pub fund: Option<String>,
    pub year: i32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermKind {
    Figure(FigureTerm),
    Claim(ClaimTerm),
    /// What the tables print for the item of the claim an evaluation starts from, in this measure.
    Linked(String),
    Constant(rust_decimal::Decimal),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub sign: i8,
    pub whose: TermPlace,
    pub optional: bool,
    /// Where its cell is blank the check does not apply.
    pub must_be_printed: bool,
    /// The first that is printed counts.
    pub kinds: Vec<TermKind>,
    pub written: String,
}

impl Term {
    /// Reads a term; `place` is the file and line an error names.
    pub fn parse(text: &str, names: &Names, place: &str) -> Result<Self> {
        let written = text.to_owned();
        let (sign, rest) = match text.trim().strip_prefix('-') {
            Some(rest) => (-1, rest.trim()),
            None => (1, text.trim().trim_start_matches('+').trim()),
        };
        let (optional, rest) = match rest.strip_suffix('?') {
            Some(rest) => (true, rest.trim_end()),
            None => (false, rest),
        };
        let (must_be_printed, rest) = match rest.strip_suffix('!') {
            Some(rest) => (true, rest.trim_end()),
            None => (false, rest),
        };
        let (whose, rest) = match rest.split_once(':') {
            Some(("prior", rest)) => (TermPlace::Prior, rest),
            Some(("units", rest)) => (TermPlace::Units, rest),
            _ => (TermPlace::Own, rest),
        };
        let kinds =
            rest.split(" or ").map(|one| term_kind(one.trim(), names, &written, place)).collect::<Result<_>>()?;
        Ok(Self { sign, whose, optional, must_be_printed, kinds, written })
    }

    /// The numbers in prose it may be.
    pub fn claims(&self) -> impl Iterator<Item = &ClaimTerm> {
        self.kinds.iter().filter_map(|kind| match kind {
            TermKind::Claim(claim) => Some(claim),
            _ => None,
        })
    }

    /// The report tables it may be printed in.
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        self.kinds.iter().filter_map(|kind| match kind {
            TermKind::Figure(figure) if !figure.table.is_empty() => Some(figure.table.as_str()),
            _ => None,
        })
    }
}

fn term_kind(text: &str, names: &Names, written: &str, place: &str) -> Result<TermKind> {
    if let Ok(constant) = rust_decimal::Decimal::from_str_exact(text) {
        Ok(TermKind::Constant(constant))
    } else if let Some(measure) = text.strip_prefix("linked.") {
        known(&names.measures, measure, "measure", place)?;
        Ok(TermKind::Linked(measure.to_owned()))
    } else if let Some(rest) = text.strip_prefix("text").filter(|rest| rest.starts_with(['[', ':', '.'])) {
        Ok(TermKind::Claim(claim_term(rest, names, written, place)?))
    } else {
        Ok(TermKind::Figure(figure_term(text, names, written, place)?))
    }
}

fn figure_term(text: &str, names: &Names, written: &str, place: &str) -> Result<FigureTerm> {
    let parts = Parts::split(text, written, place)?;
    if !parts.head.is_empty() {
        known(&names.tables, parts.head, "report table", place)?;
    }
    for (list, part, what) in [
        (&names.components, parts.dot, "component"),
        (&names.phases, parts.at, "phase"),
        (&names.funds, parts.fund, "fund"),
        (&names.flows, parts.flow, "flow"),
    ] {
        if let Some(name) = part {
            known(list, name, what, place)?;
        }
    }
    let owned = |part: Option<&str>| part.map(str::to_owned);
    Ok(FigureTerm {
        table: parts.head.to_owned(),
        row: row_choice(parts.row, names, place)?,
        component: owned(parts.dot),
        phase: owned(parts.at),
        fund: owned(parts.fund),
        flow: owned(parts.flow),
    })
}

fn row_choice(row: Option<&str>, names: &Names, place: &str) -> Result<RowChoice> {
    Ok(match row {
        None => RowChoice::Bound,
        Some("class") => RowChoice::Level(3),
        Some("group") => RowChoice::Level(5),
        Some("item") => RowChoice::Level(7),
        Some("detail") => RowChoice::Detail,
        Some(keys) => {
            let keys: Vec<String> = keys.split('|').map(|key| key.trim().to_owned()).collect();
            for key in keys.iter().filter(|key| !is_code(key)) {
                known(&names.items, key, "line", place)?;
            }
            RowChoice::Keys(keys)
        }
    })
}

fn claim_term(text: &str, names: &Names, written: &str, place: &str) -> Result<ClaimTerm> {
    let parts = Parts::split(text, written, place)?;
    let section = parts.head.strip_prefix(':').map(str::to_owned);
    if let Some(section) = &section {
        known(&names.sections, section, "section", place)?;
    }
    let items: Vec<String> =
        parts.row.map_or_else(Vec::new, |row| row.split(['|', '&']).map(|item| item.trim().to_owned()).collect());
    for item in items.iter().filter(|item| !is_code(item)) {
        known(&names.items, item, "item", place)?;
    }
    if let Some(measure) = parts.dot {
        known(&names.measures, measure, "measure", place)?;
    }
    if let Some(fund) = parts.fund {
        known(&names.funds, fund, "fund", place)?;
    }
    let year = match parts.at {
        None => 0,
        Some(year) => year.parse().map_err(|_| unreadable(written, place, "a year reads @-1"))?,
    };
    let owned = |part: Option<&str>| part.map(str::to_owned);
    let needs_all = parts.row.is_some_and(|row| row.contains('&'));
    Ok(ClaimTerm { section, items, needs_all, measure: owned(parts.dot), fund: owned(parts.fund), year })
}

fn is_code(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit())
}

//! What stands around a table: unit, publisher, year, footnotes, declarations.

use std::ops::Range;

use super::sheet::{Sheet, SheetCell};
use crate::extract::pattern::{Letters, Pattern};
use crate::extract::table::layouts::load::Layouts;
use crate::extract::table::layouts::words::Words;
use crate::extract::table::rows::label::{normal, years_at, years_in};
use crate::vocabulary::is_dash;

/// Characters of a unit at most (人民币元).
const LONGEST_UNIT: usize = 4;

/// The unit printed for a table, and the cell or place where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrintedUnit {
    pub unit: String,
    pub source: String,
}

/// What the rows above a header say.
#[derive(Debug, Clone, Default)]
pub struct Furniture {
    /// In reading order; the last one stands nearest to the header.
    pub units: Vec<PrintedUnit>,
    pub departments: Vec<String>,
    pub years: Vec<i32>,
}

/// Reads the rows above a header (or a whole title region without one). In the header rows only a cell that says so is
/// the table's unit: 决算数（元） is its column's.
pub fn read_furniture(sheet: &Sheet<'_>, rows: Range<u32>, header: Option<u32>, layouts: &Layouts) -> Furniture {
    let mut furniture = Furniture::default();
    for row in rows {
        let cells = sheet.row(row);
        for (at, cell) in cells.iter().enumerate() {
            let (Some(printed), Some(label)) = (cell.text(), &cell.label) else { continue };
            furniture.years.extend(years_in(label));
            let next = cells.get(at + 1).and_then(|next| next.label.as_deref());
            let is_column_label = header.is_some_and(|header| row >= header) && !layouts.words.names_unit(label);
            if let Some(unit) = unit_in(label, next, layouts).filter(|_| !is_column_label) {
                furniture.units.push(PrintedUnit { unit, source: cell.at.to_string() });
            }
            if let Some(name) = department_in(printed, label, next, &layouts.words) {
                furniture.departments.push(name);
            }
        }
    }
    furniture
}

/// Lines of a text that stand above its table say the same things.
pub fn read_caption(line: &str, before: Option<&str>, number: u32, layouts: &Layouts, furniture: &mut Furniture) {
    let label = normal(line);
    furniture.years.extend(years_in(&label));
    let cut = before.and_then(|before| cut_unit(before, line, layouts));
    if let Some(unit) = cut.or_else(|| unit_in(&label, None, layouts)) {
        furniture.units.push(PrintedUnit { unit, source: format!("line {number}") });
    }
    furniture.departments.extend(department_in(line, &label, None, &layouts.words));
}

/// The unit that begins in the line before and ends this one, where a narrow column or the end of a page cut it:
/// `单位：万`, `元`. By itself the second half is another unit.
fn cut_unit(before: &str, line: &str, layouts: &Layouts) -> Option<String> {
    let end = |line: &str| normal(line.rsplit('\t').next().unwrap_or(line));
    let (before, last) = (end(before), end(line));
    let is_whole = unit_in(&before, None, layouts).is_some();
    if is_whole || last.is_empty() || last.chars().count() > LONGEST_UNIT {
        return None;
    }
    unit_in(&format!("{before}{last}"), None, layouts)
}

/// `单位：万元`, also where the unit stands in the next cell, whose label is given.
fn unit_in(label: &str, next: Option<&str>, layouts: &Layouts) -> Option<String> {
    if label.chars().count() > 80 {
        return None;
    }
    let find = |label: &str| first_unit(&layouts.words.unit_patterns, label);
    find(label)
        .or_else(|| next.filter(|_| layouts.words.ends_in_unit(label)).and_then(|next| find(&format!("{label}{next}"))))
}

/// The unit a footnote names: `本表以“万元”为金额单位`.
pub fn unit_in_note(note: &str, words: &Words) -> Option<String> {
    first_unit(&words.unit_note_patterns, &normal(note))
}

/// The group `unit` of the first pattern that matches.
fn first_unit(patterns: &[Pattern], label: &str) -> Option<String> {
    let letters = Letters::of(label);
    let mut found = patterns.iter().filter_map(|pattern| pattern.within(&letters)?.captures(label));
    Some(found.next()?["unit"].to_owned())
}

/// `编制单位：某局`, also where the name stands in the next cell.
fn department_in(printed: &str, compact: &str, next: Option<&str>, words: &Words) -> Option<String> {
    let after = words.departments.iter().find_map(|label| {
        compact.strip_prefix(label.as_str()).filter(|rest| rest.starts_with(':') || rest.is_empty())
    })?;
    let unified = printed.replace('：', ":");
    let trimmed = unified.trim();
    let name = match after.strip_prefix(':') {
        Some("") | None => next?.to_owned(),
        // Words set apart by wide space on the same line are other furniture: a year, a unit.
        Some(rest) => {
            let typed = trimmed.split_once(':').map_or("", |(_, typed)| typed.trim_start());
            let first = typed.split("  ").next().unwrap_or(typed);
            let first = normal(first);
            if first.is_empty() { rest.to_owned() } else { first }
        }
    };
    let before = |name: &str, at: Option<usize>| at.filter(|at| *at > 0).map_or(name, |at| &name[..at]).to_owned();
    let name = words.after_name.iter().fold(name, |name, word| before(&name, name.find(word.as_str())));
    let name = before(&name, years_at(&name).next().map(|(at, _)| at));
    (name.chars().count() >= 2 && !words.has_money_unit(&name)).then_some(name)
}

/// Whether a label opens as notes do: 注：, 本表.
pub fn is_note(label: &str, words: &Words) -> bool {
    words.note_prefixes.iter().any(|prefix| {
        label.strip_prefix(prefix.as_str()).is_some_and(|rest| rest.is_empty() || !rest.starts_with(is_han))
    }) || words.note_openings.iter().any(|opening| label.starts_with(opening.as_str()))
}

/// A footnote or declaration below (or between) the figures: its text.
pub fn note_of(cells: &[SheetCell<'_>], layouts: &Layouts) -> Option<String> {
    let label = cells.iter().find_map(|cell| cell.label.as_deref())?;
    let is_amount = |cell: &SheetCell<'_>| {
        let starts_like_one =
            |text: &str| text.trim_start().starts_with(|c: char| c.is_numeric() || is_dash(c) || c == '/');
        cell.is_numeric || cell.text().is_some_and(starts_like_one)
    };
    if cells[0].is_numeric || cells.iter().skip(1).any(is_amount) {
        return None;
    }
    let words = &layouts.words;
    let starts_like_note = is_note(label, words);
    let is_sentence = cells.len() <= 2
        && (label.chars().count() > 40
            || label.contains(['。', ';'])
            || (label.contains(',') && label.chars().count() > 14));
    if starts_like_note || is_sentence || declares_empty_in(label, words) {
        let parts: Vec<&str> = cells.iter().filter_map(SheetCell::text).map(str::trim).collect();
        Some(parts.join(" "))
    } else {
        None
    }
}

fn is_han(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

pub fn declares_empty(text: &str, words: &Words) -> bool {
    declares_empty_in(&normal(text), words)
}

fn declares_empty_in(label: &str, words: &Words) -> bool {
    is_any_in(&words.declares_empty, label)
}

fn is_any_in(patterns: &[Pattern], label: &str) -> bool {
    let letters = Letters::of(label);
    patterns.iter().any(|pattern| pattern.within(&letters).is_some_and(|pattern| pattern.is_match(label)))
}

/// Page numbers, form codes and lines of furniture between the pages of a long table.
pub fn is_furniture(cells: &[SheetCell<'_>], layouts: &Layouts) -> bool {
    !cells.is_empty()
        && cells.iter().enumerate().all(|(at, cell)| {
            let (Some(printed), Some(label)) = (cell.text(), &cell.label) else { return false };
            let next = cells.get(at + 1).and_then(|next| next.label.as_deref());
            is_any_in(&layouts.words.skip, label)
                || unit_in(label, next, layouts).is_some()
                || (label.contains(':') && department_in(printed, label, next, &layouts.words).is_some())
                || (!years_in(label).is_empty() && label.chars().count() <= 8)
        })
}

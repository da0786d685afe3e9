//! Amounts that stand in the tables of a text, or in lines of columns beside them, and that no table reads: told once a page,
//! for formats without pages once a table.

use std::collections::{BTreeMap, HashSet};

use super::examine::{Examined, Verdict};
use super::layouts::layout::LayoutKind;
use super::layouts::load::Layouts;
use super::report::FEWEST_TOLD;
use crate::decode::{CellValue, Document};
use crate::vocabulary::{CellReference, Finding, Place, Severity, compatible, is_amount, is_month, parse_printed};

/// Amounts quoted in one finding; the rest is counted.
const QUOTED: usize = 3;
/// Characters of an amount that are quoted.
const LONGEST: usize = 24;
const LONGEST_DATE: usize = 10;

/// Where amounts are left: the page from 1, or 0 and the table.
type Left = BTreeMap<(u32, String), Amounts>;

#[derive(Default)]
struct Amounts {
    count: usize,
    quoted: Vec<String>,
}

impl Amounts {
    fn add(&mut self, count: usize, shown: &str) {
        self.count += count;
        if self.quoted.len() < QUOTED {
            self.quoted.push(shortened(shown));
        }
    }
}

/// What no table reads of a text's tables and lines.
pub fn report_unread(document: &Document, tables: &[Examined], layouts: &Layouts, findings: &mut Vec<Finding>) {
    let mut left = Left::new();
    let is_printed = document.pages.count > 0;
    let is_lost = |table: &&Examined| may_lose(table, layouts) && (is_printed || !is_told_whole(table));
    tables.iter().filter(is_lost).for_each(|table| of_table(document, table, &mut left));
    of_lines(document, &mut left);
    findings.extend(left.into_iter().map(told));
}

/// A table inside a text whose amounts belong to figures. What only looks like a table is read as prose.
fn may_lose(table: &Examined, layouts: &Layouts) -> bool {
    table.after_line.is_some()
        && match &table.verdict {
            Verdict::Matched { binding, .. } => layouts.layout(binding.layout).kind == LayoutKind::Final,
            Verdict::Ambiguous(_) | Verdict::Unfit | Verdict::Unplaced => true,
            Verdict::Unknown => table.header.is_some() || table.is_packed,
            Verdict::Recognised { .. } => false,
        }
}

/// A finding of its own says how many numbers of the table are not loaded (`report.rs`), though not on which pages.
fn is_told_whole(table: &Examined) -> bool {
    match &table.verdict {
        Verdict::Unknown => table.numbers >= FEWEST_TOLD,
        Verdict::Unplaced => true,
        Verdict::Matched { .. } | Verdict::Recognised { .. } | Verdict::Ambiguous(_) | Verdict::Unfit => false,
    }
}

fn of_table(document: &Document, table: &Examined, left: &mut Left) {
    let Some(grid) = document.grids.iter().find(|grid| grid.sheet_number == table.sheet_number) else { return };
    let figures: HashSet<CellReference> = table.body.figures.iter().map(|figure| figure.cell).collect();
    let body = table.header.as_ref().map_or(table.rows.start, |header| header.body);
    let texts = || {
        let cells = grid.cells.iter().filter(|cell| table.rows.contains(&cell.at.row));
        cells.filter_map(|cell| match &cell.value {
            CellValue::Text(text) => Some((cell.at, text.as_str())),
            _ => None,
        })
    };
    // Whole numbers are amounts where others of their column are, or where it holds a zero: no code, year or number of a
    // row is one.
    let is_of_amounts =
        |at: CellReference, text: &str| amounts_in(text, false) > 0 || at.row >= body && compatible(text.trim()) == "0";
    let of_amounts: HashSet<u32> =
        texts().filter(|(at, text)| is_of_amounts(*at, text)).map(|(at, _)| at.column).collect();
    for (at, text) in texts() {
        let count = amounts_in(text, at.row >= body && of_amounts.contains(&at.column));
        // Several in one cell are no figure, whatever column they stand in.
        if count > 1 || count == 1 && !figures.contains(&at) {
            let page = document.pages.of_cell(table.sheet_number, at).map_or(0, |place| place.page);
            let sheet = if page == 0 { table.sheet.clone() } else { String::new() };
            left.entry((page, sheet)).or_default().add(count, text);
        }
    }
}

/// How many amounts a cell holds: one a line, or several whose digits run together.
fn amounts_in(text: &str, counts_whole: bool) -> usize {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let in_line = |line: &&str| {
        if is_amount(line) || counts_whole && parse_printed(line).is_ok() { 1 } else { run_together(line) }
    };
    lines.iter().map(in_line).sum()
}

/// 126.1726.46118.16: as many amounts as it has decimal points, at least two; a date (2024.12.31) is shorter.
fn run_together(line: &str) -> usize {
    let is_sign = |c: char| c.is_numeric() || c.is_whitespace() || ".,-．，－−()（）".contains(c);
    let points = line.chars().filter(|c| matches!(c, '.' | '．')).count();
    let is_long = line.trim().chars().count() > LONGEST_DATE;
    if points > 1 && is_long && line.chars().all(is_sign) { points } else { 0 }
}

/// The first line, and no more of it than fits a message.
fn shortened(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default().trim();
    if line.chars().count() <= LONGEST { line.to_owned() } else { line.chars().take(LONGEST).chain(['…']).collect() }
}

/// Rows of a table that was not recognised as one stay lines: amounts alone between wide gaps, or alone on a line.
fn of_lines(document: &Document, left: &mut Left) {
    let is_printed = document.pages.count > 0;
    for line in document.lines.iter().filter(|line| is_printed && line.cell.is_none()) {
        let mut start = 0;
        for part in line.text.split('\t') {
            if is_amount(part) && !is_month(part) {
                let page = document.pages.of_line(line.number, start).unwrap_or(0);
                left.entry((page, String::new())).or_default().add(1, part);
            }
            start += part.chars().count() as u32 + 1;
        }
    }
}

fn told(((page, sheet), amounts): ((u32, String), Amounts)) -> Finding {
    let quoted: Vec<String> = amounts.quoted.iter().map(|amount| format!("“{amount}”")).collect();
    let (count, quoted) = (amounts.count, quoted.join(", "));
    let (place, message) = if page > 0 {
        (Place::File, format!("page {page}: {count} amounts stand in columns that no table reads: {quoted}"))
    } else {
        (Place::Sheet { sheet }, format!("{count} amounts stand in columns that no table reads: {quoted}"))
    };
    Finding::extraction(
        "extract.unread_amounts",
        Severity::Warning,
        place,
        message,
        "nothing is loaded from them: `juesuan inspect` shows the tables that are recognised; look for the publisher's Excel attachment"
            .to_owned(),
    )
}

//! Header rows → one path of labels for each column, from merged cells, several rows, or banners set across blanks.

use std::ops::Range;

use super::sheet::{Sheet, SheetCell, small_integer};
use super::years::{leave_out_years, led_by_year};
use crate::decode::Merge;
use crate::extract::table::layouts::load::Layouts;
use crate::extract::table::rows::label::{normal, ordinal_level, shown, split_unit, without_numbering};
use crate::vocabulary::CellReference;

/// Header rows at most; real forms have up to five.
const MOST_ROWS: u32 = 8;

/// Columns at most; detail tables with one column for each 款 have about 150.
const MOST_COLUMNS: u32 = 1_000;

#[derive(Debug, Clone)]
pub struct Header {
    pub rows: Range<u32>,
    /// First row below the header and its numbering row.
    pub body: u32,
    pub columns: Vec<Column>,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub column: u32,
    pub labels: Vec<HeaderLabel>,
}

#[derive(Debug, Clone)]
pub struct HeaderLabel {
    /// As printed.
    pub shown: String,
    /// As compared, without numbering and unit, and without the year of the account.
    pub normal: String,
    pub unit: Option<String>,
}

impl Column {
    /// Labels from the top down, as printed.
    pub fn path(&self) -> Vec<String> {
        self.labels.iter().map(|label| label.shown.clone()).collect()
    }

    fn is_like(&self, other: &Self) -> bool {
        let labels = |column: &Self| column.labels.iter().map(|label| label.normal.clone()).collect::<Vec<_>>();
        labels(self) == labels(other)
    }

    pub fn unit(&self) -> Option<&str> {
        self.labels.iter().rev().find_map(|label| label.unit.as_deref())
    }
}

/// The header in these rows; `None` where no row is made of header labels.
pub fn find_header(sheet: &Sheet<'_>, rows: Range<u32>, layouts: &Layouts) -> Option<Header> {
    let top = rows.clone().take(40).find(|row| starts_header(sheet, *row, layouts))?;
    let mut end = top + 1;
    while end < rows.end && end - top < MOST_ROWS && continues_header(sheet, top..end, layouts) {
        end += 1;
    }
    let body = (end..rows.end.min(end + 3)).take_while(|row| is_numbering_row(sheet.row(*row), layouts)).last();
    let mut header = Header { rows: top..end, body: body.map_or(end, |row| row + 1), columns: Vec::new() };
    let labels = HeaderLabels { rows: header.rows.clone(), beside: labels_beside_total(sheet, &header, layouts) };
    header.columns = columns(sheet, &labels, layouts);
    without_years(&mut header.columns, layouts);
    let body = header.body..rows.end;
    header.columns.dedup_by(|column, left| column.is_like(left) && is_covered(sheet, body.clone(), column.column));
    Some(header)
}

/// Leaves the year of the account out of the labels of a header.
pub fn without_years(columns: &mut [Column], layouts: &Layouts) {
    let labels = columns.iter_mut().flat_map(|column| &mut column.labels);
    leave_out_years(&mut labels.map(|label| &mut label.normal).collect::<Vec<_>>(), layouts);
}

/// Every amount in the column is merged from the left: only rows without amounts, such as one for signatures, part the two.
fn is_covered(sheet: &Sheet<'_>, body: Range<u32>, column: u32) -> bool {
    let mut covered = 0;
    for row in body {
        let merge = sheet.merge_at(CellReference::new(row, column)).filter(|merge| merge.first.column < column);
        let left = merge.map_or(column.saturating_sub(1), |merge| merge.first.column);
        let is_held = |at: u32| sheet.row(row).iter().any(|cell| cell.at.column == at && cell.is_numeric);
        if is_held(column) || merge.is_none() && is_held(left) {
            return false;
        }
        covered += u32::from(merge.is_some() && is_held(left));
    }
    covered > 0
}

pub fn is_known(cell: &SheetCell<'_>, layouts: &Layouts) -> bool {
    cell.is_label(|label| is_known_label(name_and_unit(label, layouts).0, layouts))
}

fn is_known_label(label: &str, layouts: &Layouts) -> bool {
    let without_year = || led_by_year(label).is_some_and(|(_, rest)| layouts.header_labels.contains(rest));
    layouts.header_labels.contains(label) || layouts.lists.economic.contains(label) || without_year()
}

fn starts_header(sheet: &Sheet<'_>, row: u32, layouts: &Layouts) -> bool {
    let cells = sheet.row(row);
    let known = cells.iter().filter(|cell| is_known(cell, layouts)).count();
    let is_banner = || {
        let width = sheet.merge_at(cells[0].at).map_or(1, |merge| merge.last.column - merge.first.column + 1);
        width >= 3 && (row + 1..row + 3).any(|below| starts_header_by_labels(sheet.row(below), layouts))
    };
    match (cells.len(), known) {
        (1, 1) => is_banner(),
        _ => starts_header_by_labels(cells, layouts),
    }
}

fn starts_header_by_labels(cells: &[SheetCell<'_>], layouts: &Layouts) -> bool {
    let known = cells.iter().filter(|cell| is_known(cell, layouts)).count();
    let numbers = cells.iter().filter(|cell| cell.is_numeric).count();
    known >= 2 && known * 2 >= cells.len() && numbers == 0
}

/// Whether the row after the header so far belongs to it.
fn continues_header(sheet: &Sheet<'_>, header: Range<u32>, layouts: &Layouts) -> bool {
    let row = header.end;
    let cells = sheet.row(row);
    let is_covered = sheet.reaches(header.clone(), row);
    if cells.is_empty() {
        return is_covered;
    }
    if is_numbering_row(cells, layouts) || holds_amounts(cells, layouts) {
        return false;
    }
    let has_ordinal = |cell: &SheetCell<'_>| cell.is_label(|label| ordinal_level(label) > 0);
    if cells.iter().any(has_ordinal) {
        return false;
    }
    let known = cells.iter().filter(|cell| is_known(cell, layouts)).count();
    let is_total_row =
        cells.iter().filter_map(|cell| cell.label.as_ref()).all(|label| layouts.words.totals.contains(label))
            && cells.iter().any(|cell| stands_under_key(sheet, &header, cell, layouts));
    if is_total_row {
        return false;
    }
    if is_covered { known * 2 >= cells.len() } else { known >= 2 && known * 3 >= cells.len() * 2 }
}

fn stands_under_key(sheet: &Sheet<'_>, header: &Range<u32>, cell: &SheetCell<'_>, layouts: &Layouts) -> bool {
    header.clone().rev().find_map(|row| sheet.text_at(CellReference::new(row, cell.at.column))).is_some_and(
        |(above, _)| {
            let label = label_of(above, layouts).normal;
            layouts.words.is_key(&label) || layouts.words.code_parts.contains(&label)
        },
    )
}

/// Numbers that are no column codes and no years.
fn holds_amounts(cells: &[SheetCell<'_>], layouts: &Layouts) -> bool {
    let numbers: Vec<&SheetCell<'_>> = cells.iter().filter(|cell| cell.is_numeric).collect();
    let is_code_or_year = |cell: &&SheetCell<'_>| {
        small_integer(cell).is_some_and(|number| {
            (1990..2100).contains(&number) || layouts.lists.economic.contains(&number.to_string())
        })
    };
    // A row of economic codes under their names has no label of its own.
    let has_row_label = cells.first().is_some_and(|cell| cell.label.is_some() && !is_known(cell, layouts));
    !numbers.is_empty() && (has_row_label || !numbers.iter().all(is_code_or_year))
}

/// 栏次 1 2 3 ..: numbers the columns. Also recognised without its word, by counting up.
pub fn is_numbering_row(cells: &[SheetCell<'_>], layouts: &Layouts) -> bool {
    let words = &layouts.words;
    let has_word = cells.iter().any(|cell| cell.is_label(|label| words.numbering.contains(label)));
    let is_word = |cell: &&SheetCell<'_>| {
        cell.is_label(|label| words.numbering.contains(label) || words.code_parts.contains(label))
    };
    let others = cells.iter().filter(|cell| !is_word(cell));
    if !has_word && is_overrun_numbering(cells, layouts) {
        return true;
    }
    if !has_word && others.clone().next().is_none_or(|first| column_number(first) != Some(1)) {
        return false;
    }
    let numbers: Vec<Option<u32>> = others.map(column_number).collect();
    if has_word {
        return numbers.iter().filter(|number| number.is_none()).count() * 2 <= cells.len();
    }
    let counts_up = numbers.windows(2).all(|pair| matches!(pair, [Some(a), Some(b)] if *b == a + 1 || *b == 1));
    numbers.len() >= 2 && numbers[0] == Some(1) && counts_up && numbers.contains(&Some(2))
}

/// Labels above ran over into the row that numbers the columns (码栏次, 护费5): the rest of it counts up from 1.
fn is_overrun_numbering(cells: &[SheetCell<'_>], layouts: &Layouts) -> bool {
    let names_it = |cell: &SheetCell<'_>| {
        cell.is_label(|label| layouts.words.numbering.iter().any(|word| label.ends_with(word.as_str())))
    };
    let numbers = match cells.split_first() {
        Some((first, numbers)) if names_it(first) => numbers,
        _ => cells,
    };
    let is_own = |(cell, number): &(&SheetCell<'_>, u32)| column_number(cell) == Some(*number);
    let ends_in = |(cell, number): &(&SheetCell<'_>, u32)| {
        let number = number.to_string();
        let word = |label: &str| label.strip_suffix(number.as_str()).map(str::to_owned);
        cell.label.as_deref().and_then(word).is_some_and(|word| !word.ends_with(|c: char| c.is_ascii_digit()))
    };
    let numbered = || numbers.iter().zip(1..);
    let own = numbered().filter(is_own).count();
    let is_named = numbers.len() < cells.len();
    own >= if is_named { 2 } else { 4 }
        && own * 4 >= numbers.len() * 3
        && numbered().all(|pair| is_own(&pair) || ends_in(&pair))
}

/// `1`, `(1)`, `1=2+3`, `甲`.
fn column_number(cell: &SheetCell<'_>) -> Option<u32> {
    if let Some(number) = small_integer(cell) {
        return (number <= 500).then_some(number);
    }
    let label = cell.label.as_deref()?;
    let (first, rest) = label.split_once('=')?;
    let is_formula = rest.chars().all(|character| character.is_ascii_digit() || "+-()栏".contains(character));
    if is_formula { first.parse().ok() } else { None }
}

pub fn label_of(printed: &str, layouts: &Layouts) -> HeaderLabel {
    let compact = normal(printed);
    let (name, unit) = name_and_unit(&compact, layouts);
    HeaderLabel { shown: shown(printed), normal: name.to_owned(), unit: unit.map(str::to_owned) }
}

/// A label without its numbering and the unit in brackets at its end, and that unit.
fn name_and_unit<'l>(label: &'l str, layouts: &Layouts) -> (&'l str, Option<&'l str>) {
    split_unit(without_numbering(label), &layouts.words.units)
}

/// Where the labels of a header stand: in its rows, and some, in forms that lost a row, beside the word of the total.
struct HeaderLabels {
    rows: Range<u32>,
    beside: Vec<CellReference>,
}

impl HeaderLabels {
    /// Whether a column has a label of its own below a row.
    fn has_below(&self, sheet: &Sheet<'_>, at: CellReference) -> bool {
        let in_rows = |row: u32| sheet.grid.value(CellReference::new(row, at.column)).is_some();
        (at.row + 1..self.rows.end).any(in_rows) || self.beside.iter().any(|label| label.column == at.column)
    }
}

/// Labels of sub-columns in the row of the total: 合计 under the key, then numbers, and 合计, 基本支出, 项目支出 where the
/// columns they head have no other label.
fn labels_beside_total(sheet: &Sheet<'_>, header: &Header, layouts: &Layouts) -> Vec<CellReference> {
    let cells = sheet.row(header.body);
    let Some(key) = cells.first().filter(|cell| stands_under_key(sheet, &header.rows, cell, layouts)) else {
        return Vec::new();
    };
    let is_total = key.is_label(|label| layouts.words.totals.contains(label));
    let labels: Vec<CellReference> =
        cells.iter().skip(1).filter(|cell| is_known(cell, layouts)).map(|cell| cell.at).collect();
    let has_numbers = cells.iter().any(|cell| cell.is_numeric);
    if is_total && has_numbers && labels.len() >= 2 { labels } else { Vec::new() }
}

fn columns(sheet: &Sheet<'_>, header: &HeaderLabels, layouts: &Layouts) -> Vec<Column> {
    let rows = &header.rows;
    let beside = || header.beside.iter().flat_map(|at| sheet.row(at.row).iter().filter(|cell| cell.at == *at));
    let cells = || rows.clone().flat_map(|row| sheet.row(row)).chain(beside());
    let left = cells().map(|cell| cell.at.column).min().unwrap_or(0);
    let merged_right = cells().filter_map(|cell| sheet.merge_at(cell.at)).map(|merge| merge.last.column).max();
    let right = cells().map(|cell| cell.at.column).max().unwrap_or(0).max(merged_right.unwrap_or(0));
    let right = right.min(left + MOST_COLUMNS);
    let mut columns = Vec::new();
    for column in left..=right {
        let mut labels: Vec<HeaderLabel> = Vec::new();
        let of_column = header.beside.iter().filter(|at| at.column == column).map(|at| at.row);
        for row in rows.clone().chain(of_column) {
            let at = CellReference::new(row, column);
            let found = sheet.text_at(at).map(|(text, _)| text).or_else(|| set_across(sheet, at, header));
            if let Some(text) = found {
                let label = label_of(text, layouts);
                if !label.normal.is_empty() && labels.last().is_none_or(|last| last.normal != label.normal) {
                    labels.push(label);
                }
            }
        }
        if !labels.is_empty() {
            columns.push(Column { column, labels });
        }
    }
    columns
}

/// A banner merged over too few columns: a label below it is merged across the edge where it ends.
fn is_cut_short(sheet: &Sheet<'_>, header: &HeaderLabels, row: u32, banner: &Merge) -> bool {
    let edge = banner.last.column;
    let crosses = |cell: &SheetCell<'_>| {
        let merge = sheet.merge_at(cell.at);
        merge.is_some_and(|merge| {
            merge.first.column > banner.first.column && merge.first.column <= edge && merge.last.column > edge
        })
    };
    (row + 1..header.rows.end).any(|below| sheet.row(below).iter().any(crosses))
}

/// A banner set across blank cells without merging them: the nearest text on the left, where both columns have
/// a label of their own below.
fn set_across<'a>(sheet: &Sheet<'a>, at: CellReference, header: &HeaderLabels) -> Option<&'a str> {
    let has_label_below = |column: u32| header.has_below(sheet, CellReference::new(at.row, column));
    if !has_label_below(at.column) || sheet.merge_at(at).is_some() {
        return None;
    }
    let banner = sheet.row(at.row).iter().rev().find(|cell| cell.at.column < at.column)?;
    let is_merged = sheet.merge_at(banner.at).is_some_and(|merge| !is_cut_short(sheet, header, at.row, &merge));
    // A label further up that begins between the two is where the banner ends.
    let begins_anew = (header.rows.start..at.row)
        .any(|row| sheet.row(row).iter().any(|cell| cell.at.column > banner.at.column && cell.at.column <= at.column));
    if is_merged || begins_anew || !has_label_below(banner.at.column) {
        return None;
    }
    banner.text()
}

//! Which column a cell belongs to, where only the order of the cells is left.

use super::drawn::Piece;
use crate::decode::document::Line;
use crate::vocabulary::{Finding, MoneyError, Place, Severity, compatible, parse_printed};

/// What stands in a cell, as far as its column can be told from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A number or the dash that stands for none.
    Number,
    Text,
}

pub fn kind(text: &str) -> Kind {
    if text.ends_with(['.', '．']) {
        return Kind::Text;
    }
    let bare = text.trim().trim_end_matches(['%', '％']);
    match parse_printed(bare) {
        Ok(_) => Kind::Number,
        Err(MoneyError::Dash) if !text.chars().any(char::is_alphabetic) => Kind::Number,
        Err(_) => Kind::Text,
    }
}

/// A number with digits after the point: what amounts look like and ordinals do not.
pub fn is_exact(text: &str) -> bool {
    kind(text) == Kind::Number && text.contains(['.', '．']) && compatible(text).chars().any(|c| c.is_ascii_digit())
}

/// 栏次 1 2 3: numbers that count up from one.
pub fn numbers_columns(texts: &[&str]) -> bool {
    let mut numbers = texts.iter().filter(|text| kind(text) == Kind::Number).enumerate();
    numbers.all(|(at, text)| compatible(text) == (at + 1).to_string())
}

/// Gives the cells of body rows their columns. A row that is shorter than the others stands where its kinds leave one
/// place; its numbers are left out, with a finding, where they leave several.
pub fn settle(rows: Vec<Vec<Piece>>, width: usize, lines: &[Line]) -> (Vec<Vec<(usize, Piece)>>, Vec<Finding>) {
    let kinds = |row: &[Piece]| -> Vec<Kind> { row.iter().map(|piece| kind(&piece.text)).collect() };
    let is_whole = |row: &&Vec<Piece>| row.len() >= width && row[..width].iter().all(|piece| !piece.text.is_empty());
    let whole: Vec<Vec<Kind>> = rows.iter().filter(is_whole).map(|row| kinds(row)).collect();
    let columns = usual_kinds(&whole, width);
    let mut nowhere = Vec::new();
    let mut placed = Vec::new();
    for mut row in rows {
        row.truncate(width);
        let fits = |(column, piece): (usize, &Piece)| piece.text.is_empty() || kind(&piece.text) == columns[column];
        let ends_blank = row.len() < width || row[width - 1].text.is_empty();
        // Where blank cells are written, a row that fits as it stands only lacks its last cells.
        let is_in_place = row.len() == width && row.iter().enumerate().all(fits);
        let has_numbers = row.iter().any(|piece| kind(&piece.text) == Kind::Number);
        if whole.is_empty() || !ends_blank || !has_numbers || is_in_place {
            placed.push(row.into_iter().enumerate().collect());
            continue;
        }
        let line = row[0].line;
        let cells: Vec<Piece> = row.into_iter().filter(|piece| !piece.text.is_empty()).collect();
        match places(&kinds(&cells), &columns) {
            Some(places) => placed.push(places.into_iter().zip(cells).collect()),
            None => {
                nowhere.push(lines[line].number);
                placed.push(vec![(0, Piece { line, text: String::new() })]);
            }
        }
    }
    (placed, without_a_place(&nowhere).into_iter().collect())
}

/// One finding a table, however many rows it is about.
fn without_a_place(rows: &[u32]) -> Option<Finding> {
    let what = match rows {
        [] => return None,
        [_] => "a row of a table in the text has fewer cells than the others, and its numbers could stand in several columns"
            .to_owned(),
        rows => format!(
            "{} rows of a table in the text have fewer cells than the others, and their numbers could stand in several columns",
            rows.len()
        ),
    };
    Some(Finding::extraction(
        "decode.row_without_columns",
        Severity::Warning,
        Place::Line { line: *rows.first()? },
        what,
        "nothing of these rows is loaded: look at the published page, or save the table as .xlsx or .html".to_owned(),
    ))
}

/// What most rows hold in each column.
fn usual_kinds(rows: &[Vec<Kind>], width: usize) -> Vec<Kind> {
    let is_number = |column: usize| {
        let numbers = rows.iter().filter(|row| row[column] == Kind::Number).count();
        numbers * 2 > rows.len()
    };
    (0..width).map(|column| if is_number(column) { Kind::Number } else { Kind::Text }).collect()
}

/// The columns of a row's cells, in order; `None` where they fit nowhere, or in several ways.
pub fn places(row: &[Kind], columns: &[Kind]) -> Option<Vec<usize>> {
    // ways[c]: how the cells so far can stand with the last of them left of column c; the second way ends the search.
    let mut ways: Vec<Vec<Vec<usize>>> = vec![vec![Vec::new()]; columns.len() + 1];
    for kind in row {
        let mut next: Vec<Vec<Vec<usize>>> = vec![Vec::new(); columns.len() + 1];
        for column in 0..columns.len() {
            let mut here = next[column].clone();
            if columns[column] == *kind {
                here.extend(ways[column].iter().map(|before| [&before[..], &[column]].concat()));
            }
            here.dedup();
            here.truncate(2);
            next[column + 1] = here;
        }
        ways = next;
    }
    let mut found = ways.pop()?;
    if found.len() == 1 { found.pop() } else { None }
}

#[cfg(test)]
mod tests {
    use super::Kind::{Number, Text};
    use super::*;

    #[test]
    fn a_row_has_a_place_where_its_kinds_leave_one() {
        let columns = [Number, Text, Number, Number];
        assert_eq!(places(&[Number, Text, Number, Number], &columns), Some(vec![0, 1, 2, 3]));
        assert_eq!(places(&[Text, Number, Number], &columns), Some(vec![1, 2, 3]), "a total without a code");
        assert_eq!(places(&[Text, Number], &columns), None, "which of two amounts is it?");
        assert_eq!(places(&[Text, Text, Number, Number], &columns), None);
    }

    #[test]
    fn dashes_and_percents_are_numbers_and_words_are_none() {
        assert!(["1,234.50", "-3.07%", "—", "(12)"].iter().all(|text| kind(text) == Number));
        assert!(["无", "8项", "一", "2021年"].iter().all(|text| kind(text) == Text));
        assert!(is_exact("0.00") && !is_exact("12") && !is_exact("—"));
    }
}

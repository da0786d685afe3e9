//! Where the tables of a sheet start: rows, captions and sheet names that hold a known title.

use std::borrow::Cow;
use std::ops::Range;

use super::sheet::Sheet;
use crate::extract::table::layouts::load::{Layouts, TitleOf};
use crate::extract::table::rows::label::{title_key, title_key_of, without_numbering};
use crate::vocabulary::CellReference;
use crate::vocabulary::numeral;

/// A printed title and the layouts that claim it.
#[derive(Debug, Clone)]
pub struct Title {
    /// As printed.
    pub text: String,
    /// What stands before the known name, numbering and white space removed: 某局2023年度
    pub before: String,
    pub layouts: Vec<TitleOf>,
    pub is_continuation: bool,
    /// The cell, where it stands in one.
    pub at: Option<CellReference>,
}

/// Rows of a sheet that belong to one title.
#[derive(Debug, Clone)]
pub struct Region {
    pub rows: Range<u32>,
    pub title: Option<Title>,
}

/// A sheet name of this many characters or more may have been cut by the spreadsheet program.
const CUT_NAME: usize = 30;

/// Splits a sheet at its title rows. Rows before the first title belong to it: form codes and units stand there too.
pub fn regions(sheet: &Sheet<'_>, layouts: &Layouts) -> Vec<Region> {
    let mut titled: Vec<(u32, Title)> = Vec::new();
    let mut last_row = None;
    for cell in &sheet.cells {
        if last_row == Some(cell.at.row) {
            continue;
        }
        if let (Some(text), Some(label)) = (cell.text(), &cell.label)
            && let Some(found) = find_title_by(text, title_key_of(label), layouts)
            && is_title_row(sheet, cell.at.row)
        {
            last_row = Some(cell.at.row);
            titled.push((cell.at.row, Title { at: Some(cell.at), ..found }));
        }
    }
    let end = sheet.grid.rows;
    if titled.is_empty() {
        return vec![Region { rows: 0..end, title: None }];
    }
    let starts: Vec<u32> = std::iter::once(0).chain(titled.iter().skip(1).map(|(row, _)| *row)).collect();
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(end));
    let rows: Vec<Range<u32>> = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
    rows.into_iter().zip(titled).map(|(rows, (_, title))| Region { rows, title: Some(title) }).collect()
}

/// A title has its row to itself, save for a form code, a unit or the like.
fn is_title_row(sheet: &Sheet<'_>, row: u32) -> bool {
    let cells = sheet.row(row);
    cells.len() <= 4 && !cells.iter().any(|cell| cell.is_numeric)
}

/// The longest known title a text ends with, or whose pattern it fits.
pub fn find_title(printed: &str, layouts: &Layouts) -> Option<Title> {
    if printed.len() > 400 { None } else { find_title_by(printed, title_key(printed).into(), layouts) }
}

fn find_title_by(printed: &str, label: Cow<'_, str>, layouts: &Layouts) -> Option<Title> {
    if printed.len() > 400 {
        return None;
    }
    let (name, is_continuation) = without_tail(&label, layouts);
    if name.chars().count() < 4 {
        return None;
    }
    if let Some((before, found)) = known_title(name, layouts) {
        return Some(title(printed, before, found, is_continuation));
    }
    // A bracket may be part of the title (分单位) or say something else (公开01表).
    let mut shorter = name;
    while let Some(open) = shorter.rfind('(').filter(|open| *open > 0 && shorter.ends_with(')')) {
        shorter = &shorter[..open];
        if let Some((before, found)) = known_title(shorter, layouts) {
            return Some(title(printed, before, found, is_continuation));
        }
    }
    let matched: Vec<TitleOf> = match shorter.ends_with(layouts.words.title_endings.as_slice()) {
        true => layouts.by_pattern(shorter),
        false => Vec::new(),
    }
    .into_iter()
    .map(|layout| TitleOf { layout, is_shared: false })
    .collect();
    (!matched.is_empty()).then(|| title(printed, "", matched, is_continuation))
}

fn title(printed: &str, before: &str, layouts: Vec<TitleOf>, is_continuation: bool) -> Title {
    let text = printed.split_whitespace().collect::<Vec<_>>().join("");
    Title { text, before: before.to_owned(), layouts, is_continuation, at: None }
}

/// Takes off `(续)`, `续表`, a trailing colon.
fn without_tail<'a>(label: &'a str, layouts: &Layouts) -> (&'a str, bool) {
    let mut name = label.trim_end_matches([':', '.', ',']);
    let mut is_continuation = false;
    loop {
        let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let found = layouts.words.continuation.iter().find_map(|word| {
            let bracketed = bare
                .strip_suffix(')')
                .map(|inner| inner.trim_end_matches(|c: char| c.is_ascii_digit() || numeral::is_ordinal(c)));
            let inner = bracketed.and_then(|inner| inner.strip_suffix(word.as_str()));
            let open = inner.and_then(|inner| inner.strip_suffix('('));
            open.or_else(|| bare.strip_suffix(word.as_str()))
        });
        match found {
            Some(shorter) if !shorter.is_empty() => {
                name = shorter;
                is_continuation = true;
            }
            _ => return (name, is_continuation),
        }
    }
}

/// What stands before the known name, and the layouts that claim the name.
fn known_title<'a>(name: &'a str, layouts: &Layouts) -> Option<(&'a str, Vec<TitleOf>)> {
    if !name.chars().next_back().is_some_and(|last| layouts.title_ends.contains(&last)) {
        return None;
    }
    for (start, _) in name.char_indices() {
        let (before, known) = name.split_at(start);
        if let Some(found) = layouts.titles.get(known) {
            if is_refused(before, layouts) {
                return None;
            }
            let accepted: Vec<TitleOf> = found
                .iter()
                .filter(|found| !layouts.layout(found.layout).reject.iter().any(|word| before.contains(word.as_str())))
                .copied()
                .collect();
            return (!accepted.is_empty()).then_some((before, accepted));
        }
    }
    None
}

/// `项目支出` before `决算表` makes another table; `某局2024年度` does not.
fn is_refused(before: &str, layouts: &Layouts) -> bool {
    let before = without_numbering(before).trim_end_matches(['-', '_', ':', '.']);
    layouts.words.refused_before.iter().any(|word| before.ends_with(word.as_str()))
}

/// A title in a sheet's name, also where a spreadsheet program cut the name short.
pub fn title_of_sheet_name(name: &str, layouts: &Layouts) -> Option<Title> {
    let label = title_key(name);
    let open = label.rfind('(').filter(|open| !label[*open..].contains(')'));
    let whole = open.map_or(label.as_str(), |open| &label[..open]);
    if let Some(found) = find_title(whole, layouts) {
        return Some(Title { text: name.trim().to_owned(), ..found });
    }
    if name.chars().count() < CUT_NAME {
        return None;
    }
    let characters: Vec<(usize, char)> = label.char_indices().collect();
    characters.iter().take(characters.len().saturating_sub(8)).find_map(|(start, _)| {
        let part = &label[*start..];
        let mut longer = layouts.titles.iter().filter(|(title, _)| title.starts_with(part));
        let (_, found) = longer.next()?;
        longer.next().is_none().then(|| title(name, "", found.clone(), false))
    })
}

//! Each sheet, table by table: which layout, why, and what it gave. `read` and `inspect` both tell from this.

mod closest;
mod examined;
mod judge;
mod units;

pub use closest::closest;
pub use examined::{Examined, TitleSource, Verdict, Why};

use std::ops::Range;

use crate::decode::{Document, Grid, Line};
use crate::extract::table::find::bind::Binding;
use crate::extract::table::find::furniture::{
    Furniture, PrintedUnit, declares_empty, is_note, note_of, read_caption, read_furniture,
};
use crate::extract::table::find::header::{Header, find_header};
use crate::extract::table::find::packed::is_packed;
use crate::extract::table::find::sheet::{Sheet, text};
use crate::extract::table::find::titles::{Region, Title, find_title, regions, title_of_sheet_name};
use crate::extract::table::layouts::load::Layouts;
use crate::extract::table::rows::body::{Body, BodyReading, ListState, read_body};
use crate::extract::table::rows::figure::TableState;
use crate::extract::table::rows::label::{normal, shown, title_key};
use crate::identity::PlaceHint;

use judge::judge;
use units::share_units;

/// Lines before a table inside a text that may hold its title, unit and publisher.
const CAPTION_LINES: usize = 6;

/// Examines every table of a document; sheets that continue a table use its binding.
pub fn examine(document: &Document, layouts: &Layouts, hint: &PlaceHint) -> Vec<Examined> {
    let is_final = speaks_of_final_accounts(document, layouts);
    let mut found: Vec<Examined> = Vec::new();
    let mut last: Option<(Binding, Header, ListState)> = None;
    for (index, grid) in document.grids.iter().enumerate() {
        let sheet = Sheet::new(grid);
        let before = found.len();
        for region in regions(&sheet, layouts) {
            let mut examined = examine_region(&sheet, region, document, layouts, hint, is_final, last.as_ref());
            read_figures(&sheet, &mut examined, &mut last, layouts);
            found.push(examined);
        }
        if let Some(last) = found[before..].last_mut().filter(|last| last.state == TableState::Empty)
            && let Some(note) = note_below(document, index, layouts)
        {
            if declares_empty(&note, &layouts.words) {
                last.state = TableState::DeclaredEmpty;
            }
            last.body.notes.push(note);
        }
    }
    share_units(&mut found, layouts);
    found
}

/// Whether titles that budgets use too may be taken for final accounts here.
fn speaks_of_final_accounts(document: &Document, layouts: &Layouts) -> bool {
    let words = &layouts.words;
    let has = |text: &str, list: &[String]| list.iter().any(|word| text.contains(word.as_str()));
    let mut is_final = false;
    let mut is_budget = false;
    let mut look_at = |text: &str| {
        is_final |= has(text, &words.final_words) && !has(text, &words.not_final);
        is_budget |= has(text, &words.budget_words) && !has(text, &words.final_words);
    };
    document.lines.iter().take(200).for_each(|line| look_at(&line.text));
    for grid in &document.grids {
        look_at(&grid.sheet);
        grid.cells.iter().take(60).filter_map(text).for_each(&mut look_at);
    }
    is_final && (!is_budget || !document.lines.is_empty())
}

fn examine_region(
    sheet: &Sheet<'_>,
    region: Region,
    document: &Document,
    layouts: &Layouts,
    hint: &PlaceHint,
    is_final: bool,
    last: Option<&(Binding, Header, ListState)>,
) -> Examined {
    let grid = sheet.grid;
    let after_title = region.title.as_ref().and_then(|title| title.at).map_or(region.rows.start, |at| at.row + 1);
    let rows = after_title..region.rows.end;
    let header = if is_packed(sheet, &rows) { None } else { find_header(sheet, rows, layouts) };
    let header_end = if grid.packed_rows > after_title { grid.packed_rows } else { after_title + 6 };
    let above = region.rows.start..header.as_ref().map_or(region.rows.end.min(header_end), |header| header.rows.end);
    let mut furniture = read_furniture(sheet, above, header.as_ref().map(|header| header.rows.start), layouts);
    let mut title_source = TitleSource::Row;
    let title = region.title.or_else(|| {
        title_source = TitleSource::Caption;
        caption(document, grid, layouts, &mut furniture)
    });
    let title = title.or_else(|| {
        title_source = TitleSource::SheetName;
        title_of_sheet_name(&grid.sheet, layouts)
    });
    let cells = sheet.rows(region.rows.clone());
    let numbers = cells.iter().filter(|cell| cell.is_numeric).count();
    let first_text = cells.iter().find_map(|cell| cell.text()).map(shown);
    let mut examined = Examined {
        sheet_number: grid.sheet_number,
        sheet: grid.sheet.clone(),
        hidden: grid.hidden,
        rows: region.rows,
        title,
        title_source,
        header,
        furniture,
        verdict: Verdict::Unknown,
        lacks: Vec::new(),
        unit: PrintedUnit::default(),
        body: BodyReading::default(),
        state: TableState::Empty,
        numbers,
        after_line: grid.after_line,
        is_packed: grid.packed_rows > after_title,
        first_text,
    };
    judge(sheet, &mut examined, layouts, hint, is_final, last);
    examined
}

/// The title among the lines above a table inside a text. Its unit is the one said nearest to it: what stands above the
/// table before speaks of that one, and counts only where nothing nearer says a unit.
fn caption(document: &Document, grid: &Grid, layouts: &Layouts, furniture: &mut Furniture) -> Option<Title> {
    let after = grid.after_line?;
    let end = document.lines.partition_point(|line| line.number <= after);
    let above = || document.lines[..end].iter().rev();
    let own = above().take(CAPTION_LINES).take_while(|line| line.cell.is_none()).count();
    let mut title = None;
    let (mut near, mut far) = (Vec::new(), Vec::new());
    let lines: Vec<&Line> = above().filter(|line| line.cell.is_none()).take(CAPTION_LINES + 1).collect();
    for (at, line) in lines.iter().take(CAPTION_LINES).enumerate() {
        let mut said = Furniture::default();
        let before = lines.get(at + 1).map(|before| before.text.as_str());
        read_caption(&line.text, before, line.number, layouts, &mut said);
        furniture.years.append(&mut said.years);
        furniture.departments.append(&mut said.departments);
        let units = if at < own { &mut near } else { &mut far };
        // Lines are met from below: the nearest comes last in the list.
        units.splice(0..0, said.units);
        if title.is_none() {
            title = find_title(&line.text, layouts);
        }
    }
    // What the table itself says stands nearer still.
    let mut units = if near.is_empty() { far } else { near };
    units.append(&mut furniture.units);
    furniture.units = units;
    title
}

fn read_figures(
    sheet: &Sheet<'_>,
    examined: &mut Examined,
    last: &mut Option<(Binding, Header, ListState)>,
    layouts: &Layouts,
) {
    examined.unit = examined.furniture.units.last().cloned().unwrap_or_default();
    let Verdict::Matched { binding, why } = &examined.verdict else {
        if matches!(examined.verdict, Verdict::Recognised { .. }) {
            examined.body.notes = notes_in(sheet, examined.rows.clone(), layouts);
            let is_declared = examined.body.notes.iter().any(|note| declares_empty(note, &layouts.words));
            examined.state = match examined.numbers {
                0 if is_declared => TableState::DeclaredEmpty,
                0 => TableState::Empty,
                _ => TableState::Data,
            };
        }
        return;
    };
    let continues = *why != Why::TitleAndColumns
        || examined.title.as_ref().is_some_and(|title| title.is_continuation)
        || last.as_ref().is_some_and(|(before, _, _)| before.layout == binding.layout);
    let previous = last.take().filter(|(before, _, _)| continues && before.layout == binding.layout);
    let (before, mut state) = match previous {
        Some((_, header, state)) => (Some(header), state),
        None => (None, ListState::default()),
    };
    // Another sheet's header has no rows on this one.
    let before = before.map(|header| Header { rows: 0..0, ..header });
    let Some(header) = examined.header.clone().or(before) else { return };
    let start = if examined.header.is_some() { header.body } else { examined.below_title() };
    let title_fund = title_fund(examined.title.as_ref(), binding.layout, layouts);
    let body = Body { sheet, binding, unit: &examined.unit, title_fund, layouts };
    examined.body = read_body(&body, start..examined.rows.end, &header, &mut state);
    let declared = examined.body.notes.iter().any(|note| declares_empty(note, &layouts.words));
    examined.state = match (examined.body.figures.is_empty(), declared) {
        (false, _) => TableState::Data,
        (true, true) => TableState::DeclaredEmpty,
        (true, false) => TableState::Empty,
    };
    *last = Some((binding.clone(), header, state));
}

/// What is said below a table inside a text (说明：本单位没有..，故本表无数据。): the first line behind it, if that is a note.
fn note_below(document: &Document, index: usize, layouts: &Layouts) -> Option<String> {
    let of_grid = |line: &&Line| line.cell.is_some_and(|cell| cell.grid == index);
    let after =
        document.lines.iter().rev().find(of_grid).map(|line| line.number).or(document.grids[index].after_line)?;
    let start = document.lines.partition_point(|line| line.number <= after);
    let line = document.lines[start..].iter().find(|line| !line.text.trim().is_empty())?;
    let is_note = line.cell.is_none() && is_note(&normal(&line.text), &layouts.words);
    is_note.then(|| line.text.trim().to_owned())
}

fn title_fund<'a>(title: Option<&Title>, at: usize, layouts: &'a Layouts) -> &'a str {
    let printed = title.map(|title| title_key(&title.text)).unwrap_or_default();
    let funds = &layouts.layout(at).fund_by_title;
    funds.iter().find(|(words, _)| printed.contains(words.as_str())).map_or("", |(_, fund)| fund.as_str())
}

fn notes_in(sheet: &Sheet<'_>, rows: Range<u32>, layouts: &Layouts) -> Vec<String> {
    sheet.by_row(rows).filter_map(|cells| note_of(cells, layouts)).collect()
}

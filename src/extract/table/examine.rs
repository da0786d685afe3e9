//! Each sheet, table by table: which layout, why, and what it gave. `read` and `inspect` both tell from this.

use std::ops::Range;

use crate::decode::{Document, Grid};
use crate::extract::table::find::bind::{Binding, bind, bind_columns, has_row};
use crate::extract::table::find::furniture::{
    Furniture, PrintedUnit, declares_empty, note_of, read_caption, read_furniture, unit_in_note,
};
use crate::extract::table::find::header::{Header, find_header};
use crate::extract::table::find::packed::{Fit, fit, is_packed};
use crate::extract::table::find::sheet::Sheet;
use crate::extract::table::find::titles::{Region, Title, find_title, regions, title_of_sheet_name};
use crate::extract::table::layouts::load::Layouts;
use crate::extract::table::rows::body::{Body, BodyReading, ListState, read_body};
use crate::extract::table::rows::figure::TableState;
use crate::extract::table::rows::label::title_key;
use crate::identity::PlaceHint;

/// Why a table without a title is what it is.
const BY_COLUMNS: &str = "columns alone: no title is printed";

/// Lines before a table inside a text that may hold its title, unit and publisher.
const CAPTION_LINES: usize = 6;

/// One table, or what might be one.
#[derive(Debug)]
pub struct Examined {
    pub sheet_number: u32,
    pub sheet: String,
    pub hidden: bool,
    pub rows: Range<u32>,
    pub title: Option<Title>,
    pub title_source: &'static str,
    pub header: Option<Header>,
    pub furniture: Furniture,
    pub verdict: Verdict,
    /// What each candidate lacked.
    pub lacks: Vec<(usize, Vec<String>)>,
    pub unit: PrintedUnit,
    pub body: BodyReading,
    pub state: TableState,
    /// Numeric cells in the region, headings and codes included.
    pub numbers: usize,
    /// Set for a table inside a text: the line it stands after.
    pub after_line: Option<u32>,
    /// Its header lost its columns (see `Grid::packed_rows`).
    pub is_packed: bool,
    /// The first text of the region: what an unknown table calls itself.
    pub first_text: Option<String>,
}

#[derive(Debug, Clone)]
pub enum Verdict {
    /// Figures are read.
    Matched {
        binding: Binding,
        why: &'static str,
    },
    /// Known, and without figures for final accounts (budget, performance), or declared empty without a grid.
    Recognised {
        layout: usize,
    },
    Ambiguous(Vec<usize>),
    /// A known title, but no layout with that title fits the header.
    Unfit,
    /// The labels of the header lost their places, and not one arrangement alone makes a known table.
    Unplaced,
    Unknown,
}

/// Examines every table of a document; sheets that continue a table use its binding.
pub fn examine(document: &Document, layouts: &Layouts, hint: &PlaceHint) -> Vec<Examined> {
    let is_final = speaks_of_final_accounts(document, layouts);
    let mut found: Vec<Examined> = Vec::new();
    let mut last: Option<(Binding, Header, ListState)> = None;
    for grid in &document.grids {
        let sheet = Sheet::new(grid);
        for region in regions(&sheet, layouts) {
            let mut examined = examine_region(&sheet, region, document, layouts, hint, is_final, last.as_ref());
            read_figures(&sheet, &mut examined, &mut last, layouts);
            found.push(examined);
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
        grid.cells.iter().take(60).filter_map(crate::extract::table::find::sheet::text).for_each(&mut look_at);
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
    let mut title_source = "title row";
    let title = region.title.or_else(|| {
        title_source = "caption";
        caption(document, grid, layouts, &mut furniture)
    });
    let title = title.or_else(|| {
        title_source = "sheet name";
        title_of_sheet_name(&grid.sheet, layouts)
    });
    let cells = sheet.rows(region.rows.clone());
    let numbers = cells.iter().filter(|cell| cell.is_numeric).count();
    let first_text = cells.iter().find_map(|cell| cell.text()).map(crate::extract::table::rows::label::shown);
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

/// The title among the lines above a table inside a text.
fn caption(document: &Document, grid: &Grid, layouts: &Layouts, furniture: &mut Furniture) -> Option<Title> {
    let after = grid.after_line?;
    let end = document.lines.partition_point(|line| line.number <= after);
    let mut title = None;
    for line in document.lines[..end].iter().rev().filter(|line| line.cell.is_none()).take(CAPTION_LINES) {
        read_caption(&line.text, line.number, layouts, furniture);
        if title.is_none() {
            title = find_title(&line.text, layouts);
        }
    }
    title
}

fn judge(
    sheet: &Sheet<'_>,
    examined: &mut Examined,
    layouts: &Layouts,
    hint: &PlaceHint,
    is_final: bool,
    last: Option<&(Binding, Header, ListState)>,
) {
    let candidates = candidates(examined.title.as_ref(), layouts, hint, is_final);
    let is_loaded = |at: &usize| layouts.layout(*at).kind == "final";
    if let Some(known) = candidates.first().filter(|_| !candidates.iter().any(is_loaded)) {
        let bound = examined.header.as_ref().and_then(|header| {
            let body = header.body..examined.rows.end;
            let described = candidates.iter().filter(|at| !layouts.layout(**at).blocks.is_empty());
            described.filter_map(|at| bind(header, sheet, body.clone(), *at, layouts).ok()).next()
        });
        examined.verdict = match bound {
            Some(binding) => Verdict::Matched { binding, why: "title and columns" },
            None => Verdict::Recognised { layout: *known },
        };
        return;
    }
    let below_title = body_start(examined)..examined.rows.end;
    if is_packed(sheet, &below_title) {
        judge_packed(sheet, examined, below_title, &candidates, layouts, hint);
        return;
    }
    let Some(header) = examined.header.clone() else {
        examined.verdict = without_header(sheet, examined, &candidates, layouts, last);
        return;
    };
    let body = header.body..examined.rows.end;
    let mut fitting = Vec::new();
    for at in candidates.iter().filter(|at| is_loaded(at)) {
        match bind(&header, sheet, body.clone(), *at, layouts) {
            Ok(binding) => fitting.push(binding),
            Err(lacks) => examined.lacks.push((*at, lacks)),
        }
    }
    if fitting.is_empty()
        && let Some((before, _, _)) = last.filter(|(before, _, _)| candidates.contains(&before.layout))
        && let Ok(binding) = bind_columns(&header, before.layout, layouts)
    {
        examined.verdict = Verdict::Matched { binding, why: "continues the table before it" };
        return;
    }
    examined.verdict = match fitting.len() {
        1 => Verdict::Matched { binding: fitting.remove(0), why: "title and columns" },
        0 if candidates.is_empty() => untitled(sheet, &header, body, layouts, hint, last),
        0 => without_header(sheet, examined, &candidates, layouts, None),
        _ => Verdict::Ambiguous(fitting.iter().map(|binding| binding.layout).collect()),
    };
}

/// A header that lost its places is what only one arrangement of its labels makes of it.
fn judge_packed(
    sheet: &Sheet<'_>,
    examined: &mut Examined,
    rows: Range<u32>,
    candidates: &[usize],
    layouts: &Layouts,
    hint: &PlaceHint,
) {
    let untitled = if candidates.is_empty() { by_columns(sheet, rows.clone(), layouts, hint) } else { Vec::new() };
    let (candidates, why) = match untitled.as_slice() {
        [] => (candidates, "title and columns"),
        untitled => (untitled, BY_COLUMNS),
    };
    examined.verdict = match fit(sheet, rows, candidates, layouts) {
        Fit::One(_, binding) if why == BY_COLUMNS && !has_both_sides(&binding, layouts) => Verdict::Unplaced,
        Fit::One(header, binding) => {
            examined.header = Some(header);
            Verdict::Matched { binding, why }
        }
        Fit::None if examined.title.is_none() => Verdict::Unknown,
        Fit::None | Fit::Several => Verdict::Unplaced,
    };
}

/// The layouts a title leads to, overlays in place of their bases.
fn candidates(title: Option<&Title>, layouts: &Layouts, hint: &PlaceHint, is_final: bool) -> Vec<usize> {
    let Some(title) = title else { return Vec::new() };
    let claims = title.layouts.iter().filter(|found| is_final || !found.is_shared).map(|found| found.layout);
    let claims: Vec<usize> = claims.collect();
    let region = hint.region_code.as_deref();
    let fits = |at: &usize| layouts.layout(*at).applies(region, hint.fiscal_year);
    // What is limited to a region or to years is used for an unknown one only where no general layout claims the title.
    let is_known_to_fit = |at: &usize| {
        let layout = layouts.layout(*at);
        (region.is_some() || layout.regions.is_empty()) && (hint.fiscal_year.is_some() || layout.serves_every_year())
    };
    let mut fitting: Vec<usize> = claims.iter().copied().filter(fits).filter(is_known_to_fit).collect();
    if fitting.is_empty() {
        fitting = claims.iter().copied().filter(fits).collect();
    }
    let overlaid: Vec<&str> = fitting.iter().filter_map(|at| layouts.layout(*at).base.as_deref()).collect();
    fitting.iter().copied().filter(|at| !overlaid.contains(&layouts.layout(*at).id.as_str())).collect()
}

/// A known title without a header: a table continued from the page before, or one declared empty and left out.
fn without_header(
    sheet: &Sheet<'_>,
    examined: &Examined,
    candidates: &[usize],
    layouts: &Layouts,
    last: Option<&(Binding, Header, ListState)>,
) -> Verdict {
    if let Some((binding, _, _)) = last
        && (candidates.contains(&binding.layout) || (candidates.is_empty() && continues_list(sheet, examined, binding)))
        && examined.numbers > 0
    {
        return Verdict::Matched { binding: binding.clone(), why: "continues the table before it" };
    }
    let declared = examined
        .rows
        .clone()
        .any(|row| note_of(sheet.row(row), layouts).is_some_and(|note| declares_empty(&note, &layouts.words)));
    match candidates.first() {
        Some(first) if declared && examined.numbers == 0 => Verdict::Recognised { layout: *first },
        Some(_) => Verdict::Unfit,
        None => Verdict::Unknown,
    }
}

/// Rows without title and header go on with the list above when most of them fill its key and amount columns.
fn continues_list(sheet: &Sheet<'_>, examined: &Examined, binding: &Binding) -> bool {
    let rows: Vec<u32> = examined.rows.clone().filter(|row| !sheet.row(*row).is_empty()).take(50).collect();
    let goes_on = |row: &&u32| {
        let cells = sheet.row(**row);
        binding.segments.iter().any(|segment| {
            cells.iter().any(|cell| segment.keys.contains(&cell.at.column))
                && cells
                    .iter()
                    .any(|cell| cell.is_numeric && segment.amounts.iter().any(|amount| amount.column == cell.at.column))
        })
    };
    !rows.is_empty() && rows.iter().filter(goes_on).count() * 3 >= rows.len() * 2
}

/// No title anywhere: the table before goes on under the same header, or the columns alone identify the table.
fn untitled(
    sheet: &Sheet<'_>,
    header: &Header,
    body: Range<u32>,
    layouts: &Layouts,
    hint: &PlaceHint,
    last: Option<&(Binding, Header, ListState)>,
) -> Verdict {
    let labels = |header: &Header| -> Vec<String> {
        header.columns.iter().flat_map(|column| &column.labels).map(|label| label.normal.clone()).collect()
    };
    if let Some((previous, before, _)) = last
        && labels(before) == labels(header)
        && let Ok(binding) = bind(header, sheet, body.clone(), previous.layout, layouts)
    {
        return Verdict::Matched { binding, why: "continues the table before it" };
    }
    let by_columns = by_columns(sheet, body.clone(), layouts, hint).into_iter();
    let mut fitting: Vec<Binding> = by_columns
        .filter_map(|at| bind(header, sheet, body.clone(), at, layouts).ok())
        .filter(|binding| has_both_sides(binding, layouts))
        .collect();
    match fitting.len() {
        0 => Verdict::Unknown,
        1 => Verdict::Matched { binding: fitting.remove(0), why: BY_COLUMNS },
        _ => Verdict::Ambiguous(fitting.iter().map(|binding| binding.layout).collect()),
    }
}

/// Layouts whose columns alone identify them.
fn by_columns(sheet: &Sheet<'_>, rows: Range<u32>, layouts: &Layouts, hint: &PlaceHint) -> Vec<usize> {
    let alone = |at: &usize| {
        let layout = layouts.layout(*at);
        layout.by_columns
            && layout.base.is_none()
            && layout.applies(hint.region_code.as_deref(), hint.fiscal_year)
            && (layout.alone_rows.is_empty() || has_row(sheet, rows.clone(), &layout.alone_rows))
    };
    (0..layouts.layouts.len()).filter(alone).collect()
}

/// One half of a two-sided table, printed on a page of its own, could be either.
fn has_both_sides(binding: &Binding, layouts: &Layouts) -> bool {
    let blocks = layouts.layout(binding.layout).blocks.len();
    let first = binding.segments.first().map(|segment| segment.block);
    blocks == 1 || binding.segments.iter().any(|segment| Some(segment.block) != first)
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
    let continues = *why != "title and columns"
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
    let start = if examined.header.is_some() { header.body } else { body_start(examined) };
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

fn title_fund<'a>(title: Option<&Title>, at: usize, layouts: &'a Layouts) -> &'a str {
    let printed = title.map(|title| title_key(&title.text)).unwrap_or_default();
    let funds = &layouts.layout(at).fund_by_title;
    funds.iter().find(|(words, _)| printed.contains(words.as_str())).map_or("", |(_, fund)| fund.as_str())
}

fn body_start(examined: &Examined) -> u32 {
    examined.title.as_ref().and_then(|title| title.at).map_or(examined.rows.start, |at| at.row + 1)
}

fn notes_in(sheet: &Sheet<'_>, rows: Range<u32>, layouts: &Layouts) -> Vec<String> {
    sheet.by_row(rows).filter_map(|cells| note_of(cells, layouts)).collect()
}

/// A table without a unit takes the one its footnote names, then the one all others of the workbook agree on, then the
/// layout's default.
fn share_units(found: &mut [Examined], layouts: &Layouts) {
    // Units printed in column headers count as well: some workbooks print them nowhere else.
    let headers = found.iter().filter_map(|table| table.header.as_ref()).flat_map(|header| &header.columns);
    let of_columns = headers.filter_map(|column| column.unit());
    let mut agreed: Vec<String> = found
        .iter()
        .map(|table| table.unit.unit.as_str())
        .chain(of_columns)
        .filter(|unit| layouts.words.money_units.contains(*unit))
        .map(str::to_owned)
        .collect();
    agreed.sort_unstable();
    agreed.dedup();
    for table in found.iter_mut().filter(|table| table.unit.unit.is_empty()) {
        let Verdict::Matched { binding, .. } = &table.verdict else { continue };
        let in_note = table.body.notes.iter().find_map(|note| unit_in_note(note, &layouts.words));
        let default = layouts.layout(binding.layout).unit_default.clone();
        table.unit = match (in_note, agreed.as_slice(), default) {
            (Some(unit), _, _) => PrintedUnit { unit, source: "footnote".to_owned() },
            (None, [unit], _) => PrintedUnit { unit: unit.clone(), source: "workbook".to_owned() },
            (None, _, Some(unit)) => PrintedUnit { unit, source: "layout default".to_owned() },
            _ => continue,
        };
        for figure in table.body.figures.iter_mut().filter(|figure| figure.unit.is_empty()) {
            figure.unit.clone_from(&table.unit.unit);
            figure.unit_source.clone_from(&table.unit.source);
        }
    }
}

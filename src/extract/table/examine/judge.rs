//! Which layout a table has, by its title and header, by the table before it, or by its columns alone.

use std::ops::Range;

use super::examined::{Examined, Verdict, Why};
use crate::extract::table::find::bind::{Binding, bind, bind_columns, has_row};
use crate::extract::table::find::furniture::{declares_empty, note_of};
use crate::extract::table::find::header::Header;
use crate::extract::table::find::packed::{Fit, fit, is_packed};
use crate::extract::table::find::sheet::Sheet;
use crate::extract::table::find::titles::Title;
use crate::extract::table::layouts::layout::LayoutKind;
use crate::extract::table::layouts::load::Layouts;
use crate::extract::table::rows::body::ListState;
use crate::identity::PlaceHint;

/// Puts the verdict, and what each candidate lacked.
pub fn judge(
    sheet: &Sheet<'_>,
    examined: &mut Examined,
    layouts: &Layouts,
    hint: &PlaceHint,
    is_final: bool,
    last: Option<&(Binding, Header, ListState)>,
) {
    let candidates = candidates(examined.title.as_ref(), layouts, hint, is_final);
    let is_loaded = |at: &usize| layouts.layout(*at).kind == LayoutKind::Final;
    if let Some(known) = candidates.first().filter(|_| !candidates.iter().any(is_loaded)) {
        let bound = examined.header.as_ref().and_then(|header| {
            let body = header.body..examined.rows.end;
            let described = candidates.iter().filter(|at| !layouts.layout(**at).blocks.is_empty());
            described.filter_map(|at| bind(header, sheet, body.clone(), *at, layouts).ok()).next()
        });
        examined.verdict = match bound {
            Some(binding) => Verdict::Matched { binding, why: Why::TitleAndColumns },
            None => Verdict::Recognised { layout: *known },
        };
        return;
    }
    let below_title = examined.below_title()..examined.rows.end;
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
        examined.verdict = Verdict::Matched { binding, why: Why::Continues };
        return;
    }
    examined.verdict = match fitting.len() {
        1 => Verdict::Matched { binding: fitting.remove(0), why: Why::TitleAndColumns },
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
        [] => (candidates, Why::TitleAndColumns),
        untitled => (untitled, Why::ColumnsAlone),
    };
    examined.verdict = match fit(sheet, rows, candidates, layouts) {
        Fit::One(_, binding) if why == Why::ColumnsAlone && !has_both_sides(&binding, layouts) => Verdict::Unplaced,
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
        return Verdict::Matched { binding: binding.clone(), why: Why::Continues };
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
        return Verdict::Matched { binding, why: Why::Continues };
    }
    let by_columns = by_columns(sheet, body.clone(), layouts, hint).into_iter();
    let mut fitting: Vec<Binding> = by_columns
        .filter_map(|at| bind(header, sheet, body.clone(), at, layouts).ok())
        .filter(|binding| has_both_sides(binding, layouts))
        .collect();
    match fitting.len() {
        0 => Verdict::Unknown,
        1 => Verdict::Matched { binding: fitting.remove(0), why: Why::ColumnsAlone },
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

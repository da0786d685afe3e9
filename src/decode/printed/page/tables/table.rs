//! A table while it is put together from one or more pages.

use super::rules::clustered;
use crate::decode::printed::page::geometry::{Area, Glyph};
use crate::decode::printed::page::lines::writing::{Gaps, WrittenRow, cell_text, rows_of};

/// A cell that holds something.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub text: String,
    /// The same line by line, where there are several.
    pub lines: Vec<String>,
    pub page: u32,
    /// The region between the rules around it.
    pub area: Area,
    /// Its last row has no room left: the text may go on elsewhere.
    pub is_full: bool,
    pub is_number: bool,
    /// How sure the recogniser was of its least sure character; none where none was recognised.
    pub score: Option<u8>,
}

impl Cell {
    /// The cell of these rows; `None` where nothing is written.
    pub fn of(rows: &[WrittenRow], area: Area, page: u32) -> Option<Self> {
        let last = rows.last()?;
        Some(Self {
            text: cell_text(rows, area),
            lines: if rows.len() > 1 { rows.iter().map(|row| row.text(Gaps::Blanks)).collect() } else { Vec::new() },
            page,
            area,
            is_full: last.fills(area),
            is_number: rows.iter().all(WrittenRow::is_number),
            score: rows.iter().filter_map(WrittenRow::score).min(),
        })
    }
}

#[derive(Debug, Clone)]
pub struct Row {
    pub page: u32,
    pub top: f64,
    pub bottom: f64,
    /// No rule is drawn at its left end, and at its right end.
    pub open: (bool, bool),
    /// One for each column; what a merge covers is empty.
    pub cells: Vec<Option<Cell>>,
}

/// A rectangle of merged cells, by row and column, inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub first: (usize, usize),
    pub last: (usize, usize),
}

#[derive(Debug, Clone)]
pub struct Table {
    /// Where columns begin and end, from left to right.
    pub edges: Vec<f64>,
    pub rows: Vec<Row>,
    pub spans: Vec<Span>,
    /// On the page it starts on.
    pub area: Area,
    /// The last page on which rows or columns of it stand.
    pub last_page: u32,
    /// The edges of each page whose columns stand beside each other in it; none where it stands on one.
    pub parts: Vec<Vec<f64>>,
}

impl Table {
    pub fn columns(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }

    pub fn first_page(&self) -> u32 {
        self.rows.first().map_or(0, |row| row.page)
    }

    /// The rows above the first number.
    pub fn header_rows(&self) -> usize {
        self.rows.iter().take_while(|row| !row.cells.iter().flatten().any(|cell| cell.is_number)).count()
    }

    /// The texts of a row, blanks included.
    pub fn texts(&self, row: usize) -> Vec<&str> {
        self.rows[row].cells.iter().map(|cell| cell.as_ref().map_or("", |cell| cell.text.as_str())).collect()
    }

    /// The row prints nothing.
    pub fn is_blank(&self, row: usize) -> bool {
        self.rows[row].cells.iter().all(Option::is_none)
    }
}

/// A rectangle between rules and what is written in it.
pub struct Region {
    pub span: Span,
    pub area: Area,
    pub glyphs: Vec<Glyph>,
}

/// What parts the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parting {
    Rules,
    /// Rules around the header and at the end, or none.
    Open,
}

/// Regions → a table. Rows that no rule separates are told apart by the numbers that stand below each other.
pub fn table_of(page: u32, edges: Vec<f64>, heights: &[f64], regions: Vec<Region>, parting: Parting) -> Table {
    let columns = edges.len() - 1;
    let written: Vec<(Span, Area, Vec<WrittenRow>)> =
        regions.into_iter().map(|region| (region.span, region.area, rows_of(region.glyphs))).collect();
    let bands: Vec<Vec<f64>> = (0..heights.len() - 1).map(|band| baselines(band, &written, parting)).collect();
    let first_row: Vec<usize> = bands
        .iter()
        .scan(0, |next, band| {
            let first = *next;
            *next += band.len().max(1);
            Some(first)
        })
        .collect();
    let rows_in = |band: usize| bands[band].len().max(1);
    let extents = bands.iter().enumerate().flat_map(|(band, lines)| extents(heights[band], heights[band + 1], lines));
    let mut rows: Vec<Row> = extents
        .map(|(top, bottom)| Row { page, top, bottom, open: (false, false), cells: vec![None; columns] })
        .collect();
    let mut spans = Vec::new();
    for (span, area, lines) in written {
        let (first, column) = (first_row[span.first.0], span.first.1);
        let last = first_row[span.last.0] + rows_in(span.last.0) - 1;
        let is_split = span.first.0 == span.last.0 && rows_in(span.first.0) > 1;
        if !is_split {
            rows[first].cells[column] = Cell::of(&lines, area, page);
            push_span(&mut spans, (first, column), (last, span.last.1));
            continue;
        }
        let lines_of = &bands[span.first.0];
        let mut split: Vec<Vec<WrittenRow>> = vec![Vec::new(); lines_of.len()];
        for line in lines {
            split[nearest(lines_of, line.baseline)].push(line);
        }
        for (at, lines) in split.into_iter().enumerate() {
            rows[first + at].cells[column] = Cell::of(&lines, part_of(area, lines_of, at), page);
            push_span(&mut spans, (first + at, column), (first + at, span.last.1));
        }
    }
    spans.sort_by_key(|span| span.first);
    let area = Area {
        left: edges[0],
        top: heights[0],
        right: edges[columns],
        bottom: heights.last().copied().unwrap_or(heights[0]),
    };
    Table { edges, rows, spans, area, last_page: page, parts: Vec::new() }
}

fn push_span(spans: &mut Vec<Span>, first: (usize, usize), last: (usize, usize)) {
    if first != last {
        spans.push(Span { first, last });
    }
}

/// From where to where each row of a band reaches.
fn extents(top: f64, bottom: f64, lines: &[f64]) -> Vec<(f64, f64)> {
    let area = Area { left: 0.0, top, right: 0.0, bottom };
    let parts = (0..lines.len()).map(|at| part_of(area, lines, at));
    if lines.is_empty() { vec![(top, bottom)] } else { parts.map(|part| (part.top, part.bottom)).collect() }
}

/// The region's strip around one of the lines in it.
fn part_of(area: Area, lines: &[f64], at: usize) -> Area {
    let top = if at == 0 { area.top } else { f64::midpoint(lines[at - 1], lines[at]) };
    let bottom = lines.get(at + 1).map_or(area.bottom, |next| f64::midpoint(lines[at], *next));
    Area { top, bottom, ..area }
}

/// The lines of a band that are rows of their own. Between rules it takes two numbers below each other in one cell that did
/// not merely run out of room; where no rules part the rows, one number beside several lines. Lines of one text stand
/// closer than rows do; where they do not, a number stands for the lines evenly around it, else for the line it stands on.
fn baselines(band: usize, written: &[(Span, Area, Vec<WrittenRow>)], parting: Parting) -> Vec<f64> {
    let inside = || written.iter().filter(|(span, _, _)| span.first.0 == band && span.last.0 == band);
    let mut numbers: Vec<f64> = Vec::new();
    for (_, area, lines) in inside() {
        let own: Vec<&WrittenRow> = lines.iter().filter(|line| line.is_number()).collect();
        let are_stacked = own.len() >= 2 && own[..own.len() - 1].iter().any(|line| !line.fills(*area));
        if are_stacked || parting == Parting::Open {
            numbers.extend(own.iter().map(|line| line.baseline));
        }
    }
    let stacked = inside().filter(|(_, _, lines)| lines.len() >= 2).count();
    if numbers.is_empty() || stacked < if parting == Parting::Open { 1 } else { 2 } {
        return Vec::new();
    }
    let size = inside().flat_map(|(_, _, lines)| lines).map(|line| line.size).fold(4.0, f64::max);
    let near = 0.35 * size;
    let numbers = clustered(numbers, near);
    let cells: Vec<&[WrittenRow]> = inside().map(|(_, _, lines)| lines.as_slice()).collect();
    if parting == Parting::Open
        && let Some(rows) = rows_apart(&cells, &numbers, near)
    {
        return rows;
    }
    if inside().all(|(_, _, lines)| stands_around(lines, &numbers, near)) {
        return if numbers.len() > 1 { numbers } else { Vec::new() };
    }
    let lines = inside().flat_map(|(_, _, lines)| lines);
    let texts: Vec<f64> = lines.filter(|line| !line.is_number()).map(|line| line.baseline).collect();
    let stands_on_text = |number: &f64| texts.iter().any(|text| (text - number).abs() <= near);
    if numbers.iter().all(stands_on_text) {
        clustered(numbers.into_iter().chain(texts).collect(), near)
    } else {
        // Which line belongs to which number cannot be told: the cells stay whole, and several numbers are none.
        Vec::new()
    }
}

/// Rows where lines of one text stand closer to each other than any two numbers: a row is what stands around, or begins on,
/// one height. `None` where two rows would reach into each other, or a text belongs to two.
fn rows_apart(cells: &[&[WrittenRow]], numbers: &[f64], near: f64) -> Option<Vec<f64>> {
    let closest = numbers.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
    let texts: Vec<Vec<&WrittenRow>> = cells.iter().flat_map(|lines| texts_of(lines, 0.95 * closest)).collect();
    let middle = |text: &[&WrittenRow]| f64::midpoint(text[0].baseline, text[text.len() - 1].baseline);
    let stands_at =
        |text: &[&WrittenRow], row: f64| (middle(text) - row).abs() <= near || (text[0].baseline - row).abs() <= near;
    let alone = texts.iter().filter(|text| !numbers.iter().any(|number| stands_at(text, *number)));
    let rows = clustered(numbers.iter().copied().chain(alone.map(|text| middle(text))).collect(), near);
    let mut reach: Vec<(f64, f64)> = rows.iter().map(|row| (*row, *row)).collect();
    for text in &texts {
        let mut own = (0..rows.len()).filter(|row| stands_at(text, rows[*row]));
        let (Some(row), None) = (own.next(), own.next()) else { return None };
        reach[row] = (reach[row].0.min(text[0].baseline), reach[row].1.max(text[text.len() - 1].baseline));
    }
    let are_apart = reach.windows(2).all(|pair| pair[1].0 - pair[0].1 > 2.0 * near);
    (rows.len() > 1 && are_apart).then_some(rows)
}

/// The texts of a cell that holds several rows: lines closer than `closest`, and not more than a line and a half apart.
fn texts_of(lines: &[WrittenRow], closest: f64) -> Vec<Vec<&WrittenRow>> {
    let mut texts: Vec<Vec<&WrittenRow>> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_number()) {
        match texts.last_mut() {
            Some(text) if goes_on(text[text.len() - 1], line, closest) => text.push(line),
            _ => texts.push(vec![line]),
        }
    }
    texts
}

fn goes_on(above: &WrittenRow, below: &WrittenRow, closest: f64) -> bool {
    let step = below.baseline - above.baseline;
    // Dashes stand for one number each.
    !above.is_value() && !below.is_value() && step < closest && step < 1.6 * above.size
}

/// Each text lies evenly around the number it is nearest to, as a label of several lines does.
fn stands_around(lines: &[WrittenRow], numbers: &[f64], near: f64) -> bool {
    let mut groups: Vec<Vec<f64>> = vec![Vec::new(); numbers.len()];
    for line in lines {
        groups[nearest(numbers, line.baseline)].push(line.baseline);
    }
    let is_even = |(group, number): (&Vec<f64>, &f64)| {
        group.is_empty() || (group.iter().sum::<f64>() / group.len() as f64 - number).abs() <= near
    };
    groups.iter().zip(numbers).all(is_even)
}

fn nearest(lines: &[f64], baseline: f64) -> usize {
    (0..lines.len())
        .min_by(|one, other| (lines[*one] - baseline).abs().total_cmp(&(lines[*other] - baseline).abs()))
        .unwrap_or(0)
}

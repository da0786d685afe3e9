//! Tables without vertical rules: between horizontal ones (三线表), or without any. Columns are where the parts of the
//! rows that hold numbers stand below each other.

mod bare;
pub mod columns;
mod header;
mod labels;
mod levels;

use crate::decode::printed::page::geometry::{Area, Glyph};
use crate::decode::printed::page::lines::writing::{Printed, WrittenRow, rows_of};
use crate::decode::printed::page::tables::rules::{Rule, Rules};
use crate::decode::printed::page::tables::table::{Parting, Region, Span, Table, table_of};
use bare::{bare_runs, first_of_header, is_furniture, with_first_lines};
use columns::{Known, column_of, columns};
use header::{groups_columns, header_regions, parts_levels};
use labels::whole_labels;

/// Rules whose ends differ by less belong to one table.
const SAME_END: f64 = 6.0;

/// The tables among characters that no vertical rules hold. `above` is the last table of the page before.
pub fn open_tables(page: u32, rules: &Rules, glyphs: &[Glyph], above: Option<&Table>) -> Vec<Table> {
    let known = above.map(Known::of);
    let rows: Vec<Printed> = rows_of(glyphs.to_vec()).into_iter().map(Printed::of).collect();
    let mut tables = Vec::new();
    let mut used = vec![false; rows.len()];
    for frame in frames(rules) {
        for run in framed_runs(&frame, &rows, &used) {
            let between = |first: usize| {
                let last = run.1;
                let area = Area { top: frame.top_of(&rows[first]), bottom: frame.bottom_of(&rows[last]), ..frame.area };
                table_between(page, area, &frame.inner(area), &rows[first..=last], known.as_ref())
            };
            let mut first = run.0;
            let mut table = between(first);
            // Rules below rows only: the first row of the header stands above them all.
            if let Some(header) = table.as_ref().and_then(|table| header_above(&frame, &rows, &used, first, table)) {
                (first, table) = (header, between(header));
            }
            if let Some(table) = table {
                used[first..=run.1].fill(true);
                tables.push(table);
            }
        }
    }
    for (first, last) in bare_runs(&rows, &used, known.as_ref()) {
        let own = &rows[first..=last];
        let area = own.iter().map(|row| row.row.area).reduce(Area::with);
        tables.extend(area.and_then(|area| table_between(page, area.grown(2.0), &[], own, known.as_ref())));
    }
    tables
}

/// Where the header begins above the first rule of a frame, for a table that begins below it: it has no header there, or
/// the labels above group its columns.
fn header_above(frame: &Frame, rows: &[Printed], used: &[bool], first: usize, table: &Table) -> Option<usize> {
    let above = first.checked_sub(1).filter(|above| rows[*above].row.baseline < frame.area.top && !used[*above])?;
    let header = first_of_header(rows, used, 0, first);
    if header < first && rows[first].is_body() {
        return Some(header);
    }
    (header < first && groups_columns(&rows[above], &table.edges)).then_some(above)
}

/// Horizontal rules of the same ends, from top to bottom, and the shorter ones between them.
struct Frame {
    area: Area,
    full: Vec<f64>,
    partial: Vec<Rule>,
}

impl Frame {
    /// Where some rules run through, those with gaps are several: each stands below a label of its own.
    fn take_apart(&mut self, pieces: &[Rule]) {
        let (left, right) = (self.area.left, self.area.right);
        let of = |at: f64| {
            let is_of = move |piece: &&Rule| {
                (piece.at - at).abs() <= 1.2 && left - SAME_END <= piece.from && piece.to <= right + SAME_END
            };
            pieces.iter().filter(is_of).copied().collect::<Vec<Rule>>()
        };
        let (whole, apart): (Vec<f64>, Vec<f64>) = self.full.iter().partition(|at| of(**at).len() < 2);
        if !whole.is_empty() {
            self.full = whole;
            self.partial.extend(apart.into_iter().flat_map(of));
        }
    }

    fn top_of(&self, row: &Printed) -> f64 {
        self.full.iter().copied().rfind(|at| *at <= row.row.baseline).unwrap_or(self.area.top.min(row.row.area.top))
    }

    fn bottom_of(&self, row: &Printed) -> f64 {
        self.full.iter().copied().find(|at| *at > row.row.baseline).unwrap_or(self.area.bottom)
    }

    /// The rules strictly inside an area.
    fn inner(&self, area: Area) -> Vec<Rule> {
        let whole = self.full.iter().map(|at| Rule { at: *at, from: self.area.left, to: self.area.right });
        whole
            .chain(self.partial.iter().copied())
            .filter(|rule| area.top + 2.0 < rule.at && rule.at < area.bottom - 2.0)
            .collect()
    }
}

fn frames(rules: &Rules) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut longest: Vec<&Rule> = rules.horizontal.iter().collect();
    longest.sort_by(|one, other| (other.to - other.from).total_cmp(&(one.to - one.from)));
    for rule in longest {
        let fits = |frame: &&mut Frame| {
            (frame.area.left - rule.from).abs() < SAME_END && (frame.area.right - rule.to).abs() < SAME_END
        };
        if let Some(frame) = frames.iter_mut().find(fits) {
            frame.full.push(rule.at);
        } else if let Some(frame) = frames.iter_mut().find(|frame| {
            frame.full.len() > 1 && frame.area.left - 2.0 <= rule.from && rule.to <= frame.area.right + 2.0
        }) {
            frame.partial.push(*rule);
        } else {
            let area = Area { left: rule.from, top: rule.at, right: rule.to, bottom: rule.at };
            frames.push(Frame { area, full: vec![rule.at], partial: Vec::new() });
        }
    }
    for frame in &mut frames {
        frame.take_apart(&rules.pieces);
    }
    frames.retain(|frame| frame.full.len() > 1);
    for frame in &mut frames {
        frame.full.sort_by(f64::total_cmp);
        (frame.area.top, frame.area.bottom) = (frame.full[0], frame.full[frame.full.len() - 1]);
    }
    frames
}

/// “Name: value” at both ends of a row, or alone at an end of the frame.
fn says_whose(row: &Printed, frame: Area) -> bool {
    let area = row.row.area;
    let stands_at_end = area.left - frame.left < 2.0 * row.row.size || frame.right - area.right < 2.0 * row.row.size;
    is_furniture(row) && (row.parts.len() > 1 || stands_at_end)
}

/// First and last row of each table within a frame: bands with numbers, what lies between them, and the band above.
fn framed_runs(frame: &Frame, rows: &[Printed], used: &[bool]) -> Vec<(usize, usize)> {
    let bands: Vec<Vec<usize>> = frame
        .full
        .windows(2)
        .map(|edges| {
            let inside = |at: &usize| {
                let area = rows[*at].row.area;
                !used[*at]
                    && edges[0] <= rows[*at].row.baseline
                    && rows[*at].row.baseline < edges[1] + 2.0
                    && frame.area.left - 4.0 <= area.left
                    && area.right <= frame.area.right + 4.0
            };
            (0..rows.len()).filter(inside).collect()
        })
        .collect();
    let is_short = |band: &Vec<usize>| band.len() <= 4 && band.iter().all(|at| rows[*at].parts.len() < 3);
    // A number may stand alone between the lines of its label.
    let is_body = |band: &Vec<usize>| {
        let parts = || band.iter().flat_map(|at| &rows[*at].parts);
        let stands_between = || parts().any(WrittenRow::is_number) && parts().any(|part| !part.is_number());
        band.iter().any(|at| rows[*at].is_body()) || is_short(band) && stands_between()
    };
    let has_labels = |band: &Vec<usize>| band.iter().any(|at| rows[*at].parts.len() > 1);
    // Rules of several tables, or of a running head, make up one frame: what says whose table it is stands above a header.
    let caption = |band: &Vec<usize>| band.iter().rposition(|at| says_whose(&rows[*at], frame.area));
    let mut runs: Vec<(usize, usize)> = Vec::new();
    let (mut at, mut next_free) = (0, 0);
    while at < bands.len() {
        if !is_body(&bands[at]) {
            at += 1;
            continue;
        }
        let mut end = at;
        for (next, band) in bands.iter().enumerate().skip(at + 1) {
            if is_body(band) {
                end = next;
            } else if caption(band).is_some() || !is_short(band) {
                break;
            }
        }
        // The header, and rows of labels alone between it and the first number.
        let mut first = at;
        while first > next_free
            && !bands[first - 1].is_empty()
            && caption(&bands[first - 1]).is_none()
            && (has_labels(&bands[first - 1]) || is_short(&bands[first - 1]))
        {
            first -= 1;
        }
        while first < at && !has_labels(&bands[first]) {
            first += 1;
        }
        let mut inside: Vec<usize> = bands[first..=end].iter().flatten().copied().collect();
        // The header may stand in one band with its title and what says whose table it is: it is what stands below those.
        if let Some(above) = first.checked_sub(1).filter(|above| *above >= next_free)
            && let Some(caption) = caption(&bands[above])
            && bands[above][caption + 1..].iter().any(|at| rows[*at].parts.len() > 1)
        {
            inside.extend_from_slice(&bands[above][caption + 1..]);
        }
        // Between two tables, a heading with one number is none.
        let numbers = || inside.iter().flat_map(|at| &rows[*at].parts).filter(|part| part.is_number());
        let is_table = numbers().any(WrittenRow::is_exact) || numbers().count() > 1;
        if let (Some(top), Some(bottom), true) = (inside.iter().min(), inside.iter().max(), is_table) {
            runs.push((*top, *bottom));
        }
        at = end + 1;
        next_free = at;
    }
    runs
}

/// The table of these rows. `None` where they make up less than two columns.
fn table_between(page: u32, area: Area, rules: &[Rule], rows: &[Printed], known: Option<&Known>) -> Option<Table> {
    let body = body_start(area, rules, rows)?;
    let body = if rules.is_empty() { with_first_lines(rows, body) } else { body };
    let header: Vec<Printed> =
        rows[..body].iter().map(|row| Printed { row: row.row.clone(), parts: row.row.labels() }).collect();
    let header = if rules.iter().any(|rule| parts_levels(rule, &header)) { header } else { whole_labels(&header) };
    let columns = columns(&rows[body..], &header, rules, area.width());
    if columns.len() < 2 {
        return None;
    }
    let mut edges = vec![area.left.min(columns[0].0)];
    edges.extend(columns.windows(2).map(|pair| f64::midpoint(pair[0].1, pair[1].0)));
    edges.push(area.right.max(columns[columns.len() - 1].1));
    let edges = known.and_then(|known| known.edges_for(&header, &rows[body..], edges.len())).unwrap_or(edges);
    let body_top = if body == 0 {
        area.top
    } else {
        let between = |rule: &&Rule| rows[body - 1].row.baseline <= rule.at && rule.at <= rows[body].row.baseline;
        let middle = f64::midpoint(rows[body - 1].row.area.bottom, rows[body].row.area.top);
        rules.iter().find(between).map_or(middle, |rule| rule.at)
    };
    let (mut heights, mut regions) = header_regions(area.top, body_top, rules, &header, &edges);
    let first_band = heights.len() - 1;
    let is_whole = |rule: &&Rule| rule.to - rule.from > 0.9 * area.width() && rule.at > body_top + 2.0;
    heights.extend(rules.iter().filter(is_whole).map(|rule| rule.at));
    heights.push(area.bottom.max(rows[rows.len() - 1].row.area.bottom));
    heights[first_band..].sort_by(f64::total_cmp);
    for band in first_band..heights.len() - 1 {
        for column in 0..edges.len() - 1 {
            let place =
                Area { left: edges[column], top: heights[band], right: edges[column + 1], bottom: heights[band + 1] };
            let inside = rows[body..]
                .iter()
                .filter(|row| place.top <= row.row.baseline && row.row.baseline < place.bottom)
                .flat_map(|row| &row.parts)
                .filter(|part| column_of(&edges, part) == column);
            let glyphs = inside.flat_map(|part| part.glyphs().to_vec()).collect();
            regions.push(Region { span: Span { first: (band, column), last: (band, column) }, area: place, glyphs });
        }
    }
    Some(table_of(page, edges, &heights, regions, Parting::Open))
}

/// The first row below the header: the first with a number, unless the rule below the header's longest row stands above
/// it; rows of nothing but a label may follow that rule.
fn body_start(area: Area, rules: &[Rule], rows: &[Printed]) -> Option<usize> {
    let numbers = rows.iter().position(Printed::is_body)?;
    let longest = rows[..numbers].iter().map(|row| row.parts.len()).max().filter(|parts| *parts > 1);
    let last = longest.and_then(|longest| rows[..numbers].iter().rposition(|row| row.parts.len() == longest));
    let is_below = |at: usize| {
        let between = |rule: &Rule| rows[at].row.baseline <= rule.at && rule.at <= rows[at + 1].row.baseline;
        rules.iter().any(|rule| rule.to - rule.from > 0.9 * area.width() && between(rule))
    };
    let below_rule = last.and_then(|last| (last..numbers).find(|at| is_below(*at)));
    Some(below_rule.map_or(numbers, |at| at + 1))
}

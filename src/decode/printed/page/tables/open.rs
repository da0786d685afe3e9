//! Tables without vertical rules: between horizontal ones (三线表), or without any. Columns are where the parts of the
//! rows that hold numbers stand below each other.

use super::bare::{bare_runs, is_close, with_first_lines};
use super::header::{covers, header_regions};
use super::rules::{Rule, Rules};
use super::table::{Parting, Region, Span, Table, table_of};
use crate::decode::printed::page::geometry::{Area, Glyph};
use crate::decode::printed::page::lines::writing::{Gaps, Printed, WrittenRow, rows_of};

/// Rules whose ends differ by less belong to one table.
const SAME_END: f64 = 6.0;

/// The tables among characters that no vertical rules hold.
pub fn open_tables(page: u32, rules: &Rules, glyphs: &[Glyph]) -> Vec<Table> {
    let rows: Vec<Printed> = rows_of(glyphs.to_vec()).into_iter().map(Printed::of).collect();
    let mut tables = Vec::new();
    let mut used = vec![false; rows.len()];
    for frame in frames(rules) {
        for (first, last) in framed_runs(&frame, &rows, &used) {
            let area = Area { top: frame.top_of(&rows[first]), bottom: frame.bottom_of(&rows[last]), ..frame.area };
            if let Some(table) = table_between(page, area, &frame.inner(area), &rows[first..=last]) {
                used[first..=last].fill(true);
                tables.push(table);
            }
        }
    }
    for (first, last) in bare_runs(&rows, &used) {
        let area = rows[first..=last].iter().map(|row| row.row.area).reduce(Area::with);
        tables.extend(area.and_then(|area| table_between(page, area.grown(2.0), &[], &rows[first..=last])));
    }
    tables
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
        self.full.iter().copied().rfind(|at| *at <= row.row.baseline).unwrap_or(self.area.top)
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
            } else if !is_short(band) {
                break;
            }
        }
        // The header, and rows of labels alone between it and the first number.
        let mut first = at;
        while first > next_free
            && !bands[first - 1].is_empty()
            && (has_labels(&bands[first - 1]) || is_short(&bands[first - 1]))
        {
            first -= 1;
        }
        while first < at && !has_labels(&bands[first]) {
            first += 1;
        }
        let inside: Vec<usize> = bands[first..=end].iter().flatten().copied().collect();
        if let (Some(top), Some(bottom)) = (inside.iter().min(), inside.iter().max()) {
            runs.push((*top, *bottom));
        }
        at = end + 1;
        next_free = at;
    }
    runs
}

/// The table of these rows. `None` where they make up less than two columns.
fn table_between(page: u32, area: Area, rules: &[Rule], rows: &[Printed]) -> Option<Table> {
    let body = body_start(area, rules, rows)?;
    let body = if rules.is_empty() { with_first_lines(rows, body) } else { body };
    let header: Vec<Printed> =
        rows[..body].iter().map(|row| Printed { row: row.row.clone(), parts: row.row.labels() }).collect();
    let columns = columns(&rows[body..], &header, rules, area.width());
    if columns.len() < 2 {
        return None;
    }
    let mut edges = vec![area.left.min(columns[0].0)];
    edges.extend(columns.windows(2).map(|pair| f64::midpoint(pair[0].1, pair[1].0)));
    edges.push(area.right.max(columns[columns.len() - 1].1));
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

/// The column in which a part stands: numbers by their end, texts by their start.
fn column_of(edges: &[f64], part: &WrittenRow) -> usize {
    let at = if part.is_number() { part.area.right - 0.3 * part.size } else { part.area.left + 0.3 * part.size };
    edges[1..edges.len() - 1].partition_point(|edge| *edge <= at)
}

/// Where columns begin and end: parts that stand above each other, and those of the header where nothing stands below.
fn columns(body: &[Printed], header: &[Printed], rules: &[Rule], width: f64) -> Vec<(f64, f64)> {
    let numbering = usize::from(body.first().is_some_and(numbers_columns) && body.len() > 1);
    let rows = body[numbering..].iter().filter(|row| row.is_body());
    let mut columns = merged(rows.flat_map(|row| row.parts.iter().map(extent)).collect());
    let labels = own_labels(header, rules, width);
    for (label, size) in &labels {
        if columns.iter().any(|column| overlap(*column, *label)) {
            continue;
        }
        // A label beside a column that has none is that column's own: the two are only set differently. In a wide column
        // with texts at one end, as far from the label as from the other end, nothing else has room.
        let gap = |column: &(f64, f64)| (column.0 - label.1).max(label.0 - column.1);
        let others = columns.clone();
        let has_room = |column: &(f64, f64)| {
            let double = label.0 + label.1;
            let whole = (column.0.min(double - column.1), column.1.max(double - column.0));
            let stands_in = |other: &(f64, f64)| other != column && other != label && overlap(*other, whole);
            !others.iter().chain(labels.iter().map(|(label, _)| label)).any(stands_in)
        };
        let unlabelled = columns.iter_mut().filter(|column| !labels.iter().any(|(label, _)| overlap(**column, *label)));
        let own = unlabelled.filter(|column| gap(column) < 3.0 * size || has_room(column));
        match own.min_by(|a, b| gap(a).total_cmp(&gap(b))) {
            Some(column) => *column = (column.0.min(label.0), column.1.max(label.1)),
            None => columns.push(*label),
        }
    }
    merged(columns)
}

/// Extents and ems of the labels that head one column each, from the lowest row up: no rule and no labels below set them
/// above others. Labels of several lines stand beside each other. Where no rule parts its levels, only the lowest rows of a
/// header tell.
fn own_labels(header: &[Printed], rules: &[Rule], width: f64) -> Vec<((f64, f64), f64)> {
    let header: Vec<&Printed> = header.iter().filter(|row| !numbers_columns(row)).collect();
    let (Some(first), Some(last)) = (header.first(), header.last()) else { return Vec::new() };
    let is_inside = |rule: &&Rule| first.row.baseline <= rule.at && rule.at < last.row.baseline;
    let rules: Vec<&Rule> = rules.iter().filter(is_inside).collect();
    let lowest = (1..header.len()).rev().find(|at| !is_close(header[at - 1], header[*at])).unwrap_or(0);
    let header = if rules.is_empty() { &header[lowest..] } else { &header[..] };
    let labels: Vec<&WrittenRow> = header.iter().rev().flat_map(|row| &row.parts).collect();
    let is_set_above = |part: &WrittenRow, rule: &Rule| {
        let (below, above): (Vec<&WrittenRow>, Vec<&WrittenRow>) =
            labels.iter().filter(|label| covers(rule, label)).partition(|label| label.baseline > rule.at);
        let parts_levels = rule.to - rule.from < 0.9 * width || below.len() > above.len();
        part.baseline <= rule.at && covers(rule, part) && !below.is_empty() && parts_levels
    };
    let stands_over_two = |part: &WrittenRow, row: &Printed| {
        let below = row.parts.iter().filter(|label| overlap(extent(part), extent(label)));
        row.row.baseline > part.baseline && below.count() > 1
    };
    let heads_others = |part: &WrittenRow| {
        rules.iter().any(|rule| is_set_above(part, rule)) || header.iter().any(|row| stands_over_two(part, row))
    };
    // Lines of one label are set to one middle or one edge.
    let is_one = |one: &WrittenRow, other: &WrittenRow| {
        let near = 0.6 * one.size;
        (one.area.middle().0 - other.area.middle().0).abs() < near || (one.area.left - other.area.left).abs() < near
    };
    let own: Vec<&WrittenRow> = labels.iter().copied().filter(|part| !heads_others(part)).collect();
    let whole = |part: &WrittenRow| {
        let lines = own.iter().filter(|other| is_one(part, other)).map(|line| extent(line));
        lines.fold(extent(part), |(left, right), line| (left.min(line.0), right.max(line.1)))
    };
    own.iter().map(|part| (whole(part), part.size)).collect()
}

/// 1, 2, 3 ..: a row that numbers the columns, with or without a word for it.
fn numbers_columns(row: &Printed) -> bool {
    let numbers = row.parts.iter().filter(|part| part.is_number());
    let numbers: Vec<Option<u32>> = numbers.map(|number| number.text(Gaps::Blanks).parse().ok()).collect();
    numbers.first() == Some(&Some(1)) && numbers.windows(2).all(|pair| pair[1] == pair[0].map(|number| number + 1))
}

fn extent(part: &WrittenRow) -> (f64, f64) {
    (part.area.left, part.area.right)
}

fn overlap(one: (f64, f64), other: (f64, f64)) -> bool {
    one.0 <= other.1 && other.0 <= one.1
}

/// Extents that overlap are one.
fn merged(mut extents: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    extents.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut merged: Vec<(f64, f64)> = Vec::new();
    for extent in extents {
        match merged.last_mut() {
            Some(last) if extent.0 <= last.1 => last.1 = last.1.max(extent.1),
            _ => merged.push(extent),
        }
    }
    merged
}
